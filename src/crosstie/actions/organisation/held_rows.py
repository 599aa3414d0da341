"""The rows of the record that involve oneself: with place, people, and where each came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from crosstie.actions.corrections import taken_back
from crosstie.actions.home import Home
from crosstie.actions.organisation import finding_rows, gate
from crosstie.actions.organisation.members import SOURCE
from crosstie.people import Viewer
from crosstie.record import Interaction, Kind, KnownHow, Openness
from crosstie.sources import every_source
from crosstie.store.models import Correction, Member

ROWS_A_PAGE = 50
ROWS_AT_ONCE = 2_000
"""How many rows are fetched at once where all are wanted."""

NAMED = 5
"""How many people of one row are named; of the others the number is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """One row that involves the viewer.

    Attributes:
        id: of the row, as the record has it.
        at: when; None where the source has no time.
        what: what happened, seen from the viewer, as a short sentence with the others in it.
        people: the others in it, as far as they may be named.
        others: how many more are in it.
        place: its name; "" of a direct conversation.
        openness: who can read the place: open, members or direct.
        is_stated: whether the source says so itself.
        source: what the place was read from, in words.
        link: the original; "" where it has no address.
        text: the words, where they are kept; "" of someone who is shown to nobody any more.
        files: names of the files that a change touched, where the words are kept too.
        correction: the number of the viewer's "not me" of it, 0 if there is none.
        is_taken_back: whether it is thanks that were taken back, and so counts no more.
        is_from_outside: whether it was read from a place, and not done here.
    """

    id: str
    at: datetime | None
    what: str
    people: tuple[str, ...]
    others: int
    place: str
    openness: str
    is_stated: bool
    source: str
    link: str
    text: str
    files: tuple[str, ...] = ()
    correction: int = 0
    is_taken_back: bool = False
    is_from_outside: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRows:
    """One page of rows, newest first.

    Attributes:
        rows: of this page.
        number: of all rows.
        next: what to ask for to go on; "" on the last page.
    """

    rows: tuple[HeldRow, ...]
    number: int
    next: str


def rows(home: Home, viewer: Viewer, after: str = "", *, most: int | None = None) -> HeldRows:
    """Return the rows of the record that involve the viewer, newest first, a page at a time.

    Args:
        home: the workspace.
        viewer: who asks; they see their own rows alone.
        after: `HeldRows.next` of the page before.
        most: how many rows a page has, if not as many as on a page.

    Raises:
        NotShown: nobody signed in.
        UsageRefused: no page ended there.
    """
    me = gate.acting(home, viewer)
    person = gate.own_person(home, me)
    mine = frozenset(person.accounts)
    most = ROWS_A_PAGE if most is None else most
    found = finding_rows.found(home, person, after, most + 1)
    page = found[:most]
    return HeldRows(
        rows=tuple(_shown(home, me, mine, page)),
        number=len(finding_rows.times(home, person)),
        next=finding_rows.mark(page[-1]) if len(found) > most else "",
    )


def number(home: Home, viewer: Viewer) -> int:
    """Return how many rows of the record involve the viewer.

    Raises:
        NotShown: nobody signed in.
    """
    return len(finding_rows.times(home, gate.own_person(home, gate.acting(home, viewer))))


def every_row(home: Home, viewer: Viewer) -> Iterator[HeldRow]:
    """Yield all rows that involve the viewer, newest first, without holding them all.

    Raises:
        NotShown: nobody signed in.
    """
    after = ""
    while True:
        page = rows(home, viewer, after, most=ROWS_AT_ONCE)
        yield from page.rows
        after = page.next
        if not after:
            return


def _shown(home: Home, me: Member, mine: frozenset[str], found: Sequence[Interaction]) -> Iterator[HeldRow]:
    ids = [row.external_id for row in found]
    corrected = dict(Correction.objects.filter(account=me.account, trace__in=ids).values_list("trace", "pk"))
    gone = taken_back(home)
    places = home.store.places.names({row.place for row in found})
    origins = _origins(home)
    others = [_others(row, mine) for row in found]
    cards = gate.cards_of(home, {key for people in others for key in people[:NAMED]})
    is_shown = {key for key, card in cards.items() if card.key} | mine
    for row, people in zip(found, others, strict=True):
        named = {key: cards[key].name for key in people[:NAMED]}
        yield HeldRow(
            id=row.external_id,
            at=row.at,
            what=_what(row, mine, named, len(people) - len(named)),
            people=tuple(named.values()),
            others=len(people) - len(named),
            place=places.get(row.place, ("", ""))[0],
            openness=row.openness.value,
            is_stated=row.known_how is KnownHow.STATED,
            source=_origin(origins, row.source),
            link=row.link,
            # People sign what they write: the words of whoever is not shown would name them.
            text=(row.text or "") if row.openness is Openness.OPEN and row.actor in is_shown else "",
            files=row.files if row.openness is Openness.OPEN and row.actor in is_shown else (),
            correction=corrected.get(row.external_id, 0),
            is_taken_back=row.external_id in gone,
            is_from_outside=row.source != SOURCE,
        )


