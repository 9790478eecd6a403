"""Run benchmarks by name, or all of them, and print their tables."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

from tests.benchmarks.harness import markdown


def benchmarks() -> dict[str, ModuleType]:
    """Return the modules beside this one that have ``ABOUT`` and ``run``, by name."""
    names = sorted(found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)]))
    others = [name for name in names if name != "__main__"]
    modules = {name: importlib.import_module(f"tests.benchmarks.{name}") for name in others}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


def main() -> None:
    """Print the tables of the benchmarks that were asked for."""
    found = benchmarks()
    listed = "\n".join(f"  {name:<20} {module.ABOUT}" for name, module in found.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measure the work beside a peer in the same run; without a name, all of it.",
        epilog=f"benchmarks:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", nargs="*", help="benchmarks to run")
    chosen = parser.parse_args().name
    unknown = sorted(set(chosen) - set(found))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are: {', '.join(found)}")
    for name in chosen or found:
        print(f"## {name}\n\n{found[name].ABOUT}\n\n{markdown(found[name].run())}\n", flush=True)


if __name__ == "__main__":
    main()
