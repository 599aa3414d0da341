"""First replies: the settled answer of a question that comes again, shown before a draft like it is sent.

What is kept is that a question was chosen, by its id, which is a keyed hash: no person and no words. Where
the question or its answer is not shown any more, there is no first reply.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crosstie.actions import routine
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, powers
from crosstie.actions.routine import Recurring
from crosstie.actions.views import Original
from crosstie.errors import NotShown
from crosstie.people import Viewer

_CHOSEN = "first_reply:"
_YES, _NO = "yes", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReply:
    """What is shown first of a question like a draft.

    Attributes:
        question: as one asker put it.
        answer: what settled it.
        settled: how that is known, in words.
        times: how often it was asked.
    """

    question: Original
    answer: Original
    settled: str
    times: int


def choose(home: Home, viewer: Viewer, question: str, *, yes: bool) -> None:
    """Choose that the answer to a question that comes again is a first reply, or that it is none any more.

    Args:
        home: the workspace.
        viewer: who chooses.
        question: the id of any of the questions it is made of.
        yes: whether it is to be one.

    Raises:
        NotShown: nobody signed in, or no such question comes again.
        NotAllowed: the viewer is no facilitator.
    """
    me = gate.acting(home, viewer, powers.CHOOSE_FIRST_REPLY)
    found = next((one for one in routine.recurring(home, viewer).questions if question in one.ids), None)
    if found is None:
        raise NotShown(_("No such question comes again."), hint=_("Look at the list again; it changes."))
    for one in found.ids:
        home.store.set_fact(_CHOSEN + one, _YES if yes and one == found.ids[0] else _NO)
    home.store.journal(me.account, "first reply chosen" if yes else "first reply dropped", "")


def chosen(home: Home, viewer: Viewer) -> tuple[Recurring, ...]:
    """Return the questions that come again whose answer is a first reply.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    facts = home.store.facts(_CHOSEN)
    marked = {name.removeprefix(_CHOSEN) for name, value in facts.items() if value == _YES}
    return tuple(one for one in routine.recurring(home, viewer).questions if not marked.isdisjoint(one.ids))


def first_reply(home: Home, viewer: Viewer, text: str) -> FirstReply | None:
    """Return the first reply to a draft, if the draft is like a question that one was chosen for.

    Raises:
        NotShown: nobody signed in.
    """
    replies = chosen(home, viewer)
    near = routine.like(home, text) if replies else frozenset()
    found = next((one for one in replies if not near.isdisjoint(one.ids)), None)
    if found is None:
        return None
    return FirstReply(question=found.question, answer=found.answer, settled=found.settled, times=found.times)


__all__ = ["FirstReply", "choose", "chosen", "first_reply"]
