"""Copy all tables out as lines of JSON, and in again: the same lines for SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crosstie.errors import WorkspaceRefused

if TYPE_CHECKING:
    from django.db.models import Model

_LOGINS = ("account", "EmailAddress")
_CHUNK = 2_000


def lines(alias: str) -> Iterator[str]:
    """Yield every row of every table as one line of JSON, all as they were at one moment."""
    from django.core import serializers

    whole_times = _whole_times()
    with _one_moment(alias):
        for model in _models(alias):
            rows = model._default_manager.using(alias).order_by("pk").iterator(chunk_size=_CHUNK)  # noqa: SLF001 - Django's own way
            for row in rows:
                (line,) = serializers.serialize("jsonl", [row], cls=whole_times).splitlines()
                yield line + "\n"


def _whole_times() -> type[json.JSONEncoder]:
    """Return an encoder that writes times as they are; Django's own cuts them off at milliseconds."""
    from django.core.serializers.json import DjangoJSONEncoder

    class WholeTimes(DjangoJSONEncoder):
        def default(self, o: Any) -> Any:
            return o.isoformat() if isinstance(o, datetime) else super().default(o)

    return WholeTimes


def is_empty(alias: str) -> bool:
    """Say whether no table holds a row."""
    return not any(model._default_manager.using(alias).exists() for model in _models(alias))  # noqa: SLF001 - Django's own way


def load(alias: str, given: Iterable[str]) -> int:
    """Put rows into empty tables, all or none; return how many.

    Raises:
        WorkspaceRefused: a line is no row of these tables.
    """
    from django.core import serializers
    from django.core.management.color import no_style
    from django.db import DatabaseError, connections, transaction

    connection, number = connections[alias], 0
    try:
        with transaction.atomic(using=alias):
            for line in given:
                json.loads(line)
                for row in serializers.deserialize("jsonl", line, using=alias):
                    row.object.save_base(using=alias, raw=True, force_insert=True)
                    number += 1
            # PostgreSQL counts on from where the rows end.
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), _models(alias)):
                    cursor.execute(statement)
    except (DatabaseError, serializers.base.DeserializationError, ValueError) as trouble:
        raise WorkspaceRefused(
            f"The tables of the backup cannot be put back ({trouble}).",
            hint="Take another backup, or the crosstie that made this one.",
        ) from trouble
    return number


def _models(alias: str) -> list[type[Model]]:
    """Return the classes of all tables that are there; sessions are not copied: people sign in again."""
    from django.apps import apps
    from django.db import connections

    found: list[Any] = list(apps.get_app_config("store").get_models())
    if apps.is_installed("allauth.account"):
        found.append(apps.get_model(*_LOGINS))
    there = set(connections[alias].introspection.table_names())
    return [model for model in found if model._meta.db_table in there]  # noqa: SLF001 - Django's own way


@contextmanager
def _one_moment(alias: str) -> Iterator[None]:
    """See the tables as they are now, whatever is written meanwhile; nobody has to wait for it."""
    from django.db import connections, transaction

    connection = connections[alias]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=alias):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # A plain BEGIN reads one state of the log and lets others write; `atomic` would keep them out.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
