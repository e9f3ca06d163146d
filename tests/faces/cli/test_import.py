"""`guanjia import`: the JSON, the exit codes, undo, the template."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from guanjia.domain.intake.rules import judging, reader
from guanjia.faces.cli.progress import Bar
from tests.domain.intake import dirt
from tests.domain.intake.test_import import ALL, counted, workbook
from tests.world import model


def run(*words: str, **options) -> tuple[int, dict]:
    out = io.StringIO()
    try:
        call_command("import", *words, format="json", stdout=out, stderr=io.StringIO(), **options)
    except SystemExit as stop:
        return int(stop.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "资料.xlsx"
    path.write_bytes(workbook(**ALL))
    return str(path)


def test_import_tells_what_it_did_and_undo_takes_it_back(world, file):
    before = counted()

    code, said = run(file, estate="JHY")
    assert (code, said["dry_run"], said["changed_nothing"]) == (0, False, False)
    assert [(sheet["kind"], sheet["read"], sheet["accepted"], sheet["refused"], sheet["errors"]) for sheet in said["sheets"]] == [
        (kind, len(rows), len(rows), 0, []) for kind, rows in ALL.items()
    ]
    assert run(file, estate="JHY")[1]["changed_nothing"] is True

    assert run("undo", str(said["batch"])) == (0, {"batch": said["batch"], "undone": True})
    assert counted() == before
    assert run("undo", str(said["batch"]))[0] == 1


def test_a_dry_run_writes_nothing_at_all(world, file):
    before = counted()

    code, said = run(file, estate="JHY", dry_run=True)

    assert (code, said["batch"], said["dry_run"]) == (0, None, True)
    assert said["counts"]["places"] > 0
    assert counted() == before
    assert model("intake.Batch").objects.count() == 0


def test_a_refused_workbook_names_every_cell_and_writes_nothing(world, tmp_path):
    path = tmp_path / "脏.xlsx"
    path.write_bytes(dirt.build())
    before = counted()

    code, said = run(str(path), estate="JHY", annotated=str(tmp_path / "改.xlsx"))

    assert code == 1
    assert said["error"]["code"] == "has_errors"
    named = {(error["sheet"], f"{error['column']}{error['row']}", error["code"]) for sheet in said["sheets"] for error in sheet["errors"]}
    assert named >= {(kind.sheet, kind.cell, kind.refused) for kind in dirt.DIRT if kind.refused}
    assert counted() == before
    assert judging.judge(reader.read("改.xlsx", (tmp_path / "改.xlsx").read_bytes()))[0]


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(world, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")

    code, said = run(str(path), estate="JHY")

    assert (code, said["sheets"], bool(said["error"]["message"])) == (1, [], True)


@pytest.mark.parametrize(("words", "estate", "code"), [(["nowhere.xlsx"], "JHY", 2), (["undo", "x"], None, 2), (["a", "b"], "JHY", 2)])
def test_wrong_usage_is_told_apart(world, words, estate, code):
    with pytest.raises(CommandError) as caught:
        call_command("import", *words, estate=estate)
    assert caught.value.returncode == code


def test_the_template_can_be_written(world, tmp_path):
    call_command("import", "template", str(tmp_path / "t.xlsx"), stderr=io.StringIO())
    assert reader.read("t.xlsx", (tmp_path / "t.xlsx").read_bytes()).sheets[0].name == "填写说明"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_draws_on_a_terminal_and_is_silent_elsewhere():
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        bar = Bar({"judge": "核对"}, stream)
        bar("judge", 1, 4)
        bar("judge", 4, 4)
        bar.clear()
    assert pipe.getvalue() == ""
    assert "核对 [████████························]  25%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
