"""A place on object storage: which object is which, and how one is read and written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from lodestar.engagement.places import plain_name
from lodestar.errors import FaultError, InputError, Problem
from lodestar.provenance import MANIFEST
from lodestar.provenance.published import RUN_NAME

__all__ = ["Place", "open_place", "run_file"]


@dataclass(frozen=True)
class Place:
    """A folder on some storage that fsspec knows.

    Parameters
    ----------
    files : fsspec file system
        Where it lies.
    root : str
        The folder's path there.
    url : str
        As the person named it, for messages; it holds no credentials.

    Notes
    -----
    ``<client>/runs/<hash>/…`` holds runs that never change, the manifest of each written last;
    ``<client>/periods/<period>.json`` says which run is a period's, in one object, so that it is
    replaced at once; ``<client>/reviews/`` and ``<client>/brand/`` are what pages show beside it.
    """

    files: Any
    root: str
    url: str

    def path(self, *parts: str) -> str:
        """Return the path of an object below the place."""
        return "/".join((self.root, *parts))

    def read(self, *parts: str) -> bytes | None:
        """Return an object's bytes; None when there is no such object."""
        with self._in_words():
            try:
                content: bytes = self.files.cat_file(self.path(*parts))
            except FileNotFoundError:
                return None
            return content

    def document(self, *parts: str) -> Any:
        """Return an object as JSON; None when it is missing or is no JSON."""
        content = self.read(*parts)
        try:
            return None if content is None else json.loads(content)
        except ValueError:
            return None

    def write(self, content: bytes, *parts: str) -> None:
        """Write an object whole."""
        with self._in_words():
            path = self.path(*parts)
            self.files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self.files.pipe_file(path, content)

    def names(self, *parts: str) -> list[str]:
        """Return the plain names directly below, sorted; none when there is no such folder."""
        with self._in_words():
            self.files.invalidate_cache()
            try:
                listed = self.files.ls(self.path(*parts), detail=False)
            except (FileNotFoundError, NotADirectoryError):
                return []
        names = (str(path).rstrip("/").rpartition("/")[2] for path in listed)
        return sorted(name for name in names if plain_name(name))

    def has_run(self, client: str, run: str) -> bool:
        """Tell whether a run lies here whole: its manifest is what is written last."""
        return self.read(client, "runs", run, MANIFEST) is not None

    def pointers(self, client: str) -> dict[str, str]:
        """Return the run of each period of a client, as far as a pointer names one."""
        found = {}
        for name in self.names(client, "periods"):
            period, _, kind = name.rpartition(".")
            said = self.document(client, "periods", name)
            run = said.get("run") if isinstance(said, dict) else None
            if (
                kind == "json"
                and plain_name(period)
                and isinstance(run, str)
                and RUN_NAME.fullmatch(run)
            ):
                found[period] = run
        return found

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Say what the storage refused without its traceback."""
        try:
            yield
        except FileNotFoundError:
            raise
        except Exception as error:
            raise FaultError(
                f"The storage at {self.url} answered: {type(error).__name__}: {error}. "
                "Check its address, the network and the credentials in your environment."
            ) from error


def open_place(url: str) -> Place:
    """Return the place that an address names.

    Parameters
    ----------
    url : str
        As fsspec reads it, e.g. ``s3://bucket/lodestar``, ``abfs://…``, ``gs://…``.
        Credentials come from the environment, never from the address.

    Raises
    ------
    InputError
        The address names no storage known here, or holds a password: the remedy says what to do.
    """
    import fsspec

    shown = re.sub(r"//[^/@]*@", "//…@", url)
    if shown != url:
        raise InputError([_problem(shown, "The address holds credentials.", _SECRET)])
    if "://" not in url:
        raise InputError([_problem(url, "This is not an address of a storage.", _EXAMPLE)])
    try:
        files, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        raise InputError([_problem(url, str(error).rstrip(".") + ".", _PACKAGE)]) from None
    except (ValueError, OSError) as error:
        raise InputError([_problem(url, str(error).rstrip(".") + ".", _EXAMPLE)]) from None
    return Place(files, str(root).rstrip("/"), url)


def run_file(name: str) -> bool:
    """Tell whether a name from a manifest is a file inside a run's folder.

    Examples
    --------
    >>> run_file("tables/outcomes.csv"), run_file("../x"), run_file("/etc/x"), run_file("a//b")
    (True, False, False, False)
    """
    return all(map(plain_name, name.split("/")))


_SECRET = "Take them out, and set them in the environment as the storage's package says."
_EXAMPLE = "Give one such as s3://bucket/lodestar, or file:// and the path of a folder."
_PACKAGE = "Install the package that it names, e.g. `pip install s3fs`."


def _problem(url: str, message: str, remedy: str) -> Problem:
    return Problem(code="storage", file="storage", message=message, remedy=remedy, value=url)
