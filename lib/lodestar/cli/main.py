"""Run the command and turn every error into one clear message and an exit status."""

from __future__ import annotations

import os
import sys

from lodestar.cli.app import app
from lodestar.cli.report import print_problems
from lodestar.errors import InputError, LodestarError
from lodestar.schema.letters import visible

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run ``lodestar`` and return its exit status through SystemExit.

    Notes
    -----
    0 done, 1 our fault, 2 the input's fault, 3 a check found a difference. A traceback is shown
    only with ``LODESTAR_DEBUG`` set; a consultant reads what is wrong, where, and how to mend it.
    """
    try:
        app(arguments)
    except InputError as error:
        print_problems(error.problems)
        raise SystemExit(error.exit_code) from None
    except LodestarError as error:
        _say(str(error))
        raise SystemExit(error.exit_code) from None
    except (KeyboardInterrupt, BrokenPipeError):
        raise SystemExit(130) from None
    except Exception as error:
        if os.environ.get("LODESTAR_DEBUG"):
            raise
        _say(
            f"Lodestar failed: {type(error).__name__}: {error}. Set LODESTAR_DEBUG=1 to see where."
        )
        raise SystemExit(1) from None
    return 0


def _say(message: str) -> None:
    sys.stderr.write(visible(message.rstrip()) + "\n")
