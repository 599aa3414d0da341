"""What a facilitator sees of programmes: names, pairs, the draw; never what somebody said, nor a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, looks, meeting_reasons, programme_pairs, programmes
from crosstie.actions.organisation.meeting_reasons import Shown
from crosstie.actions.organisation.powers import BRING_TOGETHER
from crosstie.actions.views import PersonCard
from crosstie.people import Viewer
from crosstie.people.meeting import standing
from crosstie.practice.pairing import Unplaced
from crosstie.practice.waitlist import Draw
from crosstie.store.models import Programme

_REDRAWN_WITHIN = timedelta(days=90)
_MANY = 0.5
PAIRS_A_PAGE = 50

REASONS: dict[str, str | Promise] = {
    Unplaced.PAUSED.name: _("has paused, is away, or wants no introductions"),
    Unplaced.AT_CAP.name: _("has had as many meetings this month as they want"),
    Unplaced.NOBODY_LEFT.name: _("can be paired with nobody in this group just now"),
}
"""Why somebody is in no pair, as a facilitator reads it. Who does not take part is counted, and not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Whom a facilitator can choose: the units of the directory, and everyone who joined, by name."""

    groups: tuple[tuple[str, str], ...]  # kind, name
    people: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A programme in a list."""

    number: int
    name: str
    is_sent: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people, or three, who are to meet or were brought together.

    Attributes:
        number: which meeting.
        who: the people.
        names: the same, as a list within a sentence.
        units: which groups each belongs to.
        apart: of two people, their keys, by which to say that they are to be kept apart; "" of three.
    """

    number: int
    who: tuple[PersonCard, ...]
    names: str
    units: str
    apart: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """A programme, as its facilitator sees it.

    Attributes:
        number, name, is_sent, at: which one; sent, or made.
        people: everyone in it who is still here, by name.
        pairs: who meets whom, a trio where the number is odd; those of one page, where one was asked for.
        pages: over how many pages all pairs go.
        waiting: who waits, in the order drawn.
        unplaced: who is in no pair, and why.
        gone: how many take no part any more; they are not named.
        is_stale: whether a pair cannot be sent as it is, since somebody chose otherwise.
        version: of these pairs, to be said when they are sent.
        draw: as it is stored.
        order: the same people by name, in the order drawn.
        redrawn: how many draws among many of the same people the facilitator dropped within 90 days.
    """

    number: int
    name: str
    is_sent: bool
    at: datetime
    people: tuple[PersonCard, ...]
    pairs: tuple[Pair, ...]
    pages: int
    waiting: tuple[PersonCard, ...]
    unplaced: tuple[tuple[PersonCard, str], ...]
    gone: int
    is_stale: bool
    version: str
    draw: Draw
    order: tuple[PersonCard, ...]
    redrawn: int


def choices(home: Home, viewer: Viewer) -> Choices:
    """Return whom the viewer can choose for a programme.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no facilitator.
    """
    gate.acting(home, viewer, BRING_TOGETHER)
    shown = meeting_reasons.shown_now(home)
    cards = [shown.card(person) for person in gate.joined(home)]
    groups = {(kind, unit) for card in cards for kind, unit in card.groups.items()}
    return Choices(groups=tuple(sorted(groups)), people=_by_name(cards))


def programmes_of(home: Home, viewer: Viewer) -> tuple[Line, ...]:
    """Return the viewer's own programmes, newest first.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no facilitator.
    """
    me = gate.acting(home, viewer, BRING_TOGETHER)
    rows = Programme.objects.filter(facilitator=me.account).exclude(state="dropped").order_by("-pk")
    return tuple(
        Line(number=one.pk, name=one.name, is_sent=one.state == "sent", at=one.sent_at or one.made_at)
        for one in rows
    )


def programme(home: Home, viewer: Viewer, number: int, *, page: int = 0) -> ProgrammeView:
    """Return one programme of the viewer's.

    Args:
        home: the workspace.
        viewer: its facilitator.
        number: which programme.
        page: which pairs, `PAIRS_A_PAGE` at a time, from 1; 0 for all of them.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
        NotAllowed: the viewer is no facilitator.
    """
    found = programmes.mine(home, viewer, number)
    is_sent = found.state == "sent"
    paired = programme_pairs.pairs(found)
    draw = programme_pairs.draw_of(found)
    shown = meeting_reasons.shown_now(home)
    here = _here(home, shown, found)
    in_pairs = {account for accounts in paired.values() for account in accounts}
    whole = [(one, accounts) for one, accounts in paired.items() if here.issuperset(accounts)]
    wanted = whole[(page - 1) * PAIRS_A_PAGE : page * PAIRS_A_PAGE] if page else whole
    view = ProgrammeView(
        number=found.pk,
        name=found.name,
        is_sent=is_sent,
        at=found.sent_at or found.made_at,
        people=_by_name([shown.card(account) for account in here]),
        pairs=tuple(_pair(shown, one, accounts) for one, accounts in wanted),
        pages=max(1, -(-len(whole) // PAIRS_A_PAGE)),
        waiting=tuple(
            shown.card(account)
            for account in draw.order
            if account in here and account not in in_pairs and account not in found.unplaced
        ),
        unplaced=tuple(
            (shown.card(account), str(REASONS[reason]))
            for account, reason in found.unplaced.items()
            if account in here and reason in REASONS
        ),
        gone=len(found.people) - len(here),
        is_stale=not is_sent and _is_stale(home, shown, paired),
        version=programme_pairs.version(paired),
        draw=draw,
        order=tuple(shown.card(account) for account in draw.order if account in here),
        redrawn=_redrawn(found),
    )
    looks.note_all(home, viewer, (card.key for card in view.people), "programme")
    return view


def _here(home: Home, shown: Shown, found: Programme) -> frozenset[str]:
    """Return the accounts of a programme whose people still take part."""
    taking_part, person_of = gate.people(home), shown.who.person_of
    return frozenset(account for account in found.people if person_of.get(account, "") in taking_part)


def _is_stale(home: Home, shown: Shown, paired: Mapping[int, tuple[str, ...]]) -> bool:
    now = standing(programme_pairs.rules_of_programmes(home))
    return not all(
        programme_pairs.still_fits(shown.who.person_of, accounts, now) for accounts in paired.values()
    )


def _pair(shown: Shown, number: int, accounts: Sequence[str]) -> Pair:
    cards = _by_name([shown.card(account) for account in accounts])
    keys = [card.key for card in cards]
    return Pair(
        number=number,
        who=cards,
        names=shown.names(keys),
        units=" · ".join(", ".join(card.groups.values()) for card in cards),
        apart=" ".join(keys) if len(keys) == 2 else "",  # noqa: PLR2004 - a pair
    )


def _redrawn(found: Programme) -> int:
    """Return how often this facilitator drew among many of the same people and let it drop."""
    since = timezone.now() - _REDRAWN_WITHIN
    dropped = Programme.objects.filter(
        facilitator=found.facilitator, state="dropped", made_at__gte=since, made_at__lte=found.made_at
    )
    same = frozenset(found.people)
    return sum(len(same.intersection(one.people)) > _MANY * len(same) for one in dropped)


def _by_name(cards: list[PersonCard]) -> tuple[PersonCard, ...]:
    return tuple(sorted(cards, key=lambda card: (card.name.casefold(), card.key)))
