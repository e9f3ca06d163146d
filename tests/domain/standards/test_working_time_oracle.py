"""Working-time arithmetic against Perl's Business::Hours (Debian libbusiness-hours-perl) on thousands of random cases."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from datetime import date, datetime, timedelta

import pytest

from guanjia.domain.standards.rules.working_time import Hours, advance, worked
from guanjia.kernel.periods import SHANGHAI
from guanjia.kernel.workdays import Workdays

CASES = 3000
ORACLE = r"""
use strict; use warnings; use JSON::PP; use Business::Hours;
my $cases = decode_json(do { local $/; <STDIN> });
my @answers;
for my $case (@$cases) {
    my $fresh = sub {
        my $hours = Business::Hours->new();
        $hours->business_hours(%{ decode_json(encode_json($case->{hours})) }, holidays => $case->{holidays});
        return $hours;
    };
    push @answers, [ $fresh->()->between($case->{start}, $case->{end}) + 0, $fresh->()->add_seconds($case->{start}, $case->{add}) + 0 ];
}
print encode_json(\@answers);
"""


def _available() -> bool:
    perl = shutil.which("perl")
    return bool(perl) and subprocess.run([perl, "-MBusiness::Hours", "-MJSON::PP", "-e1"], capture_output=True).returncode == 0


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _case(rng: random.Random) -> tuple[dict[str, object], Hours]:
    """Draw one case. Monday is always open, or the oracle gives up its search for an opening."""
    weekly, table = [], {}
    for weekday in range(7):
        opened, closed = sorted(rng.sample(range(1, 1440), 2))
        if weekday and rng.random() < 0.3:
            weekly.append(())
            continue
        windows, breaks = [(opened, closed)], []
        if closed - opened > 60 and rng.random() < 0.5:
            first, last = sorted(rng.sample(range(opened + 1, closed), 2))
            windows, breaks = [(opened, first), (last, closed)], [{"Start": _clock(first), "End": _clock(last)}]
        weekly.append(tuple(windows))
        table[str((weekday + 1) % 7)] = {"Name": "x", "Start": _clock(opened), "End": _clock(closed), "Breaks": breaks}
    start = datetime(2008, 1, 1, tzinfo=SHANGHAI) + timedelta(seconds=rng.randrange(18 * 365 * 86400))
    holidays = {start.date() + timedelta(rng.randrange(12)) for _ in range(rng.randrange(4))}
    open_minutes = sum(last - first for first, last in weekly[0])
    case = {
        "hours": table,
        "holidays": [day.isoformat() for day in sorted(holidays)],
        "start": int(start.timestamp()),
        "end": int(start.timestamp()) + rng.randrange(14 * 86400),
        "add": rng.randrange(min(open_minutes * 60, 40000)),
    }
    return case, Hours(tuple(weekly), _Closed(holidays))


class _Closed(Workdays):
    """A calendar without swaps: every day is as its weekday says, save the named holidays."""

    def __init__(self, holidays: set[date]) -> None:
        super().__init__(dict.fromkeys(holidays, False))

    def worked(self, day: date) -> bool:
        return day not in self.overrides and day.weekday() < 5

    def holiday_name(self, day: date) -> str:
        return ""


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, SHANGHAI)


@pytest.mark.slow
def test_working_time_agrees_with_business_hours_on_thousands_of_random_cases():
    if not _available():
        if os.environ.get("CI"):
            pytest.fail("libbusiness-hours-perl is missing: apt-get install libbusiness-hours-perl")
        pytest.skip("needs libbusiness-hours-perl")
    rng = random.Random(20261121)
    drawn = [_case(rng) for _ in range(CASES)]

    answered = subprocess.run(
        ["perl", "-e", ORACLE],
        input=json.dumps([case for case, _ in drawn]),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TZ": "Asia/Shanghai"},
    )

    second, compared = timedelta(seconds=1), 0
    for (case, hours), (between, added) in zip(drawn, json.loads(answered.stdout), strict=True):
        start, end = _instant(case["start"]), _instant(case["end"])
        # The oracle counts whole seconds and takes in both ends.
        assert worked(hours, start, end + second).total_seconds() == between, case
        if added != -1:
            # It answers the working second that follows the amount; ours is up at the end of the last one.
            assert advance(hours, start, timedelta(seconds=case["add"] + 1)) - second == _instant(added), case
            compared += 1
    assert compared > 0.9 * CASES
