"""What was received: rows of every table, of answers of too few persons none.

Oracle: the numbers of rows and persons written in each test.
"""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.assess.quality import data_quality
from lodestar.serve.facts import _people
from lodestar.workbook.method import _tables
from tests.support.builders import engagement


def received(**persons: int) -> dict[str, Any]:
    """Return the section of a client of whom so many persons stand in these tables."""
    rows = {
        "respondents": {"group": "customer"},
        "comments": {"topic": "doors", "text": "Never open."},
        "recall": {"position": 1, "priority": "p1"},
    }
    tables = {
        name: [{"respondent": f"r{i}", **rows[name]} for i in range(n)]
        for name, n in persons.items()
    }
    return data_quality(engagement(tables), {"alignment": {}})["tables"]


@pytest.mark.parametrize(
    ("table", "few", "enough"), [("respondents", 4, 5), ("recall", 4, 5), ("comments", 9, 10)]
)
def test_answers_of_few_persons_are_not_counted(table: str, few: int, enough: int) -> None:
    assert received(**{table: few})[table]["rows"] is None
    assert received(**{table: few})[table]["left_out"] is None
    assert received(**{table: enough})[table] == {"rows": enough, "left_out": 0}
    assert received(**{table: 0})[table]["rows"] == 0


def test_the_method_page_and_the_list_of_clients_say_so() -> None:
    quality = {"data_quality": {"tables": received(respondents=4, comments=12)}}
    shown = _tables(engagement(), quality)
    assert shown.notes == ("Not counted, because few people answered: respondents.",)
    assert shown.table is not None
    assert ">4<" not in shown.table.html()
    assert _people({**quality, "threshold": 5}) == ""
