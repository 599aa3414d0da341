"""Whoever is asked a question passes it on, puts it off, or says that it is not their subject."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, letters, passing, putting
from crosstie.actions.organisation.working_days import working_hours
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.practice.working_time import working_day
from crosstie.store.models import Asked, Member, Question

LATER = timedelta(days=3)


def pass_on(home: Home, viewer: Viewer, asked_number: int, person: str) -> None:
    """Pass a question one was asked on to someone who knows better.

    Under an alias nothing tells who asked: passed on to whoever has the question already, be it who asked it
    or who was asked, it is passed on for the one who passes, and no second letter goes out.

    Raises:
        NotShown: nobody signed in, or one was not asked.
        NotAllowed: one opted out, or settled it; it is closed, or nobody is shown as its asker any more; the
            crowd of its alias became too small; the other is not here, or is away; or, under a name, asked it
            themselves or was asked already.
    """
    me, asked = _mine(home, viewer, asked_number)
    passing.checked(home, me, asked, person)  # first: what it looks at may have to be made anew
    with transaction.atomic():
        asked = _unsettled(home, viewer, asked_number)
        onward = passing.checked(home, me, asked, person)
        _settle(asked, "passed")
        Question.objects.filter(pk=asked.question_id).update(crowd=onward.crowd)
        if not onward.has_it:
            putting.put_to(home, asked.question, onward.member, [], passed_by=asked)


def not_mine(home: Home, viewer: Viewer, asked_number: int) -> None:
    """Say "not my subject"; it is kept, and one is not suggested for questions like this one again.

    Raises:
        NotShown: nobody signed in, or one was not asked.
        NotAllowed: one opted out, or settled it; or it is closed.
    """
    with transaction.atomic():
        _settle(_unsettled(home, viewer, asked_number), "not_mine")


def later(home: Home, viewer: Viewer, asked_number: int) -> datetime:
    """Say "later": one is reminded once, unless it has been answered by then; return when.

    That is after three days, on a working day.

    Raises:
        NotShown: nobody signed in, one was not asked, or who asked opted out since.
        NotAllowed: one opted out, or settled it; or an answer was accepted, or it is closed.
    """
    again = working_day(timezone.now() + LATER, working_hours(home))
    with transaction.atomic():
        asked = _unsettled(home, viewer, asked_number)
        if not gate.person_of(home, asked.question.account):
            raise NotShown(_("There is no such question."), hint="")
        if asked.question.state == "answered":
            raise NotAllowed(_("This question was answered."), hint=_("You can still answer it."))
        Asked.objects.filter(pk=asked.pk).update(state="later", again_at=again)
        with letters.language_of(asked.account):
            letters.write(
                key=f"again:{asked.pk}",
                kind="again",
                account=asked.account,
                due_at=again,
                subject=_("The question you put off"),
                text=_("Some days ago you said “later”:\n\n%(text)s\n\n%(link)s\n")
                % {"text": asked.question.text, "link": f"/questions/{asked.question_id}"},
                headers={"Reply-Token": asked.token},
            )
    return again


def _mine(home: Home, viewer: Viewer, asked_number: int) -> tuple[Member, Asked]:
    me = gate.under_own_name(home, viewer)  # who asked reads what became of it
    asked = Asked.objects.select_related("question").filter(pk=asked_number, account=me.account).first()
    if asked is None:
        raise NotShown(_("You were not asked this."), hint="")
    return me, asked


def _unsettled(home: Home, viewer: Viewer, asked_number: int) -> Asked:
    """Return what one was asked and said nothing to yet, with its question held until the change is made."""
    number = _mine(home, viewer, asked_number)[1].question_id
    Question.objects.select_for_update().get(pk=number)  # who answers, accepts or closes it waits
    asked = _mine(home, viewer, asked_number)[1]
    putting.open_question(number)
    passing.check_unsettled(asked)
    return asked


def _settle(asked: Asked, state: str) -> None:
    Asked.objects.filter(pk=asked.pk).update(state=state, settled_at=timezone.now())
    putting.drop_reminders(asked.question_id, asked.account)
