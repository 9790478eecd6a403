"""What in a workbook's cells cannot come out the same twice, found before they run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lodestar.provenance import PINNED

__all__ = ["Hazard", "hazards"]

_CLOCK = "take the day from the engagement (`as_of`), not from the clock"
_SEED = "give the generator a seed that stands in the cell"
_PLACE = "leave the machine out of the output"
_ORDER = "sort the set before it is shown: sorted(…)"
_IDENTITY = "show a value, not the place of an object in memory"

_CLOCKS = {
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    *(f"pandas.Timestamp.{name}" for name in ("now", "utcnow", "today")),
    *(f"time.{name}" for name in ("time", "time_ns", "monotonic", "monotonic_ns")),
    *(f"time.{name}" for name in ("perf_counter", "perf_counter_ns", "process_time")),
    "datetime.date.today",
}
_CLOCKS_ALONE = {"time.ctime": 1, "time.gmtime": 1, "time.localtime": 1, "time.strftime": 2}
"""Clocks unless they are given a moment as this many arguments."""

_CHANCE = ("uuid.uuid1", "uuid.uuid4", "os.urandom", "secrets.", "random.SystemRandom")
_GENERATORS = ("default_rng", "RandomState", "SeedSequence", "PCG64", "MT19937", "Philox", "SFC64")
_UNSEEDED = {"random.Random", *(f"numpy.random.{name}" for name in _GENERATORS)}
_GLOBAL = ("random.", "numpy.random.")
_PLACES = (
    *("os.getcwd", "os.getpid", "os.getlogin", "os.uname", "os.path.expanduser"),
    *("pathlib.Path.cwd", "pathlib.Path.home", "tempfile.", "getpass.getuser"),
    *("socket.gethostname", "platform.node", "platform.platform", "platform.uname"),
)
_SHOWS = ("print", "display", "IPython.display.display", "str", "repr", "list", "tuple")


@dataclass(frozen=True)
class Hazard:
    """One place in a workbook whose output would differ from run to run.

    Parameters
    ----------
    cell : str
        Id of the cell.
    number : int
        Its place in the workbook, all cells counted from 1.
    found, remedy : str
        What stands there, and what to write instead.
    """

    cell: str
    number: int
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.found} comes out differently every time; {self.remedy}"


def hazards(cells: Iterable[Any]) -> list[Hazard]:
    """Return what in a workbook's code cannot be repeated, in the order of its cells.

    Parameters
    ----------
    cells : iterable of NotebookNode
        All cells of a notebook, from its first.

    Returns
    -------
    list of Hazard
        Clocks, unseeded randomness, the machine's own names and folders, sets shown unsorted,
        identities of objects. Empty when there is none.

    Notes
    -----
    Only what is written in the cells is read: a function of a package that asks the clock is found
    by what it leaves in the output (``lodestar.run.traces``).
    """
    names, found = _Names(), []
    for number, cell in enumerate(cells, 1):
        if cell.get("cell_type") != "code":
            continue
        tree = _parsed("".join(cell.get("source", "")))
        names.learn(tree)
        for text, remedy in dict.fromkeys(_found(tree, names)):
            found.append(Hazard(str(cell.get("id", "")), number, text, remedy))
    return found


def _parsed(source: str) -> ast.Module:
    """Return a cell as Python; what is no Python is left for the kernel to complain of."""
    lines = source.splitlines()
    plain = [f"{_indent(line)}pass" if line.lstrip()[:1] in "%!?" else line for line in lines]
    try:
        return ast.parse("\n".join(line for line in plain))
    except SyntaxError:
        return ast.Module([], [])


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


class _Names:
    """What the names of a notebook stand for, as far as its imports tell."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}
        self.seeded: set[str] = set()

    def learn(self, tree: ast.Module) -> None:
        """Take in the imports of a cell, and which global generators it seeds."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for item in node.names:
                    name = item.asname or item.name.split(".")[0]
                    self._full[name] = item.name if item.asname else name
            elif isinstance(node, ast.ImportFrom):
                for item in node.names:
                    self._full[item.asname or item.name] = f"{node.module}.{item.name}"
            elif isinstance(node, ast.Call) and node.args:
                name = self.of(node.func)
                if name in ("random.seed", "numpy.random.seed"):
                    self.seeded.add(name.removesuffix("seed"))

    def of(self, node: ast.expr) -> str:
        """Return the full dotted name of an expression; empty when it is none."""
        if isinstance(node, ast.Name):
            return self._full.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            owner = self.of(node.value)
            return f"{owner}.{node.attr}" if owner else ""
        return ""


def _found(tree: ast.Module, names: _Names) -> Iterator[tuple[str, str]]:
    """Yield what cannot be repeated in a cell, with its remedy."""
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr) and _is_set(last.value, names):
        yield f"the order of the set `{ast.unparse(last.value)}`", _ORDER
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _call(node, names)
        elif isinstance(node, ast.Subscript) and names.of(node.value) == "os.environ":
            yield from _environment(node.slice, node)


def _call(node: ast.Call, names: _Names) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one call."""
    name, given = names.of(node.func), len(node.args) + len(node.keywords)
    said = f"`{ast.unparse(node)}`"
    if name in _CLOCKS or given < _CLOCKS_ALONE.get(name, 0) or _asks_now(name, node):
        yield said, _CLOCK
    elif _random(name, node, names):
        yield said, _SEED
    elif name.startswith(_PLACES):
        yield said, _PLACE
    elif name in ("os.getenv", "os.environ.get") and node.args:
        yield from _environment(node.args[0], node)
    elif name in ("id", "hash") and given:
        yield said, _IDENTITY
    elif _shows(name) and any(_is_set(value, names) for value in node.args):
        yield f"the order of the set in {said}", _ORDER


def _random(name: str, node: ast.Call, names: _Names) -> bool:
    """Tell whether a call draws from chance that no seed in the notebook fixes."""
    if name.startswith(_CHANCE):
        return True
    if name in _UNSEEDED:
        return not any(not _is_none(value) for value in (*node.args, *_values(node)))
    if name.startswith(_GLOBAL) and not name.endswith((".seed", ".Generator")):
        return name[: name.rindex(".") + 1] not in names.seeded
    keywords = {keyword.arg for keyword in node.keywords}
    draws = isinstance(node.func, ast.Attribute) and node.func.attr == "sample"
    return draws and bool(keywords & {"n", "frac"}) and "random_state" not in keywords


def _asks_now(name: str, node: ast.Call) -> bool:
    """Tell whether a date is made of the word ``now`` or ``today``."""
    made = name in ("numpy.datetime64", "pandas.Timestamp", "pandas.to_datetime")
    words = [value.value for value in node.args if isinstance(value, ast.Constant)]
    return made and any(word in ("now", "today") for word in words)


def _environment(key: ast.expr, node: ast.expr) -> Iterator[tuple[str, str]]:
    """Yield a variable of the environment that is not the same for every run."""
    name = key.value if isinstance(key, ast.Constant) else ""
    if not (isinstance(name, str) and (name in PINNED or name.startswith("LODESTAR_"))):
        yield f"`{ast.unparse(node)}`", _PLACE


def _is_set(node: ast.expr, names: _Names) -> bool:
    made = isinstance(node, ast.Call) and names.of(node.func) in ("set", "frozenset")
    return made or isinstance(node, (ast.Set, ast.SetComp))


def _shows(name: str) -> bool:
    return name in _SHOWS or name.endswith(".join") or not name


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _values(node: ast.Call) -> list[ast.expr]:
    return [keyword.value for keyword in node.keywords]
