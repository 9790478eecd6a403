"""Statistics of many groups at once, against the same formulas group by group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from lodestar.stats.agreement import ad_mean, icc_groups, rwg, rwg_j
from lodestar.stats.grouped import Answers, grouped_icc, grouped_statistics
from lodestar.stats.partition import partitions
from lodestar.stats.reliability import cronbach_alpha, omega_total

SPAN = (1.0, 5.0)


def survey(seed: int, persons: int, items: int, groups: int) -> tuple[Answers, np.ndarray]:
    """Return answers with holes and items not meant for some, and who belongs to which group."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, groups + 1, persons)
    common = rng.normal(size=persons)
    x = np.clip(np.round(3 + common + rng.normal(size=(items, persons))), 1, 5)
    meant = np.ones(x.shape, dtype=bool)
    meant[-1] = rng.random() < 0.5 or rng.random(persons) < 0.9
    x[~meant | (rng.random(x.shape) < 0.1)] = np.nan
    told = np.isfinite(x)
    person = np.where(told.any(axis=0), np.nansum(x, axis=0) / np.maximum(told.sum(axis=0), 1), 0)
    person[~told.any(axis=0)] = np.nan
    return Answers(x, person, meant), np.stack([group == one for one in range(groups)])


def alone(answers: Answers, own: np.ndarray) -> dict[str, float]:
    """Return the statistics of one group by the functions for one group."""
    counted = own & np.isfinite(answers.person)
    person, n = answers.person[counted], int(counted.sum())
    common = answers.meant[:, counted].all(axis=1) & bool(n)
    items = answers.items[common][:, counted].T
    half = student.ppf(0.975, n - 1) * person.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan
    some = common.any()
    return {
        "n": n,
        "mean": person.mean() if n else np.nan,
        "low": max(person.mean() - half, 1) if n > 1 else np.nan,
        "high": min(person.mean() + half, 5) if n > 1 else np.nan,
        "rwg_single": np.nanmean(rwg(items)) if some and n > 2 else np.nan,
        "rwg": rwg_j(items) if some else np.nan,
        "ad_mean": ad_mean(items) if some else np.nan,
        "alpha": cronbach_alpha(items) if some else np.nan,
        "omega": omega_total(items) if some else np.nan,
    }


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(20, 90), st.integers(1, 6), st.integers(1, 4))
def test_every_group_gets_what_it_would_get_alone(
    seed: int, persons: int, items: int, groups: int
) -> None:
    """Oracle: the functions for one group, each on that group's answers alone."""
    answers, members = survey(seed, persons, items, groups)
    for part in partitions(members):
        found = grouped_statistics(answers, part, SPAN)
        for place, row in enumerate(part.groups):
            expected = alone(answers, members[row])
            if expected["n"] < 3:
                continue
            got = {name: values[place] for name, values in found.items()}
            assert got == pytest.approx(expected, nan_ok=True, abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 5), st.integers(1, 4))
def test_icc_of_every_whole_is_that_of_the_whole_alone(
    seed: int, persons: int, wholes: int, classes: int
) -> None:
    """Oracle: ``icc_groups`` on each whole; -1 belongs to no class, NaN gave no answer."""
    rng = np.random.default_rng(seed)
    whole, own = rng.integers(-1, wholes, persons), rng.integers(-1, classes, persons)
    scores = np.where(rng.random(persons) < 0.1, np.nan, rng.integers(1, 6, persons) / 2)
    members = np.stack([whole == one for one in range(wholes)])
    names = np.array([None if one < 0 else f"c{one}" for one in own], dtype=object)
    for part in partitions(members):
        icc1, icc2 = grouped_icc(scores, own, part)
        for place, row in enumerate(part.groups):
            expected = icc_groups(scores[members[row]], names[members[row]])
            got = (icc1[place], icc2[place])
            assert got == pytest.approx(expected, nan_ok=True)


def test_few_complete_cases_tell_no_reliability() -> None:
    """Oracle: the rule: under `least` complete cases alpha and omega stay out, agreement stays."""
    answers, members = survey(1, 40, 4, 1)
    (part,) = partitions(members)
    complete = int(np.isfinite(answers.items[:, members[0]]).all(axis=0).sum())
    whole = Answers(answers.items, answers.person)
    told = grouped_statistics(whole, part, SPAN, least=complete)
    hidden = grouped_statistics(whole, part, SPAN, least=complete + 1)
    assert np.isfinite(told["alpha"]).all()
    assert np.isnan(hidden["alpha"]).all()
    assert np.isnan(hidden["omega"]).all()
    assert hidden["rwg"] == pytest.approx(told["rwg"])
