"""A comparison carries its reasons: beside headlines, and for pointers asked for."""

from __future__ import annotations

import pytest

from lodestar.errors import InputError
from lodestar.review.difference import compare_sides
from lodestar.review.why import attribution_notes, explain, pointer_sentences
from tests.support.sides import few_tables, rated, side_of

HIGHER = "capabilities: [{id: C01, target: {4: 5}}]\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    before = few_tables(tmp_path_factory.mktemp("a"))
    after = few_tables(tmp_path_factory.mktemp("b"), HIGHER)
    rated(after, "C01", "5")
    return compare_sides(side_of(before, "A"), side_of(after, "B"))


@pytest.fixture(scope="module")
def explained(found):
    return explain(found, ["/alignment/index", "/alignment/index"])


def test_every_headline_number_that_moved_is_explained_and_adds_up(found, explained):
    moved = [one for one in found.headlines if one.movement]
    numbers = explained.attribution.numbers
    assert {one.id for one in moved} <= set(numbers)
    for one in moved:
        parts = numbers[one.id].split.parts
        assert sum(parts.values()) == pytest.approx(one.movement.change, abs=2e-6)


def test_a_pointer_asked_for_is_told_once_in_a_sentence(explained):
    sentences = pointer_sentences(explained.attribution)
    assert len(sentences) == 1
    assert sentences[0].startswith("/alignment/index: 61.9")
    assert "code 0" in sentences[0]


def test_the_method_is_told_with_its_cost(explained):
    notes = attribution_notes(explained.attribution)
    assert "Data and framework were exchanged" in notes[0]
    assert "two mixtures" in notes[0]


def test_a_pointer_that_leads_nowhere_is_refused(found):
    with pytest.raises(InputError) as told:
        explain(found, ["/alignment/nowhere"])
    assert told.value.problems[0].value == "/alignment/nowhere"
