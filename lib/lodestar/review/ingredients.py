"""What a side was made from: data, framework and code, as far as they are at hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import lodestar
from lodestar.errors import LodestarError
from lodestar.framework import load_framework
from lodestar.provenance import code_hash, digest, framework_text, package_versions
from lodestar.review.sides import Side
from lodestar.schema import resources
from lodestar.schema.yaml_file import parse_yaml

__all__ = ["FRAMEWORK_FILE", "SETTINGS_FILE", "Ingredients", "Yardstick", "differing"]

SETTINGS_FILE, FRAMEWORK_FILE = "engagement.yml", "framework.yml"


@dataclass(frozen=True)
class Yardstick:
    """A framework as files: the shipped one, and the client's changes to it.

    Parameters
    ----------
    id : str
        Its id, the name of the shipped file.
    shipped : bytes
        Content of the shipped file.
    own : bytes, optional
        Content of the client's ``framework.yml``.
    """

    id: str
    shipped: bytes
    own: bytes | None = None


@dataclass(frozen=True)
class Ingredients:
    """The three sources of a side's numbers.

    Parameters
    ----------
    side : Side
        The side.
    """

    side: Side

    @cached_property
    def data(self) -> str:
        """Return the key of the client's facts: inputs, settings, corrections, assumptions."""
        files = {n: sha for n, sha in self.side.files.items() if n != FRAMEWORK_FILE}
        if (settings := self.settings) is not None:
            files[SETTINGS_FILE] = digest({k: settings[k] for k in settings if k != "framework"})
        return digest({"period": self.side.period, "files": files})

    @property
    def settings(self) -> Mapping[str, Any] | None:
        """Return what ``engagement.yml`` says; None when it is not at hand."""
        content = self.side.content(SETTINGS_FILE)
        return None if content is None else dict(parse_yaml(content, SETTINGS_FILE))

    @cached_property
    def framework(self) -> Yardstick | None:
        """Return the framework as files; None when neither they nor the merged one are at hand."""
        id, named = str(self._manifest("framework", "id")), FRAMEWORK_FILE in self.side.files
        own = self.side.content(FRAMEWORK_FILE) if named else None
        shipped = self.templates / "frameworks" / f"{id}.yml"
        complete = shipped.is_file() and (own is not None or not named)
        if complete and (self.side.revision is not None or self._as_recorded(id, own)):
            return Yardstick(id, shipped.read_bytes(), own)
        merged = self.merged
        return Yardstick(id, json.dumps(_document(merged)).encode()) if merged else None

    @cached_property
    def merged(self) -> dict[str, Any] | None:
        """Return the merged framework that was kept with the run."""
        found = self.side.document(str(self._manifest("framework", "sha256")))
        return found if isinstance(found, dict) else None

    @property
    def code(self) -> str:
        """Return the key of the code: the package's files and the packages' versions."""
        packages = self.side.manifest.get("packages", {})
        return digest([self._manifest("code", "sha256"), packages])

    @property
    def is_current(self) -> bool:
        """Tell whether the side was computed by the code that runs now."""
        return self.code == digest([code_hash(), package_versions()])

    @property
    def has_code(self) -> bool:
        """Tell whether the side's code is at hand."""
        return self.is_current or self.side.revision is not None

    @property
    def package(self) -> Path:
        """Return the folder of the side's package, else of the present one."""
        root = self.side.revision
        return root.root / "lib" / "lodestar" if root else Path(lodestar.__file__).parent

    @property
    def templates(self) -> Path:
        """Return the side's templates, else the present ones."""
        root = self.side.revision
        return root.root / "templates" if root else resources.templates()

    def same_framework(self, other: Ingredients) -> bool:
        """Tell whether both sides measure by the same framework.

        Notes
        -----
        Another version of the code may write down the same framework with other keys, so files
        and kept frameworks are compared where the hashes differ; keys that say nothing are left
        out.
        """
        mine, theirs = self._manifest("framework", "sha256"), other._manifest("framework", "sha256")
        if mine == theirs or (self.framework is not None and self.framework == other.framework):
            return True
        pair = self.merged, other.merged
        return None not in pair and _said(pair[0]) == _said(pair[1])

    def _as_recorded(self, id: str, own: bytes | None) -> bool:
        """Tell whether the files at hand still give the framework that the run recorded."""
        try:
            override = None if own is None else parse_yaml(own, FRAMEWORK_FILE)
            found = json.loads(framework_text(load_framework(id, override)))
        except LodestarError:
            return False
        if digest(found) == self._manifest("framework", "sha256"):
            return True
        return self.merged is not None and _said(found) == _said(self.merged)

    def _manifest(self, part: str, key: str) -> Any:
        return self.side.manifest.get(part, {}).get(key)


def differing(before: Ingredients, after: Ingredients) -> tuple[str, ...]:
    """Return the sources in which two sides differ: data, framework, code."""
    same = {
        "data": before.data == after.data,
        "framework": before.same_framework(after),
        "code": before.code == after.code,
    }
    return tuple(name for name in same if not same[name])


def _said(merged: Any) -> Any:
    """Return a framework without keys that say nothing and without the words on its changes."""
    if isinstance(merged, dict):
        kept = {key: _said(value) for key, value in merged.items() if key != "overrides"}
        return {key: value for key, value in kept.items() if not _is_empty(value)}
    return [_said(value) for value in merged] if isinstance(merged, list) else merged


def _is_empty(value: Any) -> bool:
    """Tell whether a value says nothing; a number always says something."""
    return value is None or value is False or value in ("", [], {})


_GROUPED = {
    "required": ("shift_scale", "shift_cap"),
    "alignment": ("overshoot_weight",),
    "transition": ("dip",),
}
"""Numbers of the merged framework that its file keeps under a heading."""


def _document(merged: Mapping[str, Any]) -> dict[str, Any]:
    """Return a merged framework as the file that would ship it."""
    grouped = {key for keys in _GROUPED.values() for key in keys}
    plain = {key: value for key, value in merged.items() if key not in grouped}
    headed = {
        name: {key: merged[key] for key in keys if key in merged} for name, keys in _GROUPED.items()
    }
    told: dict[str, Any] = _said({**plain, **headed})
    return told
