"""*Meet*: the introductions someone is in, and what they say to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    calling_off,
    gate,
    keeping_apart,
    looks,
    meeting_reasons,
    meetings_sent,
)
from crosstie.actions.organisation.meeting_reasons import Shown
from crosstie.actions.organisation.meeting_rules import LAPSES
from crosstie.actions.organisation.proposing import is_away
from crosstie.actions.speaking import spoken
from crosstie.actions.views import PersonCard
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.models import Meeting, Member, Part

_SHOWN_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """One introduction or meeting, as one of its people sees it; never what the others said.

    Attributes:
        number: which one.
        who: the others.
        names: the same, as a list within a sentence.
        reasons: what they share, then what differs, in sentences.
        task: a small thing to do together.
        task_reason: why that fits.
        minutes: how long it takes.
        said_yes: whether the viewer said yes.
        lapses_on: of an introduction, the day it is gone if it does not come about.
        when: of a meeting, the half hour proposed, in words; "" where none is.
        programme: the name of the programme it belongs to, "" of one's own.
        is_over: whether the half hour proposed has begun, so that one can say whether one met.
        met: ``yes``, ``no`` or "".
    """

    number: int
    who: tuple[PersonCard, ...]
    names: str
    reasons: tuple[str, ...]
    task: str
    task_reason: str
    minutes: int
    said_yes: bool = False
    lapses_on: date | None = None
    when: str = ""
    programme: str = ""
    is_over: bool = False
    met: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetView:
    """*Meet*.

    Attributes:
        suggested: introductions that are open to the viewer, three at most.
        agreed: meetings that came about, ahead or lately.
        is_out: whether the viewer opted out: nobody is suggested to them, nor they to anybody.
        is_paused: whether the viewer is away, pauses, or wants no introductions.
        is_known: whether anything that was read involves the viewer: without it nobody can be suggested.
    """

    suggested: tuple[MeetingView, ...]
    agreed: tuple[MeetingView, ...]
    is_out: bool
    is_paused: bool
    is_known: bool


def meet(home: Home, viewer: Viewer) -> MeetView:
    """Return the introductions and meetings the viewer is in.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    now = timezone.now()
    suggested = suggested_to(home, me)
    agreed = _views(home, me, _mine(me).filter(state="agreed", agreed_at__gt=now - _SHOWN_AFTER))
    shown = (card.key for one in (*suggested, *agreed) for card in one.who)
    looks.note_all(home, viewer, shown, "introduction")
    return MeetView(
        suggested=suggested,
        agreed=agreed,
        is_out=gate.is_out(home, me),
        is_paused=not me.meets or is_away(me, timezone.localdate()),
        is_known=bool(gate.person_of(home, me.account)),
    )


def suggested_to(home: Home, me: Member) -> tuple[MeetingView, ...]:
    """Return the introductions that are open to a member; to who opted out, none is."""
    if gate.is_out(home, me):
        return ()
    return _views(
        home,
        me,
        _mine(me).filter(
            programme=None,
            state__in=("suggested", "declined"),
            agreed_at=None,  # one that was called off is open no more
            made_at__gt=timezone.now() - LAPSES,
        ),
    )


def say(home: Home, viewer: Viewer, number: int, *, yes: bool) -> bool:
    """Say yes or no to an introduction; return whether it came about by that.

    Only when everyone said yes is anything sent, to all at once. A no is told to nobody: to the others the
    introduction stays open until it lapses.

    Raises:
        NotShown: nobody signed in, or it is not open to them.
        NotAllowed: they opted out.
    """
    me = gate.under_own_name(home, viewer)
    with transaction.atomic():
        meeting = _open(home, me, number)
        meeting.parts.filter(account=me.account).update(
            answer="yes" if yes else "no", answered_at=timezone.now()
        )
        if not yes:
            Meeting.objects.filter(pk=meeting.pk).update(state="declined")
        elif meeting.state == "suggested" and not meeting.parts.exclude(answer="yes").exists():
            meetings_sent.bring_together(home, meeting)
            return True
    return False


def never(home: Home, viewer: Viewer, number: int) -> None:
    """Say no to an introduction, and that one never wants to be brought together with this person.

    Raises:
        NotShown: nobody signed in, or it is not open to them.
        NotAllowed: they opted out.
    """
    me = gate.under_own_name(home, viewer)
    with transaction.atomic():
        others = _open(home, me, number).parts.exclude(account=me.account)
        for account in others.values_list("account", flat=True):
            keeping_apart.keep(me.account, account, said_by=me.account)
        say(home, viewer, number, yes=False)


def call_off(home: Home, viewer: Viewer, number: int) -> None:
    """Decline a meeting that came about; the others are told that it is off, and not why.

    Who opted out may do so too: it takes them out of something.

    Raises:
        NotShown: nobody signed in, or they are in no such meeting.
    """
    me = gate.acting(home, viewer)
    with transaction.atomic():
        calling_off.leave(home, _agreed(me, number), me.account)


