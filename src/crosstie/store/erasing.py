"""Take someone out of every table, and their words out of what was written about others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db import models

    from crosstie.store.held import Held

_LOGINS = ("account_emailconfirmation", "account_emailaddress")
"""Tables of the library that signs members in; it need not be loaded here, and they point at members."""

_LONG_ENOUGH = 8
"""Own texts of so many characters are looked for in letters to others; a shorter one may be anyone's."""


def erase(
    alias: str, accounts: Collection[str], digests: Iterable[str], without_words: Callable[[str], str]
) -> bool:
    """Remove accounts with their names, entries, decisions and all they did; keep only hashes that bar them.

    What becomes of each table is declared in `crosstie.store.held`.

    Args:
        alias: the open database.
        accounts: keys.
        digests: the hashes that stay.
        without_words: blanks the words of the forgotten in a text.

    Returns:
        Whether nothing is left on disk; False while another process reads the older state.
    """
    from django.db import transaction

    from crosstie.store.models import Account, Entry, Forgotten, Member

    keys = frozenset(accounts)
    with transaction.atomic(using=alias):
        gone = Account.objects.using(alias).filter(key__in=keys)
        for source, outside_id in list(gone.values_list("source", "outside_id")):
            Entry.objects.using(alias).filter(account__source=source, manager=outside_id).update(manager="")
        members = Member.objects.using(alias).filter(account__in=keys)
        addresses = {
            address.casefold()
            for address in (*gone.values_list("address", flat=True), *members.values_list("email", flat=True))
            if address
        }
        texts = _own_texts(alias, keys)
        _drop_logins(alias, list(members.values_list("pk", flat=True)))
        _drop_rows(alias, keys, addresses)
        _blank_everywhere(alias, keys, without_words)
        _empty_letters(alias, texts, without_words)
        Forgotten.objects.using(alias).bulk_create(
            [Forgotten(digest=digest) for digest in digests], ignore_conflicts=True
        )
    return _cleared(alias)


def _own_texts(alias: str, keys: Collection[str]) -> list[str]:
    """Return what someone wrote, which letters to others may quote without naming them."""
    from crosstie.store.models import Acknowledgement, Answer, Note, Question

    written = [
        *Question.objects.using(alias).filter(account__in=keys).values_list("text", flat=True),
        *Answer.objects.using(alias).filter(account__in=keys).values_list("text", flat=True),
        *Acknowledgement.objects.using(alias).filter(learner__in=keys).values_list("line", flat=True),
        *Note.objects.using(alias).filter(account__in=keys).values_list("text", flat=True),
    ]
    return [text for text in written if len(text) >= _LONG_ENOUGH]


def _drop_logins(alias: str, members: list[int]) -> None:
    from django.db import connections

    connection = connections[alias]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for member in members if set(_LOGINS) <= there else ():
            cursor.execute(
                "DELETE FROM account_emailconfirmation WHERE email_address_id IN"
                " (SELECT id FROM account_emailaddress WHERE user_id = %s)",
                [member],
            )
            cursor.execute("DELETE FROM account_emailaddress WHERE user_id = %s", [member])


def _drop_rows(alias: str, keys: frozenset[str], addresses: Collection[str]) -> None:
    """Remove the rows of someone; what others hang under stays, emptied; what is everybody's, nameless."""
    from django.db.models import Count, Q

    from crosstie.store.held import HELD, rows_of
    from crosstie.store.models import Account, Meeting

    for one in sorted(HELD, key=lambda each: each.table is Account):  # what points at an account goes first
        rows = one.table._default_manager.using(alias)  # noqa: SLF001 - Django's own way
        if one.stays:
            rows.filter(**{f"{one.stays}__in": keys}).update(**{one.stays: ""})
            continue
        theirs = set(rows_of(one, keys, addresses, using=alias).values_list("pk", flat=True))
        for column in one.gone:
            theirs |= set(rows.filter(Q(**{f"{column}__in": keys})).values_list("pk", flat=True))
        theirs -= _emptied(alias, one, keys, theirs)
        rows.filter(pk__in=theirs).delete()
    # Nobody meets alone.
    Meeting.objects.using(alias).annotate(here=Count("parts")).filter(here__lt=2).delete()


def _emptied(alias: str, one: Held, keys: frozenset[str], theirs: set[Any]) -> set[Any]:
    """Empty those rows under which others have some; return which."""
    if not one.under:
        return set()
    rows = one.table._default_manager.using(alias).filter(pk__in=theirs)  # noqa: SLF001 - Django's own way
    under = rows.filter(**{f"{one.under}__isnull": False}).exclude(**{f"{one.under}__account__in": keys})
    kept = set(under.values_list("pk", flat=True))
    one.table._default_manager.using(alias).filter(pk__in=kept).update(**one.emptied)  # noqa: SLF001 - likewise
    return kept


def _blank_everywhere(alias: str, keys: frozenset[str], without_words: Callable[[str], str]) -> None:
    """Blank words, and take keys out of lists, in every column that somebody may have written them into."""
    from crosstie.store.held import HELD, OF_NOBODY
    from crosstie.store.models import Letter

    named: list[tuple[type[models.Model], tuple[str, ...]]] = [
        *((one.table, one.words) for one in HELD if one.words and one.table is not Letter),
        *((table, columns) for table, columns in OF_NOBODY.items() if columns),
    ]
    for table, columns in named:
        for row in table._default_manager.using(alias).only("pk", *columns).iterator():  # noqa: SLF001 - Django's own way
            before = {name: getattr(row, name) for name in columns}
            after = {name: _blanked(value, keys, without_words) for name, value in before.items()}
            if after != before:
                table._default_manager.using(alias).filter(pk=row.pk).update(**after)  # noqa: SLF001 - likewise


def _blanked(value: Any, keys: frozenset[str], without_words: Callable[[str], str]) -> Any:
    """Return a value without the words, and without the keys: a pair is nothing without one of the two."""
    if isinstance(value, str):
        return "" if value in keys else without_words(value)
    if isinstance(value, dict):
        return {
            without_words(key): _blanked(one, keys, without_words)
            for key, one in value.items()
            if key not in keys
        }
    if isinstance(value, list):
        return [
            _blanked(one, keys, without_words)
            for one in value
            if not (isinstance(one, str) and one in keys)
            and not (isinstance(one, list) and any(isinstance(each, str) and each in keys for each in one))
        ]
    return value


def _empty_letters(alias: str, texts: Collection[str], without_words: Callable[[str], str]) -> None:
    """Empty letters to others that name someone or quote them; those that did not go out yet, never will."""
    from crosstie.store.models import Letter

    letters = Letter.objects.using(alias)
    for row in letters.only("pk", "state", "subject", "text", "attachments", "trouble").iterator():
        said = f"{row.subject}\n{row.text}\n{row.attachments}\n{row.trouble}"
        if without_words(said) == said and not any(text in said for text in texts):
            continue
        if row.state in {"sent", "handed"}:
            letters.filter(pk=row.pk).update(
                subject=without_words(row.subject), text="", attachments=[], trouble=""
            )
        else:
            letters.filter(pk=row.pk).delete()


def _cleared(alias: str) -> bool:
    """Have the database give back what was removed; return whether nothing of it is left on disk."""
    from django.db import connections

    from crosstie.store.held import HELD, OF_NOBODY

    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            there = set(connection.introspection.table_names(cursor))
            tables = [table._meta.db_table for table in (*(one.table for one in HELD), *OF_NOBODY)]  # noqa: SLF001 - our own tables' names
            for table in {*tables, *_LOGINS, "django_session"} & there:
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
            return True
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone()
    return not is_busy
