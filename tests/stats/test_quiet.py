"""Standard output set aside: what native code writes meanwhile is gone, the rest is not."""

from __future__ import annotations

import os

import pytest

from lodestar.stats.quiet import quiet


def test_what_native_code_writes_meanwhile_is_gone(capfd):
    print("before")
    with quiet():
        os.write(1, b"meanwhile\n")
    os.write(1, b"after\n")
    assert capfd.readouterr().out == "before\nafter\n"


def test_it_comes_back_after_an_error(capfd):
    with pytest.raises(ValueError, match="no"), quiet():
        raise ValueError("no")
    print("after")
    assert capfd.readouterr().out == "after\n"
