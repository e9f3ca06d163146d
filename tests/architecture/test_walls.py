"""Walls that the import contracts cannot see: whose tables, whose clock, whose numbers, how long a file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.source import PACKAGE, ROOT, at_run_time, committed, python, short, tree

# Keys that are global on purpose: what a stranger holds in the hand does not say which estate it belongs to.
GLOBAL_KEYS = {
    "files.File.storage_key": "one store holds the files of all estates",
    "estate.Checkpoint.token": "a plate's QR code is opened by whoever scans it",
}


def domain_app(path: Path) -> str | None:
    parts = path.relative_to(PACKAGE).parts
    return parts[1] if parts[0] == "domain" and len(parts) > 2 else None


def imported(path: Path) -> Iterator[str]:
    for node in at_run_time(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_an_app_s_tables_are_touched_by_that_app_alone():
    trespassing = []
    for path in python():
        for name in imported(path):
            parts = name.split(".")
            if parts[:2] == ["guanjia", "domain"] and parts[3:4] == ["models"] and parts[2] != domain_app(path):
                trespassing.append(f"{short(path)} imports {name}")
    assert trespassing == []


def test_nobody_fetches_another_app_s_table_by_its_name():
    """`apps.get_model` would walk round the wall; `kernel` and `trail` know no table and ask for none.

    The benchmarks may: a floor is measured on the bare tables.
    """
    found = []
    for path in (path for path in python() if "benchmarks" not in path.parts):
        app = domain_app(path)
        for node in at_run_time(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_model":
                wanted = ast.unparse(node)
                if app is None or (f"'{app}." not in wanted and f"'{app}'" not in wanted):
                    found.append(f"{short(path)}:{node.lineno} {wanted}")
    assert found == []


WORKER_KEYS = {
    "notify_delivery_due",
    "standards_caseclock_sweep",
}  # a worker looks over all estates for what is due, through a partial index


def operational() -> list[type[models.Model]]:
    """Return the tables of ours that belong to an estate."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("guanjia.") and any(field.name in ("estate", "estate_id") for field in model._meta.concrete_fields)
    ]


@pytest.mark.parametrize("model", operational(), ids=lambda model: model._meta.label)
def test_the_estate_comes_first_in_every_key(model):
    """The estate is the partition key: a key that does not begin with it makes one shard ask all the others."""
    label = model._meta.label
    first = {"estate", "estate_id"}
    if any(field.name == "estate" and field.null for field in model._meta.concrete_fields):
        first.add("company")  # a row without an estate is the company's word for all of its estates
    wrong = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields and constraint.fields[0] not in first:
            wrong.append(constraint.name)
    wrong += [
        index.name
        for index in model._meta.indexes
        if index.fields and index.fields[0].lstrip("-") not in first and index.name not in WORKER_KEYS
    ]
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key and not field.is_relation and f"{label}.{field.name}" not in GLOBAL_KEYS:
            wrong.append(field.name)
    assert wrong == []


CLOCKS = {"now", "today", "utcnow", "localtime", "localdate", "time", "time_ns", "monotonic", "perf_counter"}


@pytest.mark.parametrize("folder", ["kernel", "domain", "demo"])
def test_the_time_is_told_never_read(folder):
    found = []
    for path in python(PACKAGE / folder):
        if path == PACKAGE / "kernel" / "clock.py":
            continue
        for node in at_run_time(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                owner = ast.unparse(node.func.value).split(".")[-1]
                if owner in ("datetime", "date", "timezone", "time", "clock"):
                    found.append(f"{short(path)}:{node.lineno} {ast.unparse(node)}")
            if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                found.append(f"{short(path)}:{node.value.lineno} {node.arg}")
    assert found == []


MONEY = ["kernel/money.py", "kernel/money", "kernel/fields.py", "domain/billing", "domain/ledger"]


def test_money_knows_no_float_and_no_built_in_round():
    """`round` rounds half to even and a float is not a sum; `money.round_fen` is the only rounding."""
    found = []
    for path in python():
        if not any(path.is_relative_to(PACKAGE / part) for part in MONEY):
            continue
        for node in at_run_time(tree(path)):
            if isinstance(node, ast.Name) and node.id in ("float", "round"):
                found.append(f"{short(path)}:{node.lineno} {node.id}")
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                found.append(f"{short(path)}:{node.lineno} {node.value}")
    assert found == []


def test_no_file_grows_past_four_hundred_lines():
    long = []
    for path in committed():
        if path.suffix in (".py", ".html", ".css", ".js", ".mjs", ".sh") and "migrations" not in path.parts:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > 400:
                long.append(f"{short(path)}: {lines}")
    assert long == []


def test_no_file_is_called_after_nothing():
    vague = {"utils", "helpers", "services", "signals", "admin", "common", "misc"}
    assert [short(path) for path in python() if path.stem in vague or path.parent.name in vague] == []


def test_every_domain_app_has_a_preface():
    assert sorted(path.parent.name for path in (PACKAGE / "domain").glob("*/apps.py") if not (path.parent / "README.md").is_file()) == []


def hosts() -> list[str]:
    """Return names that no committed file may hold, spelled in parts so that this file holds none."""
    return [
        *(
            f"{left}{right}"
            for left, right in (("py", "pi.org"), ("python", "hosted.org"), ("npm", "js.org"), ("npm", "js.com"), ("deb", "ian.org"))
        ),
        *("".join(parts) for parts in (("npm", "mirror"), ("ts", "inghua.edu"), ("mirrors.ali", "yun"), ("files.", "python", "hosted"))),
        *(f"/{parts}/" for parts in ("wo" + "rk", "ro" + "ot")),
    ]


def test_no_committed_file_names_a_package_registry_or_somebody_s_machine():
    found = []
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{short(path)}: {name}" for name in hosts() if name in text]
    assert found == []


def test_the_lock_files_carry_hashes_and_no_address():
    for name in ("run", "test", "node"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        lines = text.splitlines()
        pinned = [number for number, line in enumerate(lines) if "==" in line and not line.startswith(("    #", " "))]
        bare = [lines[number] for number in pinned if "--hash=sha256:" not in lines[number + 1]]
        assert (bare, "://" in text) == ([], False)
        assert pinned


def test_the_licence_is_the_apache_licence():
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text()
