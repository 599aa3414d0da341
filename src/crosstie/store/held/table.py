"""What one table holds of people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

SECRET = "a secret, or what a secret is known by"  # noqa: S105 - a reason, not a secret
MACHINERY = "what keeps the machinery from doing a thing twice"
OTHERS = "it speaks of others"
WHOSE = "it says only whose row it is"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # each is declared once, and like no other
class Held:
    """One table.

    Attributes:
        table: the model.
        title: what its rows are, in words.
        whose: columns, also of tables it points at, that hold the account key of whose row it is: they are
            shown it.
        addressed: columns that hold an address instead.
        shown: the columns that are shown, with their words.
        unsaid: the columns that are not, each with the reason.
        at: the column by which rows are told in order; "" for that of the row's number.
        people: columns among `shown` that hold account keys, to be told by name.
        gone: key columns, beside `whose`, whose row goes too when someone is forgotten.
        stays: the row is everybody's: it stays then, with this column blanked; "" where it goes.
        words: columns in which others may have named someone; the words are blanked then, and keys taken out.
        written_by: the column among `people` of whose words these are; "" where they are the viewer's own.
        emptied: where rows of others hang under a row (`under`), it stays, with these columns emptied.
        under: the rows that hang under it.
    """

    table: type[models.Model]
    title: str | Promise
    whose: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    shown: Mapping[str, str | Promise] = field(default_factory=dict)
    unsaid: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    people: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    stays: str = ""
    words: tuple[str, ...] = ()
    written_by: str = ""
    emptied: Mapping[str, object] = field(default_factory=dict)
    under: str = ""

    @property
    def name(self) -> str:
        """Return the name of the table, as files and addresses use it."""
        return self.table.__name__.casefold()


def rows_of(
    one: Held, accounts: Collection[str], addresses: Collection[str], *, using: str = "default"
) -> QuerySet[models.Model]:
    """Return the rows of a table that are someone's, the newest first.

    Args:
        one: the table.
        accounts: all keys of theirs.
        addresses: all addresses of theirs, lower case.
        using: the database.
    """
    theirs = Q(pk__in=[])
    for column in one.whose:
        theirs |= Q(**{f"{column}__in": accounts})
    for column in one.addressed:
        theirs |= Q(**{f"{column}__in": addresses})
    order = [f"-{one.at}"] if one.at else []
    rows = one.table._default_manager.using(using)  # noqa: SLF001 - Django's own way
    return rows.filter(theirs).order_by(*order, "-pk").distinct()
