"""What kernels import is there before they are forked. Oracle: a kernel's own list of modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodestar.schema import resources
from tests.support.kernels import needs_fork, running

pytestmark = needs_fork

BEGIN = """
import os, sys
os.environ["LODESTAR_SECTIONS"] = {folder!r}
import sklearn.decomposition
before = set(sys.modules)
from lodestar.workbook import open_workbook
"""
SHOW = """
book = open_workbook({stem!r}, "demo", data_root={root!r})
book.answer()
for name in book.findings:
    book.show(name)
if book.page.control:
    book.what_if()
"""
TELL = "print(*sorted(set(sys.modules) - before))"
LATE = ("zmq.utils.garbage", "lodestar.controls")
"""One starts a thread as soon as it is imported, the other makes widgets.

Scikit-learn is late on purpose too: page 05 alone needs it, and only where people commented.
"""


@pytest.mark.slow
def test_pages_of_the_walk_import_nothing_more(tmp_path: Path) -> None:
    root = str(resources.client_data())
    with running(tmp_path) as kernel:
        assert kernel.says(BEGIN.format(folder=str(tmp_path))) == ""
        for path in sorted(resources.workbooks().glob("0*.ipynb")):
            assert kernel.says(SHOW.format(stem=path.stem, root=root), seconds=300) == ""
        late = kernel.says(TELL).split()
        assert [name for name in late if not name.startswith(LATE)] == []
