"""What consultants are told of each client's run: how it stands, what to do, who looked."""

from __future__ import annotations

from collections.abc import Sequence

from lodestar.findings.words import count, joined, plural, start

__all__ = [
    "all_clients",
    "attempted",
    "harmed_run",
    "looked",
    "no_run",
    "record",
    "run_stands",
]


def no_run(client: str) -> str:
    """Return that nothing is published yet, and what to do.

    Examples
    --------
    >>> no_run("acme")
    'Nothing published yet: check with lodestar check acme, then lodestar run acme.'
    """
    return f"Nothing published yet: check with lodestar check {client}, then lodestar run {client}."


def run_stands(client: str, day: str, files: Sequence[str], same_code: bool) -> str:
    """Return when a run was published and whether it is still what the inputs give.

    Parameters
    ----------
    client : str
        Folder of the client.
    day : str
        Day it was published, as people say it.
    files : sequence of str
        Input files that have changed since.
    same_code : bool
        Whether it was made with the Lodestar that is installed.

    Examples
    --------
    >>> run_stands("acme", "2 November 2026", [], True)
    'Published 2 November 2026; inputs unchanged since.'
    >>> run_stands("acme", "2 November 2026", ["inputs/2026-Q4/ratings.csv"], True)
    'Published 2 November 2026; one input changed since (ratings.csv): lodestar run acme.'
    >>> run_stands("acme", "2 November 2026", [], False)
    'Published 2 November 2026 with another Lodestar; inputs unchanged since: lodestar run acme.'
    """
    made = f"Published {day}" + ("" if same_code else " with another Lodestar")
    again = f": lodestar run {client}."
    if not files:
        return f"{made}; inputs unchanged since{'.' if same_code else again}"
    names = [name.rpartition("/")[2] for name in files]
    shown = names if len(names) <= 3 else [*names[:2], f"{count(len(names) - 2)} more"]
    return f"{made}; {plural(len(files), 'input')} changed since ({joined(shown)}){again}"


def harmed_run(client: str) -> str:
    """Return that a run's files are not what was published, and what to do.

    Examples
    --------
    >>> harmed_run("acme")
    'Files of this run are missing or changed by hand: lodestar run acme --force.'
    """
    return f"Files of this run are missing or changed by hand: lodestar run {client} --force."


def attempted(
    client: str, verb: str, status: str, day: str, number: int, current: bool = True
) -> str:
    """Return what the last run or check came to where nothing was published, and what to do.

    Parameters
    ----------
    client : str
        Folder of the client.
    verb, status : str
        ``run`` or ``check``; ``refused``, ``failed``, ``stopped`` or, of a check, ``clean``.
    day : str
        Day of the attempt, as people say it.
    number : int
        Problems, or workbooks that stopped.
    current : bool
        Whether the inputs are still those of the attempt.

    Examples
    --------
    >>> attempted("acme", "run", "refused", "2 November 2026", 3)
    'Refused on 2 November 2026 for three input problems: mend them, then lodestar run acme.'
    >>> attempted("acme", "run", "stopped", "2 November 2026", 0)
    'Stopped on 2 November 2026 before it was done: lodestar run acme.'
    >>> attempted("acme", "check", "clean", "2 November 2026", 0)
    'No problems on 2 November 2026; inputs unchanged since.'
    >>> attempted("acme", "check", "refused", "2 November 2026", 1, False)
    'One problem on 2 November 2026; inputs changed since: lodestar check acme.'
    """
    again = f"lodestar {verb} {client}"
    if verb == "check":
        said = f"{start(plural(number, 'problem'))} on {day}"
        mend = "inputs unchanged since." if not number else f"mend, then {again}."
        return f"{said}; {mend if current else f'inputs changed since: {again}.'}"
    said = {
        "refused": f"Refused on {day} for {plural(number, 'input problem')}",
        "stopped": f"Stopped on {day} before it was done",
    }.get(status, f"Failed on {day}; nothing was published")
    if not current:
        return f"{said}; inputs changed since: {again}."
    return f"{said}: {f'mend them, then {again}' if status == 'refused' else again}."


def record(corrections: int, assumptions: int) -> str:
    """Return what a run's manifest keeps on record.

    Examples
    --------
    >>> record(3, 1), record(0, 0)
    ('Three corrections and one assumption on record.', 'No corrections or assumptions on record.')
    """
    if not corrections and not assumptions:
        return "No corrections or assumptions on record."
    said = f"{plural(corrections, 'correction')} and {plural(assumptions, 'assumption')} on record."
    return start(said)


def looked(person: str, day: str, latest: bool) -> str:
    """Return who looked last and when, and whether it was what is published now.

    Examples
    --------
    >>> looked("ana@example.com", "2 November 2026", True)
    'ana@example.com on 2 November 2026'
    >>> looked("guest", "2 November 2026", False)
    'a guest on 2 November 2026, at an earlier run'
    """
    who = {"guest": "a guest", "host": "whoever runs the server"}.get(person, person)
    return f"{who} on {day}{'' if latest else ', at an earlier run'}"


def all_clients(number: int, unpublished: int, open_: int, drafts: int, failed: int = 0) -> str:
    """Return how all clients stand, in one sentence.

    Parameters
    ----------
    number : int
        Clients.
    unpublished, open_, drafts : int
        Those without a run; whose run is harmed or whose inputs changed; whose run is not reviewed.
    failed : int
        Those whose inputs of now were refused, or whose last run of them failed.

    Examples
    --------
    >>> all_clients(4, 1, 0, 2)
    'Four clients: one has nothing published, two await review.'
    >>> all_clients(4, 0, 2, 0, 1)
    'Four clients: one cannot be run as it is, two need another run.'
    >>> all_clients(1, 0, 0, 0)
    'One client: published, up to date and reviewed.'
    """
    parts = []
    if unpublished:
        parts.append(f"{count(unpublished)} {_verb(unpublished, 'has', 'have')} nothing published")
    if failed:
        parts.append(f"{count(failed)} cannot be run as {_verb(failed, 'it is', 'they are')}")
    if open_:
        parts.append(f"{count(open_)} {_verb(open_, 'needs', 'need')} another run")
    if drafts:
        parts.append(f"{count(drafts)} {_verb(drafts, 'awaits', 'await')} review")
    lead = start(plural(number, "client"))
    if parts:
        return f"{lead}: {', '.join(parts)}."
    return f"{lead}: {'all ' if number > 1 else ''}published, up to date and reviewed."


def _verb(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
