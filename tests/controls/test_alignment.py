"""The what-if of 04, moved without a browser."""

from __future__ import annotations

import re
from html import unescape

import pytest
from ipywidgets import HTML

from lodestar.assess.alignment import assess, scenarios
from lodestar.assess.labels import labels
from lodestar.controls.alignment import AlignmentWhatIf, what_if
from lodestar.findings.alignment import answer
from tests.support.levels import client, results


def control(case: str = "all") -> AlignmentWhatIf:
    made = what_if(scenarios(client(case)), results(case))
    assert isinstance(made, AlignmentWhatIf)
    return made


def words(made: AlignmentWhatIf) -> str:
    html = re.sub(r"<figure.*?</figure>", "", made.output.value, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("chosen", [1.0, 2.5, 5.0])
def test_index_parts_and_gaps_follow_the_level(chosen: float) -> None:
    made = control()
    made.chosen.value = chosen
    other = client(chosen_level=chosen)
    section = assess(other, {})
    said = answer({"alignment": section, "labels": labels(other)})
    assert " ".join(said) in words(made)
    assert "Reviewed: " + answer(results())[0] in words(made)
    first = section["gaps"][0]
    assert f"{first['gap']:+.1f}".replace("-", "−") in words(made)
    assert "<figure" in made.output.value


@pytest.mark.parametrize("chosen", [2.0, 4.0, 5.0])
def test_a_gap_that_waits_says_for_what_at_the_level_tried(chosen: float) -> None:
    """Oracle: the section computed for a client who chose that level."""
    made = control()
    made.chosen.value = chosen
    other = client(chosen_level=chosen)
    names = labels(other)["capability"]
    shown = re.findall(r"<tr>(.*?)</tr>", made.output.value, flags=re.S)[1:]
    gaps = assess(other, {})["gaps"][:5]
    assert len(shown) == len(gaps)
    for row, gap in zip(shown, gaps, strict=True):
        cells = [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<td.*?</td>", row)]
        assert all(names[id] in cells[-1] for id in gap["blocked_by"])
        assert bool(gap["blocked_by"]) == (cells[-1] not in ("", "–"))
        assert cells[-2] == f"{gap['reachable']:.1f}"


def test_reset_brings_back_the_reviewed_level() -> None:
    made = control()
    before = made.output.value
    assert "Reviewed:" not in before
    made.chosen.value = 5.0
    made.reset.click()
    assert made.output.value == before


def test_a_client_who_chose_nothing_can_try_levels() -> None:
    made = control("no-level-chosen")
    assert "At the level you chose, 3" in words(made)
    made.chosen.value = 4.0
    assert "At the level you chose, 4" in words(made)
    assert "cannot be told yet" in words(made)


def test_without_ratings_there_is_a_sentence_instead() -> None:
    made = what_if(scenarios(client("customers-only")), results("customers-only"))
    assert isinstance(made, HTML)
    assert "ratings" in made.value


def test_too_little_coverage_still_shows_gaps() -> None:
    made = control("half-rated")
    assert "cannot be told yet" in words(made)
    assert "The gaps that weigh most" in words(made)
