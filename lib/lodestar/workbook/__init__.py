"""The one module that notebooks import: open a workbook, show its answer and its findings."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.workbook.book import Workbook, open_workbook
    from lodestar.workbook.document import collect_findings, results_document
    from lodestar.workbook.exhibit import Exhibit
    from lodestar.workbook.pages import PAGES, Page

__all__ = [
    "PAGES",
    "Exhibit",
    "Page",
    "Workbook",
    "collect_findings",
    "open_workbook",
    "results_document",
]

# A run takes results from here, and needs neither cards nor charts for them.
__getattr__ = on_first_use(
    __name__,
    {
        "lodestar.workbook.book": ("Workbook", "open_workbook"),
        "lodestar.workbook.document": ("collect_findings", "results_document"),
        "lodestar.workbook.exhibit": ("Exhibit",),
        "lodestar.workbook.pages": ("PAGES", "Page"),
    },
)
