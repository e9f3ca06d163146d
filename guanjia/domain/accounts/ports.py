"""What accounts asks of apps above, and of the outside: who lives behind a phone, what users are at work, how a code gets to a phone."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from guanjia.kernel.actor import Actor


class Residents(Protocol):
    """Knows the people of the estates; registered by `parties`."""

    def parties_of(self, user_id: int, *, at: datetime) -> frozenset[int]:
        """Return the parties that a user is, as long as one of them lives or owns somewhere."""
        ...

    def name_behind(self, phone: str, *, at: datetime) -> str | None:
        """Return the name of whoever may sign in with this phone, None when nobody at present does."""
        ...

    def within_reach(self, actor: Actor, permission: str, user_id: int) -> bool:
        """Tell whether the actor holds the permission over every estate where the user is a party; False when nowhere."""
        ...

    def bind(self, phone: str, *, user_id: int, at: datetime) -> None:
        """Tie the parties with this phone to the user who proved to hold it."""
        ...


class Employer(Protocol):
    """Knows what a user is at work; registered by `staff`."""

    def asks_second_factor(self, user_id: int, *, at: datetime) -> bool:
        """Tell whether one of the user's posts asks for a second factor."""
        ...

    def company_of(self, user_id: int) -> int | None:
        """Return the company that the user works for."""
        ...

    def reaches(self, actor: Actor, permission: str, user_id: int, *, at: datetime) -> bool:
        """Tell whether the actor holds the permission, and whatever the user may do, wherever the user may do it."""
        ...

    def words_about(self, user_id: int) -> list[str]:
        """Return names that a password should not be made of: the company's, the estates'."""
        ...


class CodeSender(Protocol):
    """Brings a one-time code to a phone. Called after the code is committed; may raise OSError when it cannot."""

    def __call__(self, phone: str, code: str) -> None: ...


def send_to_console(phone: str, code: str) -> None:
    """The embedded set-up has no message gateway: whoever runs the server reads the code there."""
    sys.stderr.write(f"code for {phone[:3]}****{phone[-4:]}: {code}\n")
    sys.stderr.flush()


_residents: list[Residents] = []
_employer: list[Employer] = []
_sender: list[CodeSender] = [send_to_console]


def register_residents(residents: Residents) -> None:
    """Set who knows the residents."""
    _residents[:] = [residents]


def register_employer(employer: Employer) -> None:
    """Set who knows what users are at work."""
    _employer[:] = [employer]


def register_sender(sender: CodeSender) -> None:
    """Set how codes travel; the console unless an integration says otherwise."""
    _sender[:] = [sender]


def residents() -> Residents:
    (known,) = _residents
    return known


def employer() -> Employer:
    (known,) = _employer
    return known


def sender() -> CodeSender:
    return _sender[0]
