"""What follows from an identity number that was judged before: whose it is, and the columns in which a party keeps it. Pure."""

from __future__ import annotations

from datetime import date

from guanjia.domain.parties.rules import indexes
from guanjia.domain.parties.states import PartyKind
from guanjia.kernel import identity, vault

_FIRM_WORDS = ("公司", "有限合伙", "事务所", "合作社", "研究院")


def kind_of(name: str, number: str = "") -> str:
    """Return whether a name and a judged number are a firm's or a person's."""
    if name.endswith(_FIRM_WORDS):
        return str(PartyKind.FIRM.value)
    lettered = len(number) == 18 and not number[:17].isdigit()
    firm = lettered and identity.judge(number).kind == identity.Kind.CREDIT
    return str(PartyKind.FIRM.value if firm else PartyKind.PERSON.value)


def columns(number: str, index: str, kind: str, tails: dict[str, str] | None = None) -> tuple[str, str, str, str, date | None, str]:
    """Return paper kind, sealed number, its index, the index of its tail, birthday, sex; empty ones for no number.

    The short way for a resident's card gives what `identity.judge` gives (a test compares), many times faster. `tails` remembers
    the index of each tail for a caller with thousands of numbers.
    """
    if not number:
        return "", "", index, "", None, ""
    sealed = vault.seal(number, context="parties.Party.id_number")
    tail = identity.tail(number)
    tail_index = tails.get(tail) if tails is not None else None
    if tail_index is None:
        tail_index = indexes.id_tail(tail)
        if tails is not None:
            tails[tail] = tail_index
    if number[0] in "1234567" and len(number) == 18 and number[:17].isdigit() and kind == PartyKind.PERSON:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        return "resident", sealed, index, tail_index, born, "m" if int(number[16]) % 2 else "f"
    paper = identity.judge(number)
    return paper.kind, sealed, index, tail_index, paper.born_on, paper.sex
