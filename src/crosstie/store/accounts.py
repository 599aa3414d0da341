"""Accounts as their sources know them, and what directories say of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crosstie.people import AccountRow, EntryRow
from crosstie.record import Entry

_BATCH = 2_000


class Accounts:
    """The accounts of one workspace's database, each with the key behind which the record knows it."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def keys_of(self, source: str) -> dict[str, tuple[str, str, str]]:
        """Return key, name and address of every known account of a source, by the source's own id."""
        from crosstie.store.models import Account

        rows = Account.objects.using(self._alias).filter(source=source)
        return {
            outside_id: (key, name, address)
            for outside_id, key, name, address in rows.values_list("outside_id", "key", "name", "address")
        }

    def save(self, rows: Collection[AccountRow]) -> None:
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

    def all(self) -> list[AccountRow]:
        """Return every account in the order in which it was first met."""
        from crosstie.store.models import Account

        rows = Account.objects.using(self._alias).order_by("id")
        return [
            AccountRow(key=key, source=source, id=outside_id, name=name, address=address)
            for key, source, outside_id, name, address in rows.values_list(
                "key", "source", "outside_id", "name", "address"
            )
        ]

    def count(self) -> int:
        """Return how many accounts are known."""
        from crosstie.store.models import Account

        return int(Account.objects.using(self._alias).count())

    def are_of(self, kinds: Collection[str]) -> bool:
        """Say whether any account is of a source of one of these kinds, the name before its colon."""
        from crosstie.store.models import Account

        sources = Account.objects.using(self._alias).values_list("source", flat=True).distinct()
        return any(source.partition(":")[0] in kinds for source in sources)

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
                    shared_address=entry.shared_address[:400],
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
            update_fields=["shared_address", "groups", "manager", "relation", "joined_on", "left_on"],
        )

    def entries(self) -> list[EntryRow]:
        """Return what directories say."""
        from crosstie.store.models import Entry as EntryModel

        rows = EntryModel.objects.using(self._alias).order_by("id")
        return [
            EntryRow(
                account=key,
                shared_address=shared_address,
                groups=groups,
                manager=manager,
                relation=relation,
                joined_on=joined_on,
                left_on=left_on,
            )
            for key, shared_address, groups, manager, relation, joined_on, left_on in rows.values_list(
                "account__key", "shared_address", "groups", "manager", "relation", "joined_on", "left_on"
            )
        ]
