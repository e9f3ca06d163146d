"""A demo company, built from workbooks through the importer and played through the actions that the screens call."""

from __future__ import annotations

from datetime import datetime, timedelta

from guanjia.demo import caring, founding, grounds, month, people
from guanjia.demo.stage import Stage
from guanjia.domain.estate import queries as estates
from guanjia.domain.staff import queries as staff

LONGEST_GAP = timedelta(days=45)


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


def go_on(stage: Stage, since: datetime) -> None:
    """Play on from where a demo stopped, so that whoever comes back a week later finds it worked and not neglected."""
    stage.estates = {estate.code: estate for estate in estates.estates(stage.system)}
    stage.members = {member.number: member for member in staff.members(stage.system, on=stage.today)}
    begin = max(since, stage.now - LONGEST_GAP).astimezone(stage.now.tzinfo).date()
    month.play(stage, begin, stage.now)
