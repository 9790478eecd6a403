"""The shape of results.json. Oracle: METHOD's pinned leaves, written out here for a client of
whom nothing is known, and the metaschema of JSON Schema itself."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from lodestar.assess.nulls import absent
from lodestar.errors import FaultError
from lodestar.schema.quick_start import import_jsonschema
from lodestar.schema.results import check_results, results_schema

WHY = "Nothing was given."


def level(*more: str) -> dict[str, Any]:
    return absent(["estimate", "low", "high", "distribution", *more], WHY)


def nothing(*lists: str) -> dict[str, Any]:
    return {key: value for name in lists for key, value in ((name, []), (f"{name}_reason", WHY))}


def unknown() -> dict[str, Any]:
    """Return the results of a client that has given nothing but its name."""
    score = {**absent(["score", "low", "high"], WHY), "n": 0}
    return {
        "schema_version": 1,
        "client": "small",
        "period": "2026-Q4",
        "framework": {"id": "customer-alignment", "version": "1"},
        "level": {
            "required": level(),
            "present": level("staged"),
            "experienced": level(),
            **absent(["chosen"], WHY),
        },
        "conflicts": {
            **nothing("items"),
            "orphans": [],
            "untraceable": [],
            "repairs": {"changes": [], "cost": None, "optimal": None},
        },
        "alignment": {
            **absent(["index", "distance", "misalignment", "built_for", "coverage"], WHY),
            "corrected": absent(["index", "low", "high", "noise"], WHY),
            "parts": absent(["height", "capabilities", "functions", "local"], WHY),
            **nothing("gaps"),
        },
        "perspectives": nothing("scales", "gaps"),
        "purpose": {
            **absent(
                ["focus_index", "recurring_share", "hhi", "effective_customers", "top_share"], WHY
            ),
            **nothing("drift"),
        },
        "inclusion": {
            "nps": score,
            "enps": score,
            "referral": score,
            **absent(["inclusion_index", "command_share"], WHY),
        },
        "roadmap": {
            "chosen": [],
            "harmful": [],
            **absent(["cost", "index_before", "index_after", "optimal"], WHY),
        },
        "findings": [],
        "data_quality": {"tables": {}, **absent(["coverage", "response_rate"], WHY)},
    }


def test_the_schema_is_a_schema() -> None:
    import_jsonschema().Draft202012Validator.check_schema(results_schema())


def test_a_client_of_whom_nothing_is_known_has_results() -> None:
    check_results(unknown())


def test_more_may_be_said() -> None:
    document = unknown()
    document["level"]["present"]["gated"] = 2.5
    document["labels"] = {"function": {}}
    check_results(document)


def test_a_suppressed_figure_needs_no_other_reason() -> None:
    document = unknown()
    hidden = {"score": None, "low": None, "high": None, "n": None, "suppressed": True}
    document["inclusion"]["enps"] = hidden
    check_results(document)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("level", "present", "estimate_reason"), ...),
        (("level", "present", "staged"), 6),
        (("level", "required", "distribution"), {"1": 0.5}),
        (("alignment", "gaps_reason"), ...),
        (("alignment", "index"), 101),
        (("alignment", "corrected"), ...),
        (("conflicts", "items"), [{"kind": "structural"}]),
        (("perspectives", "gaps"), [{"scale": "D1.level", "group_a": "a", "group_b": "b"}]),
        (("purpose", "hhi"), "many"),
        (("inclusion", "nps"), {"score": 140, "low": 0, "high": 0, "n": 5}),
        (("inclusion", "enps"), {"score": None, "low": None, "high": None, "n": None}),
        (("findings",), [{"id": "level.four"}]),
        (("data_quality", "tables"), {"links": {"rows": -1, "left_out": 0}}),
        (("schema_version",), 2),
    ],
    ids=lambda value: "/".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_pinned_is_held(place: tuple[str, ...], value: Any) -> None:
    document = copy.deepcopy(unknown())
    node = document
    for step in place[:-1]:
        node = node[step]
    if value is ...:
        del node[place[-1]]
    else:
        node[place[-1]] = value
    with pytest.raises(FaultError, match="/" + place[0]):
        check_results(document)
