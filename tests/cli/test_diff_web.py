"""diff --web at the command line: a link that answers, and an end without a trace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.cards import card_notebook
from tests.support.clients import small_client
from tests.support.published import publish


def _command(root: Path, client: Path, *more: str) -> list[str]:
    code = "import sys; from lodestar.cli import main; main(sys.argv[1:])"
    asked = ["diff", client.name, "2026-Q3", "2026-Q4", "--web", "--no-browser", *more]
    return [sys.executable, "-c", code, *asked, "--data-root", str(root)]


@pytest.fixture
def client(tmp_path):
    folder = small_client(tmp_path)
    for period, value in (("2026-Q3", 1.5), ("2026-Q4", 2.5)):
        book = json.dumps(card_notebook(value)).encode()
        publish(folder, period, **{"02_level": book})
    return folder


@pytest.mark.skipif(os.name == "nt", reason="ends it by signals")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_link_answers_and_its_end_leaves_nothing(tmp_path, client, end):
    own = tmp_path / "own"
    own.mkdir()
    environment = {**os.environ, "TMPDIR": str(own)}
    command = _command(tmp_path, client)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        link = process.stdout.readline().split()[0]
        assert "02_level" in urlopen(link).read().decode()
        assert list(own.glob("lodestar-web-*"))
        process.send_signal(end)
        process.wait(20)
    assert not list(own.glob("lodestar-*"))
    assert tempfile.gettempdir() != str(own)


def test_equal_notebooks_are_said_to_be_equal(tmp_path, client):
    same = json.dumps(card_notebook(1.5, count=3)).encode()
    publish(client, "2026-Q4", **{"02_level": same})
    done = subprocess.run(_command(tmp_path, client), capture_output=True, text=True, check=True)
    assert done.stdout == "No notebook differs in what it says.\n"
