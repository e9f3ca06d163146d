"""What the architecture tests read: the committed files and their syntax trees."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "guanjia"


@functools.cache
def committed() -> tuple[Path, ...]:
    """Return the files that git tracks, and those new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return tuple(path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())


def python(folder: Path = PACKAGE, *, migrations: bool = False) -> list[Path]:
    """Return the Python files under a folder."""
    return [
        path
        for path in committed()
        if path.suffix == ".py" and path.is_relative_to(folder) and (migrations or "migrations" not in path.parts)
    ]


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree without what stands under `if TYPE_CHECKING`."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from at_run_time(other)
        else:
            yield from at_run_time(child)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
