"""Read a path into a workspace: find its source, mind the door, key the traces, append, keep the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crosstie.actions import agreeing, snapshots
from crosstie.actions.absence import Absence
from crosstie.actions.claiming import claim, claim_for_organisation
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.keying import Keying
from crosstie.actions.retention import oldest_kept
from crosstie.actions.settings import one_of
from crosstie.errors import PathUnreadable, SourceRefused, UsageRefused, WorkspaceRefused
from crosstie.people import Relation
from crosstie.record import Interaction, Trace
from crosstie.sources import REFUSED_PLACES, Door, Ledger, Mode, Source, every_source, recognise
from crosstie.store import SavedReading

Progress = Callable[[int], None]

_WATCH_EVERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to read, and how: a path, its source, and what the user says about it."""

    path: Path
    source: Source
    settings: dict[str, str] = field(default_factory=dict)


def plan(given: str, settings: Mapping[str, str] | None = None) -> Plan:
    """Find the source of a path; `NAME:PATH` names it. Settings are ``name=value`` or ``source.name=value``.

    Raises:
        PathUnreadable: nothing is there.
        SourceUnclear: no source recognises it.
        UsageRefused: a setting that the source does not have.
    """
    try:
        return _plan(given, settings or {})
    except (OSError, RuntimeError) as trouble:  # no permission, a name too long, or a home that is nobody's
        raise PathUnreadable(
            f'"{given[:200]}" cannot be read ({getattr(trouble, "strerror", None) or trouble}).',
            hint="Check the path and who may read it.",
        ) from trouble


def _plan(given: str, settings: Mapping[str, str]) -> Plan:
    if not given.strip():
        raise PathUnreadable("The path is empty.", hint='Give a file or a folder; "." is the present one.')
    name, colon, rest = given.partition(":")
    known = every_source()
    if colon and name in known and not Path(given).exists():
        source, path = known[name], Path(rest).expanduser()
        recognise_existence(path)
    else:
        path = Path(given).expanduser()
        source = recognise(path)
    chosen = source.defaults()
    for full_name, value in (settings or {}).items():
        prefix, dot, short = full_name.rpartition(".")
        if dot and prefix != source.name:
            continue
        _check_setting(source, short, value)
        chosen[short] = value
    return Plan(path=path, source=source, settings=chosen)


def check_settings(settings: Mapping[str, str]) -> None:
    """Refuse settings that no source has, also of sources that are not read now.

    Raises:
        UsageRefused: no such source or setting, or a value that it does not take.
    """
    known = every_source()
    for full_name, value in settings.items():
        prefix, dot, short = full_name.rpartition(".")
        if not dot:
            continue  # of whichever source is read
        if prefix not in known:
            raise UsageRefused(
                f'There is no source "{prefix}" to set "{full_name}" for.',
                hint=one_of("Sources", known, prefix),
            )
        _check_setting(known[prefix], short, value)


def _check_setting(source: Source, short: str, value: str) -> None:
    allowed = {one.name: one.choices for one in source.settings}
    if short not in allowed:
        raise UsageRefused(
            f'The source "{source.name}" has no setting "{short}".',
            hint=one_of("Its settings", allowed, short),
        )
    if allowed[short] and value not in allowed[short]:
        raise UsageRefused(
            f'"{value}" is no value for the setting "{short}" of "{source.name}".',
            hint=one_of("Values", allowed[short], value),
        )


