"""A demo company, built from workbooks through the importer and played through the actions that the screens call."""

from __future__ import annotations

from guanjia.demo import caring, founding, grounds, month, people
from guanjia.demo.stage import Stage


def build(stage: Stage) -> None:
    """Play the whole demo in an empty database: founding, workbooks in, the plan adopted, a month worked."""
    stage.say("founding the company, its estates and posts")
    founding.found(stage)
    people.head_office(stage)
    grounds.lay_out(stage)
    stage.say("writing the workbooks and importing them")
    people.bring_in(stage)
    stage.say("setting check-points, drawing grids")
    grounds.divide(stage)
    stage.say("learning who lives there")
    caring.learn(stage)
    stage.say("adopting the plan")
    founding.adopt(stage)
    stage.say("playing the month")
    month.play(stage, stage.began_on, stage.now)
