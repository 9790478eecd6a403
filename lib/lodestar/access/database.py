"""The file that people, links and sessions are kept in: private, durable, shared by processes."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lodestar.errors import FaultError

__all__ = ["FILE", "Database", "private_folder"]

FILE = "access.sqlite3"
VERSION = 1
WAIT = 15.0
"""Seconds that a process waits for another one's change to end."""

TABLES = """
CREATE TABLE person (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, clients TEXT NOT NULL, ends TEXT,
    revoked INTEGER NOT NULL DEFAULT 0, password TEXT, added REAL NOT NULL
);
CREATE TABLE link (
    hash TEXT PRIMARY KEY, person TEXT NOT NULL, clients TEXT NOT NULL, ends REAL NOT NULL,
    once INTEGER NOT NULL
);
CREATE TABLE session (
    hash TEXT PRIMARY KEY, person TEXT NOT NULL, clients TEXT NOT NULL, link INTEGER NOT NULL,
    opened REAL NOT NULL, seen REAL NOT NULL
);
CREATE INDEX session_person ON session (person);
CREATE INDEX link_person ON link (person);
CREATE TABLE failure (scope TEXT PRIMARY KEY, count INTEGER NOT NULL, last REAL NOT NULL);
CREATE TABLE known (person TEXT, address TEXT, last REAL NOT NULL, PRIMARY KEY (person, address));
CREATE TABLE look (
    person TEXT, client TEXT, period TEXT, run TEXT, page TEXT, visit REAL, at REAL NOT NULL,
    PRIMARY KEY (person, client, period, run, page, visit)
);
CREATE INDEX look_client ON look (client, at);
CREATE TABLE latest (moment REAL NOT NULL);
INSERT INTO latest VALUES (0);
"""


class Database:
    """One SQLite file, opened once a thread and process.

    Parameters
    ----------
    folder : Path
        Made when missing, for its owner alone.

    Notes
    -----
    Write-ahead logging lets the command and a running server work at the same time; a change is on
    the disk before it counts, and a process killed at any moment leaves the state before or after.
    """

    def __init__(self, folder: Path) -> None:
        self.path = private_folder(folder) / FILE
        self._own = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection; one made before a fork is not used after it."""
        if getattr(self._own, "process", None) != os.getpid():
            self._own.connection = _opened(self.path)
            self._own.process = os.getpid()
        connection: sqlite3.Connection = self._own.connection
        return connection

    @contextmanager
    def change(self, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Hold the file for a change that happens whole or not at all.

        Parameters
        ----------
        durable : bool
            Wait until the disk has it; what may be lost with the power, such as the time of a
            look, need not.
        """
        connection = self.connection
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._own, "process", None) == os.getpid():
            self._own.connection.close()
            self._own.process = None


def private_folder(folder: Path) -> Path:
    """Return a folder that nobody but its owner may enter, made when it is missing.

    Raises
    ------
    FaultError
        The folder cannot be made or is somebody else's.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise FaultError(
            f"The folder {folder.name} for people and sessions cannot be used ({error.strerror}). "
            "Choose a data root that you may write to, with --data-root or LODESTAR_DATA."
        ) from None
    return folder


def _opened(path: Path) -> sqlite3.Connection:
    # Made here, as SQLite would make it readable to others; its log files take the same mode. One
    # that is there must not be opened: closing it would let go of every lock that SQLite holds on
    # it for other threads of this process.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    connection.row_factory = sqlite3.Row
    _retried(connection, "PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        for statement in filter(str.strip, TABLES.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
    if version > VERSION:
        raise FaultError("People and sessions were written by a newer Lodestar. Update this one.")
    return connection


def _retried(connection: sqlite3.Connection, statement: str) -> None:
    """Execute what SQLite refuses at once while another process opens the file."""
    for wait in (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0):
        try:
            connection.execute(statement)
            return
        except sqlite3.OperationalError:
            time.sleep(wait)
    connection.execute(statement)