def _others(row: Interaction, mine: frozenset[str]) -> list[str]:
    """Return the others in a row: of one's own act all, of another's the one who acted."""
    everyone = (row.actor, row.parent_author, *row.addressed, *row.copied, *row.mentioned)
    people = everyone if row.actor in mine else (row.actor,)
    return [key for key in dict.fromkeys(people) if key and key not in mine]


def _what(row: Interaction, mine: frozenset[str], named: Mapping[str, str], more: int) -> str:
    """Say in a sentence what happened.

    Args:
        row: which.
        mine: the viewer's keys.
        named: the names of others in it, by key.
        more: how many others are not named.
    """
    if row.actor not in mine:
        told, alone = _acts_of_others(get_language())[_towards(row, mine)]
        return told % {"who": next(iter(named.values()))} if named else alone
    told, alone = _own_acts(get_language())[row.kind]
    directly = {key for key in (row.parent_author, *row.addressed) if key}
    if row.parent_author and row.parent_author not in mine and row.kind in _TO_ONE:
        directly = {row.parent_author}
    whom = [name for key, name in named.items() if key in directly]
    beside = [name for key, name in named.items() if key not in directly]
    said = told % {"whom": _listed(whom, 0 if beside else more)} if whom else alone
    if not beside:
        return said
    return _("%(what)s; also named there: %(people)s") % {"what": said, "people": _listed(beside, more)}


_TO_ONE = frozenset({Kind.REPLIED, Kind.THANKED, Kind.REVIEWED})
"""What is done to whoever wrote what stands above; others who are addressed are only in it."""


def _listed(names: Sequence[str], more: int) -> str:
    people = ", ".join(names)
    if not more:
        return people
    return ngettext("%(people)s and %(more)s more", "%(people)s and %(more)s more", more) % {
        "people": people,
        "more": more,
    }


@lru_cache
def _own_acts(_language: str | None) -> dict[Kind, tuple[str, str]]:
    """Return what the viewer did, with someone who is named and with nobody."""
    return {
        Kind.SAID: (_("You wrote to %(whom)s"), _("You wrote")),
        Kind.REPLIED: (_("You answered %(whom)s"), _("You answered")),
        Kind.THANKED: (_("You thanked %(whom)s"), _("You gave thanks")),
        Kind.REVIEWED: (_("You reviewed the work of %(whom)s"), _("You reviewed")),
        Kind.CO_WROTE: (_("You wrote together with %(whom)s"), _("You wrote together with others")),
        Kind.MET: (_("You met %(whom)s"), _("You met others")),
        Kind.NAMED: (_("You named %(whom)s"), _("You named someone")),
        Kind.ACKNOWLEDGED: (
            _("You said to have learned from %(whom)s"),
            _("You said to have learned something"),
        ),
    }


def _towards(row: Interaction, mine: frozenset[str]) -> str:
    """Return how another's act concerns the viewer."""
    if not mine.isdisjoint((row.parent_author, *row.addressed)):
        return row.kind
    return _COPIED if mine.isdisjoint(row.mentioned) else _MENTIONED


_COPIED, _MENTIONED = "copied", "mentioned"


@lru_cache
def _acts_of_others(_language: str | None) -> dict[str, tuple[str, str]]:
    """Return what another did to the viewer, by name and without."""
    return {
        _COPIED: (_("%(who)s copied you"), _("You were copied")),
        _MENTIONED: (_("%(who)s mentioned you"), _("You were mentioned")),
        Kind.SAID: (_("%(who)s wrote to you"), _("You were written to")),
        Kind.REPLIED: (_("%(who)s answered you"), _("You were answered")),
        Kind.THANKED: (_("%(who)s thanked you"), _("You were thanked, or what you wrote was")),
        Kind.REVIEWED: (_("%(who)s reviewed your work"), _("Your work was reviewed")),
        Kind.CO_WROTE: (_("%(who)s wrote together with you"), _("You wrote together with others")),
        Kind.MET: (_("%(who)s met you"), _("You met others")),
        Kind.NAMED: (_("%(who)s named you"), _("You were named")),
        Kind.ACKNOWLEDGED: (
            _("%(who)s said to have learned from you"),
            _("Someone said that they learned from you"),
        ),
    }


def _origins(home: Home) -> dict[str, list[str]]:
    """Return, by kind of source, the names of the files that were read, the newest first."""
    found: dict[str, list[str]] = {}
    for reading in home.store.readings.all():
        name = reading.path.replace("\\", "/").rstrip("/").rpartition("/")[2]
        names = found.setdefault(reading.kind, [])
        if name not in names:
            names.append(name)
    return found


def _origin(origins: dict[str, list[str]], source: str) -> str:
    """Return in words what a source is, and the files of its kind that were read."""
    if source == SOURCE:
        return _("what you did here")
    kind = source.partition(":")[0]
    known: Any = every_source().get(kind)
    label = known.label if known else kind
    files = origins.get(kind, [])
    return f"{label} ({', '.join(files)})" if files else label
