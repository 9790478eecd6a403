"""Who signed what, and what voids it. Oracle: the record's bytes, changed by hand."""

from __future__ import annotations

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.errors import FaultError, InputError
from lodestar.findings.signed import review_words
from lodestar.provenance import PublishedRun
from lodestar.provenance.reviews import Chain, Review, head_path, read_chain, record_path
from lodestar.review.checklist import load_checklist
from lodestar.review.record import BrokenRecordError, append
from lodestar.review.signatures import HarmedRunError, review_of, reviews, sign, withdraw
from tests.support.clients import small_client
from tests.support.published import publish

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
YES = {item.id: "yes" for item in load_checklist().items}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = small_client(tmp_path)
    publish(made, **{"00_a": b"{}"})
    return made


def signed(folder: Path, reviewer: str = "Ana Ruiz", **options: object) -> Review:
    given = {"note": "Looked at all.", "answers": YES, "data_root": folder.parent, "now": NOON}
    return sign(folder.name, reviewer, **{**given, **options})  # type: ignore[arg-type]


def words(folder: Path) -> str:
    run, chain = reviews(folder.name, data_root=folder.parent)
    return review_words(chain.standing(run.hash))


def refused(folder: Path, **options: object) -> set[str]:
    with pytest.raises(InputError) as caught:
        signed(folder, **options)
    assert not record_path(folder, "2026-Q4").exists()
    return {problem.file.removeprefix("checklist ") for problem in caught.value.problems}


def test_a_run_is_a_draft_until_signed_and_again_once_it_changed(folder: Path) -> None:
    first = (folder / "runs" / "2026-Q4").resolve()
    assert words(folder) == "Draft, not signed off"
    review = signed(folder)
    assert review.run == first.name
    assert words(folder) == "Reviewed by Ana Ruiz on 22 November 2026"
    publish(folder, **{"00_a": b'{"other": 1}'})
    assert words(folder) == "Draft: review void since the run changed"
    publish(folder, **{"00_a": b"{}"})
    assert words(folder) == "Reviewed by Ana Ruiz on 22 November 2026"


def test_a_signature_keeps_who_when_what_and_every_answer(folder: Path) -> None:
    signed(folder, answers={**YES, "harm": "N/A: nothing is planned"})
    (line,) = record_path(folder, "2026-Q4").read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert kept["at"] == "2026-11-22T12:00:00Z"
    assert kept["answers"]["harm"] == "n/a: nothing is planned"
    assert set(kept["answers"]) == set(YES)
    assert (kept["checklist"], kept["previous"]) == (load_checklist().sha256, "")


def test_the_checklist_asks_a_dozen_questions_that_differ() -> None:
    items = load_checklist().items
    assert 10 <= len(items) <= 12
    assert len({item.id for item in items}) == len({item.question for item in items}) == len(items)
    assert all(item.question.endswith("?") and item.look for item in items)


@pytest.mark.parametrize("answer", ["", "no", "n/a:", "perhaps", "no: "])
def test_an_open_item_is_named_and_nothing_is_signed(folder: Path, answer: str) -> None:
    assert refused(folder, answers={**YES, "level": answer}) == {"level"}
    assert refused(folder, answers={**YES, "levle": "yes"}) == {"levle"}
    assert refused(folder, answers={}) == set(YES)


def test_a_name_and_a_note_are_needed(folder: Path) -> None:
    assert refused(folder, reviewer=" ", note=" ") == {"--reviewer", "--note"}
    assert refused(folder, reviewer="Ana\u202eRuiz") == {"--reviewer"}
    assert refused(folder, reviewer="A" * 81) == {"--reviewer"}


def test_nobody_signs_their_own_work(folder: Path) -> None:
    settings = folder / "engagement.yml"
    settings.write_text(settings.read_text() + 'made_by: ["Ána  Ruiz"]\n', encoding="utf-8")
    assert refused(folder, reviewer="A\u0301NA RUIZ") == {"--reviewer"}
    assert signed(folder, reviewer="Ben Okafor").reviewer == "Ben Okafor"


def test_a_run_that_is_not_what_was_published_cannot_be_signed(folder: Path) -> None:
    run = (folder / "runs" / "2026-Q4").resolve()
    (run / "00_a.ipynb").write_bytes(b"{ }")
    (run / "tables" / "a.csv").unlink()
    (run / "added.ipynb").write_bytes(b"{}")
    with pytest.raises(HarmedRunError) as caught:
        signed(folder)
    assert caught.value.files == ("00_a.ipynb", "added.ipynb", "tables/a.csv")
    (run / "manifest.json").write_bytes(b"{}")
    with pytest.raises(HarmedRunError, match=r"manifest\.json"):
        signed(folder)


def test_a_signed_run_changed_by_hand_is_void_until_it_is_as_it_was(folder: Path) -> None:
    """Oracle: the words before anybody touched a byte, and those after it was put back."""

    def listed() -> tuple[str, str, list[str]]:
        document = review_of(*reviews("small", data_root=folder.parent))
        return document["state"], document["reviews"][0]["state"], document["harmed"]

    signed(folder)
    assert listed() == ("reviewed", "stands", [])
    book = (folder / "runs" / "2026-Q4").resolve() / "00_a.ipynb"
    before = book.read_bytes()
    book.write_bytes(before + b" ")
    assert listed() == ("void", "void", ["00_a.ipynb"])
    book.write_bytes(before)
    assert listed() == ("reviewed", "stands", [])


