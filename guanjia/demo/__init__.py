"""A demo company, built from workbooks through the importer and played through the actions that the screens call."""

from __future__ import annotations

from guanjia.demo import founding
from guanjia.demo.stage import Stage


def build(stage: Stage) -> None:
    """Play the whole demo in an empty database: founding, workbooks in, the plan adopted, a month worked."""
    stage.say("founding the company, its estates and posts")
    founding.found(stage)
    stage.say("adopting the plan")
    founding.adopt(stage)
