"""The one module that notebooks import: open a workbook, show its answer and its findings."""

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
