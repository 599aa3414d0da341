"""The cohort's page: who takes part, their notes to one another, and what one has done oneself.

Only those who take part and the facilitator see it. What somebody did is theirs; once a week is over, the
facilitator is told how many did it, of a group that is large enough.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions import settings
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, looks
from crosstie.actions.organisation.weeks import WEEKS, week_on
from crosstie.actions.organisation.workshops import WorkshopLine, facilitates, line
from crosstie.actions.views import PersonCard
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.privacy import SMALLEST_EVER
from crosstie.store.models import Done, Member, Note, Participant, Workshop

LONGEST_NOTE = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLine:
    """One week as its participant, or the facilitator, sees it in the list.

    Attributes:
        number, title: of the week.
        is_open: whether it has begun.
        is_done: whether the viewer marked it as done.
        did_it: to the facilitator, how many did, in words; "" where it is not said.
    """

    number: int
    title: str
    is_open: bool
    is_done: bool
    did_it: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One note; `answers` to it stand below. Of someone who opted out neither name nor words are shown."""

    number: int
    who: PersonCard
    text: str
    week: int
    at: datetime
    is_mine: bool
    answers: tuple[NoteView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A workshop as someone in it sees it.

    Attributes:
        workshop: its line.
        is_facilitator: whether the viewer facilitates it.
        takes_part: whether they take part in it.
        weeks: all four.
        people: who takes part, by name.
        waiting: to the facilitator, how many have not answered their invitation.
        notes: the newest first, with what was answered below each.
    """

    workshop: WorkshopLine
    is_facilitator: bool
    takes_part: bool
    weeks: tuple[WeekLine, ...]
    people: tuple[PersonCard, ...]
    waiting: int
    notes: tuple[NoteView, ...]


def cohort(home: Home, viewer: Viewer, number: int) -> Cohort:
    """Return a workshop's page for someone in it.

    Raises:
        NotShown: nobody signed in, or the viewer neither takes part nor facilitates.
    """
    me, workshop, mine = inside(home, viewer, number)
    is_facilitator = facilitates(me, workshop)
    here = list(taking_part(workshop))
    cards = [card for card in gate.cards_of(home, [one.account for one in here]).values() if card.key]
    looks.note_all(home, viewer, [one.account for one in here], "workshop")
    return Cohort(
        workshop=line(home, workshop),
        is_facilitator=is_facilitator,
        takes_part=mine is not None,
        weeks=_weeks(home, workshop, mine, is_facilitator=is_facilitator),
        people=tuple(sorted(cards, key=lambda card: (card.name.casefold(), card.key))),
        waiting=workshop.participants.filter(joined_at=None, left_at=None).count() if is_facilitator else 0,
        notes=_threads(home, workshop, me),
    )


def mark(home: Home, viewer: Viewer, number: int, week: int, *, done: bool) -> None:
    """Mark a week's activity as done, or take that back. Nobody else sees it.

    Raises:
        NotShown: nobody signed in, or they do not take part.
        NotAllowed: the week has not begun.
    """
    _me, workshop, mine = inside(home, viewer, number)
    if mine is None:
        raise NotShown(_("You do not take part in this workshop."), hint="")
    _begun(workshop, week)
    if done:
        Done.objects.get_or_create(participant=mine, week=week)
    else:
        Done.objects.filter(participant=mine, week=week).delete()


def write(home: Home, viewer: Viewer, number: int, week: int, text: str, *, under: int | None = None) -> int:
    """Write a note to the others, or an answer to one; return its number.

    Args:
        home: the workspace.
        viewer: who writes.
        number: the workshop's.
        week: the week it is about; an answer is about that of its note.
        text: what.
        under: the note it answers; an answer to an answer stands under the same note.

    Raises:
        NotShown: nobody signed in, they are not in this workshop, or there is no such note in it.
        NotAllowed: the week has not begun, or one opted out.
        UsageRefused: there is no text, or too much.
    """
    me, workshop, _mine = inside(home, viewer, number)
    gate.under_own_name(home, viewer)
    text = text.strip()
    if not text:
        raise UsageRefused(_("The note is empty."), hint=_("Write a line."))
    if len(text) > LONGEST_NOTE:
        raise UsageRefused(
            _("The note is longer than %(most)d characters.") % {"most": LONGEST_NOTE},
            hint=_("Say the heart of it."),
        )
    parent = None
    if under is not None:
        parent = Note.objects.filter(pk=under, workshop=workshop).select_related("parent").first()
        if parent is None:
            raise NotShown(_("There is no such note here."), hint="")
        parent = parent.parent or parent
        week = parent.week
    _begun(workshop, week)
    made = Note.objects.create(
        workshop=workshop, account=me.account, parent=parent, week=week, text=text, written_at=timezone.now()
    )
    return made.pk


def erase(home: Home, viewer: Viewer, note: int) -> None:
    """Erase a note of one's own, also after having left; answers to it stay under an empty one.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
    """
    me = gate.acting(home, viewer)
    found = Note.objects.filter(pk=note, account=me.account).first()
    if found is None:
        raise NotShown(_("There is no such note of yours."), hint="")
    if found.answers.exists():
        Note.objects.filter(pk=found.pk).update(account="", text="")
    else:
        found.delete()


def inside(home: Home, viewer: Viewer, number: int) -> tuple[Member, Workshop, Participant | None]:
    """Return who acts, a workshop they are in, and their part in it; None for a mere facilitator.

    Raises:
        NotShown: nobody signed in, or the viewer neither takes part nor facilitates.
    """
    me = gate.acting(home, viewer)
    workshop = Workshop.objects.filter(pk=number).first()
    mine = taking_part(workshop).filter(account=me.account).first() if workshop else None
    if workshop is None or (mine is None and not facilitates(me, workshop)):
        raise NotShown(_("There is no such workshop of yours."), hint=_("Go back to the workshops."))
    return me, workshop, mine


def taking_part(workshop: Workshop) -> QuerySet[Participant]:
    """Return who said yes and has not left."""
    return Participant.objects.filter(workshop=workshop, left_at=None).exclude(joined_at=None).order_by("pk")


def _weeks(
    home: Home, workshop: Workshop, mine: Participant | None, *, is_facilitator: bool
) -> tuple[WeekLine, ...]:
    now = week_on(workshop.starts_on, timezone.localdate())
    done = set(Done.objects.filter(participant=mine).values_list("week", flat=True)) if mine else set()
    return tuple(
        WeekLine(
            number=week.number,
            title=str(week.title),
            is_open=now >= week.number,
            is_done=week.number in done,
            did_it=_did_it(home, workshop, week.number) if is_facilitator and now > week.number else "",
        )
        for week in WEEKS
    )


def _did_it(home: Home, workshop: Workshop, week: int) -> str:
    """Say how many did a week that is over, so vaguely that it says nothing of one of them."""
    others = taking_part(workshop).exclude(account=workshop.facilitator)
    people = others.count()
    if people < max(settings.chosen(home).network.smallest_group, SMALLEST_EVER):
        return _("too few people to say")
    count = Done.objects.filter(participant__in=others, week=week).count()
    if count < SMALLEST_EVER:
        return _("few did it")
    if people - count < SMALLEST_EVER:
        return _("nearly all did it")
    return _("%(count)d of %(people)d did it") % {"count": count, "people": people}


def _begun(workshop: Workshop, week: int) -> None:
    numbers = {one.number for one in WEEKS}
    if week not in numbers or week > week_on(workshop.starts_on, timezone.localdate()):
        raise NotAllowed(_("This week has not begun."), hint=_("Wait for its mail."))


def _threads(home: Home, workshop: Workshop, me: Member) -> tuple[NoteView, ...]:
    below: dict[int | None, list[NoteView]] = defaultdict(list)
    tops: list[NoteView] = []
    notes = list(Note.objects.filter(workshop=workshop).order_by("-pk"))
    cards = gate.cards_of(home, {one.account for one in notes})
    for one in notes:
        card = cards[one.account]
        # Answers are newer than what they answer, so they came first.
        answers = tuple(reversed(below[one.pk]))
        if not card.key and not answers:
            continue
        view = NoteView(
            number=one.pk,
            who=card,
            text=one.text if card.key else "",
            week=one.week,
            at=one.written_at,
            is_mine=one.account == me.account,
            answers=answers,
        )
        (below[one.parent_id] if one.parent_id else tops).append(view)
    return tuple(tops)
