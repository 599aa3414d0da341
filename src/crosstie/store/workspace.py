"""Load and save what a workspace decides and names. One `Store` an open workspace."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crosstie.people import DecisionRow, Verb
from crosstie.store import database, erasing
from crosstie.store.accounts import Accounts
from crosstie.store.corrections import Corrections
from crosstie.store.known_ties import KnownTies
from crosstie.store.members import Members
from crosstie.store.places import Places
from crosstie.store.readings import Readings
from crosstie.store.until_written import UntilWritten


class Store:
    """The database of one workspace."""

    def __init__(self, path: Path) -> None:
        is_new = not path.exists()
        self.path = path
        self._alias = database.connect(path)
        self.until_written = UntilWritten(self._alias)
        self.members = Members(self._alias, self.until_written)
        self.accounts = Accounts(self._alias)
        self.places = Places(self._alias)
        self.readings = Readings(self._alias)
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
