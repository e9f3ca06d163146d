"""House field types: exact decimals that stay integers in SQL, and texts that are sealed at rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models

from guanjia.kernel import vault


class Scaled(models.BigIntegerField):  # type: ignore[type-arg]
    """A decimal with `places` digits after the point: an integer in the database, `Decimal` in Python.

    SQLite keeps DecimalField as a float: sums drift and comparisons miss. A value with more digits is an error.
    """

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    _pyi_lookup_exact_type: Any

    def __init__(self, places: int, *args: Any, **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.places, *args], kwargs

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.places)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]
        scaled = Decimal(str(value)).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} digits after the point")
        return int(scaled)

    def validate(self, value: Any, model_instance: Any) -> None:
        models.Field.validate(self, value, model_instance)

    @property
    def validators(self) -> list[Any]:
        return []


class Sealed(models.TextField):  # type: ignore[type-arg]
    """A text that is sealed in the database and open in Python. It cannot be searched; pair it with a blind index."""

    @property
    def context(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else vault.open_sealed(value, context=self.context)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return None if value is None else vault.seal(str(value), context=self.context)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is sealed: search its blind index")
        return super().get_lookup(lookup_name)
