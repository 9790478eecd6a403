"""What cannot be repeated is refused before it runs. Oracle: Python's own documentation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.run.repeatable import hazards
from lodestar.run.traces import traces
from lodestar.schema import resources

IMPORTS = """\
import datetime, datetime as dt, getpass, os, pathlib, random, secrets, tempfile, time, uuid
import numpy as np
import pandas as pd
from datetime import date
from numpy.random import default_rng
from pathlib import Path
"""

REFUSED = [
    "datetime.datetime.now()",
    "dt.datetime.utcnow()",
    "date.today().isoformat()",
    "time.time()",
    "time.strftime('%Y')",
    "pd.Timestamp.now(tz='UTC')",
    "pd.Timestamp('today')",
    "np.datetime64('now')",
    "uuid.uuid4()",
    "secrets.token_hex()",
    "os.urandom(4)",
    "default_rng()",
    "np.random.default_rng(None)",
    "np.random.rand(3)",
    "random.random()",
    "random.Random()",
    "frame.sample(n=3)",
    "os.getcwd()",
    "Path.home() / 'x'",
    "tempfile.mkdtemp()",
    "getpass.getuser()",
    "os.environ['HOME']",
    "os.getenv('USER', '')",
    "print({'a', 'b'})",
    "{word for word in words}",
    "', '.join(set(words))",
    "list(set(words))",
    "id(words)",
    "hash('a')",
]

LET_PASS = [
    "datetime.datetime(2026, 1, 1)",
    "date.fromisoformat('2026-01-01')",
    "time.strftime('%Y', moment)",
    "time.sleep(1)",
    "uuid.uuid5(uuid.NAMESPACE_URL, 'x')",
    "default_rng(7)",
    "np.random.default_rng(seed=7)",
    "random.Random(7)",
    "random.seed(7); random.random()",
    "frame.sample(n=3, random_state=7)",
    "os.environ['TZ']",
    "os.environ.get('LODESTAR_DATA')",
    "sorted(set(words))",
    "len({'a', 'b'})",
    "print(len(set(words)))",
    "kind = {'a', 'b'}",
    "%matplotlib inline",
    "not python at all",
]


def _cells(*sources: str) -> list[nbformat.NotebookNode]:
    return [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]


@pytest.mark.parametrize("source", REFUSED)
def test_what_changes_is_named_with_its_cell_and_a_remedy(source: str) -> None:
    text = nbformat.v4.new_markdown_cell("words", id="words")
    (found, *_) = hazards([text, *_cells(IMPORTS, f"shown = 1\n{source}")])
    assert (found.cell, found.number) == ("c1", 3)
    assert found.remedy
    assert "comes out differently every time; " in str(found)


@pytest.mark.parametrize("source", LET_PASS)
def test_what_stays_passes(source: str) -> None:
    assert hazards(_cells(IMPORTS, source)) == []


def test_a_seed_counts_only_before_what_it_fixes() -> None:
    late = hazards(_cells("import random", "random.random()", "random.seed(7)"))
    assert [found.cell for found in late] == ["c1"]


def test_the_shipped_workbooks_have_no_hazard() -> None:
    for path in resources.workbooks().glob("*.ipynb"):
        assert hazards(nbformat.read(path, as_version=4).cells) == [], path.name


@pytest.mark.parametrize("layer", ["assess", "stats", "findings", "charts", "tables", "workbook"])
def test_no_code_that_makes_a_page_asks_clock_or_chance(layer: str) -> None:
    """Every module of the layers below a page, read as if it were a cell; environment aside."""
    for path in (Path(resources.__file__).parents[1] / layer).rglob("*.py"):
        found = hazards(_cells(path.read_text(encoding="utf-8")))
        wrong = [each for each in found if "the machine" not in each.remedy]
        wrong = [each for each in wrong if not each.found.startswith("the order of the set")]
        wrong = [each for each in wrong if "`id(" not in each.found]
        assert wrong == [], path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<function f at 0x7f00deadbeef>", ["at 0x7f00deadbeef"]),
        ("read /srv/clients/acme/inputs", ["/srv/clients"]),
        ("meet at 0x10; and/srv/clientship", []),
        ("/tmp/ipykernel_123/456.py", ["/tmp/ipykernel_123"]),
        ("wrote /tmp/abc/x.csv", ["/tmp/abc"]),
        ("see https://a.example/tmp/x", []),
        (
            "run 1b4e28ba-2fa1-41d2-883f-0016d3cca427",
            ["1b4e28ba-2fa1-41d2-883f-0016d3cca427"],
        ),
        ("made 2026-11-22 10:00:05", ["2026-11-22 10:00:05"]),
        ("made 2026-11-22T19:00:05+09:00", ["2026-11-22T19:00:05"]),
        ("due 2026-11-22; made 2026-11-21 03:07:00", []),
        ("at 1795341605.25", ["1795341605.25"]),
        ("costs 1795341605000000 of 1695341605", ["1795341605000000"]),
    ],
)
def test_what_differs_on_every_machine_or_day_is_found(text: str, found: list[str]) -> None:
    """The notebook ran from 10:00:00 to 10:00:10 UTC on 22 November 2026."""
    cell = nbformat.v4.new_code_cell(
        outputs=[nbformat.v4.new_output("display_data", {"text/html": [text]})]
    )
    assert traces(cell, ["/srv/clients"], (1795341600.0, 1795341610.0)) == found


@given(
    began=st.floats(1_000_000_000, 4_000_000_000),
    lasted=st.floats(0, 100_000),
    share=st.floats(0, 1),
    quarters=st.integers(-48, 56),
)
def test_every_moment_of_the_execution_is_found_in_every_zone(
    began: float, lasted: float, share: float, quarters: int
) -> None:
    """Oracle: the moment was put there, as a clock of that zone and as a computer tells it."""
    moment = began + share * lasted
    told = datetime.fromtimestamp(moment, UTC) + timedelta(minutes=15 * quarters)
    text = f"made {told:%Y-%m-%dT%H:%M:%S}, at {int(moment)}"
    found = (f"{told:%Y-%m-%dT%H:%M:%S}", str(int(moment)))
    for words, wanted in zip(text.split(", "), found, strict=True):
        outputs = [nbformat.v4.new_output("display_data", {"text/html": words})]
        cell = nbformat.v4.new_code_cell(outputs=outputs)
        assert traces(cell, (), (began, began + lasted)) == [wanted]
