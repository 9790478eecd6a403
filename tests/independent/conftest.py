"""What the independent checks share: the shipped clients and their documents, computed once."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from lodestar.workbook import results_document

CLIENTS = ("airport-passengers", "demo", "emergency-departments", "gift-wholesaler")


@pytest.fixture(scope="session")
def demo() -> Engagement:
    return load("demo")


@pytest.fixture(scope="session")
def documents(demo: Engagement) -> dict[str, dict[str, Any]]:
    """Return each shipped client's results.json as it is published."""
    return {
        client: results_document(demo if client == "demo" else load(client)) for client in CLIENTS
    }


@pytest.fixture(scope="session")
def published(documents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return documents["demo"]
