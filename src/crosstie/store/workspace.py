"""Load and save what a workspace decides and names. One `Store` an open workspace."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crosstie.people import AccountRow, DecisionRow, EntryRow, Verb
from crosstie.record import Entry, Place
from crosstie.record.kept import PLACE_NAME, is_kept
from crosstie.store import database, erasing
from crosstie.store.corrections import Corrections
from crosstie.store.known_ties import KnownTies
from crosstie.store.members import Members
from crosstie.store.readings import SavedReading, fields_of
from crosstie.store.until_written import UntilWritten

_BATCH = 2_000


class Store:
    """The database of one workspace."""

    def __init__(self, path: Path) -> None:
        is_new = not path.exists()
        self.path = path
        self._alias = database.connect(path)
        self.until_written = UntilWritten(self._alias)
        self.members = Members(self._alias, self.until_written)
        self.known_ties = KnownTies(self._alias)
        self.corrections = Corrections(self._alias)
        if is_new and path.exists():  # not where the tables are in PostgreSQL
            os.chmod(path, 0o600)  # noqa: PTH101 - names and addresses: readable by the owner alone

    def close(self) -> None:
        """Close the database."""
        database.disconnect(self._alias)

    @property
    def alias(self) -> str:
        """The name by which Django knows this database."""
        return self._alias

    # Facts about the workspace

    def fact(self, name: str, default: str = "") -> str:
        """Return one fact about the workspace."""
        # Facts are asked for some thirty times a page, so not through the models.
        query = "SELECT value FROM store_fact WHERE name = %s"
        found = self.until_written.once(f"fact {name}", lambda: self._rows(query, name))
        return found[0][0] if found else default

    def facts(self, prefix: str) -> dict[str, str]:
        """Return the facts whose names begin so."""
        query = "SELECT name, value FROM store_fact WHERE substr(name, 1, %s) = %s ORDER BY name"
        return dict(self._rows(query, len(prefix), prefix))

    def set_fact(self, name: str, value: str) -> None:
        """Keep one fact about the workspace."""
        from crosstie.store.models import Fact

        Fact.objects.using(self._alias).update_or_create(name=name, defaults={"value": value})

    def state(self) -> str:
        """Return a digest of everything persons and corrections are made of, cheap to ask for."""
        return self.until_written.once("state", self._state)

    def _state(self) -> str:
        domains = self._rows("SELECT domain, relation FROM store_domain ORDER BY domain")
        (counts,) = self._rows(
            "SELECT (SELECT count(*) FROM store_account), (SELECT max(id) FROM store_account),"
            " (SELECT count(*) FROM store_entry), (SELECT max(id) FROM store_decision),"
            " (SELECT count(*) FROM store_decision), (SELECT max(id) FROM store_reading),"
            " (SELECT count(*) FROM store_forgotten), (SELECT max(id) FROM store_correction),"
            " (SELECT count(*) FROM store_correction),"
            " (SELECT count(*) FROM store_acknowledgement WHERE taken_back_at IS NOT NULL),"
            " (SELECT count(*) FROM store_mapped WHERE taken_back_at IS NOT NULL),"
            " (SELECT max(taken_back_at) FROM store_mapped)"
        )
        return "-".join([*map(str, counts), *(f"{domain}{relation}" for domain, relation in domains)])

    def _rows(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        from django.db import connections

        with connections[self._alias].cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())

    # Accounts, places and entries

    def account_keys(self, source: str) -> dict[str, tuple[str, str, str]]:
        """Return key, name and address of every known account of a source, by the source's own id."""
        from crosstie.store.models import Account

        rows = Account.objects.using(self._alias).filter(source=source)
        return {
            outside_id: (key, name, address)
            for outside_id, key, name, address in rows.values_list("outside_id", "key", "name", "address")
        }

    def save_accounts(self, rows: Collection[AccountRow]) -> None:
        """Keep accounts; a known one gets the newer name and address."""
        from crosstie.store.models import Account

        Account.objects.using(self._alias).bulk_create(
            [
                Account(
                    key=row.key,
                    source=row.source,
                    outside_id=row.id,
                    name=row.name[:400],
                    address=row.address[:400],
                )
                for row in rows
            ],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["source", "outside_id"],
            update_fields=["name", "address"],
        )

    def save_places(self, keyed: Mapping[str, Place]) -> None:
        """Keep places by key; a direct place is kept without a name."""
        from crosstie.store.models import Place as PlaceModel

        PlaceModel.objects.using(self._alias).bulk_create(
            [
                PlaceModel(
                    key=key,
                    source=place.source,
                    name=place.name[:400] if is_kept(PLACE_NAME, place.openness) else "",
                    openness=place.openness.value,
                    link=place.link if is_kept("link", place.openness) else "",
                )
                for key, place in keyed.items()
            ],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["name", "openness", "link"],
        )

    def place(self, key: str) -> tuple[str, str]:
        """Return name and openness of one place; both "" if it is not known."""
        from crosstie.store.models import Place as PlaceModel

        row = PlaceModel.objects.using(self._alias).filter(key=key).values_list("name", "openness").first()
        return (row[0], row[1]) if row else ("", "")

    def count_accounts(self) -> int:
        """Return how many accounts are known."""
        from crosstie.store.models import Account

        return int(Account.objects.using(self._alias).count())

    def place_names(self, among: Collection[str] | None = None) -> dict[str, tuple[str, str]]:
        """Return name and openness of every place by key, or of those asked for."""
        from crosstie.store.models import Place as PlaceModel

        places = PlaceModel.objects.using(self._alias).all()
        if among is not None:
            places = places.filter(key__in=among)
        return {
            key: (name, openness) for key, name, openness in places.values_list("key", "name", "openness")
        }

    def save_entries(self, keyed: Mapping[str, Entry]) -> None:
        """Keep what a directory says, by the key of the directory's account."""
        from crosstie.store.models import Account
        from crosstie.store.models import Entry as EntryModel

        ids = dict(
            Account.objects.using(self._alias).filter(key__in=list(keyed)).values_list("key", "id")
            if len(keyed) < _BATCH
            else Account.objects.using(self._alias).values_list("key", "id")
        )
        EntryModel.objects.using(self._alias).bulk_create(
            [
                EntryModel(
                    account_id=ids[key],
                    groups=entry.groups,
                    manager=entry.manager,
                    relation=entry.relation,
                    joined_on=entry.joined_on,
                    left_on=entry.left_on,
                )
                for key, entry in keyed.items()
            ],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["account"],
            update_fields=["groups", "manager", "relation", "joined_on", "left_on"],
        )

    def accounts(self) -> list[AccountRow]:
        """Return every account in the order in which it was first met."""
        from crosstie.store.models import Account

        rows = Account.objects.using(self._alias).order_by("id")
        return [
            AccountRow(key=key, source=source, id=outside_id, name=name, address=address)
            for key, source, outside_id, name, address in rows.values_list(
                "key", "source", "outside_id", "name", "address"
            )
        ]

    def entries(self) -> list[EntryRow]:
        """Return what directories say."""
        from crosstie.store.models import Entry as EntryModel

        rows = EntryModel.objects.using(self._alias).order_by("id")
        return [
            EntryRow(
                account=key,
                groups=groups,
                manager=manager,
                relation=relation,
                joined_on=joined_on,
                left_on=left_on,
            )
            for key, groups, manager, relation, joined_on, left_on in rows.values_list(
                "account__key", "groups", "manager", "relation", "joined_on", "left_on"
            )
        ]

    # What people decide

    def decide(self, row: DecisionRow) -> None:
        """Keep a decision about who is who."""
        from crosstie.store.models import Decision

        Decision.objects.using(self._alias).create(
            verb=row.verb.value, account=row.account, other=row.other, name=row.name
        )

    def decisions(self) -> list[DecisionRow]:
        """Return all decisions in the order in which they were made."""
        from crosstie.store.models import Decision

        rows = (
            Decision.objects.using(self._alias).order_by("id").values_list("verb", "account", "other", "name")
        )
        return [
            DecisionRow(verb=Verb(verb), account=account, other=other, name=name)
            for verb, account, other, name in rows
        ]

    def domains(self) -> dict[str, str]:
        """Return the relation of people by mail domain."""
        from crosstie.store.models import Domain

        return dict(Domain.objects.using(self._alias).values_list("domain", "relation"))

    def set_domain(self, domain: str, relation: str) -> None:
        """Keep the relation of the people of a mail domain."""
        from crosstie.store.models import Domain

        Domain.objects.using(self._alias).update_or_create(
            domain=domain.casefold(), defaults={"relation": relation}
        )

    # Readings

    def start_reading(self, row: SavedReading) -> int:
        """Keep a reading that has begun; return its number."""
        from crosstie.store.models import Reading

        return int(Reading.objects.using(self._alias).create(**fields_of(row)).pk)

    def save_reading(self, number: int, row: SavedReading) -> None:
        """Keep the ledger of a reading as it stands."""
        from crosstie.store.models import Reading

        Reading.objects.using(self._alias).filter(pk=number).update(**fields_of(row))

    def drop_unfinished(self, row: SavedReading, *, before: int) -> None:
        """Drop earlier readings of the same path that were stopped: this one took in what they had left."""
        from crosstie.store.models import Reading

        same = Reading.objects.using(self._alias).filter(kind=row.kind, path=row.path)
        same.filter(finished=False, pk__lt=before).delete()

    def readings(self) -> list[SavedReading]:
        """Return every reading, newest first."""
        from crosstie.store.models import Reading

        names = SavedReading.__dataclass_fields__
        rows = Reading.objects.using(self._alias).order_by("-id").values(*names)
        return [SavedReading(**row) for row in rows]

    # Background work

    def put_in_run(self, kind: str, key: str, *, not_before: datetime | None = None) -> None:
        """Put in background work, unless some of this key waits; what was done is done again."""
        from crosstie.store.models import Run

        runs, now = Run.objects.using(self._alias), datetime.now(UTC)
        due = max(now, not_before or now)
        _, is_new = runs.get_or_create(key=key, defaults={"kind": kind, "due_at": due})
        if not is_new:
            runs.filter(key=key).exclude(done_at=None).update(done_at=None, due_at=due, tries=0, trouble="")

    # Forgetting

    def forget(
        self, accounts: Collection[str], digests: Iterable[str], without_words: Callable[[str], str]
    ) -> bool:
        """Remove accounts and all that names them; return whether the disk holds nothing of them any more."""
        return erasing.erase(self._alias, accounts, digests, without_words)

    def forgotten(self) -> frozenset[str]:
        """Return the hashes of what must not come back."""
        from crosstie.store.models import Forgotten

        return frozenset(Forgotten.objects.using(self._alias).values_list("digest", flat=True))

    def journal(self, who: str, verb: str, reason: str) -> None:
        """Write into the journal who did what, and why."""
        from crosstie.store.models import Journal

        Journal.objects.using(self._alias).create(who=who, verb=verb, reason=reason)

    def journal_rows(self) -> list[tuple[datetime, str, str, str]]:
        """Return the journal, oldest first: when, who, what, why."""
        from crosstie.store.models import Journal

        rows = Journal.objects.using(self._alias).order_by("id")
        return [
            (when.astimezone(UTC), who, verb, reason)
            for when, who, verb, reason in rows.values_list("done_at", "who", "verb", "reason")
        ]
