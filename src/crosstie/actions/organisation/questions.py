"""What a member sees of questions: their own, those they were asked, and those that stand open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import aliases, gate, looks, putting
from crosstie.actions.speaking import spoken
from crosstie.actions.views import PersonCard
from crosstie.errors import NotShown
from crosstie.people import Role, Viewer
from crosstie.saying import unpacked
from crosstie.store.models import Answer, Asked, Question

SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """One answer."""

    number: int
    who: PersonCard
    text: str  # "" of someone who is shown to nobody any more
    at: datetime
    is_accepted: bool
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """Someone who was asked; the reasons are shown to them and to who asked."""

    number: int
    who: PersonCard
    reasons: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question as this member sees it."""

    number: int
    text: str  # "" of someone who is shown to nobody any more
    at: datetime
    state: str
    who: PersonCard | None  # None under an alias
    alias: str
    crowd: int
    is_mine: bool
    is_newcomers: bool
    answers: tuple[AnswerView, ...]
    asked: tuple[AskedView, ...]  # to who asked
    me_asked: AskedView | None  # to who was asked
    may_lift: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """A question in a list."""

    number: int
    text: str
    at: datetime
    by: str  # a name, or that it is an alias
    state: str
    answers: int
    is_newcomers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The lists: asked of me, mine, and open ones, newcomers' first."""

    of_me: tuple[QuestionLine, ...]
    mine: tuple[QuestionLine, ...]
    open: tuple[QuestionLine, ...]


def question(home: Home, viewer: Viewer, number: int) -> QuestionView:
    """Return one question. All members may read it; who was asked is between them and who asked.

    Raises:
        NotShown: nobody signed in, or there is no such question.
    """
    me = gate.acting(home, viewer)
    found = Question.objects.filter(pk=number).first()
    if found is None:
        raise NotShown(_("There is no such question."), hint="")
    is_mine = found.account == me.account
    asked = [_asked(home, one) for one in found.asked.order_by("pk")] if is_mine else []
    own = found.asked.filter(account=me.account).first()
    given = list(found.answers.order_by("pk"))
    cards = gate.cards_of(home, {one.account for one in given})
    answers = tuple(
        AnswerView(
            number=one.pk,
            who=cards[one.account],
            text=_shown_text(cards[one.account], one.text, is_mine=one.account == me.account),
            at=one.answered_at,
            is_accepted=one.pk == found.accepted_id,
            is_mine=one.account == me.account,
        )
        for one in given
    )
    who = gate.card_of(home, found.account)
    if found.alias and not is_mine:
        who_shown = aliases.lifted_for(home, gate.viewer_of(home, me.pk), found)
    else:
        who_shown = who
    if who_shown is not None:
        looks.note(home, viewer, found.account, "question")
    return QuestionView(
        number=found.pk,
        text=_shown_text(who, found.text, is_mine=is_mine or not found.account),  # "": emptied when they left
        at=found.asked_at,
        state=found.state,
        who=who_shown,
        alias=found.alias,
        crowd=found.crowd,
        is_mine=is_mine,
        is_newcomers=found.is_newcomers,
        answers=answers,
        asked=tuple(asked),
        me_asked=_asked(home, own) if own else None,
        may_lift=bool(found.alias) and not is_mine and Role(me.role).covers(Role.STEWARD),
    )


def questions(home: Home, viewer: Viewer) -> Questions:
    """Return the lists of questions a member sees.

    Raises:
        NotShown: nobody signed in.
    """
    return Questions(
        of_me=lines(home, viewer, "of_me"), mine=lines(home, viewer, "mine"), open=lines(home, viewer, "open")
    )


def lines(
    home: Home, viewer: Viewer, which: str, *, after: tuple[bool, int] | None = None, most: int = SHOWN
) -> tuple[QuestionLine, ...]:
    """Return one of the lists a member sees, or what follows a line of it.

    Args:
        home: the workspace.
        viewer: whose list.
        which: ``of_me``, ``mine`` or ``open``; those of others have newcomers' questions first.
        after: of the line after which it goes on, whether it is a newcomer's, and its number.
        most: how many lines.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    hidden = _who_is_out(home)
    count = Count("answers", filter=~Q(answers__account__in=hidden - {me.account}))
    rows = Question.objects.annotate(count=count)
    if which == "mine":
        rows = rows.filter(account=me.account)
        return _lines(home, (rows.filter(pk__lt=after[1]) if after else rows).order_by("-pk")[:most])
    if which == "open":
        rows = rows.filter(state="open").exclude(account=me.account)
    else:
        rows = rows.filter(asked__account=me.account, asked__state__in=["waiting", "later"], state="open")
    rows = rows.exclude(account__in=hidden)
    if after:
        later = Q(is_newcomers=after[0], pk__lt=after[1])
        rows = rows.filter(later | Q(is_newcomers=False) if after[0] else later)
    return _lines(home, rows.order_by("-is_newcomers", "-pk")[:most])


def _lines(home: Home, rows: object) -> tuple[QuestionLine, ...]:
    return tuple(
        QuestionLine(
            number=one.pk,
            text=one.text,
            at=one.asked_at,
            by=putting.name_of_asker(home, one),
            state=one.state,
            answers=one.count,
            is_newcomers=one.is_newcomers,
        )
        for one in rows  # type: ignore[attr-defined]  # an annotated queryset, whose count the stubs cannot name
    )


def _who_is_out(home: Home) -> set[str]:
    """Return the accounts of those who asked or answered and are shown to nobody any more."""
    accounts = {
        account for table in (Question, Answer) for account in table.objects.values_list("account", flat=True)
    }
    here = snapshots.persons(home).person_of
    return {one for one in accounts if one not in here}


def _shown_text(who: PersonCard, text: str, *, is_mine: bool) -> str:
    """Return what someone wrote, unless they are shown to nobody any more; to themselves it is."""
    return text if who.key or is_mine else ""


def _asked(home: Home, one: Asked) -> AskedView:
    if one.passed_by is not None:
        reasons: tuple[str, ...] = (putting.passed_on_by(home, one.passed_by),)
    else:
        reasons = tuple(spoken(unpacked(reason)) for reason in one.reasons)
    return AskedView(number=one.pk, who=gate.card_of(home, one.account), reasons=reasons, state=one.state)
