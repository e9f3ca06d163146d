"""The words in which a sheet is described once: its columns, what they are called, how a cell is judged.

Header mapping, judging, error sentences, the template to download and the documentation are all made from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .cells import Judge


@dataclass(frozen=True)
class Column:
    """One column: `key` for code, `title` for people, `names` what else its header may say.

    `few` marks columns with few different values, whose verdicts are remembered. `choices` are offered in the template;
    `rule` tells in the template and in the documentation what may stand here.
    """

    key: str
    title: str
    judge: Judge
    names: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    rule: str = ""
    choices: tuple[str, ...] = ()
    few: bool = False
    as_text: bool = False
    width: int = 12


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet. `names` are what its tab or file may be called; `marks` are columns without which it is another sheet.

    `either` lists columns of which at least one must be there. `kept` sheets are judged fully and kept in intake until
    their home is built.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    names: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    purpose: str = ""
    kept: bool = False

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each column stands in a judged row."""
        return {column.key: number for number, column in enumerate(self.columns)}

    def column(self, key: str) -> Column:
        return self.columns[self.position[key]]
