"""Read YAML as people write it: ``on`` and ``no`` are words, and a key given twice is a problem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from lodestar.errors import InputError, Problem
from lodestar.schema.letters import LONGEST, TURNING, control_in

__all__ = ["parse_yaml"]

SHOWN = 80
"""Characters of a refused text that a problem quotes."""

_UNSEEN = {**TURNING, ord("\x0b"): None, ord("\x0c"): None}

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLEAN = "tag:yaml.org,2002:bool"


class _Loader(_Base):
    """Safe loader that refuses duplicate keys and reads only true and false as booleans."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, list | dict):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key is a list or a mapping", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN or first in "tTfF"]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}


def parse_yaml(content: bytes, where: str) -> Any:
    """Return the data of a YAML file.

    Parameters
    ----------
    content : bytes
        The file as stored: UTF-8 or UTF-16, with or without a byte order mark.
    where : str
        Name of the file for messages.

    Returns
    -------
    dict, list or None
        None for an empty file. Keys and words such as ``on`` and ``no`` stay text.

    Raises
    ------
    InputError
        The file is not YAML, gives a key twice, or holds a text that no page could show: mend
        what is named.

    Examples
    --------
    >>> parse_yaml(b"{by: AB, on: 2026-12-02}", "corrections.yml")
    {'by': 'AB', 'on': datetime.date(2026, 12, 2)}
    """
    try:
        data = yaml.load(content, Loader=_Loader)
    except yaml.YAMLError as error:
        raise InputError([_problem(error, where)]) from None
    except ValueError as error:
        raise InputError([_impossible(where, error)]) from None
    _check_texts(data, where)
    return data


def _check_texts(data: Any, where: str) -> None:
    """Refuse texts that no page could show as they stand."""
    for text in _texts(data, set()):
        if len(text) > LONGEST:
            message = f"A text has {len(text):,} characters; at most {LONGEST:,} are read."
            remedy = "Shorten it."
        elif control_in(text) or text != text.translate(_UNSEEN):
            message = "A text holds a control character or a mark that turns the direction."
            remedy = "Write the text again, without characters that cannot be seen."
        else:
            continue
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        raise InputError([Problem("yaml", where, message, remedy, value=shown)])


def _texts(data: Any, seen: set[int]) -> Iterator[str]:
    """Yield every text of a document, keys too; what is used again is looked at once."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list) and id(data) not in seen:
        seen.add(id(data))
        for inner in (*data, *data.values()) if isinstance(data, dict) else data:
            yield from _texts(inner, seen)


def _problem(error: yaml.YAMLError, where: str) -> Problem:
    """Return the parser's complaint as a problem with its row."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _unreadable(where, "The file is not text in UTF-8 or UTF-16.")
    return Problem(
        code="yaml",
        file=where,
        row=error.problem_mark.line + 1,
        message=f"The file cannot be read as YAML here: {error.problem}.",
        remedy="Mend this row or the one above: indentation, a colon, a quote, a repeated key.",
    )


def _unreadable(where: str, message: str) -> Problem:
    """Return the problem of a file that cannot be decoded."""
    return Problem("yaml", where, message, "Save the file as text in UTF-8.")


def _impossible(where: str, error: ValueError) -> Problem:
    """Return the problem of a value that looks like a date or number and is none."""
    return Problem(
        code="yaml",
        file=where,
        message=f"A value looks like a date or a number and is none: {error}.",
        remedy="Write a day that exists, such as 2026-12-31, or put the value in quotes.",
    )