def say_met(home: Home, viewer: Viewer, number: int, *, yes: bool) -> None:
    """Say whether one met. It is counted; who said what is shown to nobody.

    Raises:
        NotShown: nobody signed in, or they are in no such meeting.
        NotAllowed: they opted out, or its half hour is still ahead.
    """
    me = gate.under_own_name(home, viewer)
    meeting = _agreed(me, number)
    if not _is_over(meeting):
        raise NotAllowed(
            _("This meeting is still ahead."), hint=_("Say whether you met once its half hour has begun.")
        )
    meeting.parts.filter(account=me.account).update(met="yes" if yes else "no")


def calendar(home: Home, viewer: Viewer, number: int) -> str:
    """Return the calendar file of a meeting one is in.

    Raises:
        NotShown: nobody signed in, they are in no such meeting, or no half hour is proposed.
    """
    me = gate.acting(home, viewer)
    text = meetings_sent.file_for(home, _agreed(me, number), me.account)
    if not text:
        raise NotShown(_("No half hour is proposed for this meeting."), hint=_("Write to one another."))
    return text


def _mine(me: Member) -> QuerySet[Meeting]:
    mine = Meeting.objects.filter(parts__in=Part.objects.filter(account=me.account).exclude(answer="no"))
    return mine.select_related("programme").prefetch_related("parts").order_by("pk")


def _open(home: Home, me: Member, number: int) -> Meeting:
    """Return an introduction that is open to someone, held until the change is made."""
    found = (
        Meeting.objects.select_for_update(of=("self",))
        .filter(
            pk=number,
            programme=None,
            state__in=("suggested", "declined"),
            agreed_at=None,
            made_at__gt=timezone.now() - LAPSES,
            parts__in=Part.objects.filter(account=me.account).exclude(answer="no"),
        )
        .first()
    )
    if found is None or not _others_here(meeting_reasons.shown_now(home), found, me):
        raise NotShown(
            _("This introduction is not open any more."), hint=_("Those that are stand under Meet.")
        )
    return found


def _agreed(me: Member, number: int) -> Meeting:
    found = (
        Meeting.objects.filter(
            pk=number,
            state="agreed",
            parts__in=Part.objects.filter(account=me.account).exclude(answer="no"),
        )
        .select_related("programme")
        .first()
    )
    if found is None:
        raise NotShown(_("You are in no such meeting."), hint=_("Yours stand under Meet."))
    return found


def _others_here(shown: Shown, meeting: Meeting, me: Member) -> list[str]:
    """Return the persons of the others, if all are here; those gone from view take an introduction along.

    Of a meeting that came about, those who are left count.
    """
    others = [part for part in meeting.parts.all() if part.account != me.account]
    if meeting.state == "agreed":
        others = [part for part in others if part.answer != "no"]
    accounts = [part.account for part in others]
    active = set(
        Member.objects.filter(account__in=accounts, is_active=True).values_list("account", flat=True)
    )
    here = [shown.person(account) for account in accounts if account in active]
    here = [person for person in here if person]
    return here if here and (meeting.state == "agreed" or len(here) == len(others)) else []


def _is_over(meeting: Meeting) -> bool:
    """Say whether a meeting that came about was due: from then on one can say whether one met."""
    due = meeting.starts_at or meeting.agreed_at or meeting.made_at
    return meeting.state == "agreed" and due < timezone.now()


def _views(home: Home, me: Member, meetings: QuerySet[Meeting]) -> tuple[MeetingView, ...]:
    shown = meeting_reasons.shown_now(home)
    found = [_view(home, shown, me, one) for one in meetings]
    return tuple(one for one in found if one is not None)


def _view(home: Home, shown: Shown, me: Member, meeting: Meeting) -> MeetingView | None:
    others = _others_here(shown, meeting, me)
    if not others:
        return None
    mine = next(part for part in meeting.parts.all() if part.account == me.account)
    task = meeting_reasons.task_of(meeting)
    is_agreed = meeting.state == "agreed"
    return MeetingView(
        number=meeting.pk,
        who=tuple(shown.card(person) for person in others),
        names=shown.names(others),
        reasons=meeting_reasons.said_to(shown, meeting, shown.person(me.account), others),
        task=spoken(task.text),
        task_reason=spoken(task.reason),
        minutes=task.minutes,
        said_yes=mine.answer == "yes",
        lapses_on=None if is_agreed else timezone.localdate(meeting.made_at + LAPSES),
        when=meetings_sent.moment(home, meeting) if is_agreed else "",
        programme=meeting.programme.name if meeting.programme else "",
        is_over=_is_over(meeting),
        met=mine.met,
    )
