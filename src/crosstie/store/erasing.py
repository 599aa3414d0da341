"""Take someone out of every table, and their words out of what was written about others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any


def erase(
    alias: str, accounts: Collection[str], digests: Iterable[str], without_words: Callable[[str], str]
) -> bool:
    """Remove accounts with their names, entries and decisions; keep only hashes that bar their return.

    Args:
        alias: the open database.
        accounts: keys.
        digests: the hashes that stay.
        without_words: blanks the words of the forgotten in a text.

    Returns:
        Whether nothing is left on disk; False while another process reads the older state.
    """
    from django.db import connections, transaction

    from crosstie.store.models import (
        Account,
        Decision,
        Entry,
        Fact,
        Forgotten,
        Journal,
        KnownTie,
        Place,
        Reading,
    )

    wanted = list(accounts)
    with transaction.atomic(using=alias):
        gone = Account.objects.using(alias).filter(key__in=wanted)
        for source, outside_id in list(gone.values_list("source", "outside_id")):
            Entry.objects.using(alias).filter(account__source=source, manager=outside_id).update(manager="")
        gone.delete()
        Decision.objects.using(alias).filter(account__in=wanted).delete()
        Decision.objects.using(alias).filter(other__in=wanted).delete()
        KnownTie.objects.using(alias).filter(learner__in=wanted).delete()
        KnownTie.objects.using(alias).filter(teacher__in=wanted).delete()
        _blank_everywhere(alias, without_words)
        Forgotten.objects.using(alias).bulk_create(
            [Forgotten(digest=digest) for digest in digests], ignore_conflicts=True
        )
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in (Account, Decision, Entry, KnownTie, Place, Reading, Fact, Journal):
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")  # noqa: SLF001 - our own table's name
            return True
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone()
    return not is_busy


def _blank_everywhere(alias: str, without_words: Callable[[str], str]) -> None:
    """Blank words in every column that people or their exports may have written them into."""
    from crosstie.store.models import Entry, Fact, Journal, Place, Reading

    for model, columns in (
        (Place, ("name", "link")),
        (Entry, ("groups", "manager")),
        (Reading, ("path", "left_out", "notes")),
        (Fact, ("value",)),
        (Journal, ("who", "reason")),
    ):
        for row in model.objects.using(alias).only(*columns):
            before = {name: getattr(row, name) for name in columns}
            after = {name: _blanked(value, without_words) for name, value in before.items()}
            if after != before:
                model.objects.using(alias).filter(pk=row.pk).update(**after)


def _blanked(value: Any, without_words: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return without_words(value)
    if isinstance(value, dict):
        return {without_words(key): _blanked(one, without_words) for key, one in value.items()}
    return value
