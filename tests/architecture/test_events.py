"""Every fact can be told in words, and carries nothing of a person."""

from dataclasses import fields
from importlib import import_module

import pytest

from guanjia.domain.trail import queries

PERSONAL = {"name", "phone", "plate", "id_number", "number", "address", "email"}


@pytest.mark.parametrize("name", sorted(name for kinds in queries.vocabulary().values() for name in kinds))
def test_an_event_says_what_happened_and_names_nobody(name):
    app, _, class_name = name.partition(".")
    kind = getattr(import_module(f"guanjia.domain.{app}.events"), class_name)
    assert str(getattr(kind, "said", "")), f"{name} needs `said: ClassVar = _(...)`; the log shows it"
    assert not {field.name for field in fields(kind)} & PERSONAL, f"{name} must carry ids, never what belongs to a person"
