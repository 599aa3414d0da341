"""What a digest can say to one member: nothing that they could not read on the pages themselves.

Who said that they learned from whom is between those two, so of others only what stands open is told: that an
answer helped which its asker accepted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from crosstie.actions.home import Home
from crosstie.actions.organisation import circles, gate, proposing
from crosstie.actions.views import PersonCard
from crosstie.store.models import Acknowledgement, Answer, Asked, Member, Question

SHOWN = 5
"""Lines of each kind in one digest at most."""

_LOOKED_AT = 60
_SUGGESTED = 8
"""How many people an open question is shown to at most: more than to who asks, as none of them is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What a digest looks back on."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CouldAnswer:
    """An open question, and why this member could answer it."""

    number: int
    text: str
    by: str  # a name, or an alias
    is_newcomers: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """An answer that its asker accepted, both by name."""

    number: int
    text: str
    asker: PersonCard
    helper: PersonCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What there is to say to one member.

    Attributes:
        questions: open ones they could answer, newcomers' first.
        helped: what helped people outside their circle.
        thanked_by: who said that they learned from this member; never the line, which the two have.
        accepted: this member's answers that were accepted.
    """

    questions: tuple[CouldAnswer, ...]
    helped: tuple[Helped, ...]
    thanked_by: tuple[PersonCard, ...]
    accepted: tuple[Helped, ...]

    def __bool__(self) -> bool:
        """Say whether there is anything to say."""
        return bool(self.questions or self.helped or self.thanked_by or self.accepted)


class Gathered:
    """What happened in a period, gathered once for the digests of everyone."""

    def __init__(self, home: Home, period: Period) -> None:
        self._home = home
        self._period = period
        self._could = _could_answer(home, period)
        self._helped = _helped(home, period)

    def for_member(self, member: Member) -> Contents:
        """Return what there is to say to one member."""
        me = gate.person_of(self._home, member.account)
        near = circles.people_in(self._home, member.account) | {me}
        return Contents(
            questions=tuple(self._could[member.account][:SHOWN]) if member.is_free else (),
            helped=tuple(one for one in self._helped if one.asker.key not in near and one.helper.key != me)[
                :SHOWN
            ],
            thanked_by=_thanked_by(self._home, member, self._period),
            accepted=tuple(one for one in self._helped if one.helper.key == me)[:SHOWN],
        )


def _could_answer(home: Home, period: Period) -> dict[str, list[CouldAnswer]]:
    """Return by account the open questions someone is likely to answer: newcomers' first, then the newest."""
    found: dict[str, list[CouldAnswer]] = defaultdict(list)
    rows = Question.objects.filter(state="open", asked_at__lt=period.until, accepted=None)
    members = dict(Member.objects.filter(is_active=True).values_list("account", "pk"))
    account_of = {person: member.account for person, member in gate.joined(home).items()}
    for one in rows.order_by("-is_newcomers", "-pk")[:_LOOKED_AT]:
        who = gate.card_of(home, one.account)
        if one.account not in members or not who.key:
            continue
        asked = set(Asked.objects.filter(question=one).values_list("account", flat=True))
        answered = set(Answer.objects.filter(question=one).values_list("account", flat=True))
        asker = gate.viewer_of(home, members[one.account])
        for candidate in proposing.likely(home, asker, one.text, most=_SUGGESTED):
            account = account_of[candidate.helper.person.key]
            # Whoever answered nothing like it is told of newcomers' questions alone, which shall not wait.
            may_know = candidate.helper.evidence or one.is_newcomers
            if may_know and account not in asked | answered:
                found[account].append(
                    CouldAnswer(
                        number=one.pk,
                        text=one.text,
                        by=one.alias or who.name,
                        is_newcomers=one.is_newcomers,
                        reasons=candidate.helper.reasons,
                    )
                )
    return found


def _helped(home: Home, period: Period) -> tuple[Helped, ...]:
    """Return the answers accepted in a period, newest first; none of a question under an alias."""
    rows = Question.objects.filter(
        alias="", accepted_at__gte=period.since, accepted_at__lt=period.until
    ).select_related("accepted")
    made = []
    for one in rows.order_by("-accepted_at"):
        if one.accepted is None:
            continue
        asker, helper = gate.card_of(home, one.account), gate.card_of(home, one.accepted.account)
        if asker.key and helper.key:
            made.append(Helped(number=one.pk, text=one.text, asker=asker, helper=helper))
    return tuple(made)


def _thanked_by(home: Home, member: Member, period: Period) -> tuple[PersonCard, ...]:
    said = Acknowledgement.objects.filter(
        teacher=member.account, taken_back_at=None, said_at__gte=period.since, said_at__lt=period.until
    )
    cards = {card.key: card for one in said.order_by("pk") if (card := gate.card_of(home, one.learner)).key}
    return tuple(cards.values())
