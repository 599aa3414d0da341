"""The tests of an organisation on a real PostgreSQL, where CROSSTIE_TEST_DATABASE names a server."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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
    template = urlsplit((folder / URL_FILE).read_text().strip()).path.removeprefix("/")
    name = f"crosstie_{os.getpid()}_{next(_numbers)}"
    create(name, template)
    (folder / URL_FILE).write_text(url(name) + "\n")
    return name


@contextmanager
def copied(folder: Path) -> Iterator[None]:
    """Give a copied workspace a copy of its database, for as long as it is used."""
    name = copy(folder)
    try:
        yield
    finally:
        if name:
            drop(name)


def _do(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)  # names of our own
