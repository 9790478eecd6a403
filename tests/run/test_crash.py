"""Runs that die, or are refused a change, at any moment.

Oracle: the bytes of the run that stood before and of the one that an undisturbed run publishes.
``LODESTAR_SOAK=1`` (``make soak``) tries every moment; otherwise twenty are spread over the run.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lodestar.errors import FaultError
from lodestar.provenance import KEPT, harmed_files
from tests.support.clients import contents, known_results, small_client, walk_of
from tests.support.moments import Moments, die, forked, pretended_run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

MOMENTS = 10_000 if os.environ.get("LODESTAR_SOAK") else 20
MORE = "outcome,name,beneficiary,importance\no1,On time,customer,0.5\no2,Kept,customer,1\n"


class Scene:
    """A client in a state that runs begin from, and can be put back into."""

    def __init__(self, root: Path, walk: Path, state: str) -> None:
        self.root, self.walk, self._spare = root, walk, root.parent / "spare"
        self.folder = small_client(root)
        if state != "first":
            pretended_run(root, walk)
        if state == "changed":
            (self.folder / "inputs" / "2026-Q4" / "outcomes.csv").write_text(MORE)
        if state == "harmed":
            book = self.link.resolve() / "00_a.ipynb"
            book.chmod(0o644)
            book.write_text("harmed")
        shutil.copytree(root, self._spare, symlinks=True)
        self.old = contents(self.link.resolve()) if state == "changed" else None

    @property
    def link(self) -> Path:
        return self.folder / "runs" / "2026-Q4"

    def run(self) -> object:
        return pretended_run(self.root, self.walk)

    def reset(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self._spare, self.root, symlinks=True)

    def expect_old_or(self, new: dict[str, bytes], whole: bool = True) -> None:
        """Assert that what stands is the old run or the new one, whole."""
        if not self.link.is_symlink():
            assert self.old is None
            return
        found = self.link.resolve()
        assert found.is_dir()
        assert not whole or not harmed_files(found)
        assert not whole or contents(found) in (self.old, new)

    def expect_mended_by_a_run(self, new: dict[str, bytes]) -> None:
        """Assert that running again is all it takes, and that nothing is left lying about."""
        pretended_run(self.root, self.walk)
        assert contents(self.link.resolve()) == new
        store = self.link.parent / ".store"
        assert not [*store.glob(".building-*"), *store.rglob("*.part"), *store.rglob("*.reads")]
        kept = [path.name for path in (self.folder / KEPT).iterdir()]
        assert all(len(name.removesuffix(".part")) == 64 for name in kept)


@pytest.fixture(params=["first", "changed", "harmed"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    with pytest.MonkeyPatch.context() as patch:
        known_results(patch)
        walk = walk_of(tmp_path / "walk", **{"00_a": "good", "01_b": "good", "02_c": "good"})
        (tmp_path / "data").mkdir()
        yield Scene(tmp_path / "data", walk, request.param)


@pytest.fixture
def new(scene: Scene) -> dict[str, bytes]:
    """What an undisturbed run publishes."""
    scene.run()
    found = contents(scene.link.resolve())
    scene.reset()
    return found


def moments(scene: Scene, seen: Moments) -> list[int]:
    """Return the moments to try, spread over every change that a run makes."""
    total = seen.count(scene.run)
    scene.reset()
    return sorted({round(i * (total - 1) / (MOMENTS - 1)) for i in range(MOMENTS)})


def fault_of(scene: Scene) -> str:
    """Return what a run says when it is refused; empty when it could do without."""
    try:
        scene.run()
    except FaultError as fault:
        return str(fault)
    return ""


def test_killed_at_any_moment_the_old_run_stands_or_the_new_one(
    scene: Scene, new: dict[str, bytes]
) -> None:
    seen = Moments(scene.root)
    tried = moments(scene, seen)
    assert len(tried) >= 20
    whole = scene.old is not None or not scene.link.exists()
    for moment in tried:
        seen.at(moment, die)
        assert forked(scene.run) == -9
        seen.at(-1, die)
        scene.expect_old_or(new, whole)
        scene.expect_mended_by_a_run(new)
        scene.reset()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full. Free some space there, then run again."),
        (errno.EROFS, "the disk is read-only. Make the folder writable"),
        (errno.EACCES, "this user may not write there. Make the folder writable"),
    ],
)
def test_a_change_that_the_disk_refuses_is_told_in_words_and_nothing_is_harmed(
    scene: Scene, new: dict[str, bytes], number: int, said: str
) -> None:
    seen = Moments(scene.root)
    whole = scene.old is not None or not scene.link.exists()

    def refuse() -> None:
        raise OSError(number, os.strerror(number), str(scene.root / "small" / "runs" / "file"))

    def standing() -> Path | None:
        return scene.link.resolve() if scene.link.is_symlink() else None

    before = standing()
    for moment in moments(scene, seen)[:: 1 if MOMENTS > 20 else 4]:
        seen.at(moment, refuse)
        told = fault_of(scene)
        seen.at(-1, refuse)
        assert not told or f"'small/runs/file' could not be written: {said}" in told
        assert not (told and scene.old) or "; the earlier run stands." in told
        assert not told or standing() == before
        scene.expect_old_or(new, whole)
        scene.expect_mended_by_a_run(new)
        scene.reset()
