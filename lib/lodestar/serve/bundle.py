"""Style and scripts of the template, each sent as one file although written as several."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["bundled"]

SHEET = re.compile(r'^@import "([\w.-]+)";\n', re.MULTILINE)
IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([\w.-]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)
NAME = re.compile(r"^export (?:async )?(?:function\*?|const|let|class) ([\w$]+)", re.MULTILINE)


def bundled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with what they import written into them.

    Parameters
    ----------
    files : mapping
        Content by name.

    Notes
    -----
    A script becomes one module: what it imports by ``import { … } from "./other.js"`` stands
    before it, each in a scope of its own, once. A sheet takes in ``@import "other.css"``. What
    imports nothing stays as it is, to the byte.
    """
    made = dict(files)
    for name, content in files.items():
        if name.endswith(".css") and SHEET.search(content.decode()):
            made[name] = _sheet(name, files).encode()
        elif name.endswith(".js") and IMPORT.search(content.decode()):
            made[name] = _script(name, files).encode()
    return made


def _sheet(name: str, files: Mapping[str, bytes]) -> str:
    text = files[name].decode()
    return SHEET.sub(lambda found: _sheet(found[1], files), text)


def _script(name: str, files: Mapping[str, bytes]) -> str:
    """Return a script after everything it needs, in the order in which it is needed."""
    order: list[str] = []
    _needed(name, files, order, ())
    before = ["const modules = {};\n" if len(order) > 1 else ""]
    before += [_scoped(one, files[one].decode()) for one in order[:-1]]
    return "".join(before) + _reading(files[name].decode())


def _needed(
    name: str, files: Mapping[str, bytes], order: list[str], above: tuple[str, ...]
) -> None:
    if name in above:
        raise ValueError(f"{name} imports itself through {' and '.join(above)}.")
    for _, other in IMPORT.findall(files[name].decode()):
        _needed(other, files, order, (*above, name))
    if name not in order:
        order.append(name)


def _scoped(name: str, text: str) -> str:
    """Return a module as a scope that leaves behind only what it exports."""
    exported = ", ".join(NAME.findall(text))
    inside = EXPORT.sub("", _reading(text))
    return f'modules["{name}"] = (() => {{\n{inside}\nreturn {{ {exported} }};\n}})();\n'


def _reading(text: str) -> str:
    """Return a module that takes what it needs from the scopes before it."""
    return IMPORT.sub(
        lambda found: f'const {found[1].replace(" as ", ": ")} = modules["{found[2]}"];\n', text
    )
