"""The plan file: one service plan as TOML, read with messages that point at the line, and written back.

The format is described in docs/plan-file.md. Nothing here knows a table of the database.
"""

from guanjia.domain.standards.rules.planfile.drafts import ClauseDraft, ConflictDraft, Flaw, ParameterDraft, PlanDraft, PlanFlaws
from guanjia.domain.standards.rules.planfile.reading import read
from guanjia.domain.standards.rules.planfile.writing import write

__all__ = ["ClauseDraft", "ConflictDraft", "Flaw", "ParameterDraft", "PlanDraft", "PlanFlaws", "read", "write"]
