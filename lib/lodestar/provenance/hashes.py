"""What decides over a run: hashes of inputs, framework, code and packages; no clock."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodestar import __version__

if TYPE_CHECKING:
    from lodestar.engagement.model import Engagement
    from lodestar.framework.model import Framework

__all__ = [
    "changed_inputs",
    "code_hash",
    "differing",
    "digest",
    "file_hash",
    "framework_hash",
    "framework_text",
    "input_hashes",
    "input_periods",
    "package_versions",
    "sha256",
    "sources",
]

CLIENT_FILES = ("engagement.yml", "framework.yml", "corrections.yml", "assumptions.yml")
DISTRIBUTION = "lodestar-workbook"
NO_PART_OF_A_RUN = ("_shipped/", "access/", "cli/", "review/", "serve/")
"""Folders of the package that cannot change a run's bytes."""

_NAME = re.compile(r"^[A-Za-z0-9._-]+")


def sources(engagement: Engagement, workbooks: Iterable[Path] = ()) -> dict[str, Any]:
    """Return everything that decides over a run's bytes, as hashes and versions.

    Parameters
    ----------
    engagement : Engagement
        A client's material as loaded from its folder.
    workbooks : iterable of Path
        The notebooks to execute.

    Returns
    -------
    dict
        ``client``, ``period``, ``seed``, ``inputs`` (file: sha256), ``framework`` (id, version,
        sha256 with the client's overrides merged), ``code`` (version, sha256), ``workbooks``
        (stem: sha256), ``packages`` (name: version). Equal sources give an equal run;
        ``digest(sources(…))`` is its key.

    Notes
    -----
    Inputs of later periods do not count: an earlier run stays valid when a new wave arrives.
    """
    framework = engagement.framework
    return {
        "client": engagement.settings.client,
        "period": engagement.period.id,
        "seed": engagement.settings.seed,
        "inputs": input_hashes(engagement),
        "framework": {
            "id": framework.id,
            "version": str(framework.version),
            "sha256": framework_hash(framework),
        },
        "code": {"version": __version__, "sha256": code_hash()},
        "workbooks": {path.stem: file_hash(path) for path in sorted(workbooks)},
        "packages": package_versions(),
    }


def input_hashes(engagement: Engagement) -> dict[str, str]:
    """Return the sha256 of each file read for a client, up to the current period, by its path.

    Parameters
    ----------
    engagement : Engagement
        Loaded from a folder; one made in memory has no files and gives an empty dict.
    """
    if engagement.folder is None:
        return {}
    return _input_files(engagement.folder, {wave.period.id for wave in engagement.waves})


def changed_inputs(folder: Path, recorded: Mapping[str, str]) -> list[str]:
    """Return the input files that are no longer what a run was made from.

    Parameters
    ----------
    folder : Path
        The client's folder.
    recorded : mapping
        ``inputs`` of the run's manifest.

    Returns
    -------
    list of str
        Paths of changed, new and missing files of the run's periods, sorted.
    """
    return differing(_input_files(folder, input_periods(recorded)), recorded)


def differing(now: Mapping[str, str], recorded: Mapping[str, str]) -> list[str]:
    """Return the names, sorted, of files whose hash is not the recorded one, new and missing too.

    Examples
    --------
    >>> differing({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "0", "d": "4"})
    ['b', 'c', 'd']
    """
    return sorted(name for name in {*now, *recorded} if now.get(name) != recorded.get(name))


def input_periods(files: Iterable[str]) -> set[str]:
    """Return the periods that a run's input files, by their paths, belong to."""
    return {name.split("/")[1] for name in files if name.startswith("inputs/")}


def _input_files(folder: Path, periods: Iterable[str]) -> dict[str, str]:
    files = [folder / name for name in CLIENT_FILES]
    for period in sorted(periods):
        files += sorted((folder / "inputs" / period).rglob("*"))
    return {
        path.relative_to(folder).as_posix(): file_hash(path)
        for path in files
        if path.is_file() and not path.name.startswith((".", "~$"))
    }


def framework_hash(framework: Framework) -> str:
    """Return the sha256 of a framework as merged, whatever file its parts came from."""
    return sha256(framework_text(framework))


def framework_text(framework: Framework) -> bytes:
    """Return a merged framework as canonical JSON, whose sha256 is the framework's."""
    return _canonical(framework)


@cache
def code_hash() -> str:
    """Return one sha256 over the files of the package that can change a run's bytes."""
    package = Path(__file__).parents[1]
    return digest(dict(_hashes(package, (".py", ".json", ".css"))))


@cache
def package_versions() -> dict[str, str]:
    """Return the installed version of each package this one asks for, and Python's, by name.

    Of Python the patch level is left out: it moves no byte, and the release that another machine
    has must not make a run look like another one.
    """
    asked = [_NAME.match(line) for line in metadata.requires(DISTRIBUTION) or () if ";" not in line]
    names = sorted(match.group().lower() for match in asked if match)
    found = {name: metadata.version(name) for name in names}
    return dict(sorted({**found, "python": f"{sys.version_info[0]}.{sys.version_info[1]}"}.items()))


def file_hash(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    return sha256(path.read_bytes())


def sha256(content: bytes) -> str:
    """Return the sha256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest(document: Any) -> str:
    """Return the sha256 of a document of plain values, mappings, sequences and dataclasses.

    Examples
    --------
    >>> digest({"a": 1, "b": (2,)}) == digest({"b": [2], "a": 1})
    True
    """
    return sha256(_canonical(document))


def _canonical(document: Any) -> bytes:
    """Return a document as JSON that does not depend on the order of keys."""
    text = json.dumps(_plain(document), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return text.encode()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in value}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _hashes(root: Path, suffixes: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """Yield each file of these kinds under a folder with its sha256, in order of its path."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix in suffixes and not name.startswith(NO_PART_OF_A_RUN) and path.is_file():
            yield name, file_hash(path)
