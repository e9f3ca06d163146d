"""The source tables are in the package, byte for byte."""

import hashlib
from pathlib import Path

import guanjia.domain.standards as standards

LIBRARY = Path(standards.__file__).parent / "library"

DIGESTS = {
    "clauses.tsv": "a903cc237f29bd981856decb5456f89a539dd341971e69a0c089fdc37b9a02aa",
    "forms.tsv": "6765919ec4be344454edb405055afd4197d07c8e1ab1e005275925ba692ca64f",
    "glossary.tsv": "91432795fc31acfb8fea7816f8a1a56f0a687fec582bc18f005a0fd52ef88ded",
    "roles.tsv": "582b73c0b14d8860bfdfcb28406e7c360bc9f20101f4f46fa99c85363371eaca",
}


def test_the_source_tables_are_the_given_ones():
    found = {name: hashlib.sha256((LIBRARY / name).read_bytes()).hexdigest() for name in DIGESTS}
    assert found == DIGESTS


def test_the_digests_beside_the_tables_say_the_same():
    lines = (LIBRARY / "SHA256SUMS").read_text().splitlines()
    assert dict(reversed(line.split(maxsplit=1)) for line in lines) == DIGESTS
