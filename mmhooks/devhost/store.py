"""The workspace's memory: one SQLite database, in a file or in memory.

There is one connection, guarded by a lock that is held for single statements and for `Store.transaction`,
never while a hook fires: hooks call the API, and the API fires hooks, on other threads.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

from mmhooks.api.model import Model
from mmhooks.devhost.table import Table
from mmhooks.errors import MmhooksError

__all__ = ["MEMORY", "Store", "migrations"]

MEMORY: Final = ":memory:"
"""The path of a workspace that is gone when the host ends."""

M = TypeVar("M", bound=Model)
_BRACKETS: Final = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))


def migrations() -> list[tuple[int, str]]:
    """Return number and text of every schema step, in order."""
    folder = files("mmhooks.devhost") / "schema"
    steps = ((re.match(r"(\d+)_.*\.sql$", entry.name), entry) for entry in folder.iterdir())
    return sorted((int(match[1]), entry.read_text("utf-8")) for match, entry in steps if match)


class Store:
    """Rows of models, read and written from any thread.

    Args:
        path: the database file, made if it is not there, or `MEMORY`.
        durable: whether a write waits until the disk has it, so that it outlives a power failure too. Without
            it, a write still outlives the end of the process.

    Raises:
        MmhooksError: the file cannot be used; the message says why in one sentence.
    """

    def __init__(self, path: str | Path = MEMORY, *, durable: bool = True) -> None:
        self.path = str(path)
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = self._open(durable)

    def _open(self, durable: bool) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(
                self.path, timeout=0, isolation_level=None, check_same_thread=False, cached_statements=512
            )
            self._configure(connection, durable)
            self._migrate(connection)
        except BaseException as error:
            if connection is not None:
                connection.close()
            if isinstance(error, sqlite3.Error):
                raise MmhooksError(f"{self.path}: {_reason(error)}") from error
            raise
        return connection

    def _configure(self, connection: sqlite3.Connection, durable: bool) -> None:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # one workspace, one host
        if self.path != MEMORY:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")

    def _migrate(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        steps = migrations()
        if version > steps[-1][0]:
            raise MmhooksError(
                f"{self.path}: this workspace was written by a newer mmhooks (schema {version}, this one"
                f" knows {steps[-1][0]}); upgrade mmhooks or use another file"
            )
        if version == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise MmhooksError(f"{self.path}: this is another program's database, not an mmhooks workspace")
        for number, text in steps:
            if number > version:
                connection.execute("BEGIN IMMEDIATE")
                for statement in filter(str.strip, re.split(r";\s*\n", text)):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
                connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file. A transaction that is under way on another thread ends first."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several writes one: all of them are kept, or, when the block raises, none. Blocks may nest."""
        with self._lock:
            begin, commit, undo = _BRACKETS if self._depth == 0 else _savepoint(self._depth)
            self._run(begin)
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                for statement in undo:
                    self._run(statement)
                raise
            self._depth -= 1
            try:
                self._run(commit)
            except MmhooksError:
                self._run(undo[0])
                raise

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, parameters)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise MmhooksError(f"{self.path}: {_reason(error)}") from error

    def assert_idle(self) -> None:
        """Raise RuntimeError if this thread is inside a transaction: no hook may fire there."""
        if self._lock.acquire(blocking=False):
            try:
                if self._depth:
                    raise RuntimeError("a hook must not fire inside a transaction")
            finally:
                self._lock.release()

    def execute(self, sql: str, *parameters: Any) -> int:
        """Run one statement; return the number of rows it changed."""
        with self._lock:
            return self._run(sql, parameters).rowcount

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._lock:
            return self._run(sql, parameters).fetchall()

    def scalar(self, sql: str, *parameters: Any) -> Any:
        """Return the first column of the first row, None without one."""
        with self._lock:
            row = self._run(sql, parameters).fetchone()
        return row[0] if row else None

    def insert(self, table: Table[M], value: M) -> None:
        """Add a row.

        Raises:
            sqlite3.IntegrityError: there is one with its key, or with another value that must be unique.
        """
        self.execute(f"INSERT {table.insertion}", *table.row(value))

    def put(self, table: Table[M], value: M) -> None:
        """Add a row, or write over the one with its key."""
        self.execute(f"REPLACE {table.insertion}", *table.row(value))

    def update(self, table: Table[M], value: M) -> bool:
        """Write over the row with this key; say whether there is one."""
        return self.execute(table.update, *table.row(value), *table.key_of(value)) > 0

    def get(self, table: Table[M], *key: Any) -> M | None:
        """Return the row with this key."""
        return self.first(table, table.where_key, *key)

    def first(self, table: Table[M], where: str, *parameters: Any) -> M | None:
        """Return the first row for which the condition holds."""
        found = self.select(table, f"WHERE {where} LIMIT 1", *parameters)
        return found[0] if found else None

    def select(self, table: Table[M], rest: str = "", *parameters: Any) -> list[M]:
        """Return rows as models.

        Args:
            table: where to look.
            rest: what follows the table's name in the query: joins, condition, order, limit.
            parameters: one for each question mark in `rest`.
        """
        rows = self.rows(f"SELECT {table.selection} FROM {table.name} {rest}", *parameters)
        return [table.load(row) for row in rows]

    def among(self, table: Table[M], column: str, values: Sequence[Any], rest: str = "") -> list[M]:
        """Return the rows whose column has one of the values; `rest` goes on with AND or ORDER BY."""
        if not values:
            return []
        marks = ", ".join("?" * len(values))
        return self.select(table, f'WHERE {table.name}."{column}" IN ({marks}) {rest}', *values)


def _savepoint(depth: int) -> tuple[str, str, tuple[str, ...]]:
    name = f"inner_{depth}"
    return f"SAVEPOINT {name}", f"RELEASE {name}", (f"ROLLBACK TO {name}", f"RELEASE {name}")


def _reason(error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        return "the workspace is in use by another host; stop that one or use another file"
    if "not a database" in text:
        return "this file is not an SQLite database"
    if "unable to open" in text:
        return "the file cannot be opened; check that its directory exists and may be written to"
    if "closed database" in text:
        return "the workspace has been closed"
    if "disk is full" in text:
        return "there is no room left on the disk"
    if "readonly" in text:
        return "the file cannot be written to"
    return f"the database cannot be used ({text})"
