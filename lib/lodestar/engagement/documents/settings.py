"""engagement.yml: what a client's settings may say, and the defaults of what they leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.branding import BRAND, check_brand, check_firm
from lodestar.engagement.documents.fields import Field, checked
from lodestar.engagement.documents.yaml_document import Document, is_there, read_document
from lodestar.engagement.model import Confidentiality, Finance, Function, Purpose, Settings
from lodestar.engagement.periods import calendar_period
from lodestar.schema.columns import GROUPS
from lodestar.schema.numerals import known_locale

__all__ = ["SETTINGS", "Declared", "read_settings"]

Declared = Mapping[str, Mapping[str, date]]
"""Declared periods: id to ``from`` and ``as_of``."""

_ID = r"[^\s;,:>][^;,:>]*"
_PERIOD = Field("mapping", fields={"from": Field("date"), "as_of": Field("date")})
_FUNCTION = {
    "id": Field("text", required=True, pattern=_ID, example="sales"),
    "name": Field("text", required=True),
    "weight": Field("number", low=0),
}
_PURPOSE = {
    "id": Field("text", required=True, pattern=_ID, example="m1"),
    "kind": Field("text", required=True, allowed=("mission", "vision", "value")),
    "text": Field("text", required=True),
    "last_revisited": Field("date"),
}
_FINANCE = {
    "fixed_cost_month": Field("number", low=0),
    "revenue_floor_month": Field("number", low=0),
    "taper": Field("number", low=0, high=1),
}

SETTINGS = Field(
    "mapping",
    fields={
        "client": Field("text", required=True),
        "name": Field("text", required=True),
        "framework": Field("text", required=True),
        "chosen_level": Field("number", low=1, high=5, step=0.5),
        "seed": Field("number", low=0, high=2**63 - 1, step=1),
        "language": Field("text", allowed=("en", "fr")),
        "locale": Field("text", pattern=r"[a-z]{2,3}(-[A-Z]{2})?", example="fr-CH"),
        "currency": Field("text", pattern=r"[A-Z]{3}", example="EUR"),
        "periods": Field("table", entry=_PERIOD),
        "confidentiality": Field(
            "mapping",
            fields={
                "minimum": Field("number", low=3, step=1),
                "comments": Field("number", low=3, step=1),
            },
        ),
        "functions": Field("list", required=True, entry=Field("mapping", fields=_FUNCTION)),
        "purpose": Field("list", entry=Field("mapping", fields=_PURPOSE)),
        "severe_conflict": Field("number", low=0, high=1),
        "finance": Field("mapping", fields=_FINANCE),
        "sponsor": Field("mapping", fields={"name_or_role": Field("text"), "until": Field("date")}),
        "self_inflicted_cost_pct_opex": Field("number", low=0, high=100),
        "ideal_customer": Field("list", entry=Field("text")),
        "made_by": Field("list", entry=Field("text")),
        "brand": Field("mapping", fields=BRAND),
    },
)


def read_settings(folder: Path, collector: Collector) -> tuple[Settings | None, Declared]:
    """Return the settings of a client's folder and its declared periods.

    Parameters
    ----------
    folder : Path
        The client's folder.
    collector : Collector
        Takes every problem of the file.

    Returns
    -------
    tuple
        Settings, defaults filled in, or None when a required part cannot be used; the periods.
    """
    path = folder / "engagement.yml"
    if not is_there(path):
        collector.problem(
            "missing-file",
            path.name,
            "The client's folder has no engagement.yml.",
            f"Write it, or start with `lodestar new {folder.name}`.",
        )
        return None, {}
    document = read_document(path, collector)
    if document is None:
        return None, {}
    data = checked(document.data, SETTINGS, (), document, collector)
    _check_meaning(data, folder, document, collector)
    usable = {"client", "name", "framework", "functions"} <= set(data)
    return (_settings(data) if usable else None), data.get("periods", {})


def _settings(data: dict[str, Any]) -> Settings:
    """Return the settings with the model's defaults; incomplete entries serve only to go on."""
    kept = {
        name: data[name]
        for name in (
            "chosen_level",
            "language",
            "currency",
            "severe_conflict",
            "sponsor",
            "brand",
            "self_inflicted_cost_pct_opex",
        )
        if name in data
    }
    return Settings(
        client=data["client"],
        name=data["name"],
        framework=data["framework"],
        functions=tuple(
            Function(**{"name": entry["id"], **entry})
            for entry in data["functions"]
            if "id" in entry
        ),
        seed=int(data.get("seed", 0)),
        purpose=tuple(
            Purpose(**{"kind": "mission", "text": "", **entry})
            for entry in data.get("purpose", [])
            if "id" in entry
        ),
        confidentiality=Confidentiality(
            **{name: int(value) for name, value in data.get("confidentiality", {}).items()}
        ),
        finance=Finance(**data.get("finance", {})),
        locale=data.get("locale", data.get("language", "en")),
        ideal_customer=tuple(data.get("ideal_customer", ())),
        made_by=tuple(data.get("made_by", ())),
        **kept,
    )


