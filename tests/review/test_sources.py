"""What else runs are made from. Oracle: keys changed on purpose."""

from __future__ import annotations

from pathlib import Path

from lodestar.provenance import file_hash
from lodestar.review.sources import Source, compare_sources
from tests.support.review import side_of


def _by_name(folder: Path, before: dict[str, str], after: dict[str, str]) -> dict[str, Source]:
    sides = (side_of(folder / "a", files=before), side_of(folder / "b", files=after))
    return {source.name: source for source in compare_sources(*sides)}


def test_equal_files_are_no_difference(tmp_path: Path) -> None:
    files = {"engagement.yml": "client: small\n", "inputs/2026-Q4/notes.md": "## a.b\nWords.\n"}
    assert _by_name(tmp_path, files, files) == {}


def test_a_setting_is_told_old_and_new_by_its_key(tmp_path: Path) -> None:
    before = {"engagement.yml": "chosen_level: 4\nfunctions: [{id: sales, weight: 1}]\n"}
    after = {"engagement.yml": "chosen_level: 3.5\nfunctions: [{id: sales, weight: 2}]\n"}
    leaves = _by_name(tmp_path, before, after)["settings"].leaves
    assert [(leaf.path, leaf.before, leaf.after) for leaf in leaves] == [
        ("settings.chosen_level", 4, 3.5),
        ("settings.functions.weight", 1, 2),
    ]
    assert leaves[1].names == (("id", "sales"),)


def test_only_a_comment_changed(tmp_path: Path) -> None:
    before, after = "chosen_level: 4\n", "# decided in May\nchosen_level: 4\n"
    source = _by_name(tmp_path, {"engagement.yml": before}, {"engagement.yml": after})["settings"]
    assert source.leaves == ()
    assert source.note


CORRECTION = '- {{table: {}, where: {{{}: {}}}, column: {}, old: "1", new: "{}", reason: typed}}\n'


def test_corrections_are_told_but_for_answers_given_in_confidence(tmp_path: Path) -> None:
    open_one = CORRECTION.format("metrics", "metric", "m1", "incentive", "0.3")
    hidden = CORRECTION.format("responses", "respondent", "secret1", "value", "5")
    again = CORRECTION.format("responses", "respondent", "secret1", "value", "4")
    before = {"corrections.yml": open_one + hidden}
    after = {"corrections.yml": open_one.replace("0.3", "0.2") + again}
    source = _by_name(tmp_path, before, after)["corrections"]
    assert [(leaf.before, leaf.after) for leaf in source.leaves] == [("0.3", "0.2")]
    assert "secret" not in str(source)
    only = _by_name(tmp_path, {"corrections.yml": hidden}, {"corrections.yml": again})
    assert "in confidence" in only["corrections"].note
    assert "secret" not in str(only)


def test_the_consultants_words_are_compared_heading_by_heading(tmp_path: Path) -> None:
    file = "inputs/2026-Q4/notes.md"
    before = {file: "## level.four\nOld words.\n\n## level.trend\nSame.\n"}
    after = {file: "## level.four\nNew words.\n\n## level.trend\nSame.\n"}
    (leaf,) = _by_name(tmp_path, before, after)["notes"].leaves
    assert (leaf.place[-1], leaf.before, leaf.after) == ("level.four", "Old words.", "New words.")


def test_code_packages_and_workbooks_come_from_the_manifests(tmp_path: Path) -> None:
    before = side_of(
        tmp_path / "a", packages={"pandas": "3.0.0"}, code={"version": "0.1.0"}, seed=1
    )
    after = side_of(tmp_path / "b", packages={"pandas": "3.1.0"}, code={"version": "0.2.0"}, seed=2)
    found = {source.name: source.leaves for source in compare_sources(before, after)}
    assert [leaf.after for leaf in found["packages"]] == ["3.1.0"]
    assert [leaf.after for leaf in found["code"]] == ["0.2.0"]
    assert [leaf.after for leaf in found["seed"]] == [2]


def test_a_file_no_longer_kept_is_compared_by_its_hash(tmp_path: Path) -> None:
    before = side_of(tmp_path / "a", files={"engagement.yml": "chosen_level: 4\n"})
    after = side_of(tmp_path / "b", files={"engagement.yml": "chosen_level: 3\n"})
    sha = file_hash(tmp_path / "a" / "engagement.yml")
    (tmp_path / "a" / "engagement.yml").unlink()
    (source,) = compare_sources(before, after)
    assert source.note
    assert [leaf.before for leaf in source.leaves] == [sha]
