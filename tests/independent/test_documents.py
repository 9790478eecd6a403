"""What every published document must hold, whatever the client.

Oracle: METHOD's general rules: a null leaf has its reason, an empty list too, a suppressed entry
has no numbers; an interval includes its estimate; a distribution sums to one; evidence resolves.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from tests.independent.conftest import CLIENTS

LEVELS = {"1", "2", "3", "4", "5"}
ESTIMATES = (
    "estimate",
    "index",
    "delta",
    "score",
    "value",
    "share",
    "survival",
    "months",
    "centre",
)


def entries(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every dictionary of a document with its JSON pointer."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from entries(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from entries(inner, f"{path}/{position}")


def resolve(document: Any, pointer: str) -> Any:
    """Return what an RFC 6901 pointer names; raises where it names nothing."""
    value = document
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def explained(entry: dict[str, Any], key: str) -> bool:
    reason = entry.get(f"{key}_reason")
    return isinstance(reason, str) and len(reason) > 3


@pytest.mark.parametrize("client", CLIENTS)
def test_every_null_has_its_reason(documents: dict[str, dict[str, Any]], client: str) -> None:
    silent = [
        f"{path}/{key}"
        for path, entry in entries(documents[client])
        for key, value in entry.items()
        if value is None and not explained(entry, key) and not entry.get("suppressed")
    ]
    assert silent == []


@pytest.mark.parametrize("client", CLIENTS)
def test_every_empty_list_has_its_reason(documents: dict[str, dict[str, Any]], client: str) -> None:
    silent = [
        f"{path}/{key}"
        for path, entry in entries(documents[client])
        for key, value in entry.items()
        if value == [] and not explained(entry, key)
    ]
    assert silent == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_reason_stands_only_beside_what_is_absent(
    documents: dict[str, dict[str, Any]], client: str
) -> None:
    idle = [
        f"{path}/{key}"
        for path, entry in entries(documents[client])
        for key in entry
        if key.endswith("_reason") and entry.get(key.removesuffix("_reason")) not in (None, [])
    ]
    assert idle == []


@pytest.mark.parametrize("client", CLIENTS)
def test_no_list_holds_a_bare_null(documents: dict[str, dict[str, Any]], client: str) -> None:
    holes = [
        f"{path}/{key}"
        for path, entry in entries(documents[client])
        for key, value in entry.items()
        if isinstance(value, list) and None in value
    ]
    assert holes == []


def numbers(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in entry.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }


@pytest.mark.parametrize("client", CLIENTS)
def test_a_suppressed_entry_has_no_numbers(
    documents: dict[str, dict[str, Any]], client: str
) -> None:
    for path, entry in entries(documents[client]):
        if entry.get("suppressed") is True:
            inside = {p: numbers(inner) for p, inner in entries(entry, path) if numbers(inner)}
            assert inside == {}, path


@pytest.mark.parametrize("client", CLIENTS)
def test_every_interval_includes_its_estimate(
    documents: dict[str, dict[str, Any]], client: str
) -> None:
    seen = 0
    for path, entry in entries(documents[client]):
        if path.startswith("/findings") or not {"low", "high"} <= entry.keys():
            continue
        low, high = entry["low"], entry["high"]
        if None not in (low, high):
            assert low <= high, path
        shown = next((entry[key] for key in ESTIMATES if entry.get(key) is not None), None)
        if shown is not None:
            seen += 1
            assert low is None or low - 2e-6 <= shown, path
            assert high is None or shown <= high + 2e-6, path
    assert seen > 0 or client != "demo"


@pytest.mark.parametrize("client", CLIENTS)
def test_named_intervals_include_their_estimate(
    documents: dict[str, dict[str, Any]], client: str
) -> None:
    for path, entry in entries(documents[client]):
        for key, value in entry.items():
            ends = entry.get(f"{key}_low"), entry.get(f"{key}_high")
            if value is not None and None not in ends:
                assert ends[0] - 2e-6 <= value <= ends[1] + 2e-6, f"{path}/{key}"


@pytest.mark.parametrize("client", CLIENTS)
def test_every_distribution_sums_to_one(documents: dict[str, dict[str, Any]], client: str) -> None:
    for path, entry in entries(documents[client]):
        if entry.keys() == LEVELS and all(isinstance(x, float) for x in entry.values()):
            assert math.isclose(sum(entry.values()), 1, abs_tol=1e-5), path


@pytest.mark.parametrize("client", CLIENTS)
def test_every_finding_points_at_something(
    documents: dict[str, dict[str, Any]], client: str
) -> None:
    document = documents[client]
    assert document["findings"]
    for finding in document["findings"]:
        assert finding["evidence"], finding["id"]
        for pointer in finding["evidence"]:
            assert pointer.startswith("/"), finding["id"]
            resolve(document, pointer)
    names = [finding["id"] for finding in document["findings"]]
    assert len(names) == len(set(names))
