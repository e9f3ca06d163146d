"""Forms of all faces: they translate what a person typed, call one action, and show its refusal where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from guanjia.kernel.errors import NotAllowed, Refusal


class Form(forms.Form):
    """A form that attempts one action with its cleaned data."""

    result: Any = None

    def attempt(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call `action(*args, **cleaned_data, **kwargs)`; a refusal becomes an error of its field. Return whether it succeeded."""
        try:
            self.result = action(*args, **{**self.cleaned_data, **kwargs})
        except NotAllowed:
            raise
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, forms.ValidationError(str(refusal), code=refusal.code))
            return False
        return True
