"""Views of all groups, and permutation tests of many pairs, beside group-by-group loops."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.cluster import AgglomerativeClustering
from sklearn.decomposition import FactorAnalysis
from sklearn.metrics import silhouette_score

from lodestar.assess.perspectives.camps import camps
from lodestar.assess.perspectives.cells import cuts, scale_cells
from lodestar.assess.perspectives.comparison import Comparison
from lodestar.assess.perspectives.gaps import compare
from lodestar.assess.perspectives.groups import Group, groups
from lodestar.assess.perspectives.groups import pairs as group_pairs
from lodestar.assess.perspectives.scales import answer_matrix, scales, score
from lodestar.assess.perspectives.strategic import strategic_consensus
from lodestar.confidentiality import Gate
from lodestar.framework.model import Dimension, Framework, Item
from lodestar.stats.krippendorff import krippendorff_alpha
from tests.benchmarks.harness import Row, megabytes, seconds
from tests.support.builders import small_framework

ABOUT = (
    "200,000 respondents × 60 items × 40 groups: n, mean, interval, rwg, rwg(J), AD, ICC, alpha "
    "and omega, gated, Krippendorff's alpha, consensus and camps; 500 gaps × 10,000 permutations "
    "and 2,000 resamples, about 200 a group."
)

PERSONS, DIMENSIONS, ITEMS = 200_000, 10, 6
LOOPED, PAIRS, PEER_PAIRS = 20, 500, 2
KINDS = {"group": 5, "function": 30, "seniority": 5}
CODERS, UNITS, CODED_BY_PEER = 5_000, 480, 4
SHUFFLES, SHUFFLED_BY_PEER = 1_999, 5
COLUMNS = ["seconds", "of processors", "memory, data included", "peer", "peer's seconds", "ratio"]


def run() -> list[Row]:
    """Time the matrix, the views, what follows from them, and the tests."""
    everybody, rows = people(), long_answers()
    framework, answers = survey(), wide_answers()
    pivoted = seconds(lambda: rows[: len(rows) // 20].pivot_table("value", "respondent", "item"))
    looped = seconds(lambda: one_by_one(everybody, answers)) * DIMENSIONS * 40 / LOOPED
    loop = "pandas, scipy, scikit-learn group by group"
    found = [
        _row(
            "answer matrix of 12,000,000 rows",
            lambda: answer_matrix(framework, everybody, rows),
            _matrix,
            "pandas pivot",
            pivoted * 20,
        ),
        _row(
            "views of 40 groups on 10 scales, from the matrix",
            lambda: views(framework, everybody, answers),
            _views,
            loop,
            looped,
        ),
        *_judged(),
        *_ordered(framework, everybody, answers),
    ]
    resampled = seconds(partial(tested, PEER_PAIRS, 0)) * PAIRS / PEER_PAIRS
    for name, spread in (("all of 200 persons", 0), ("of 150 to 250 persons", 50)):
        taken = partial(compare, pairs(PAIRS, spread), 1)
        peer = "scipy.stats.permutation_test"
        found.append(_row(f"500 gaps, groups {name}", taken, _gaps, peer, resampled))
    return found


def _judged() -> list[Row]:
    """Time Krippendorff's alpha of ratings beside counting pairs unit by unit."""
    whole = coded()
    paired = seconds(lambda: [_pairs(whole[name]) for name in whole.columns[:CODED_BY_PEER]])
    name = f"Krippendorff's alpha, {CODERS:,} raters × {UNITS} units"
    peer, scaled = "pairs counted unit by unit", paired * UNITS / CODED_BY_PEER
    return [_row(name, lambda: krippendorff_alpha(whole, "ordinal"), _coded, peer, scaled)]


