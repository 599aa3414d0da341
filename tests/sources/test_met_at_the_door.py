"""Every source tells the door who an account is before anything of it is read: also of whom lists name."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from tests.sources import test_every_source as every
from tests.sources.test_every_source import samples, source

from crosstie.record import Account, Entry, Interaction, Place
from crosstie.sources import Door, Ledger, Listed, Source

__all__ = ["samples", "source"]


def listening() -> Door:
    return Door(Ledger(), viewer="everybody", is_viewers=lambda _: True, met={}, dry=True)


def test_the_door_knows_accounts_by_their_source_and_id(source: Source, samples: ModuleType, tmp_path: Path):
    settings = {**source.defaults(), **getattr(samples, "SETTINGS", {})}
    door = Door(Ledger(), viewer="everybody", is_viewers=lambda _: True, met={})
    told = list(source.read(samples.make(tmp_path), settings, door))

    met = set(door.met or ())
    assert {(one.source, one.id) for one in told if isinstance(one, Account | Entry)} <= met
    assert "" not in {name for name, _ in met}
    names = {account.id: account.name for account in (door.met or {}).values()}
    assert all(one.name == names[one.id] for one in told if isinstance(one, Entry))


def test_whom_lists_name_is_told_before_the_first_place_and_act(
    source: Source, samples: ModuleType, tmp_path: Path
):
    if source.listed is Listed.NOBODY:
        return
    settings = {**source.defaults(), **getattr(samples, "SETTINGS", {})}
    path, door = samples.make(tmp_path), listening()
    for one in source.read(path, settings, door):
        if isinstance(one, Interaction | Place):
            break
    whole = every.read(source, path, settings, samples)[0]
    wrote = {one.actor for one in whole if isinstance(one, Interaction)}
    named = {one.id for one in whole if isinstance(one, Account) and one.name and one.name != one.id}
    met = {account.id for account in (door.met or {}).values()}
    assert wrote & named & met
    if source.listed is Listed.EVERYONE:
        assert wrote & named <= met