def recognise_existence(path: Path) -> None:
    """Refuse a path at which nothing is, in the registry's words."""
    if not path.exists():
        recognise(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What a workspace has decided that bears on a reading."""

    absence: Absence | None = None
    oldest: datetime | None = None
    employees: frozenset[str] = frozenset()
    refused_words: tuple[str, ...] = REFUSED_PLACES


def _standing(home: Home, agreed: Consent | None) -> _Standing:
    employees = () if agreed is None else snapshots.persons(home).by_key.values()
    return _Standing(
        absence=snapshots.absence(home),
        oldest=oldest_kept(home),
        employees=frozenset(
            address.casefold()
            for person in employees
            if person.in_directory and person.relation is Relation.EMPLOYEE
            for address in person.addresses
        ),
        refused_words=agreeing.refused_words(home),
    )


def rehearse(
    what: Plan,
    *,
    home: Home | None = None,
    viewer: str = "",
    agreed: Consent | None = None,
    progress: Progress | None = None,
) -> SavedReading:
    """Say what would be read, by class of place, and write nothing.

    Args:
        what: the path and its source.
        home: the workspace it would be read into, if there is one: who opted out, how long is kept.
        viewer: in personal mode, who one is.
        agreed: in organisation mode, what the people concerned agreed to.
        progress: called with the number of traces since the last call.
    """
    ledger = Ledger()
    standing = _Standing() if home is None else _standing(home, agreed)
    door = _door(ledger, viewer, agreed, standing, dry=True)
    kinds: Counter[str] = Counter()
    for trace in _watched(what.source.read(what.path, what.settings, door), progress):
        if isinstance(trace, Interaction):
            kinds[trace.kind.value] += 1
    return _saved(what, ledger, kinds, Counter(), datetime.now(UTC), finished=True)


def read(
    home: Home,
    what: Plan,
    *,
    viewer: str = "",
    agreed: Consent | None = None,
    progress: Progress | None = None,
) -> SavedReading:
    """Read a path into the workspace. Reading it again, or a longer one later, adds only what is new.

    When it is interrupted, what was acknowledged stays, and the ledger so far is kept as unfinished.

    Args:
        home: the workspace.
        what: the path and its source.
        viewer: in personal mode, who one is; without, open places only.
        agreed: in organisation mode, what the people concerned agreed to.
        progress: called with the number of traces since the last call.

    Raises:
        WorkspaceRefused: the workspace was read for someone else, or is the invented company's.
        SourceRefused: the export is not what its source can read.
    """
    if home.is_demo:
        raise WorkspaceRefused(
            f'"{home.folder}" is the workspace of the invented company, where one may look as anyone.',
            hint="Read real exports into another --workspace.",
        )
    if agreed is None:
        claim(home, viewer)
    else:
        claim_for_organisation(home)
        agreeing.keep(home, agreed)
    ledger = Ledger()
    standing = _standing(home, agreed)
    door = _door(ledger, viewer, agreed, standing, dry=False)
    keying = Keying(
        home.keyring,
        home.store,
        ledger,
        absence=lambda: snapshots.absence(home),
        oldest=standing.oldest,
        is_outside=None if agreed is None else door.is_outside,
    )
    changes: Counter[str] = Counter()
    started = datetime.now(UTC)
    number = 0

    def traces() -> Iterator[Trace]:
        # The record asks for the first trace when it may write: whoever is refused leaves no reading behind.
        nonlocal number
        begun = _saved(what, ledger, keying.kinds, changes, started, finished=False)
        number = home.store.readings.start(begun)
        yield from _watched(what.source.read(what.path, what.settings, door), progress)

    finished = False
    try:
        done = home.record.append(keying.interactions(traces()), before_commit=keying.flush)
        keying.flush()
        changes.update(added=done.added, updated=done.updated, unchanged=done.unchanged)
        _refuse_unreadable(what, ledger)
        finished = True
    finally:
        saved = _saved(what, ledger, keying.kinds, changes, started, finished=finished)
        if number:
            home.store.readings.save(number, saved)
        if finished:
            home.store.readings.drop_unfinished(saved, before=number)
    return saved


def _door(ledger: Ledger, viewer: str, agreed: Consent | None, standing: _Standing, *, dry: bool) -> Door:
    opted_out = standing.absence.covers if standing.absence else None
    if agreed is None:
        return Door(ledger=ledger, viewer=viewer, opted_out=opted_out, oldest=standing.oldest, dry=dry)
    return Door(
        ledger=ledger,
        mode=Mode.ORGANISATION,
        refused_words=(*standing.refused_words, *agreed.refused_words),
        agreed_places=agreed.places,
        opted_in=agreed.opted_in,
        inside_domains=agreed.domains,
        inside_addresses=standing.employees,
        opted_out=opted_out,
        oldest=standing.oldest,
        dry=dry,
    )


def _refuse_unreadable(what: Plan, ledger: Ledger) -> None:
    """Refuse an export of which nothing could be read: it is something else than it looked like."""
    if ledger.left_out and not ledger.used and all("unreadable" in why for why in ledger.left_out):
        raise SourceRefused(
            f'Nothing in "{what.path}" could be read as {what.source.label}.',
            hint="If it is something else, name its source as NAME:PATH; `crosstie try --help` lists them.",
        )


def _watched(traces: Iterator[Trace], progress: Progress | None) -> Iterator[Trace]:
    """Pass traces on and tell how many, so that long work shows that it goes on."""
    if progress is None:
        yield from traces
        return
    for number, trace in enumerate(traces, start=1):
        if number % _WATCH_EVERY == 0:
            progress(_WATCH_EVERY)
        yield trace


def _saved(
    what: Plan,
    ledger: Ledger,
    kinds: Counter[str],
    changes: Counter[str],
    read_at: datetime,
    *,
    finished: bool,
) -> SavedReading:
    return SavedReading(
        kind=what.source.name,
        label=what.source.label,
        path=str(what.path),
        unit=what.source.unit,
        used=ledger.used,
        left_out=dict(ledger.left_out.most_common()),
        notes=dict(ledger.notes.most_common()),
        places=dict(ledger.places),
        interactions=dict(kinds),
        changes=dict(changes),
        read_at=read_at,
        finished=finished,
    )
