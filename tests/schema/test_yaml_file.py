"""YAML as people write it; oracle: YAML 1.2's booleans, and rows counted by hand."""

from __future__ import annotations

import pytest

from lodestar.errors import InputError
from lodestar.schema.yaml_file import parse_yaml


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "y", "N"])
def test_only_true_and_false_are_booleans(word: str) -> None:
    assert parse_yaml(f"{{{word}: {word}, sure: true}}".encode(), "f.yml") == {
        word: word,
        "sure": True,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert parse_yaml("nom: élevé".encode(encoding), "f.yml") == {"nom": "élevé"}


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"a: 1\nb: 2\na: 3\n", 3),
        (b"a:\n  b: 1\n  b: 2\n", 3),
        (b"a: 1\n\tb: 2\n", 2),
        (b"a: 1\n---\nb: 2\n", 2),
        (b"a: !!python/object:os.system 1\n", 1),
        (b"? [1]\n: 2\n", 1),
    ],
)
def test_a_problem_names_its_row(content: bytes, row: int) -> None:
    with pytest.raises(InputError) as caught:
        parse_yaml(content, "engagement.yml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == ("yaml", "engagement.yml", row)
    assert problem.remedy


@pytest.mark.parametrize("content", ["a: é".encode("latin-1"), b"a: \x00", b"a: 2026-13-45"])
def test_what_cannot_be_read_is_a_problem_not_a_traceback(content: bytes) -> None:
    with pytest.raises(InputError, match="yaml"):
        parse_yaml(content, "engagement.yml")


def test_an_empty_file_is_none() -> None:
    assert parse_yaml(b"", "f.yml") is None
