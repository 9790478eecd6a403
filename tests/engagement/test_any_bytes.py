"""Whatever a client's files hold, checking answers with problems and never with an exception.

Oracle: the contract (no traceback ever reaches a consultant).
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodestar.engagement import Report, check
from tests.support.cases import BAD

BASE = BAD / "base"
FEW = ("respondents", "responses", "metrics", "links", "decisions", "investments", "ratings")
FILES = (
    *(f"inputs/2026-Q4/{name}.csv" for name in FEW),
    "inputs/2026-Q4/notes.md",
    "engagement.yml",
    "corrections.yml",
    "assumptions.yml",
)
PIECES = (
    *(b"", b",", b";", b"\t", b'"', b"\n", b"\r\n\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf"),
    *(b"\xe9", b"-", b"na", b"NaN", b"1e999", b"=1+1", b"{", b"[", b": ", b"- ", b"&a [*a]"),
    *(b"!!python/name:os.system", b"\xe2\x80\xae", b"9" * 400, b"item", b"value", b"respondent"),
)
LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))


@st.composite
def _mutation(draw: st.DrawFn) -> tuple[str, bytes]:
    """One file with a few pieces put in place of others."""
    name = draw(st.sampled_from(FILES))
    content = (BASE / name).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 12)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6))
        content = content[:start] + piece + content[end:]
    return name, content


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the few tables that are mutated."""
    folder = tmp_path_factory.mktemp("any")
    for name in FILES:
        (folder / "acme" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BASE / name, folder / "acme" / name)
    return folder


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutation=_mutation())
def test_any_change_of_bytes_gives_a_report(root: Path, mutation: tuple[str, bytes]) -> None:
    name, content = mutation
    path = root / "acme" / name
    try:
        path.write_bytes(content)
        report = check("acme", "", root)
    finally:
        shutil.copy(BASE / name, path)
    assert isinstance(report, Report)
    json.dumps(report.as_dict())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=300), name=st.sampled_from(FILES))
def test_any_bytes_at_all_give_a_report(root: Path, content: bytes, name: str) -> None:
    test = test_any_change_of_bytes_gives_a_report.hypothesis.inner_test
    test(root, (name, content))


@pytest.mark.parametrize(
    "text", ["[" * 3000, "a: &a [*a]", "&a [&b [*a, *b]]", "? [1]\n: 2", LAUGHS]
)
@pytest.mark.parametrize("name", ["engagement.yml", "corrections.yml", "framework.yml"])
def test_yaml_that_is_deep_or_bites_its_tail_gives_a_report(
    name: str, text: str, tmp_path: Path
) -> None:
    shutil.copytree(BASE, tmp_path / "acme")
    (tmp_path / "acme" / name).write_text(text)
    assert check("acme", "", tmp_path).problems


@pytest.mark.parametrize("client", ["", ".", "..", "../acme", "a/b", "/acme", "a\x00b", "ACME "])
def test_a_client_is_a_plain_folder_name(client: str, tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "acme")
    (problem,) = check(client, "", tmp_path).problems
    assert problem.code in ("client-name", "unknown-client")
