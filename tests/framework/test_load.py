"""Loading and overriding; oracle: entries of the shipped file read here with plain PyYAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from lodestar.errors import InputError
from lodestar.framework import available, load_framework
from lodestar.schema.resources import templates

SHIPPED = yaml.safe_load(
    (templates() / "frameworks" / "customer-alignment.yml").read_text(encoding="utf-8")
)


def _problem(override: dict[str, Any]) -> Any:
    with pytest.raises(InputError) as caught:
        load_framework("customer-alignment", override, "framework.yml")
    (problem,) = caught.value.problems
    assert problem.file == "framework.yml"
    assert problem.message.endswith(".")
    assert problem.remedy.endswith(".")
    return problem


def _target(**changes: Any) -> dict[str, Any]:
    return {"capabilities": [{"id": "C05", **changes}]}


def _item(**keys: Any) -> dict[str, Any]:
    entry = {"id": "A1", "kind": "agree5", "text": {"en": "One"}, "audience": ["customer"]}
    return {"items": [{**entry, **keys}]}


def test_every_entry_of_the_file_is_there_in_its_order() -> None:
    framework = load_framework("customer-alignment")
    for section in ("dimensions", "capabilities", "items", "factors", "sources"):
        ids = [entry["id"] for entry in SHIPPED[section]]
        assert [entry.id for entry in getattr(framework, section)] == ids
    assert framework.capability("C18").target_by_function["operations"] == {2: 3, 3: 4, 4: 5}
    assert (framework.shift_scale, framework.shift_cap, framework.dip) == (3.0, 1.5, 0.2)
    assert framework.overrides == ()


def test_targets_fall_back_and_are_linear_between_levels() -> None:
    framework = load_framework("customer-alignment")
    assert framework.target("C18", "operations", 5) == 5
    assert framework.target("C18", "sales", 4) == 4
    assert framework.target("C18", "operations", 3.5) == 4.5
    assert framework.target("C11", "sales", 3.5) == 4


def test_an_unknown_framework_names_the_nearest() -> None:
    assert "customer-alignment" in available()
    with pytest.raises(InputError, match=r"Did you mean 'customer-alignment'\?") as caught:
        load_framework("customer-alignement")
    assert caught.value.problems[0].file == "engagement.yml"


def test_an_override_changes_adds_and_tells_each_change() -> None:
    override = {
        "capabilities": [
            {"id": "C05", "weight": 2, "target": {4: 3}, "target_by_function": {"finance": {4: 2}}},
            {"id": "C33", "dimension": "D11", "name": "Water", "target": dict.fromkeys("12345", 2)},
        ],
        "dimensions": [{"id": "D11", "name": "Site", "weight": 0.5}],
        "items": [{"id": "I01", "text": {"fr": "Autrement"}, "audience": ["manager"]}],
        "levels": [{"level": 1, "name": "Busy"}],
        "transition": {"dip": 0.3},
    }
    framework = load_framework("customer-alignment", override)
    assert framework.capability("C05").target == {1: 1, 2: 2, 3: 3, 4: 3, 5: 5}
    assert framework.capability("C05").target_by_function["finance"] == {3: 2, 4: 2, 5: 4}
    assert framework.capability("C33").descriptors == {}
    assert framework.items[0].text["en"] == SHIPPED["items"][0]["text"]["en"]
    assert framework.items[0].audience == ("manager",)
    assert framework.dip == 0.3
    subject = "capability C05 'Time is spent in the customer's shoes'"
    assert framework.overrides[:5] == (
        f"{subject}: weight changed from 1 to 2",
        f"{subject}, target: at 4: changed from 4 to 3",
        f"{subject}, target_by_function of finance: at 4: changed from 3 to 2",
        "capability C33 added: 'Water'",
        "dimension D11 added: 'Site'",
    )
    assert framework.overrides[-2:] == (
        "level 1 'Task-run': name changed from 'Task-run' to 'Busy'",
        "transition: dip changed from 0.2 to 0.3",
    )


@pytest.mark.parametrize("section", ["levels", "dimensions", "capabilities", "items", "factors"])
def test_repeating_the_shipped_entries_changes_nothing(section: str) -> None:
    framework = load_framework("customer-alignment", {section: SHIPPED[section]})
    assert framework.overrides == ()
    assert framework == load_framework("customer-alignment")


def test_an_anchored_item_says_levels_outright() -> None:
    framework = load_framework("customer-alignment", _item(kind="anchored5", dimension="D1"))
    assert framework.items[-1].to_level == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}


@pytest.mark.parametrize(
    ("override", "code", "column", "hint"),
    [
        ({"capabilites": []}, "shape", None, "'capabilities'"),
        ({"id": "mine"}, "id", "id", "'customer-alignment'"),
        (_target(taget={4: 3}), "shape", "capabilities.C05", "'target'"),
        (_target(weight=0), "shape", "capabilities.C05.weight", "above 0"),
        (_target(weight=float("nan")), "shape", "capabilities.C05.weight", "number"),
        (_target(weight="high"), "shape", "capabilities.C05.weight", "a number"),
        (_target(target={6: 5}), "shape", "capabilities.C05.target", "1, 2, 3, 4 and 5"),
        (_target(target={4: 7}), "shape", "capabilities.C05.target.4", "at most 5"),
        ({"capabilities": [{"name": "x"}]}, "shape", "capabilities.0", "'id'"),
        ({"capabilities": {"C05": {}}}, "shape", "capabilities", "a list"),
        ({"transition": {"dip": 2}}, "shape", "transition.dip", "at most 1"),
        ({"levels": [{"level": 6, "name": "x"}]}, "shape", "levels.6.level", "at most 5"),
        ({"dimensions": [{"id": "D 1", "name": "x"}]}, "shape", "dimensions.D 1.id", "shorter id"),
        (_item(kind="agree"), "shape", "items.A1.kind", "'agree5'"),
        (_item(audience=["customers"]), "shape", "items.A1.audience.0", "'customer'"),
        (_item(role="clear"), "shape", "items.A1.role", "'clarity'"),
        (_item(text={"en": ""}), "shape", "items.A1.text.en", "Write the text"),
        (_item(text={}), "shape", "items.A1.text", "Complete"),
        (_target(needs=["C5"]), "unknown-id", "capabilities.C05.needs", "'C05'"),
        (_target(dimension="D12"), "unknown-id", "capabilities.C05.dimension", "'D1"),
        (_item(dimension="d1"), "unknown-id", "items.A1.dimension", "add the dimension"),
        (_target(needs=["C05"]), "cycle", "capabilities.C05.needs", "Remove one"),
        (
            {"capabilities": [{"id": "C04", "needs": ["C07"]}]},
            "cycle",
            "capabilities.C04.needs",
            "Remove one",
        ),
        (_target(target={3: 1}), "target", "capabilities.C05.target", "rise or stay equal"),
        (
            _target(target_by_function={"sales": {2: 4}}),
            "target",
            "capabilities.C05.target_by_function.sales",
            "keeps the general target",
        ),
        (
            {"capabilities": [{"id": "X", "dimension": "D1", "name": "x", "target": {1: 1}}]},
            "target",
            "capabilities.X.target",
            "each of the levels",
        ),
        (_item(pair="I59"), "pair", "items.A1.pair", "Remove the pair"),
        (_item(kind="know5"), "pair", "items.A1.pair", "Name the do5 item"),
        (_item(kind="know5", pair="I70x"), "unknown-id", "items.A1.pair", "of kind do5"),
        (_item(kind="know5", pair="I59"), "pair", "items.A1.pair", "name each other"),
        (
            _item(kind="know5", to_level={1: 1, 5: 5}, pair="B1"),
            "to-level",
            None,
            "Remove to_level",
        ),
        (_item(to_level={1: 1, 4: 5}), "to-level", "items.A1.to_level", "linear"),
        (_item(to_level={1: 5, 5: 1}), "to-level", "items.A1.to_level", "reverse: true"),
        (_item(kind="nps"), "subject", "items.A1.subject", "subject: offer"),
        (_item(subject="offer"), "subject", "items.A1.subject", "Remove the subject"),
        (_item(kind="nps", subject="offer", reverse=True), "reverse", None, "Remove reverse"),
        ({"factors": [{"id": "R1", "sign": -1}]}, "factor", "factors.R1.sign", "role shift"),
        ({"factors": [{"id": "R1", "role": "bas"}]}, "shape", "factors.R1.role", "'base'"),
        ({"factors": [{"id": "R1", "sign": 0}]}, "shape", "factors.R1.sign", "1, -1"),
        ({"sources": [{"id": "rance", "rests": ["D99"]}]}, "unknown-id", None, "'D9'"),
        (
            {"dimensions": [{"id": "D1", "weight": 2}, {"id": "D1", "weight": 3}]},
            "duplicate",
            "dimensions.D1",
            "Keep one",
        ),
    ],
)
def test_a_broken_override_is_one_problem_with_place_and_remedy(
    override: dict[str, Any], code: str, column: str | None, hint: str
) -> None:
    if code == "to-level" and column is None:
        partner = {
            "id": "B1",
            "kind": "do5",
            "text": {"en": "Two"},
            "audience": ["customer"],
            "pair": "A1",
        }
        override["items"].append(partner)
    problem = _problem(override)
    assert problem.code == f"framework-{code}"
    assert column is None or problem.column == column
    assert hint in problem.remedy


def test_all_problems_come_at_once() -> None:
    override = {
        "capabilities": [{"id": "C05", "needs": ["C99"], "target": {3: 1}}],
        "items": [{"id": "I79", "reverse": True}],
    }
    with pytest.raises(InputError) as caught:
        load_framework("customer-alignment", override)
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["framework-unknown-id", "framework-target", "framework-reverse"]


def test_a_shipped_file_under_another_name_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = templates() / "frameworks" / "customer-alignment.yml"
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "copied.yml").write_bytes(shipped.read_bytes())
    monkeypatch.setattr("lodestar.framework.load.templates", lambda: tmp_path)
    with pytest.raises(InputError, match="not the name of its file") as caught:
        load_framework("copied")
    assert caught.value.problems[0].file == "templates/frameworks/copied.yml"
