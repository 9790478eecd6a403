"""Runs on object storage. Oracle: the bytes that were published, and a storage that breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.errors import FaultError, InputError
from lodestar.provenance import find_run
from lodestar.provenance.reviews import Review, head_path, read_chain, record_path
from lodestar.serve.brand import brand_of
from lodestar.serve.reviewed import standing_of
from lodestar.storage import pull, push
from lodestar.storage.place import open_place, run_file
from tests.support.clients import contents
from tests.support.published import publish

URL = "memory://shelf/lodestar"


@pytest.fixture(autouse=True)
def empty_storage() -> Iterator[None]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield
    files.store.clear()


def client(root: Path, name: str = "small") -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "engagement.yml").write_text(f"client: {name}\n", encoding="utf-8")
    (folder / "inputs").mkdir()
    (folder / "inputs" / "respondents.csv").write_text("respondent\nsecret-r1\n", encoding="utf-8")
    return folder


def sign(folder: Path, period: str, run: str, *names: str) -> None:
    previous, lines = "", []
    for name in names:
        review = Review("signature", name, "2026-11-22T08:30:00Z", run, "Seen.", previous=previous)
        lines.append(review.line() + b"\n")
        previous = review.hash
    record_path(folder, period).parent.mkdir(exist_ok=True)
    record_path(folder, period).write_bytes(b"".join(lines))
    head_path(folder, period).write_text(previous, encoding="utf-8")


def everything() -> dict[str, bytes]:
    files = fsspec.filesystem("memory")
    return {path: files.cat_file(path) for path in files.find("/")}


def test_what_is_fetched_is_what_was_published(tmp_path: Path) -> None:
    folder = client(tmp_path / "here")
    run = publish(folder, **{"00_summary": b'{"a": 1}', "02_level": b"{}"})
    sign(folder, run.period, run.hash, "Ana Ruiz")
    sent = push("small", URL, data_root=tmp_path / "here")
    assert sent.runs == {"2026-Q4": run.hash}
    (got,) = pull(URL, data_root=tmp_path / "there")
    assert got.fetched == {"2026-Q4": run.hash}
    twin = find_run("small", "2026-Q4", tmp_path / "there")
    assert twin is not None
    assert contents(twin.folder) == contents(run.folder)
    assert standing_of(twin).reviewer == "Ana Ruiz"


def test_nothing_but_runs_and_reviews_leaves(tmp_path: Path) -> None:
    publish(client(tmp_path / "here"), **{"00_summary": b"{}"})
    push("small", URL, data_root=tmp_path / "here")
    there = everything()
    assert {path.split("/")[4] for path in there} == {"runs", "periods", "brand"}
    assert not any(b"secret-r1" in content for content in there.values())


def test_what_lies_there_is_not_sent_or_fetched_again(tmp_path: Path) -> None:
    publish(client(tmp_path / "here"), **{"00_summary": b"{}"})
    assert push("small", URL, data_root=tmp_path / "here").files == 4
    assert push("small", URL, data_root=tmp_path / "here").files == 0
    assert pull(URL, data_root=tmp_path / "there")[0].fetched
    assert pull(URL, data_root=tmp_path / "there")[0].fetched == {}


def test_a_push_that_breaks_off_anywhere_leaves_the_old_run_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = client(tmp_path / "here")
    old = publish(folder, **{"00_summary": b"old"})
    push("small", URL, data_root=tmp_path / "here")
    new = publish(folder, **{"00_summary": b"new"})
    sign(folder, new.period, new.hash, "Ana Ruiz")
    write, writes = type(open_place(URL)).write, []
    for broken in range(7):
        writes.clear()

        def breaking(self, content: bytes, *parts: str, limit: int = broken) -> None:
            writes.append(parts)
            if len(writes) > limit:
                raise FaultError("the line went dead")
            write(self, content, *parts)

        monkeypatch.setattr("lodestar.storage.place.Place.write", breaking)
        with pytest.raises(FaultError, match="line went dead"):
            push("small", URL, data_root=tmp_path / "here")
        monkeypatch.undo()
        assert open_place(URL).pointers("small") == {"2026-Q4": old.hash}
        pull(URL, data_root=tmp_path / f"there{broken}")
        assert find_run("small", "", tmp_path / f"there{broken}").hash == old.hash  # type: ignore[union-attr]
        if open_place(URL).has_run("small", new.hash):
            break
    push("small", URL, data_root=tmp_path / "here")
    assert pull(URL, data_root=tmp_path / "there0")[0].fetched == {"2026-Q4": new.hash}


@pytest.mark.parametrize("name", ["00_summary.ipynb", "manifest.json", "tables/a.csv"])
def test_a_changed_or_missing_object_is_refused_and_nothing_published(
    tmp_path: Path, name: str
) -> None:
    run = publish(client(tmp_path / "here"), **{"00_summary": b"{}"})
    push("small", URL, data_root=tmp_path / "here")
    files = fsspec.filesystem("memory")
    path = f"/shelf/lodestar/small/runs/{run.hash}/{name}"
    for harm in (lambda: files.pipe_file(path, b"{}\n"), lambda: files.rm_file(path)):
        harm()
        with pytest.raises(FaultError, match="not what was published"):
            pull(URL, data_root=tmp_path / "there")
        assert find_run("small", "", tmp_path / "there") is None
        assert not list((tmp_path / "there").rglob(".building*"))


def test_a_manifest_cannot_write_outside_its_run(tmp_path: Path) -> None:
    run = publish(client(tmp_path / "here"), **{"00_summary": b"{}"})
    push("small", URL, data_root=tmp_path / "here")
    manifest = {**run.manifest(), "tables": {"../../../../escaped": "0" * 64}}
    open_place(URL).write(json.dumps(manifest).encode(), "small", "runs", run.hash, "manifest.json")
    with pytest.raises(FaultError, match="outside"):
        pull(URL, data_root=tmp_path / "there")
    assert not list(tmp_path.rglob("escaped"))


def test_reviews_are_only_ever_continued(tmp_path: Path) -> None:
    folder = client(tmp_path / "here")
    run = publish(folder, **{"00_summary": b"{}"})
    sign(folder, run.period, run.hash, "Ana Ruiz")
    push("small", URL, data_root=tmp_path / "here")
    pull(URL, data_root=tmp_path / "there")
    sign(folder, run.period, run.hash, "Ana Ruiz", "Bo Li")
    push("small", URL, data_root=tmp_path / "here")
    pull(URL, data_root=tmp_path / "there")
    assert len(read_chain(tmp_path / "there" / "small", run.period).reviews) == 2
    sign(folder, run.period, run.hash, "Somebody Else")
    push("small", URL, data_root=tmp_path / "here")
    with pytest.raises(FaultError, match="do not continue"):
        pull(URL, data_root=tmp_path / "there")
    assert len(read_chain(tmp_path / "there" / "small", run.period).reviews) == 2


def test_a_harmed_run_is_not_sent(tmp_path: Path) -> None:
    run = publish(client(tmp_path / "here"), **{"00_summary": b"{}"})
    (run.folder / "00_summary.ipynb").write_bytes(b"[]")
    with pytest.raises(FaultError, match=r"00_summary\.ipynb"):
        push("small", URL, data_root=tmp_path / "here")
    assert everything() == {}


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("bucket/lodestar", "not an address"),
        ("nosuch://bucket", "Protocol not known"),
        ("s3://key:secret@bucket/x", "credentials"),
    ],
)
def test_a_wrong_address_is_one_problem_and_shows_no_secret(
    tmp_path: Path, url: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        pull(url, data_root=tmp_path)
    assert "secret" not in str(caught.value)


def test_nobody_there_is_told(tmp_path: Path) -> None:
    publish(client(tmp_path / "here"), **{"00_summary": b"{}"})
    push("small", URL, data_root=tmp_path / "here")
    with pytest.raises(InputError, match="lodestar push other"):
        pull(URL, ("other",), tmp_path / "there")
    with pytest.raises(InputError, match="Nobody is there"):
        pull(URL, ("../lodestar/small",), tmp_path / "there")
    with pytest.raises(InputError, match="Nobody is there"):
        pull("memory://empty", data_root=tmp_path / "there")


def test_pages_there_are_dressed_as_here_and_a_client_worked_on_keeps_its_settings(
    tmp_path: Path,
) -> None:
    folder = client(tmp_path / "here")
    publish(folder, **{"00_summary": b"{}"})
    (folder / "logo.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    settings = (
        'client: small\nsponsor: {name_or_role: COO}\nbrand: {logo: logo.svg, ink: "#17212b"}\n'
    )
    (folder / "engagement.yml").write_text(settings, encoding="utf-8")
    push("small", URL, data_root=tmp_path / "here")
    assert not any(b"COO" in content for content in everything().values())
    pull(URL, data_root=tmp_path / "there")
    assert brand_of(tmp_path / "there" / "small") == brand_of(folder)
    assert brand_of(folder).logo.startswith("data:image/svg+xml")
    pull(URL, data_root=tmp_path / "here")
    assert (folder / "engagement.yml").read_text(encoding="utf-8") == settings


@pytest.mark.parametrize("name", ["../../logo.svg", "engagement.yml", "logo.exe", ""])
def test_a_brand_from_storage_writes_nothing_but_a_picture(tmp_path: Path, name: str) -> None:
    publish(client(tmp_path / "here"), **{"00_summary": b"{}"})
    push("small", URL, data_root=tmp_path / "here")
    open_place(URL).write(json.dumps({"logo": name}).encode(), "small", "brand", "brand.json")
    pull(URL, data_root=tmp_path / "there")
    there = sorted(path.name for path in (tmp_path / "there" / "small").iterdir())
    assert there == ["engagement.yml", "runs"]


@given(st.text(max_size=20))
def test_a_run_file_never_leaves_its_folder(name: str) -> None:
    if run_file(name):
        inside = Path("/run") / name
        assert inside.resolve().is_relative_to("/run")
        assert inside != Path("/run")
