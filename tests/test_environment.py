"""environment.yml equals pyproject.toml; locks carry hashes and name no registry."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def test_conda_asks_for_the_same_packages() -> None:
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    asked = {entry for entry in conda["dependencies"] if isinstance(entry, str)}
    python = f"python{PROJECT['project']['requires-python']}"
    wanted = {
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["build"],
        python,
        "pip",
    }
    assert asked == wanted


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_carry_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9_.-]+==\S+", text, flags=re.MULTILINE)
    assert len(pins) > 50
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_every_direct_dependency(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = {
        name.lower() for name in re.findall(r"^([A-Za-z0-9_.-]+)==", text, flags=re.MULTILINE)
    }
    asked = {re.split(r"[><=]", entry)[0].lower() for entry in PROJECT["project"]["dependencies"]}
    assert asked <= pinned
