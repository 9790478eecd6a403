"""Texts side by side. Oracle: the pieces of each side give the text back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lodestar.review.words import compare_words

TEXTS = st.text(alphabet="ab 12.,%−\n<", max_size=40)


@given(TEXTS, TEXTS)
def test_pieces_give_both_texts_back_and_what_is_shared_is_equal(before: str, after: str) -> None:
    there, here = compare_words(before, after)
    assert "".join(piece.text for piece in there) == before
    assert "".join(piece.text for piece in here) == after
    if before == after:
        assert {piece.kind for piece in (*there, *here)} <= {"same"}


def test_changed_numbers_are_marked_as_numbers() -> None:
    there, here = compare_words("It rose by −0.5 to 61 of 100", "It rose by 1,200.5 to 64 of 100")
    assert [piece.text for piece in there if piece.kind == "number"] == ["−0.5", "61"]
    assert [piece.text for piece in here if piece.kind == "number"] == ["1,200.5", "64"]


def test_texts_with_little_in_common_are_told_whole() -> None:
    there, here = compare_words("Measure again next period.", "Ask who decided that move, and why.")
    assert not any(piece.kind == "same" for piece in (*there, *here))
