"""What each number in results.json rests on, so that none about people is overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

__all__ = ["DECLARED", "Kind", "kind_of", "numbers"]

Kind = Literal["cell", "computed", "inherits", "ratings", "facts"]
"""cell: a count or mean of persons, read as a row of the published system. computed: a count of
persons whom only the computation knows (profiles, topics found in words), checked for its size.
inherits: computed of cells and null where one of them is hidden. ratings: rests on ratings and
context, whose survey raters are counted cell by cell. facts: registers, framework, settings, or
counts of rows."""

DECLARED: dict[str, Kind] = {
    "/perspectives/scales/*/n": "cell",
    "/perspectives/scales/*/mean": "cell",
    "/perspectives/scales/*/(low|high|rwg|rwg_single|ad_mean|icc1|icc2|alpha|omega)": "inherits",
    "/perspectives/gaps/*/(delta|low|high|p|q|[pq]_refined)": "inherits",
    "/perspectives/(compared|refined_permutations)": "inherits",
    "/perspectives/(importance_performance|know_do)/*/(importance|performance|know|do)": "cell",
    "/perspectives/(importance_performance|know_do)/*/(gap|low|high)": "inherits",
    "/perspectives/(importance_performance|know_do)/*/[a-z]+_(low|high)": "inherits",
    "/perspectives/priorities/*/(stated|hit_rate|n_stated|n_hit_rate)": "cell",
    "/perspectives/priorities/*/(stated|hit_rate)_(low|high)": "inherits",
    "/perspectives/misunderstandings/*/mean_(higher|lower)": "cell",
    "/perspectives/misunderstandings/**": "inherits",
    "/perspectives/serving/**": "inherits",
    "/perspectives/consensus/(groups|map/points)/*/n": "computed",
    "/perspectives/consensus/**": "inherits",
    "/perspectives/camps/subjects/*/(n|mean)": "cell",
    "/perspectives/camps/(items|functions)/*/n": "computed",
    "/perspectives/camps/**": "inherits",
    "/perspectives/coded/**": "inherits",
    "/perspectives/topics/*/(n|comments)": "cell",
    "/perspectives/topic_groups/*/(n|asked)": "cell",
    "/perspectives/topic_groups/*/(share|low|high|ratio|ratio_low|ratio_high)": "inherits",
    "/perspectives/(languages|objections/kinds)/*/n": "cell",
    "/perspectives/objections/n": "cell",
    "/perspectives/objection_facts/(unserving|past)/*": "facts",
    "/perspectives/found_topics/*/n": "computed",
    "/perspectives/insular/*/customers": "inherits",
    "/perspectives/insular/**": "ratings",
    "/perspectives/named_of": "facts",
    "/level/(experienced|groups/*)/dimensions/*/(n|estimate)": "cell",
    "/level/(experienced|groups/*)/estimate": "cell",
    "/level/(experienced|groups/*)/(n|low|high|left_out|distribution/*)": "inherits",
    "/level/(experienced|groups/*)/dimensions/*/(low|high)": "inherits",
    "/level/(experienced|groups/*)/dimensions/*/items": "facts",
    "/level/segments/*/(n|experienced/estimate|nps/score|nps/n|dimensions/*/estimate)": "cell",
    "/level/segments/*/(experienced|nps|dimensions/*)/(low|high)": "inherits",
    "/level/segment_differences/*/not_stated": "cell",
    "/level/segment_differences/**": "inherits",
    "/level/self_customer/*/present": "ratings",
    "/level/self_customer/**": "inherits",
    "/level/trend/periods/*/experienced/estimate": "inherits",
    "/level/trend/periods/*/experienced/(low|high)": "inherits",
    "/level/trend/changes/**": "inherits",
    "/level/trend/periods/*/chosen": "facts",
    "/level/(chosen|(trend|present|required|steps|consequence|revenue|distances)/**)": "ratings",
    "/inclusion/(nps|enps|referral)/(score|n)": "cell",
    "/inclusion/(nps|enps|referral)/(low|high)": "inherits",
    "/inclusion/referral_gap/(value|low|high)": "inherits",
    "/inclusion/advocacy_parts/*/(score|n)": "cell",
    "/inclusion/advocacy_parts/*/(low|high)": "inherits",
    "/inclusion/own_use/(share|n)": "cell",
    "/inclusion/own_use/(low|high)": "inherits",
    "/inclusion/(decisions|framework|lead_time|leading|needs|overlap|ripple|workforce)/**": "facts",
    "/inclusion/(chain/**|command_share|inclusion_index)": "facts",
    "/data_quality/response_rates/*/(n|rate|invited)": "cell",
    "/data_quality/response_rate": "cell",
    "/data_quality/coverage": "ratings",
    "/data_quality/tables/*/(rows|left_out)": "facts",
    "/alignment/**": "ratings",
    "/roadmap/**": "ratings",
    "/conflicts/**": "facts",
    "/purpose/**": "facts",
    "/(schema_version|threshold)": "facts",
}
"""Kind of every number by pointer: ``*`` is one step, ``**`` any number; the first match holds."""


@cache
def kind_of(pointer: str) -> Kind | None:
    """Return what a number rests on; None when nobody said so.

    Parameters
    ----------
    pointer : str
        JSON pointer into results.json.

    Examples
    --------
    >>> kind_of("/perspectives/scales/3/mean"), kind_of("/perspectives/scales/3/shoe_size")
    ('cell', None)
    """
    return next((kind for form, kind in _forms() if form.fullmatch(pointer)), None)


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    return tuple((re.compile(_form(pointer)), kind) for pointer, kind in DECLARED.items())


def _form(pointer: str) -> str:
    """Return a pattern as a regular expression."""
    return pointer.replace("**", "\0").replace("*", "[^/]+").replace("\0", ".+")


def numbers(document: Any, at: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number of a document with its pointer.

    Parameters
    ----------
    document : JSON value
        results.json or a part of it; yes and no are no numbers.
    at : str
        Pointer of the part.
    """
    if isinstance(document, dict):
        for key, value in document.items():
            yield from numbers(value, f"{at}/{key}")
    elif isinstance(document, list):
        for place, value in enumerate(document):
            yield from numbers(value, f"{at}/{place}")
    elif isinstance(document, (int, float)) and not isinstance(document, bool):
        yield at, float(document)
