"""A pytest plugin that writes down which clauses the collected tests are marked with (see test_clauses.py)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    marks = {str(code) for item in items for mark in item.iter_markers("clause") for code in mark.args}
    Path(os.environ["CLAUSE_MARKS"]).write_text(json.dumps(sorted(marks)))