def _ordered(framework: Framework, everybody: pd.DataFrame, answers: pd.DataFrame) -> list[Row]:
    """Time consensus and camps beside shuffling persons and scikit-learn's clusters."""
    persons, cells, found = seen(framework, everybody, answers)
    both = pd.Series(range(2)).repeat(PERSONS // KINDS["function"]).to_numpy()
    sample = np.column_stack([*persons.values()])[: len(both)]
    shuffled = seconds(lambda: _shuffles(sample, both)) * len(group_pairs(found))
    shuffled *= SHUFFLES / SHUFFLED_BY_PEER
    x = np.nan_to_num(sample[:300], nan=3.0)
    clustered = seconds(lambda: _clusters(x)) * (2 * 99 + 50 + 1)
    return [
        _row(
            "consensus within 40 groups and between all pairs of a kind",
            lambda: strategic_consensus(persons, cells, found, Gate(), 1),
            _consensus,
            "a numpy loop of relabellings",
            shuffled,
        ),
        _row(
            "camps of employees",
            lambda: camps(persons, cells, found, Gate(), 1),
            _camps,
            "scikit-learn's Ward and silhouette as often",
            clustered,
        ),
    ]


def survey() -> Framework:
    """Return ten dimensions of six questions each."""
    names = [f"D{d}" for d in range(DIMENSIONS)]
    items = [Item(f"I{d}{j}", "agree5", {"en": d}, d, ()) for d in names for j in range(ITEMS)]
    dimensions = tuple(Dimension(name, name) for name in names)
    return small_framework(items=tuple(items), dimensions=dimensions)


def people() -> pd.DataFrame:
    """Return respondents of five stakeholder groups, 30 functions and five seniorities."""
    rng = np.random.default_rng(1)
    ids = pd.array([f"r{i}" for i in range(PERSONS)], dtype="str")
    cut = {
        name: pd.array(np.array([f"{name}{i:02}" for i in range(n)])[rng.integers(0, n, PERSONS)])
        for name, n in KINDS.items()
    }
    return pd.DataFrame({"respondent": ids, **cut}).replace({"group00": "employee"})


def wide_answers() -> pd.DataFrame:
    """Return one-factor answers 1–5 with holes, one row a respondent."""
    rng = np.random.default_rng(2)
    x = 3 + rng.normal(size=(PERSONS, 1)) + rng.normal(size=(PERSONS, DIMENSIONS * ITEMS))
    x = np.clip(np.round(x), 1, 5)
    x[rng.random(x.shape) < 0.05] = np.nan
    names = [item.id for item in survey().items]
    return pd.DataFrame(x, index=people()["respondent"], columns=names)


def long_answers() -> pd.DataFrame:
    """Return the same as one row an answer."""
    wide = wide_answers()
    who = np.repeat(wide.index.to_numpy(dtype=object), wide.shape[1])
    what = np.tile(wide.columns.to_numpy(dtype=object), len(wide))
    columns = {"respondent": pd.array(who, dtype="str"), "item": pd.array(what, dtype="str")}
    return pd.DataFrame({**columns, "value": wide.to_numpy().ravel()})


def views(framework: Framework, everybody: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Return the gated cells of every scale and group, as the product does."""
    cut = cuts(groups(everybody), everybody["function"])
    stakeholders = everybody["group"].astype("category")
    scored = (score(scale, answers, stakeholders) for scale in scales(framework))
    return pd.concat([scale_cells(one, cut, Gate()) for one in scored])


def seen(
    framework: Framework, everybody: pd.DataFrame, answers: pd.DataFrame
) -> tuple[dict[str, np.ndarray], pd.DataFrame, list[Group]]:
    """Return every respondent's scores, the gated cells, and groups."""
    stakeholders = everybody["group"].astype("category")
    scored = (score(scale, answers, stakeholders) for scale in scales(framework))
    persons = {one.scale.id: one.person for one in scored}
    return persons, views(framework, everybody, answers), groups(everybody)


def coded() -> pd.DataFrame:
    """Return levels 1–5 that raters gave to units, a fifth of the cells filled."""
    rng = np.random.default_rng(5)
    x = np.clip(np.round(3 + rng.normal(size=UNITS) + rng.normal(size=(CODERS, UNITS))), 1, 5)
    x[rng.random(x.shape) > 0.2] = np.nan
    return pd.DataFrame(x)


def _pairs(unit: pd.Series) -> float:
    """Return the disagreement of all pairs of one unit."""
    given = unit.dropna().to_numpy()
    return sum((a - b) ** 2 for i, a in enumerate(given) for b in given[:i])


def _shuffles(scores: np.ndarray, label: np.ndarray) -> float:
    """Return a pair's p, relabelled a few times; scaled to all draws by the caller's clock."""
    rng, hits = np.random.default_rng(6), 0.0
    for _ in range(SHUFFLED_BY_PEER):
        label = rng.permutation(label)
        first, second = (np.nanmean(scores[label == side], axis=0) for side in (0, 1))
        hits += float(np.sqrt(((first - second) ** 2).mean()))
    return hits


def _clusters(x: np.ndarray) -> list[float]:
    members = (AgglomerativeClustering(k).fit_predict(x) for k in (2, 3, 4))
    return [silhouette_score(x, member) for member in members]


def one_by_one(everybody: pd.DataFrame, answers: pd.DataFrame) -> list[dict[str, float]]:
    """Return the same figures of some functions on one scale, one group at a time."""
    own = everybody["function"].to_numpy()
    names = sorted(set(own))[:LOOPED]
    return [_alone(answers.iloc[own == name, :ITEMS], everybody[own == name]) for name in names]


def _alone(items: pd.DataFrame, who: pd.DataFrame) -> dict[str, float]:
    person = items.mean(axis=1)
    variances = items.var()
    complete = items.dropna()
    share = variances.mean() / 2
    parts = [part.dropna() for _, part in person.groupby(who["seniority"].to_numpy())]
    one = FactorAnalysis(1, tol=1e-6, svd_method="lapack").fit(complete)
    common, errors = abs(one.components_.sum()) ** 2, one.noise_variance_.sum()
    low, high = stats.t.interval(0.95, len(person) - 1, person.mean(), stats.sem(person.dropna()))
    return {
        "mean": person.mean(),
        "low": low,
        "high": high,
        "rwg": ITEMS * (1 - share) / (ITEMS * (1 - share) + share),
        "rwg_single": (1 - variances / 2).clip(0, 1).mean(),
        "ad_mean": (items - items.mean()).abs().mean().mean(),
        "icc2": 1 - 1 / stats.f_oneway(*parts).statistic,
        "alpha": ITEMS / (ITEMS - 1) * (1 - complete.var().sum() / complete.sum(axis=1).var()),
        "omega": common / (common + errors),
    }


def pairs(count: int, spread: int) -> list[Comparison]:
    """Return comparisons of means of six answers, groups of 200 persons or about that."""
    rng = np.random.default_rng(3)

    def scores() -> np.ndarray:
        return np.round(np.clip(rng.normal(3, 0.8, _size(rng, spread)), 1, 5) * 6) / 6

    return [Comparison(f"D{i}", "a", "b", scores(), scores()) for i in range(count)]


def _size(rng: np.random.Generator, spread: int) -> int:
    return int(rng.integers(200 - spread, 200 + spread + 1))


def tested(count: int, spread: int) -> list[float]:
    """Return p of the same statistic by scipy's permutation test."""

    def statistic(a: np.ndarray, b: np.ndarray, axis: int) -> np.ndarray:
        both = stats.rankdata(np.concatenate([a, b], axis=axis), axis=axis)
        return both[..., : a.shape[axis]].sum(axis=axis)

    return [
        stats.permutation_test((c.a, c.b), statistic, vectorized=True, batch=1000).pvalue
        for c in pairs(count, spread)
    ]


def _row(name: str, work: Callable[[], object], memory: object, peer: str, by_peer: float) -> Row:
    begun = time.process_time()
    taken = seconds(work)
    own = time.process_time() - begun
    told = [f"{taken:.2f}", f"{own:.2f}", f"{megabytes(memory):,.0f} MB", peer]
    figures = [*told, f"{by_peer:,.1f}", f"{by_peer / taken:,.0f}"]
    return {"what": name, **dict(zip(COLUMNS, figures, strict=True))}


def _matrix() -> None:
    answer_matrix(survey(), people(), long_answers())


def _views() -> None:
    views(survey(), people(), wide_answers())


def _coded() -> None:
    krippendorff_alpha(coded(), "ordinal")


def _consensus() -> None:
    strategic_consensus(*seen(survey(), people(), wide_answers()), Gate(), 1)


def _camps() -> None:
    camps(*seen(survey(), people(), wide_answers()), Gate(), 1)


def _gaps() -> None:
    compare(pairs(PAIRS, 50), 1)
