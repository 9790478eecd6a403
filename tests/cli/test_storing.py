"""push and pull as typed. Oracle: a folder on this machine as the storage."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_help import run
from tests.support.published import publish


def test_runs_travel_by_command(tmp_path: Path) -> None:
    folder = tmp_path / "here" / "small"
    folder.mkdir(parents=True)
    (folder / "engagement.yml").write_text("client: small\n", encoding="utf-8")
    made = publish(folder, **{"00_summary": b"{}"})
    url = f"file://{tmp_path}/shelf"
    sent = run("push", "small", url, "--data-root", str(tmp_path / "here"))
    assert sent.returncode == 0, sent.stderr
    assert "4 files" in sent.stdout
    got = run("pull", url, "--data-root", str(tmp_path / "there"), "--json")
    assert json.loads(got.stdout)[0]["fetched"] == {"2026-Q4": made.hash}
    shown = run("results", "small", "--data-root", str(tmp_path / "there"))
    assert json.loads(shown.stdout) == {"client_name": "Small plc"}
    again = run("pull", url, "--data-root", str(tmp_path / "there"))
    assert "nothing new" in again.stdout


def test_wrong_addresses_end_with_two(tmp_path: Path) -> None:
    for url in ("here", "nosuch://x", f"file://{tmp_path}/nothing"):
        done = run("pull", url, "--data-root", str(tmp_path / "there"))
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "there").exists()
