"""Names of what a person may do. Apps register theirs in `permissions.py`; posts carry sets of names."""

from collections.abc import Mapping
from types import MappingProxyType

_registry: dict[str, object] = {}


def permission(name: str, label: object) -> str:
    """Register a capability name such as "workorders.dispatch" with its Chinese label; return the name."""
    known = _registry.setdefault(name, label)
    if str(known) != str(label):
        raise ValueError(f"permission {name} is registered twice with different labels")
    return name


def every() -> Mapping[str, object]:
    """Return all registered names with their labels."""
    return MappingProxyType(_registry)


def label_of(name: str) -> str:
    """Return the label of a name, or the name itself when nobody registered it."""
    return str(_registry.get(name, name))
