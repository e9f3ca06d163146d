"""Names of what a person may do. Apps register theirs in `permissions.py`; posts carry sets of names."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from django.utils.module_loading import autodiscover_modules

_registry: dict[str, object] = {}


def permission(name: str, label: object) -> str:
    """Register a capability name such as "workorders.dispatch" with its Chinese label; return the name."""
    known = _registry.setdefault(name, label)
    if str(known) != str(label):
        raise ValueError(f"permission {name} is registered twice with different labels")
    return name


def every() -> Mapping[str, object]:
    """Return the names of all installed apps with their labels."""
    _discover()
    return MappingProxyType(_registry)


def label_of(name: str) -> str:
    """Return the label of a name, or the name itself when nobody registered it."""
    return str(_registry.get(name, name))


@lru_cache(maxsize=1)
def _discover() -> None:
    """Import every app's `permissions`: one that nobody has imported yet exists all the same."""
    autodiscover_modules("permissions")
