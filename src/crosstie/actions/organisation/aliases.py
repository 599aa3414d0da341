"""Lift an alias: two people have to agree, both say why, the asker is told, and the journal keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, letters, powers, recording
from crosstie.actions.views import PersonCard
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Lifting, Question

NEEDED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A steward agreed that an alias be lifted."""

    who: PersonCard
    why: str
    at: datetime


def show_myself(home: Home, viewer: Viewer, number: int) -> None:
    """Take off one's own alias: the question is from then on under one's name.

    Raises:
        NotShown: nobody signed in, or there is no such question of theirs.
    """
    me = gate.acting(home, viewer)
    with transaction.atomic():
        if not Question.objects.filter(pk=number, account=me.account).update(alias="", crowd=0):
            raise NotShown(_("There is no such question of yours."), hint="")
        recording.due("question", number)


def lift(home: Home, viewer: Viewer, number: int, reason: str) -> PersonCard | None:
    """Agree that an alias be lifted; return who asked once two stewards agreed, and to those two alone.

    Raises:
        NotShown: nobody signed in, or there is no such question under an alias.
        NotAllowed: the viewer is no steward, or asked the question.
        UsageRefused: there is no reason.
    """
    me = gate.acting(home, viewer, powers.LIFT_ALIAS)
    question = Question.objects.filter(pk=number).exclude(alias="").first()
    if question is None:
        raise NotShown(_("There is no such question under an alias."), hint="")
    if question.account == me.account:
        raise NotAllowed(_("The question is yours."), hint=_("You can show yourself."))
    if not reason.strip():
        raise UsageRefused(_("Say why."), hint=_("The reason stands in the journal, and the asker reads it."))
    with transaction.atomic():
        made, is_new = Lifting.objects.get_or_create(
            question=question, account=me.account, defaults={"reason": reason.strip()}
        )
        if is_new:
            home.store.journal(me.account, "alias lifting agreed", f"question {number}: {made.reason}")
        agreed = list(Lifting.objects.filter(question=question).order_by("pk"))
        if len(agreed) < NEEDED:
            return None
        with letters.language_of(question.account):
            is_told = letters.write(
                key=f"lifted:{question.pk}",
                kind="lifted",
                account=question.account,
                subject=_("Your alias was lifted"),
                text=_("Two stewards lifted the alias of your question. Why:\n\n%(reasons)s\n\n%(link)s\n")
                % {
                    "reasons": "\n".join(f"- {one.reason}" for one in agreed),
                    "link": f"/questions/{question.pk}",
                },
            )
        if is_told:
            home.store.journal(me.account, "alias lifted", f"question {number}")
    return gate.card_of(home, question.account)


def liftings(home: Home, viewer: Viewer, number: int) -> tuple[Agreed, ...]:
    """Return who agreed that an alias be lifted, and why: to stewards, and to the asker once it was lifted.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    rows = list(Lifting.objects.filter(question=number).select_related("question").order_by("pk"))
    is_askers = bool(rows) and rows[0].question.account == me.account and len(rows) >= NEEDED
    if not (is_askers or Role(me.role).covers(powers.LIFT_ALIAS.role)):
        return ()
    return tuple(Agreed(who=gate.card_of(home, row.account), why=row.reason, at=row.at) for row in rows)


def lifted_for(home: Home, viewer: Viewer, question: Question) -> PersonCard | None:
    """Return who asked, to one of the two who lifted the alias; None to everybody else.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    who = list(Lifting.objects.filter(question=question).order_by("pk").values_list("account", flat=True))
    if len(who) >= NEEDED and me.account in who[:NEEDED]:
        return gate.card_of(home, question.account)
    return None
