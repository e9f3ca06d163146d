"""The wheel's dependencies come from requirements/run.in, and a wheel without the front-end files is refused.

hatchling's `artifacts` only brings in files that exist, so a missing vendor folder would make a wheel with bare pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

MANIFEST = "guanjia/faces/kit/static/kit/vendor/manifest.json"


class Requirements(MetadataHookInterface):
    """Reads the direct requirements, one a line."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        lines = (line.strip() for line in (Path(self.root) / "requirements" / "run.in").read_text().splitlines())
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]


class Assets(BuildHookInterface):
    """Refuses to build without the front-end files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not (Path(self.root) / MANIFEST).is_file():
            raise RuntimeError(f"{MANIFEST} is missing: run `make assets` first")
