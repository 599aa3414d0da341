"""Take back what is on its way to someone who opted out, or names them, and has not gone out yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from crosstie.actions.organisation import introducing
from crosstie.actions.organisation.queue import MAY_GO_OUT
from crosstie.store.models import Acknowledgement, Answer, Asked, Letter


def take_out(accounts: Iterable[str]) -> None:
    """Take a member who opted out from what is under way: nobody is kept waiting for them.

    Args:
        accounts: theirs; one of them is a member's, or none is.
    """
    for account in accounts:
        waiting = Asked.objects.filter(account=account, state__in=("waiting", "later"))
        with transaction.atomic():
            reminders = [f"again:{number}" for number in waiting.values_list("pk", flat=True)]
            Letter.objects.filter(key__in=reminders, state__in=MAY_GO_OUT).delete()
            waiting.update(state="withdrawn")
            introducing.withdraw(account)
            withdraw(account)


def withdraw(account: str) -> int:
    """Drop the letters to others that would still name a member, or say their words; return how many.

    What they are about stays: a question is answered on its page, an acknowledgement stands where it stood.
    Of their questions under an alias too, since the words are theirs.

    Args:
        account: the member's.
    """
    waiting = Letter.objects.filter(state__in=MAY_GO_OUT).exclude(account=account)
    return waiting.filter(key__in=list(_keys(account))).delete()[0]


def _keys(account: str) -> Iterator[str]:
    """Return the keys that letters to others have which name a member or say their words."""
    theirs = Q(question__account=account)
    for number in Asked.objects.filter(theirs | Q(passed_by__account=account)).values_list("pk", flat=True):
        yield from (f"asked:{number}:mail", f"asked:{number}:webhook", f"again:{number}")
    for number in Answer.objects.filter(theirs).values_list("pk", flat=True):
        yield f"accepted:{number}"
    for number in Answer.objects.filter(account=account).values_list("pk", flat=True):
        yield f"answer:{number}"
    for number in Acknowledgement.objects.filter(learner=account).values_list("pk", flat=True):
        yield f"thanks:{number}"
