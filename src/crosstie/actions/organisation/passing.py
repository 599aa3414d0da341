"""Whom a question can be passed on to, so that nothing tells who asked it under an alias."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, putting
from crosstie.actions.organisation.proposing import crowd
from crosstie.errors import NotAllowed
from crosstie.store.models import Asked, Member, Question

MOST_ASKED = 5
"""How many people one question goes to at most, passed on or not."""

UNSETTLED = ("waiting", "later")
"""The states of those who were asked and said nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Where a question goes from one who was asked.

    Attributes:
        member: the next one.
        has_it: whether they have the question already: they asked it under an alias, or were asked.
        crowd: among how many its alias hides from then on; 0 without one.
    """

    member: Member
    has_it: bool
    crowd: int


def checked(home: Home, me: Member, asked: Asked, person: str) -> Onward:
    """Return where a question goes, or refuse it.

    Under an alias, who asked it and who was asked are refused by nothing that others are not refused by, and
    everything is looked up before anything is said.

    Args:
        home: the workspace.
        me: who passes it on.
        asked: that they were asked.
        person: the key of the next one.

    Raises:
        NotAllowed: as `being_asked.pass_on` says.
    """
    question = asked.question
    were_asked = set(question.asked.values_list("account", flat=True))
    left = _crowd_left(home, question, were_asked) if question.alias else 0
    check_unsettled(asked)
    is_over = question.state == "closed" or not gate.person_of(home, question.account)
    if is_over or (question.alias and not left):
        raise NotAllowed(_("This question cannot be passed on any more."), hint=_("Answer it, or leave it."))
    if len(were_asked) >= MOST_ASKED:
        raise NotAllowed(_("Enough people were asked already."), hint=_("Answer it, or leave it."))
    other = putting.askable(home, me, person)
    if not question.alias and other.account == question.account:
        raise NotAllowed(_("The question is theirs."), hint=_("Pass it on to someone else."))
    if not question.alias and other.account in were_asked:
        raise NotAllowed(_("They were asked already."), hint=_("Pass it on to someone else."))
    return Onward(member=other, has_it=other.account in {question.account, *were_asked}, crowd=left)


def check_unsettled(asked: Asked) -> None:
    """Refuse what is said to a question that one settled.

    Raises:
        NotAllowed: one settled it.
    """
    if asked.state not in UNSETTLED:
        raise NotAllowed(_("You settled this question already."), hint=_("You can still answer it."))


def _crowd_left(home: Home, question: Question, were_asked: set[str]) -> int:
    """Return among how many an alias hides once one more is asked; 0 where they are too few.

    Whoever was asked or answered did not ask. One more is taken off whoever it is: the figure is the same.
    """
    accounts = were_asked | set(question.answers.values_list("account", flat=True))
    return crowd(home, {gate.person_of(home, one) for one in accounts}, more=1)
