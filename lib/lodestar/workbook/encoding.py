"""Values as plain JSON and back: what is read is data of a type named beforehand, never code."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np
import pandas as pd

__all__ = ["decoded", "encoded"]

T = TypeVar("T")


def encoded(value: Any) -> bytes:
    """Return a value as JSON: the same bytes for the same value.

    Parameters
    ----------
    value : Any
        A dataclass of numbers, texts, days, arrays, frames, tuples, sets, mappings, dataclasses.

    Raises
    ------
    TypeError
        Something else is in it.
    """
    text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return (text + "\n").encode()


def decoded(content: bytes, kind: type[T]) -> T:
    """Return the value that was encoded.

    Parameters
    ----------
    content : bytes
        From `encoded`.
    kind : type
        What it is: a dataclass; its annotations say how each part is read.

    Notes
    -----
    Numbers come back bit for bit. Nothing in the content decides what is made of it.
    """
    made: T = _read(json.loads(content), kind)
    return made


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; missing numbers as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.init}
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "type": value.dtype.str, "values": _values(value)}
    if isinstance(value, pd.DataFrame):
        columns = [[str(n), str(value[n].dtype), _values(value[n])] for n in value.columns]
        return {"columns": columns, "rows": len(value)}
    if isinstance(value, Mapping):
        return _pairs(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return [_plain(item) for item in sorted(value)]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return None if np.isnan(value) else value
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form.")


def _pairs(value: Mapping[Any, Any]) -> Any:
    """Return a mapping as an object where its keys are texts, else as sorted pairs."""
    if all(isinstance(key, str) for key in value):
        return {key: _plain(item) for key, item in value.items()}
    return [[_plain(key), _plain(item)] for key, item in sorted(value.items())]


def _values(column: Any) -> list[Any]:
    flat = column.ravel() if isinstance(column, np.ndarray) else column.astype(object)
    return [None if pd.isna(item) else item for item in flat.tolist()]


def _read(node: Any, kind: Any) -> Any:
    """Return what a JSON value is as this type."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(item, hints[name]) for name, item in node.items()})
    if get_origin(kind) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(kind) if arg is not type(None))
        return None if node is None else _read(node, inner)
    reader = _READERS.get(get_origin(kind) or kind)
    return node if reader is None else reader(node, get_args(kind))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _tuple(node: Any, inside: tuple[Any, ...]) -> tuple[Any, ...]:
    if inside[1:] == (Ellipsis,):
        return tuple(_read(item, inside[0]) for item in node)
    return tuple(_read(item, own) for item, own in zip(node, inside, strict=True))


def _set(node: Any, inside: tuple[Any, ...]) -> frozenset[Any]:
    return frozenset(_read(item, inside[0]) for item in node)


def _mapping(node: Any, inside: tuple[Any, ...]) -> dict[Any, Any]:
    pairs = node.items() if isinstance(node, dict) else node
    return {_read(key, inside[0]): _read(item, inside[1]) for key, item in pairs}


def _array(node: Any, _: tuple[Any, ...]) -> np.ndarray:
    kind = np.dtype(node["type"])
    if kind.hasobject:
        raise TypeError("An array of objects has no plain form.")
    return np.array(node["values"], dtype=kind).reshape(node["shape"])


def _frame(node: Any, _: tuple[Any, ...]) -> pd.DataFrame:
    index = pd.RangeIndex(node["rows"])
    made = {n: pd.Series(v, index, dtype=kind) for n, kind, v in node["columns"]}
    return pd.DataFrame(made, index)


def _float(node: Any, _: tuple[Any, ...]) -> float:
    return float("nan") if node is None else float(node)


_READERS: dict[Any, Callable[[Any, tuple[Any, ...]], Any]] = {
    tuple: _tuple,
    frozenset: _set,
    Mapping: _mapping,
    np.ndarray: _array,
    pd.DataFrame: _frame,
    float: _float,
    date: lambda node, _: date.fromisoformat(node),
}
