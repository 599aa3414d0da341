"""The tests of an organisation on a real PostgreSQL, where CROSSTIE_TEST_DATABASE names a server."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import psycopg

from crosstie.store.database import URL_FILE

SERVER = os.environ.get("CROSSTIE_TEST_DATABASE", "")
EMPTY = f"crosstie_empty_{os.getpid()}"
_numbers = itertools.count()


def url(name: str) -> str:
    """Return the address of a database on the server, "" where there is no server."""
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl() if SERVER else ""


def create(name: str, template: str = "template0") -> None:
    _do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(name: str) -> None:
    _do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def fresh() -> Iterator[str]:
    """Make an empty database; yield its address."""
    name = f"crosstie_{os.getpid()}_{next(_numbers)}"
    create(name)
    try:
        yield url(name)
    finally:
        drop(name)


def copy(folder: Path) -> str:
    """Give a copied workspace a copy of the database it was made with; return the copy's name."""
    if not SERVER:
        return ""
    name = f"crosstie_{os.getpid()}_{next(_numbers)}"
    create(name, _database_of(folder))
    (folder / URL_FILE).write_text(url(name) + "\n")
    return name


@contextmanager
def copied(folder: Path) -> Iterator[None]:
    """Give a copied workspace a copy of its database, for as long as it is used.

    Making one takes longer than most tests, so it is put back as it was, and used again.
    """
    if not SERVER:
        yield
        return
    template = _database_of(folder)
    made = _free.setdefault(template, [])
    name = made.pop() if made else copy(folder)
    (folder / URL_FILE).write_text(url(name) + "\n")
    if template not in _contents:
        with psycopg.connect(url(name)) as connection:
            _contents[template] = Contents.of(connection)
    yield
    with psycopg.connect(url(name)) as connection:
        is_as_it_was = _contents[template].put_back(connection)
    if is_as_it_was:
        made.append(name)
    else:
        drop(name)


@dataclass(frozen=True)
class Contents:
    """What a database holds: its columns by table, all rows, and the places of its sequences."""

    columns: str
    tables: tuple[str, ...]
    rows: dict[str, bytes]
    sequences: tuple[tuple[str, int, bool], ...]

    @classmethod
    def of(cls, connection: psycopg.Connection) -> Self:
        """Read it all."""
        tables = tuple(
            name
            for (name,) in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            )
        )
        rows = {}
        for name in tables:
            if connection.execute(f'SELECT EXISTS (SELECT FROM "{name}")').fetchone() == (True,):
                with connection.cursor().copy(f'COPY "{name}" TO STDOUT (FORMAT BINARY)') as copying:
                    rows[name] = b"".join(copying)
        names = [name for (name,) in connection.execute("SELECT sequencename FROM pg_sequences").fetchall()]
        sequences = []
        for name in names:
            ((last, is_called),) = connection.execute(
                f'SELECT last_value, is_called FROM "{name}"'
            ).fetchall()
            sequences.append((name, last, is_called))
        return cls(_columns(connection), tables, rows, tuple(sequences))

    def put_back(self, connection: psycopg.Connection) -> bool:
        """Let the database hold just this again; say whether it could, which it cannot with other columns."""
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        if _columns(connection) != self.columns:
            return False
        connection.execute("SET session_replication_role = replica")  # rows come back in any order
        connection.execute(";".join(f'DELETE FROM "{name}"' for name in self.tables))
        for name, rows in self.rows.items():
            with connection.cursor().copy(f'COPY "{name}" FROM STDIN (FORMAT BINARY)') as copying:
                copying.write(rows)
        connection.execute(
            ";".join(
                f"SELECT setval('\"{name}\"', {last}, {str(is_called).lower()})"
                for name, last, is_called in self.sequences
            )
        )
        return True


_free: dict[str, list[str]] = {}
_contents: dict[str, Contents] = {}


def _columns(connection: psycopg.Connection) -> str:
    """Return a digest of all columns, and of those of indexes."""
    ((digest,),) = connection.execute(
        "SELECT md5(string_agg(attrelid || '.' || attname || atttypid, ',' ORDER BY attrelid, attnum))"
        " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relnamespace = 'public'::regnamespace AND attnum > 0"
    ).fetchall()
    return str(digest)


def _database_of(folder: Path) -> str:
    return urlsplit((folder / URL_FILE).read_text().strip()).path.removeprefix("/")


def _do(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)  # names of our own
