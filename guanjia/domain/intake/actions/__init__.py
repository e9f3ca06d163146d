"""Verbs on batches: receive a file, judge it, carry it out, drop it, take it back."""

from guanjia.domain.intake.actions.batches import confirm, drop, receive, restart
from guanjia.domain.intake.actions.undoing import undo
from guanjia.domain.intake.actions.working import Work, annotated, carry_out, judge, look, run

__all__ = ["Work", "annotated", "carry_out", "confirm", "drop", "judge", "look", "receive", "restart", "run", "undo"]