def _check_meaning(
    data: dict[str, Any], folder: Path, document: Document, collector: Collector
) -> None:
    """Collect what each value alone does not show."""
    client = data.get("client")
    if client is not None and client != folder.name:
        _tell(
            document,
            collector,
            "client",
            "client-name",
            client,
            "The client is not named like its folder.",
            f"Write 'client: {folder.name}'.",
        )
    for part in ("functions", "purpose"):
        _check_ids(data.get(part, []), part, document, collector)
    if data.get("functions") == [] or not sum(
        entry.get("weight", 1) for entry in data.get("functions", [{}])
    ):
        _tell(
            document,
            collector,
            "functions",
            "wrong-value",
            None,
            "At least one function must count.",
            "Name a function with a weight above 0.",
        )
    _check_periods(data.get("periods", {}), document, collector)
    check_brand(data.get("brand", {}), folder, document, collector, "brand.")
    _check_locale(data.get("locale", "en"), document, collector)
    check_firm(folder.parent, collector)


def _check_locale(locale: str, document: Document, collector: Collector) -> None:
    """Refuse a locale whose way of writing numbers is not known."""
    if not known_locale(locale):
        _tell(
            document,
            collector,
            "locale",
            "wrong-value",
            locale,
            "This is not a locale whose numbers are known.",
            "Write language and region, e.g. 'locale: fr-CH', or leave it out.",
        )


def _check_ids(
    entries: list[dict[str, Any]], part: str, document: Document, collector: Collector
) -> None:
    """Refuse an id given twice, and a function that is named like a group."""
    counts = Counter(entry["id"] for entry in entries if "id" in entry)
    for id in (id for id, count in counts.items() if count > 1):
        _tell(
            document,
            collector,
            part,
            "duplicate-id",
            id,
            "The id stands twice.",
            "Give each its own id.",
        )
    for id in sorted(set(counts) & set(GROUPS)) if part == "functions" else ():
        _tell(
            document,
            collector,
            part,
            "ambiguous-id",
            id,
            "This is the name of a group of people as well.",
            "Give the function another id.",
        )


def _check_periods(declared: Declared, document: Document, collector: Collector) -> None:
    """Refuse periods without a beginning and an end that can be told, or ending first."""
    for id, said in declared.items():
        known = calendar_period(id)
        start = said.get("from", known.start if known else None)
        end = said.get("as_of", known.as_of if known else None)
        if start is None or end is None:
            _tell(
                document,
                collector,
                f"periods.{id}",
                "period-dates",
                id,
                "The period needs its days.",
                "Write {from: 2026-10-01, as_of: 2026-12-31}.",
            )
        elif start > end:
            _tell(
                document,
                collector,
                f"periods.{id}",
                "period-dates",
                id,
                "The period ends before it starts.",
                "Correct from or as_of.",
            )


def _tell(
    document: Document,
    collector: Collector,
    path: str,
    code: str,
    value: Any,
    message: str,
    remedy: str,
) -> None:
    """Collect a problem of an entry given by its path."""
    collector.problem(
        code,
        document.file,
        message,
        remedy,
        row=document.row(tuple(path.split("."))),
        column=path,
        value=None if value is None else str(value),
    )
