"""Who says "I learned this from her", who is told, and how often an inferred tie turns out right."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, letters, recording
from crosstie.actions.pages.circle import contacts_of
from crosstie.actions.pages.sight import sight
from crosstie.actions.views import PersonCard
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.practice.precision import Precision, precision
from crosstie.store.models import Acknowledgement, Answer, Member, Sampled

LONGEST = 500
A_MONTH = 5
"""Ties one is asked about in a month."""

VERDICTS = ("right", "wrong", "unsure")

_A_SECOND_CLICK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """One acknowledgement, as either of the two sees it."""

    number: int
    who: PersonCard  # the other one
    line: str
    at: datetime
    is_taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Whether two people said that they learned from one another."""

    by_me: bool
    by_them: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One tie of this month's sample."""

    number: int
    who: PersonCard
    is_stated: bool
    verdict: str


def acknowledge(home: Home, viewer: Viewer, person: str, line: str = "", *, answer: int | None = None) -> int:
    """Say "I learned this from them"; return the acknowledgement's number. The one thanked is told.

    It is said once of an answer, and a second click on the same is the first.

    Args:
        home: the workspace.
        viewer: who learned.
        person: the key of whom they learned from, someone who joined.
        line: what, if they like to say it; the two of them read it, nobody else.
        answer: the number of the answer it is about, if it is about one.

    Raises:
        NotShown: nobody signed in, or the person did not join.
        NotAllowed: it is oneself.
        UsageRefused: the line is longer than a line.
    """
    me = gate.under_own_name(home, viewer)
    other = gate.member_of(home, person)
    if other is None:
        raise NotShown(
            _("This person does not take part."), hint=_("Thank them where you work; invite them to join.")
        )
    if other.account == me.account:
        raise NotAllowed(_("That is yourself."), hint=_("Whom did you learn it from?"))
    line = line.strip()
    if len(line) > LONGEST:
        raise UsageRefused(
            _("The line is longer than %(most)d characters.") % {"most": LONGEST},
            hint=_("One line is enough."),
        )
    about = Answer.objects.filter(pk=answer, account=other.account).first() if answer else None
    with transaction.atomic():
        before = Acknowledgement.objects.filter(
            learner=me.account, teacher=other.account, answer=about, taken_back_at=None
        )
        if about is None:
            before = before.filter(line=line, said_at__gte=timezone.now() - _A_SECOND_CLICK)
        if found := before.first():
            return found.pk
        said = Acknowledgement.objects.create(
            learner=me.account, teacher=other.account, line=line, answer=about, said_at=timezone.now()
        )
        with letters.language_of(other.account):
            name = gate.card_of(home, me.account).name
            letters.write(
                key=f"thanks:{said.pk}",
                kind="thanks",
                account=other.account,
                subject=_("%(name)s learned something from you") % {"name": name},
                text=_("%(name)s says: I learned this from you.\n\n%(line)s\n\n%(link)s\n")
                % {"name": name, "line": line, "link": "/thanks"},
            )
        recording.due("acknowledgement", said.pk)
    return said.pk


def take_back(home: Home, viewer: Viewer, number: int) -> None:
    """Take an acknowledgement back: from then on it counts nowhere.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
    """
    me = gate.acting(home, viewer)
    with transaction.atomic():
        changed = Acknowledgement.objects.filter(pk=number, learner=me.account, taken_back_at=None).update(
            taken_back_at=timezone.now()
        )
        if not changed:
            raise NotShown(_("There is no such thanks of yours."), hint="")
        recording.due("acknowledgement", number)


def thanks(home: Home, viewer: Viewer) -> tuple[tuple[Thanks, ...], tuple[Thanks, ...]]:
    """Return what I said I learned, and what others said they learned from me; newest first.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    said = Acknowledgement.objects.order_by("-pk")
    return (
        tuple(_thanks(home, one, one.teacher) for one in said.filter(learner=me.account)),
        tuple(_thanks(home, one, one.learner) for one in said.filter(teacher=me.account, taken_back_at=None)),
    )


def may_be_thanked(home: Home, viewer: Viewer, people: Iterable[str]) -> frozenset[str]:
    """Return those of some people, by key, of whom the viewer can say that they learned from them.

    They are others who joined and are shown; whoever opted out says it of nobody.

    Raises:
        NotShown: nobody signed in.
    """
    mine = gate.person_of(home, gate.acting(home, viewer).account)
    return gate.people(home).intersection(people) - {mine} if mine else frozenset()


def said_between(home: Home, viewer: Viewer, person: str) -> Said:
    """Return whether the viewer and a person said that they learned from one another.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    other = gate.member_of(home, person)
    if other is None:
        return Said(by_me=False, by_them=False)
    stands = Acknowledgement.objects.filter(taken_back_at=None)
    return Said(
        by_me=stands.filter(learner=me.account, teacher=other.account).exists(),
        by_them=stands.filter(learner=other.account, teacher=me.account).exists(),
    )


