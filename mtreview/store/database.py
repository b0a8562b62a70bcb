"""Opening a database and running transactions on it.

SQLite runs in write-ahead mode, so readers never wait; writers take their turn by
``BEGIN IMMEDIATE`` and wait for up to half a minute, so a burst of decisions by several people is
never answered with "database is locked". ``sqlite://`` is a database in memory, gone when it is
closed. Each commit is on disk when it returns
(``synchronous=FULL``). PostgreSQL locks rows instead. Every error of a database becomes a
``StoreError`` in plain words.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

import sqlalchemy
from sqlalchemy import URL, Connection, StaticPool, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from mtreview.errors import StoreError

Item = TypeVar("Item")

ENVIRONMENT_VARIABLE: Final = "MTREVIEW_STORE"
HEAD: Final = "0001"
"""Id of the newest migration; a database at this revision needs no further look."""

_BUSY_SECONDS: Final = 30
_MIGRATION_LOCK: Final = 7_046_029_254
"""Number of the advisory lock that lets one process at a time migrate a PostgreSQL database."""

CHUNK_SIZE: Final = 5_000
"""Rows or keys in one statement."""

_EXPLANATIONS: Final = {
    "file is not a database": ("it is not an SQLite database", "Give another file name."),
    "readonly database": ("it is read-only", "Change its permissions or use another file."),
    "unable to open": ("it cannot be opened or created", "Check the folder and its permissions."),
    "disk is full": ("the disk is full", "Make room; what was stored before is unharmed."),
    "No space left": ("the disk is full", "Make room; what was stored before is unharmed."),
    "disk I/O error": ("the disk cannot be read or written", "Check the disk and its free space."),
    "malformed": ("the file is damaged", "Restore it from a copy."),
    "already exists": ("it holds the tables of another program", "Give another name."),
    "locked": ("another program keeps it locked", "Close that program and try again."),
    "password authentication failed": ("the password was refused", "Check the URL."),
    "does not exist": ("there is no such database", "Create it first, or check the URL."),
    "create a connection": ("the server does not answer", "Check host, port and the server."),
    "could not connect": ("the server does not answer", "Check host, port and the server."),
    "connection failed": ("the server does not answer", "Check host, port and the server."),
}
"""Part of a driver's message -> what it means, what to try."""


def resolve(url: str) -> URL:
    """Return the SQLAlchemy URL of a store.

    Args:
        url: A URL, the path of an SQLite file, or "" for the environment variable
            ``MTREVIEW_STORE`` and, without it, ``reviews.db`` in the user's data folder.

    Raises:
        StoreError: It is not a URL of a database that mtreview can use.
    """
    url = url or os.environ.get(ENVIRONMENT_VARIABLE, "")
    if not url:
        from platformdirs import user_data_dir

        url = str(Path(user_data_dir("mtreview", appauthor=False)) / "reviews.db")
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        parsed = sqlalchemy.make_url(url)
    except ArgumentError:
        raise StoreError(
            "this is not the URL of a database",
            where=url,
            hint="Write sqlite:///reviews.db or postgresql://user@host/name.",
        ) from None
    if parsed.drivername in ("postgresql", "postgres"):
        driver = "psycopg" if find_spec("psycopg") else "pg8000"
        parsed = parsed.set(drivername=f"postgresql+{driver}")
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(
            f"databases of the kind {backend!r} are not supported",
            where=_shown(parsed),
            hint="Use SQLite or PostgreSQL.",
        )
    return parsed


class Database:
    """An open database: a pool of connections, and transactions on them."""

    def __init__(self, url: URL) -> None:
        self.where = _shown(url)
        options: dict[str, Any] = {"pool_pre_ping": True, "max_overflow": 50}
        self._turn: AbstractContextManager[Any] = nullcontext()
        if url.get_backend_name() == "sqlite":
            if url.database in (None, "", ":memory:"):
                # One connection is the whole database, so the threads take turns at it.
                options = {
                    "poolclass": StaticPool,
                    "connect_args": {"check_same_thread": False},
                }
                self._turn = Lock()
            elif not str(url.database).startswith("file:"):  # SQLite's own URIs name what exists
                _make_folder(Path(str(url.database)))
        try:
            self._engine = sqlalchemy.create_engine(url, **options)
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise StoreError(
                f"the driver of this database is not installed ({error})",
                where=self.where,
                hint="For PostgreSQL: pip install 'mtreview[postgresql]'.",
            ) from None
        if self.is_sqlite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._writing_engine = self._engine.execution_options(mtreview_writes=True)
        self._reading_engine = (
            self._engine
            if self.is_sqlite
            else self._engine.execution_options(isolation_level="REPEATABLE READ")
        )
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    @property
    def is_sqlite(self) -> bool:
        """Tell whether it is SQLite; otherwise it is PostgreSQL."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database throughout."""
        with self._translated_errors(), self._turn, self._reading_engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on disk at the end, or not made at all."""
        with self._translated_errors(), self._turn, self._writing_engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _migrate(self) -> None:
        with self.reading() as connection:
            if sqlalchemy.inspect(connection).has_table("alembic_version"):
                query = sqlalchemy.text("SELECT version_num FROM alembic_version")
                if connection.execute(query).scalar() == HEAD:
                    return
        from mtreview.store.migrations import upgrade

        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(
                    sqlalchemy.text("SELECT pg_advisory_xact_lock(:number)"),
                    {"number": _MIGRATION_LOCK},
                )
            upgrade(connection, self.where)

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            message = str(error.orig) if isinstance(error, DBAPIError) else str(error)
            for part, (what, hint) in _EXPLANATIONS.items():
                if part in message:
                    raise StoreError(what, where=self.where, hint=hint) from error
            raise StoreError(f"the database refused ({message})", where=self.where) from error


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield a long sequence in pieces that fit a statement."""
    for start in range(0, len(items), CHUNK_SIZE):
        yield items[start : start + CHUNK_SIZE]


def insert(connection: Connection, table: sqlalchemy.Table) -> Any:
    """Return an INSERT that knows ``ON CONFLICT`` in the dialect of the connection."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)


def _shown(url: URL) -> str:
    """Return the path or the URL without the password, for messages."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder cannot be made ({error.strerror})", where=str(path.parent)
        ) from None


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # Transactions are begun by _begin_sqlite, not by the driver, which would begin them late.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("mtreview_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
