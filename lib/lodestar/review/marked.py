"""Lines of ours in a file that belongs to somebody else: added whole, removed without a trace."""

from __future__ import annotations

from pathlib import Path

__all__ = ["add_block", "remove_block"]

BEGIN, END = b"# lodestar setup-git: begin", b"# lodestar setup-git: end"
OPEN = b" (its own line)"
"""Says that the line before had no end, so that the end goes with the block."""


def add_block(path: Path, lines: str) -> None:
    """Append lines between two marks, unless they stand there.

    Parameters
    ----------
    path : Path
        A file of lines where ``#`` begins a remark; made when missing.
    lines : str
        What to add.
    """
    content = path.read_bytes() if path.is_file() else b""
    if BEGIN in content:
        return
    head = BEGIN if not content or content.endswith(b"\n") else b"\n" + BEGIN + OPEN
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content + b"\n".join([head, lines.encode(), END, b""]))


def remove_block(path: Path, delete_empty: bool) -> None:
    """Take the marked lines out again; the rest stays to the byte.

    Parameters
    ----------
    path : Path
        The file; it may be gone.
    delete_empty : bool
        Whether a file that is then empty was not there before, and goes.
    """
    content = path.read_bytes() if path.is_file() else b""
    start, end = content.find(BEGIN), content.find(END)
    if start < 0 or end < start:
        return
    start -= content[start + len(BEGIN) :].startswith(OPEN)
    rest = content[:start] + content[end + len(END) + 1 :]
    if delete_empty and not rest:
        path.unlink()
    else:
        path.write_bytes(rest)
