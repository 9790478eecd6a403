"""One file sent for several written. Oracle: small scripts and sheets, and the template's own."""

from __future__ import annotations

import re

import pytest

from lodestar.schema import resources
from lodestar.serve.assets import Assets
from lodestar.serve.bundle import bundled
from lodestar.serve.packing import best, packed

STATIC = resources.templates() / "voila" / "lodestar" / "static"


def test_a_script_stands_after_what_it_needs_each_once_and_in_its_own_scope() -> None:
    files = {
        "base.js": b"const own = 1;\nexport const one = own;\nexport function two() {}\n",
        "middle.js": b'import { one } from "./base.js";\nexport const own = one + 1;\n',
        "page.js": b'import { own } from "./middle.js";\n'
        b'import { two as pair } from "./base.js";\npair(own);\n',
    }
    made = bundled(files)["page.js"].decode()
    assert "import" not in made
    assert "export" not in made
    assert made.count("const own = 1;") == 1
    assert made.index('modules["base.js"] =') < made.index('modules["middle.js"] =')
    assert "return { one, two };" in made
    assert 'const { two: pair } = modules["base.js"];' in made
    assert bundled(files)["base.js"] == files["base.js"]


def test_a_sheet_takes_in_what_it_imports() -> None:
    files = {"a.css": b"a{}\n", "b.css": b'@import "a.css";\nb{}\n'}
    assert bundled(files)["b.css"] == b"a{}\nb{}\n"


def test_going_in_circles_is_refused_by_name() -> None:
    files = {
        "a.js": b'import { b } from "./b.js";\n',
        "b.js": b'import { a } from "./a.js";\n',
    }
    with pytest.raises(ValueError, match="imports itself through"):
        bundled(files)


def test_the_templates_own_pages_ask_for_one_sheet_and_one_script() -> None:
    assets = Assets(STATIC)
    for name in ("page.js", "frame.js", "site.css"):
        found = assets.find(f"any/{name}")
        assert found is not None
        assert not re.search(rb"^(?:import \{|@import|export )", found.content, re.MULTILINE)


def test_every_asset_is_packed_twice_and_the_tightest_is_sent() -> None:
    content = b"the same words " * 100
    zipped, tight = packed(content, 9)
    assert len(tight) < len(zipped) < len(content)
    assert best("gzip, deflate, br, zstd", zipped, tight) == ("br", tight)
    assert best("gzip", zipped, tight) == ("gzip", zipped)
    assert best("br;q=0, gzip", zipped, tight) == ("gzip", zipped)
    assert best("", zipped, tight) is None