def test_a_withdrawal_takes_back_only_ones_own(folder: Path) -> None:
    options = {"note": "Found a slip.", "data_root": folder.parent, "now": NOON}
    with pytest.raises(InputError, match="no standing signature"):
        withdraw("small", "Ana Ruiz", **options)  # type: ignore[arg-type]
    signed(folder)
    signed(folder, reviewer="Ben Okafor")
    withdraw("small", "Ben Okafor", **options)  # type: ignore[arg-type]
    assert words(folder) == "Reviewed by Ana Ruiz on 22 November 2026"
    withdraw("small", "Ana Ruiz", **options)  # type: ignore[arg-type]
    assert words(folder) == "Draft, not signed off"
    listed = review_of(*reviews("small", data_root=folder.parent))
    states = ["withdrawn", "withdrawn", "withdrawal", "withdrawal"]
    assert [review["state"] for review in listed["reviews"]] == states
    signed(folder)
    assert words(folder).startswith("Reviewed by Ana Ruiz")


def three_lines(folder: Path) -> list[bytes]:
    for reviewer in ("Ana Ruiz", "Ben Okafor", "Cleo Diaz"):
        signed(folder, reviewer=reviewer)
    return record_path(folder, "2026-Q4").read_bytes().splitlines(keepends=True)


def test_any_record_edited_removed_or_moved_is_noticed(folder: Path) -> None:
    """Brute force: every subset in every order, and every fifth byte changed in turn."""
    lines, path = three_lines(folder), record_path(folder, "2026-Q4")
    orders = [order for n in range(4) for order in itertools.permutations(lines, n)]
    for order in orders:
        path.write_bytes(b"".join(order))
        assert (not read_chain(folder, "2026-Q4").fault) == (list(order) == lines)
    whole = b"".join(lines)
    for position in range(0, len(whole), 5):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert read_chain(folder, "2026-Q4").fault
    path.unlink()
    assert read_chain(folder, "2026-Q4").fault


def test_a_broken_record_shows_draft_and_takes_no_more(folder: Path) -> None:
    lines = three_lines(folder)
    record_path(folder, "2026-Q4").write_bytes(lines[0] + lines[2])
    assert words(folder) == "Draft, not signed off"
    with pytest.raises(BrokenRecordError, match="backup"):
        signed(folder)
    head_path(folder, "2026-Q4").unlink()
    record_path(folder, "2026-Q4").write_bytes(b"".join(lines))
    assert read_chain(folder, "2026-Q4").fault


def test_what_a_crash_leaves_is_no_fault(folder: Path) -> None:
    """Between line and head, and in the middle of a line: the two moments a writer can die in."""
    lines, path = three_lines(folder), record_path(folder, "2026-Q4")
    second = read_chain(folder, "2026-Q4").reviews[1].hash
    head_path(folder, "2026-Q4").write_text(second)
    path.write_bytes(b"".join(lines) + b'{"kind":"sig')
    assert not read_chain(folder, "2026-Q4").fault
    signed(folder, reviewer="Dana Wu")
    chain = read_chain(folder, "2026-Q4")
    assert not chain.fault
    assert [review.reviewer for review in chain.reviews][-2:] == ["Cleo Diaz", "Dana Wu"]


def test_a_disk_that_takes_no_more_leaves_the_record_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(folder)
    before = record_path(folder, "2026-Q4").read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("lodestar.review.record.os.fsync", full)
        with pytest.raises(FaultError, match="Nothing was signed"):
            signed(folder, reviewer="Ben Okafor")
    assert record_path(folder, "2026-Q4").read_bytes() == before
    assert signed(folder, reviewer="Ben Okafor").previous


def test_many_at_once_all_stand_in_one_chain(folder: Path) -> None:
    names = [f"Reviewer {n}" for n in range(12)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda name: signed(folder, name), names))
    chain = read_chain(folder, "2026-Q4")
    assert not chain.fault
    assert sorted(review.reviewer for review in chain.reviews) == sorted(names)


KINDS = st.sampled_from(["signature", "withdrawal"])
STEPS = st.lists(st.tuples(KINDS, st.sampled_from("AB"), st.sampled_from("xy")), max_size=8)


@given(STEPS)
def test_a_signature_stands_unless_its_own_reviewer_took_it_back_later(
    steps: list[tuple[str, str, str]],
) -> None:
    """Independent rule: the last word each reviewer said of each run."""
    made = tuple(
        Review(kind, who, f"2026-01-{day:02}T00:00:00Z", run, "n")  # type: ignore[arg-type]
        for day, (kind, who, run) in enumerate(steps, 1)
    )
    last_words = {(who, run): kind for kind, who, run in steps}
    for run in "xy":
        holds = {who for (who, of), kind in last_words.items() if of == run and kind == "signature"}
        elsewhere = any(k == "signature" and of != run for (_, of), k in last_words.items())
        expected = "reviewed" if holds else "void" if elsewhere else "draft"
        standing = Chain(made).standing(run)
        assert standing.state == expected
        assert not holds or standing.reviewer in holds


def test_the_record_is_read_for_one_client_and_period_alone(folder: Path) -> None:
    other = PublishedRun("small", "2026-Q3", folder)
    signed(folder)
    assert read_chain(folder, other.period) == Chain()
    append(folder, "2026-Q3", Review("signature", "Ana Ruiz", "2026-11-22T12:00:00Z", "x", "n"))
    assert len(read_chain(folder, "2026-Q4").reviews) == 1