def thanked_answers(home: Home, viewer: Viewer, question: int) -> frozenset[int]:
    """Return the numbers of the answers to a question of which the viewer said that they learned from them.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    said = Acknowledgement.objects.filter(learner=me.account, taken_back_at=None, answer__question=question)
    return frozenset(said.values_list("answer", flat=True)) - {None}


def sample(home: Home, viewer: Viewer) -> tuple[Sample, ...]:
    """Return this month's five ties of the viewer, drawn once a month, to ask of each "is this right?".

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    month = timezone.localdate().strftime("%Y-%m")
    rows = Sampled.objects.filter(account=me.account, month=month)
    if not rows.exists():
        _draw(home, viewer, me, month)
    return tuple(
        Sample(
            number=one.pk,
            who=gate.card_of(home, one.other),
            is_stated=one.known_how == "stated",
            verdict=one.verdict,
        )
        for one in rows.order_by("pk")
        if gate.person_of(home, one.other)
    )


def judge(home: Home, viewer: Viewer, number: int, verdict: str) -> None:
    """Say whether a tie of one's sample is right. Nobody else reads it; the organisation's share is shown.

    Raises:
        NotShown: nobody signed in, or it is not in their sample.
        UsageRefused: there is no such verdict.
    """
    me = gate.acting(home, viewer)
    if verdict not in VERDICTS:
        raise UsageRefused(_("Say right, wrong or unsure."), hint="")
    changed = Sampled.objects.filter(pk=number, account=me.account).update(
        verdict=verdict, answered_at=timezone.now()
    )
    if not changed:
        raise NotShown(_("This is not in your sample."), hint="")


def how_right(home: Home, viewer: Viewer) -> Precision:
    """Return how often members said that learning which crosstie concluded is right, with its interval.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    rows = Sampled.objects.exclude(verdict="").exclude(verdict="unsure")
    judges = rows.values("account").distinct().count()
    return precision(right=rows.filter(verdict="right").count(), judged=rows.count(), judges=judges)


def _draw(home: Home, viewer: Viewer, me: Member, month: str) -> None:
    """Draw the month's ties: from those where one turned to the other, the same whenever it is drawn.

    Whom one said one learned from is not asked about: that is said already.
    """
    try:
        contacts = contacts_of(sight(home, viewer))
    except NotShown:
        return  # nothing that was read involves this member yet
    said = Acknowledgement.objects.filter(learner=me.account, taken_back_at=None)
    known = {gate.person_of(home, account) for account in said.values_list("teacher", flat=True)}
    turned = [one for one in contacts if one.turned_to > 0 and one.person.key not in known]
    already = set(Sampled.objects.filter(account=me.account).values_list("other", flat=True))
    fresh = [one for one in turned if one.person.key not in already] or turned
    dice = random.Random(f"{home.keyring.hashed('sample', me.account, month)}")
    chosen = dice.sample(sorted(fresh, key=lambda one: one.person.key), min(A_MONTH, len(fresh)))
    Sampled.objects.bulk_create(
        [
            Sampled(
                account=me.account,
                other=one.person.key,
                month=month,
                known_how="stated" if one.is_stated else "inferred",
            )
            for one in chosen
        ],
        ignore_conflicts=True,
    )


def _thanks(home: Home, said: Acknowledgement, other: str) -> Thanks:
    who = gate.card_of(home, other)
    return Thanks(
        number=said.pk,
        who=who,
        line=said.line if who.key or other == said.teacher else "",  # the words are the learner's
        at=said.said_at,
        is_taken_back=said.taken_back_at is not None,
    )
