"""Who was asked, who answered, and what they recalled of the priorities."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.support.demo.basics import BACK, FUNCTIONS, LATEST, STAFF, Tables, pick, register, rng

EMPLOYEES = {
    "sales": 36,
    "marketing": 14,
    "service": 56,
    "operations": 50,
    "finance": 18,
    "product": 12,
}
MANAGERS = {"sales": 7, "marketing": 3, "service": 9, "operations": 9, "finance": 4, "product": 4}
EXECUTIVES = 8
CUSTOMERS = {
    "housing associations": 46,
    "small businesses": 57,
    "households": 41,
    "public bodies": 4,
    "developers": 3,
}
PARTNERS = {"makers": 13, "installers": 8}
NODES = {
    "housing associations": "n_housing",
    "small businesses": "n_business",
    "households": "n_household",
    "public bodies": "n_housing",
    "developers": "n_business",
    "makers": "n_maker",
    "installers": "n_installer",
}
SERVICE_YEARS = {
    "under 2 years": 0.2,
    "2 to 5 years": 0.34,
    "6 to 10 years": 0.26,
    "over 10 years": 0.2,
}
USES_OFFER = {
    "sales": 0.5,
    "marketing": 0.4,
    "service": 0.28,
    "operations": 0.3,
    "finance": 0.35,
    "product": 0.5,
}
RESPONSE_RATE = {
    "employee": 0.61,
    "manager": 0.82,
    "executive": 0.89,
    "customer": 0.24,
    "partner": 0.46,
}

RECALLED = {
    "sales": {"p2": 0.66, "p1": 0.34, "p3": 0.16, "p4": 0.08, "p5": 0.06},
    "marketing": {"p2": 0.55, "p1": 0.3, "p3": 0.2, "p4": 0.1, "p5": 0.22},
    "service": {"p3": 0.6, "p1": 0.3, "p2": 0.22, "p4": 0.15, "p5": 0.05},
    "operations": {"p1": 0.58, "p4": 0.32, "p3": 0.14, "p2": 0.12, "p5": 0.04},
    "finance": {"p4": 0.62, "p2": 0.3, "p1": 0.14, "p3": 0.1, "p5": 0.03},
    "product": {"p5": 0.5, "p2": 0.24, "p1": 0.22, "p3": 0.14, "p4": 0.1},
}


def people(period: str) -> Tables:
    """Respondents, population, priorities and recall of a period."""
    respondents = _respondents(period)
    return {
        "respondents": respondents,
        "population": _population(respondents),
        "priorities": register("priorities"),
        "recall": _recall(respondents, period),
    }


def _respondents(period: str) -> pd.DataFrame:
    """Everybody who answered, in random order, so that ids tell nothing."""
    generator = rng("respondents", period)
    rows = [_employee(generator, f, "employee") for f in FUNCTIONS for _ in range(EMPLOYEES[f])]
    rows += [_employee(generator, f, "manager") for f in FUNCTIONS for _ in range(MANAGERS[f])]
    rows += [_executive(generator, i) for i in range(EXECUTIVES)]
    for group, segments in (("customer", CUSTOMERS), ("partner", PARTNERS)):
        rows += [_outside(group, s) for s, count in segments.items() for _ in range(count)]
    if period != LATEST:
        rows = [row for row in rows if generator.random() > 0.07 or row["group"] == "executive"]
    frame = pd.DataFrame(rows).iloc[generator.permutation(len(rows))].reset_index(drop=True)
    letter = "rqo"[BACK[period]]
    frame.insert(0, "respondent", [f"{letter}{i:03d}" for i in range(1, len(frame) + 1)])
    return frame


def _employee(generator: np.random.Generator, function: str, group: str) -> dict[str, str]:
    uses = "yes" if generator.random() < USES_OFFER[function] else "no"
    if generator.random() < 0.06:
        uses = "na"
    years = pick(generator, SERVICE_YEARS, 1)[0]
    if group == "manager" and years == "under 2 years":
        years = "6 to 10 years"
    return _row(group, function, years, uses, "n_us", "")


def _executive(generator: np.random.Generator, place: int) -> dict[str, str]:
    function = FUNCTIONS[place] if place < len(FUNCTIONS) else ""
    return _row("executive", function, pick(generator, SERVICE_YEARS, 1)[0], "yes", "n_us", "")


def _outside(group: str, segment: str) -> dict[str, str]:
    return _row(group, "", "", "yes" if group == "customer" else "na", NODES[segment], segment)


def _row(
    group: str, function: str, years: str, uses: str, node: str, segment: str
) -> dict[str, str]:
    return {
        "group": group,
        "function": function,
        "seniority": years,
        "uses_offer": uses,
        "node": node,
        "segment": segment,
    }


def _population(respondents: pd.DataFrame) -> pd.DataFrame:
    """Invited and headcount by group and function or segment, from response rates."""
    keys = ["group", "function", "segment"]
    staff = respondents["group"].isin(STAFF)
    frame = respondents.assign(
        function=respondents["function"].where(staff & (respondents["group"] != "executive"), "")
    )
    counts = frame.groupby(keys, sort=True).size().rename("n").reset_index()
    rate = counts["group"].map(RESPONSE_RATE)
    counts["invited"] = np.ceil(counts["n"] / rate).astype(int)
    outside = counts["group"].isin(["customer", "partner"])
    counts["headcount"] = (counts["invited"] * np.where(outside, 2.4, 1.05)).round().astype(int)
    return counts[[*keys, "invited", "headcount"]]


def _recall(respondents: pd.DataFrame, period: str) -> pd.DataFrame:
    """What staff named, unprompted, in the order named; not everybody answered."""
    generator = rng("recall", period)
    rows: list[tuple[str, int, str]] = []
    for person in respondents[respondents["group"].isin(STAFF)].itertuples():
        if generator.random() < 0.12:
            continue
        lift = {"employee": 1.0, "manager": 1.25, "executive": 1.7}[person.group]
        chances = RECALLED.get(person.function, dict.fromkeys(("p1", "p2", "p3", "p4", "p5"), 0.5))
        named = [
            p for p, chance in chances.items() if generator.random() < min(0.95, chance * lift)
        ]
        named += ["other"] * int(generator.integers(0, 3 if person.group == "employee" else 2))
        order = generator.permutation(len(named))
        rows += [(person.respondent, i + 1, named[j]) for i, j in enumerate(order)]
    return pd.DataFrame(rows, columns=["respondent", "position", "priority"])
