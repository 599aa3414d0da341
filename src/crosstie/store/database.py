"""Django, started late, with one database for each open workspace."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pkgutil
import threading
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from crosstie.errors import WorkspaceRefused
from crosstie.store import migrations

_open: Counter[str] = Counter()
_counting = threading.Lock()
"""One workspace may be open several times in a process; the last to close it takes the alias away."""


URL_FILE = "database.url"
"""Beside the SQLite file's place: where it stands, the workspace's tables are in that PostgreSQL instead."""

_default: list[Path] = []
"""The one workspace whose database is Django's own in this process, for its sessions and logins."""


def connect(path: Path) -> str:
    """Make the database at a path known to Django, with all tables, and return its alias.

    Raises:
        WorkspaceRefused: it is no database, cannot be written, or was made by a newer crosstie.
    """
    from django.db import DatabaseError

    path = path.resolve()
    alias = "workspace-" + hashlib.blake2b(str(path).encode(), digest_size=8).hexdigest()
    if _default == [path]:
        alias = "default"
    with _counting:
        _announce(alias, path)
        _open[alias] += 1
    try:
        _bring_up_to_date(alias, path)
    except DatabaseError as trouble:
        disconnect(alias)
        raise WorkspaceRefused(
            f'The database "{path}" cannot be opened ({trouble}).',
            hint="Check that the folder can be written and the disk has room, or restore it from a backup.",
        ) from trouble
    except WorkspaceRefused:
        disconnect(alias)
        raise
    return alias


def be_default(path: Path) -> None:
    """Make the database at a path Django's own in this process: sessions and logins live in it.

    Call it before the workspace is opened. A process serves one organisation at a time.
    """
    from django.db import connections

    path = path.resolve()
    set_up()
    if "default" in connections.databases:
        connections["default"].close()
        del connections["default"]
    _default[:] = [path]
    connections.databases["default"] = _configured("default", path)


def set_up() -> None:
    """Set Django up, once a process, with the settings that the environment names or the store's own."""
    import django
    from django.apps import apps
    from django.conf import settings

    if not settings.configured:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.store.settings")
    if not apps.ready:
        django.setup()


def _announce(alias: str, path: Path) -> None:
    from django.db import connections

    set_up()
    if alias not in connections.databases:
        connections.databases[alias] = _configured(alias, path)


def _configured(alias: str, path: Path) -> dict[str, object]:
    from django.db import connections

    address = path.with_name(URL_FILE)
    given = _postgresql(address.read_text("utf-8").strip()) if address.exists() else _sqlite(path)
    made: dict[str, object] = connections.configure_settings({"default": given, alias: given})[alias]
    return made


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # A thread keeps its connection: opening one costs a millisecond, and whoever opens one for every page
        # has forgotten what was asked before.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
    }


def _postgresql(address: str) -> dict[str, object]:
    """Turn ``postgresql://user:password@host:port/name`` into Django's settings.

    Raises:
        WorkspaceRefused: it is no such address, or psycopg is not installed.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < len("/x"):
        raise WorkspaceRefused(
            "The address of the database is not one of PostgreSQL.",
            hint="It looks like postgresql://user:password@host:5432/name.",
        )
    if importlib.util.find_spec("psycopg") is None:
        raise WorkspaceRefused(
            "PostgreSQL needs the package psycopg.", hint="pip install 'crosstie[web,postgresql]'"
        )
    named = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        # As of SQLite; a server may end a connection, so whether it holds is asked once a page.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": named.get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


def keep_url(path: Path, address: str) -> None:
    """Write down that the tables of the workspace at a path are in a PostgreSQL.

    Raises:
        WorkspaceRefused: it is no such address, or psycopg is not installed.
    """
    _postgresql(address)
    file = path.with_name(URL_FILE)
    # The address may hold a password: readable by the owner alone.
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as written:
        written.write(address + "\n")


def known_migrations() -> frozenset[str]:
    """Return the steps by which this crosstie makes its tables."""
    found = pkgutil.iter_modules(migrations.__path__)
    return frozenset(module.name for module in found if module.name[0].isdigit())


def _bring_up_to_date(alias: str, path: Path) -> None:
    from django.db import connections

    known = known_migrations()
    connection = connections[alias]
    with connection.cursor() as cursor:
        applied: set[str] = set()
        if "django_migrations" in connection.introspection.table_names(cursor):
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'store'")
            applied = {name for (name,) in cursor.fetchall()}
    if applied - known:
        raise WorkspaceRefused(
            f'The database "{path}" was made by a newer crosstie.',
            hint="Install that one, or read the sources again into a new workspace.",
        )
    if known - applied:
        from django.core.management import call_command

        call_command("migrate", "store", database=alias, verbosity=0, interactive=False)


def prepare_logins(alias: str) -> None:
    """Make the tables of logins and sessions too; they are needed only where people sign in."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    if not _every_step() <= MigrationRecorder(connections[alias]).applied_migrations().keys():
        call_command("migrate", database=alias, verbosity=0, interactive=False)


@cache
def _every_step() -> frozenset[tuple[str, str]]:
    """Return the steps by which all tables are made, by app and name: ordering them takes long."""
    from django.db.migrations.loader import MigrationLoader

    return frozenset(MigrationLoader(None).graph.nodes)


def written_until(alias: str) -> object:
    """Return what is another after anybody wrote to a database; None where that cannot be told.

    SQLite counts what this thread's own connection changed, and knows whether another committed. PostgreSQL
    says which transactions a question would see: with each one that wrote and ended that is another list.
    Within a transaction what is written may still be taken back, which neither tells.
    """
    from django.db import connections

    connection = connections[alias]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    own = connection.connection
    if connection.vendor == "postgresql":
        if connection.in_atomic_block:
            return None
        with connection.wrap_database_errors:  # so that Django knows of a connection that is lost
            return own, own.execute("SELECT pg_current_snapshot()::text").fetchone()
    if own.in_transaction:
        return None
    (version,) = own.execute("PRAGMA data_version").fetchone()
    return own, version, own.total_changes


def disconnect(alias: str) -> None:
    """Close this thread's connection, and forget the alias when nobody else in this process has it open."""
    from django.db import connections

    with _counting:
        _open[alias] -= 1
        if _open[alias] > 0:
            return
        connections[alias].close()
        if alias == "default":
            return
        del connections[alias]
        connections.databases.pop(alias, None)


def is_locked(trouble: BaseException) -> bool:
    """Say whether SQLite gave up waiting for another who writes: the same may work a moment later."""
    from django.db import OperationalError

    return isinstance(trouble, OperationalError) and "locked" in str(trouble)
