"""Sentences on revenue: what comes back, how much hangs on a few, how long it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import months
from lodestar.findings.purpose.effort import WORKBOOK
from lodestar.findings.words import money, percent, plural, points
from lodestar.schema.numerals import numeral, written

__all__ = ["concentration", "recurring_sentence", "revenue", "runway"]

FEW = 10
LARGE = 0.1
"""Share of revenue from which accounting standards ask to disclose a single customer."""

FIT_GAP = 0.1


def revenue(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how much revenue comes from customers who come back."""
    section = results["purpose"]
    if section["recurring_share"] is None:
        reason = section["recurring_share_reason"]
        return Absent("purpose.revenue", WORKBOOK, reason, ("transactions",))
    pointers = ["/purpose/recurring_share", "/purpose/revenue/classes"]
    pointers += ["/purpose/revenue/fit"] if section["revenue"]["fit"] else []
    return Finding(
        "purpose.revenue",
        WORKBOOK,
        recurring_sentence(results),
        _revenue_advice(section),
        tuple(pointers),
        _revenue_reading(results),
    )


def recurring_sentence(results: Mapping[str, Any]) -> str:
    """Return the recurring share in words, with new customers apart."""
    section = results["purpose"]
    share = percent(section["recurring_share"])
    head = f"{share} of your established customers’ revenue comes from those who keep coming back"
    new = next(row for row in section["revenue"]["classes"] if row["class"] == "new")
    if not new["customers"]:
        return head
    part = f" ({percent(new['share'])} of revenue)" if new["share"] is not None else ""
    stand = "stands" if new["customers"] == 1 else "stand"
    return f"{head}; {plural(new['customers'], 'new customer')}{part} {stand} apart"


def concentration(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how much revenue hangs on the largest customers."""
    section = results["purpose"]
    if section["hhi"] is None:
        return Absent("purpose.concentration", WORKBOOK, section["hhi_reason"], ("transactions",))
    part, equal = section["concentration"], section["effective_customers"]
    few = min(FEW, part["customers"])
    largest = "Your one customer brings" if few == 1 else f"Your {few} largest customers bring"
    headline = (
        f"{largest} {percent(section['top_share'])} of revenue: as if you had "
        f"{plural(round(equal), 'equal customer')}"
    )
    left = f"; {part['left_out']} without net revenue left out" if part["left_out"] else ""
    reading = (
        f"Share of the net revenue of {numeral(part['customers'], ',')} customers in the last "
        "four full "
        f"quarters{left}. HHI {points(section['hhi'])} of {written('10,000')}."
    )
    return Finding(
        "purpose.concentration",
        WORKBOOK,
        headline,
        _concentration_advice(part["largest"][0]["share"], equal),
        ("/purpose/hhi", "/purpose/effective_customers", "/purpose/top_share"),
        reading,
    )


def runway(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how long revenue stays above the floor when episodic revenue tapers."""
    part = results["purpose"]["runway"]
    if part["stays"] is None:
        given = results["purpose"]["revenue"]["customers"] > 0
        tables: tuple[str, ...] = () if given else ("transactions",)
        tables += ("finance in engagement.yml",) if part["floor"] is None else ()
        return Absent("purpose.runway", WORKBOOK, part["months_reason"], tables)
    headline, advice = _runway_words(part, results["currency"])
    reading = (
        f"Revenue a month in {results['currency']} if {percent(part['taper'])} of what is not "
        "recurring is kept each quarter; band = 95 % interval over which customers are there. New "
        "and unnamed revenue is split as the rest."
    )
    pointers = ("/purpose/runway",)
    return Finding("purpose.runway", WORKBOOK, headline, advice, pointers, reading)


def _revenue_reading(results: Mapping[str, Any]) -> str:
    """Return what the shares are of, and what they leave out."""
    part = results["purpose"]["revenue"]
    window, left = part["window"], part["left_out"]
    text = (
        f"Net revenue in {results['currency']} of {numeral(part['customers'], ',')} customers, "
        f"{window['from']} to {window['to']}; recurring by contract, or bought in three of the "
        "four quarters."
    )
    if left["unnamed_rows"]:
        amount = money(left["unnamed_amount"], results["currency"])
        text += (
            f" {numeral(left['unnamed_rows'], ',')} rows without a customer ({amount}) left out."
        )
    if not part["covered"]:
        text += " The transactions begin inside these quarters."
    return text


def _revenue_advice(section: Mapping[str, Any]) -> str:
    """Return what to do: about the fit of those won lately, or about the share itself."""
    fit = {row["class"]: row["ideal_fit"] for row in section["revenue"]["fit"]}
    if "recurring" in fit and "new" in fit and fit["recurring"] - fit["new"] > FIT_GAP:
        return (
            f"New customers fit your ideal less ({numeral(fit['new'], '.1f')}) than those who "
            "come back "
            f"({numeral(fit['recurring'], '.1f')}): ask sales to win who stays, not who is "
            "easiest to win."
        )
    if section["recurring_share"] < 0.5:
        return "Ask what would bring a one-time buyer back, and give that question an owner."
    return "Protect what brings them back before adding what brings more of them in."


def _concentration_advice(first: float, equal: float) -> str:
    """Return what to do about few or many customers."""
    if first >= LARGE or equal < FEW:
        return (
            f"Your largest customer alone brings {percent(first)}: plan for its loss, and agree "
            "who owns each of the largest relations."
        )
    return "No single customer decides your year; keep watching the share of the ten largest."


def _runway_words(part: Mapping[str, Any], currency: str) -> tuple[str, str]:
    """Return headline and advice by when the floor is reached."""
    floor = f"your {part['floor_kind']} of {money(part['floor'], currency)} a month"
    if part["months"] is None:
        stays = money(part["stays"], currency)
        headline = f"What keeps coming back, {stays} a month, stays above {floor}"
        risk = 1 - part["never"]
        if round(100 * risk) >= 1:
            return headline, f"In {percent(risk)} of draws it does not: know who decides that."
        return headline, "Episodic revenue is a bonus here: it may be won, or left, on its merits."
    if part["months"] <= 0:
        headline = f"Revenue is at or below {floor} already"
        return headline, "Settle the floor first: cost, price or customers who come back."
    headline = f"Revenue falls to {floor} in {months(part['months'])} ({_span(part)})"
    advice = (
        f"Win {money(part['floor'] - part['stays'], currency)} a month more from customers who "
        "come back before then; that closes the distance for good."
    )
    return headline, advice


def _span(part: Mapping[str, Any]) -> str:
    """Return the band of months in words."""
    low = months(part["low"])
    return f"{low} to {months(part['high'])}" if part["high"] is not None else f"{low} or more"
