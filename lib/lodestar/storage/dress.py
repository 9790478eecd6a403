"""What pages show of a client beside its runs, where it is only served: name, logo, colours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lodestar.engagement.documents.yaml_document import is_within
from lodestar.engagement.places import plain_name
from lodestar.provenance import write
from lodestar.schema.logo import LARGEST
from lodestar.schema.yaml_file import parse_yaml
from lodestar.storage.place import Place

__all__ = ["fetch_dress", "send_dress"]

FILE, FOLDER = "brand.json", "brand"
SETTINGS = "engagement.yml"
SERVED_ONLY = """\
# Fetched from storage to be served: no inputs are here, so nothing can be run.
client: {client}
name: {name}
framework: customer-alignment
functions: []
brand: {brand}
"""
_COLOURS = ("ink", "accent")


def send_dress(place: Place, client: str, folder: Path) -> None:
    """Send a client's brand: colours and logo, nothing else of its settings."""
    path = folder / SETTINGS
    said = parse_yaml(path.read_bytes(), path.name) if path.is_file() else {}
    brand = said.get("brand") if isinstance(said, Mapping) else None
    brand = brand if isinstance(brand, Mapping) else {}
    kept = {part: str(brand[part]) for part in _COLOURS if part in brand}
    logo = _logo(brand.get("logo"), folder)
    if logo is not None:
        kept["logo"] = logo.name
        place.write(logo.read_bytes(), client, FOLDER, logo.name)
    place.write(json.dumps(kept, sort_keys=True).encode(), client, FOLDER, FILE)


def fetch_dress(place: Place, client: str, name: str, folder: Path) -> None:
    """Write what pages need of a client that is only served here.

    Notes
    -----
    A client that is worked on here has settings of its own, which stay as they are.
    """
    path, start = folder / SETTINGS, SERVED_ONLY.splitlines()[0]
    if path.exists() and not path.read_text("utf-8", "replace").startswith(start):
        return
    told = place.document(client, FOLDER, FILE)
    told = told if isinstance(told, dict) else {}
    brand = {part: str(told[part]) for part in (*_COLOURS, "logo") if part in told}
    content = _fetched_logo(place, client, brand.get("logo", ""))
    if content is None:
        brand.pop("logo", None)
    else:
        write(folder / brand["logo"], content)
    # JSON is YAML too, whatever stands in it.
    said = {"client": client, "name": _json(name), "brand": _json(brand)}
    write(path, SERVED_ONLY.format(**said).encode())


def _logo(said: Any, folder: Path) -> Path | None:
    path = folder / said if isinstance(said, str) else folder
    known = plain_name(path.name) and path.is_file() and is_within(path, folder)
    return path if known and path.stat().st_size <= LARGEST else None


def _fetched_logo(place: Place, client: str, name: str) -> bytes | None:
    """Return the logo's bytes; None without one, or where its name would be another file's."""
    if (
        not plain_name(name)
        or name in (SETTINGS, FILE)
        or Path(name).suffix not in (".svg", ".png")
    ):
        return None
    content = place.read(client, FOLDER, name)
    return content if content is not None and len(content) <= LARGEST else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
