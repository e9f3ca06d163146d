"""Killed at any statement, an import has done everything or nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.domain.intake.test_import import ALL, workbook

pytestmark = pytest.mark.slow


def test_killed_at_every_statement_leaves_all_or_nothing(tmp_path):
    file = tmp_path / "资料.xlsx"
    file.write_bytes(workbook(**ALL))
    env = {**os.environ, "GUANJIA_VAR": str(tmp_path / "var"), "PYTHONPATH": "."}
    env.pop("GUANJIA_DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.domain.intake.killer", str(tmp_path), str(file)]

    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=600, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    whole, *killed = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert (whole["code"], whole["states"]) == (0, ["done"])
    assert len(killed) == whole["sent"] > 50
    nothing = killed[0]["counts"]
    assert nothing != whole["counts"]
    for run in killed:
        assert run["code"] == -9, run
        if run["counts"] == whole["counts"]:
            assert run["states"] == ["done"], run
        else:
            assert run["counts"] == nothing, run
            assert run["states"] in ([], ["waiting"], ["judging"], ["judged"], ["running"]), run
    assert {tuple(run["states"]) for run in killed} >= {(), ("judged",), ("running",)}
