"""Read a path into a workspace: find its source, mind the door, key the traces, append, keep the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from crosstie.actions import agreeing, snapshots
from crosstie.actions.claiming import claim, claim_for_organisation
from crosstie.actions.consent import Consent
from crosstie.actions.course import Course, Plan, Progress, watched
from crosstie.actions.doors import door_of, standing_of
from crosstie.actions.earlier import InRecord
from crosstie.actions.home import Home
from crosstie.actions.keying import Keying
from crosstie.actions.settings import one_of
from crosstie.actions.settling import settle
from crosstie.actions.stopping import stopped_between
from crosstie.errors import PathUnreadable, SourceRefused, UsageRefused, WorkspaceRefused
from crosstie.people import Settled
from crosstie.record import Trace
from crosstie.sources import Ledger, Source, every_source, recognise
from crosstie.store import SavedReading


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


def read(
    home: Home,
    what: Plan,
    *,
    viewer: str | Settled = "",
    agreed: Consent | None = None,
    progress: Progress | None = None,
) -> SavedReading:
    """Read a path into the workspace. Reading it again, or a longer one later, adds only what is new.

    At Ctrl-C what was read so far is kept, and the ledger of it as unfinished; at a second one, or when
    something fails, as far as it was in the record.

    Args:
        home: the workspace.
        what: the path and its source.
        viewer: in personal mode, who one is; without, open places only. Where several paths are read, as it
            was settled for all of them (`crosstie.actions.settling`).
        agreed: in organisation mode, what the people concerned agreed to.
        progress: called with the number of traces since the last call.

    Raises:
        PersonUnclear: nobody, or more than one, answers to the viewer; nothing was read.
        WorkspaceRefused: the workspace was read for someone else, or is the invented company's.
        SourceRefused: the export is not what its source can read.
        KeyboardInterrupt: Ctrl-C, once what was read is kept.
    """
    if home.is_demo:
        raise WorkspaceRefused(
            f'"{home.folder}" is the workspace of the invented company, where one may look as anyone.',
            hint="Read real exports into another --workspace.",
        )
    who = viewer if isinstance(viewer, Settled) else settle(home, [what], viewer)
    if agreed is None:
        claim(home, who.called)
    else:
        claim_for_organisation(home)
        agreeing.keep(home, agreed)
    course = Course(what=what)
    standing = standing_of(home, agreed)
    door = door_of(course.ledger, who, agreed, standing, dry=False)
    keying = Keying(
        home.keyring,
        home.store,
        course.ledger,
        kinds=course.kinds,
        absence=lambda: snapshots.absence(home),
        oldest=standing.oldest,
        is_outside=None if agreed is None else door.is_outside,
    )
    door.earlier = InRecord(home)
    if home.store.forgotten():
        door.forgotten = keying.bars
    told = what.source.read(what.path, what.settings, door)
    return _appended(home, course, keying, watched(told, progress))


def _appended(home: Home, course: Course, keying: Keying, told: Iterator[Trace]) -> SavedReading:
    """Append what a source tells; the ledger of what is in the record is kept, however it ends."""
    number = 0
    kept = course.so_far()

    def in_the_record(_settled: int) -> None:
        nonlocal kept
        kept = course.so_far()
        home.store.readings.save(number, kept)  # a reading that is killed says what is in the record, too

    def traces() -> Iterator[Trace]:
        # The record asks for the first trace when it may write: whoever is refused leaves no reading behind.
        nonlocal number
        number = home.store.readings.start(kept)
        for trace in told:
            yield trace
            if is_stopped():
                return

    finished = False
    with stopped_between() as is_stopped:
        try:
            done = home.record.append(
                keying.interactions(traces()), before_commit=keying.flush, progress=in_the_record
            )
            keying.flush()
            course.changes.update(added=done.added, updated=done.updated, unchanged=done.unchanged)
            kept = course.so_far()
            if is_stopped():
                raise KeyboardInterrupt
            _refuse_unreadable(course.what, course.ledger)
            kept, finished = course.so_far(finished=True), True
        finally:
            if number:
                home.store.readings.save(number, kept)
            if finished:
                home.store.readings.drop_unfinished(kept, before=number)
    return kept


def _refuse_unreadable(what: Plan, ledger: Ledger) -> None:
    """Refuse an export of which nothing could be read: it is something else than it looked like."""
    if ledger.left_out and not ledger.used and all("unreadable" in why for why in ledger.left_out):
        raise SourceRefused(
            f'Nothing in "{what.path}" could be read as {what.source.label}.',
            hint="If it is something else, name its source as NAME:PATH; `crosstie try --help` lists them.",
        )
