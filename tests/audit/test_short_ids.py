"""People numbered C1, R2, x3: what drawings hold by themselves is no leak, their ids still are.

Oracle: the path of a line and the grammar of a chart as they are written for any client, in which
nobody is named; and the same id planted as a whole value, cell or line.
"""

from __future__ import annotations

import pytest

from lodestar.audit.artefacts import Text
from lodestar.audit.model import Place
from lodestar.audit.people import People
from lodestar.audit.raw import Secrets
from lodestar.engagement.model import Engagement
from tests.audit.organisation import organisation

SHORT = ("C01", "R1", "D1", "I01", "Q3", "x2", "b1", "M10", "H640", "e7", "k12", "z3")
"""Ids as survey tools and people give them, some of them also capabilities, factors, quarters."""

HARMLESS = (
    '<path d="M10,20L30,40H640V1" role="e7 k12"/>',
    '{"x2":{"field":"x2"},"y":{"field":"y"},"type":"|b1"}',
    '"capability": "C01", "factor": "R1", "item": "I01", "quarter": "Q3"',
    '\\"x2\\":1,\\"b1\\": 2',
    "\x9b%b1\x92,\x11e7;k12\x00",
)


def _named(material: Engagement) -> Secrets:
    """Return what may stand nowhere when the survey's people bear the short ids."""
    people = People(material, 5, {})
    old = people.respondents["respondent"].astype(str).tolist()
    new = dict(zip(old, [*SHORT, *old[len(SHORT) :]], strict=True))
    people.respondents["respondent"] = [new[one] for one in old]
    return Secrets([people])


@pytest.fixture(scope="module")
def secrets() -> Secrets:
    return _named(organisation())


@pytest.mark.parametrize("content", HARMLESS)
def test_what_every_chart_holds_names_nobody(secrets: Secrets, content: str) -> None:
    assert secrets.leaks([Text(Place("2026-Q4", "a.ipynb"), content)]) == []


@pytest.mark.parametrize(
    "content",
    [
        '[{"who":"e7","score":3}]',
        '[{\\"who\\":\\"k12\\"}]',
        "<td>z3</td>",
        "&quot;e7&quot;",
        "who,score\ne7,3\n",
        "respondent: k12",
        '"rater": "C01-1" "respondent": "z3"',
    ],
)
def test_an_id_as_a_whole_value_is_found(secrets: Secrets, content: str) -> None:
    leaks = secrets.leaks([Text(Place("2026-Q4", "a.ipynb"), content)])
    assert [leak.kind for leak in leaks] == ["named"]


def test_long_ids_are_found_wherever_they_stand(secrets: Secrets) -> None:
    known = next(one for one in sorted(secrets.ids) if one.startswith("who-"))
    leaks = secrets.leaks([Text(Place("2026-Q4", "a.ipynb"), f"asked {known} twice")])
    assert [leak.who for leak in leaks] == ["one person"]


def test_the_place_is_told(secrets: Secrets) -> None:
    place = Place("2026-Q4", "05_perspectives.ipynb", "cell gap-show")
    (leak,) = secrets.leaks([Text(place, '"e7"')])
    assert "gap-show" in str(leak)
