"""Published figures by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

STATISTICS: dict[str, dict[str, Any]] = {
    vector["name"]: vector
    for vector in json.loads((Path(__file__).parent / "statistics.json").read_text("utf-8"))
}
