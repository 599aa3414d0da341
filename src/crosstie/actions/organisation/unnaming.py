"""Take back what is on its way to someone who opted out, or names them, and has not gone out yet.

What became of it is nobody's loss: where a letter is about others as well, it is written anew without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import calling_off, introducing, letters, letters_anew
from crosstie.store.models import Acknowledgement, Answer, Asked, Invitation


def take_out(home: Home, accounts: Iterable[str]) -> None:
    """Take a member who opted out from what is under way: nobody is kept waiting for them.

    Letters to others that would still name them, or say their words, are withdrawn; whoever got one of a
    meeting that is ahead hears that it is off. What the others are about stays: a question is answered on its
    page, an acknowledgement stands where it stood.

    Args:
        home: the workspace.
        accounts: theirs; one of them is a member's, or none is.
    """
    accounts = tuple(accounts)
    is_written_of = letters.unsent(letters_anew.SPEAK_OF_PEOPLE).exists()
    if is_written_of or any(calling_off.ahead_of(account).exists() for account in accounts):
        snapshots.current(home)  # where it has to be made anew, that is not within the transaction
    for account in accounts:
        with transaction.atomic():
            waiting = Asked.objects.filter(account=account, state__in=("waiting", "later"))
            letters.take_back("again", _again(waiting.values_list("pk", flat=True)))
            waiting.update(state="withdrawn")
            introducing.withdraw(account)
            calling_off.leave_all(home, account)
            for unname in UNNAMING.values():
                unname(home, account)


def _again(asked: Iterable[int]) -> list[str]:
    return [f"again:{number}" for number in asked]


def _asked(home: Home, account: str) -> None:
    """Of their questions under an alias too, since the words are theirs."""
    del home
    numbers = Asked.objects.filter(Q(question__account=account) | Q(passed_by__account=account))
    keys = [f"asked:{number}:" for number in numbers.values_list("pk", flat=True)]
    letters.take_back("asked", [f"{key}{channel}" for key in keys for channel in ("mail", "webhook")])


def _reminders(home: Home, account: str) -> None:
    del home
    letters.take_back(
        "again", _again(Asked.objects.filter(question__account=account).values_list("pk", flat=True))
    )


def _answers(home: Home, account: str) -> None:
    del home
    _of_each("answer", Answer.objects.filter(account=account))


def _accepted(home: Home, account: str) -> None:
    del home
    _of_each("accepted", Answer.objects.filter(question__account=account))


def _thanks(home: Home, account: str) -> None:
    del home
    _of_each("thanks", Acknowledgement.objects.filter(learner=account))


def _of_each(kind: str, rows: QuerySet[Any]) -> None:
    letters.take_back(kind, [f"{kind}:{number}" for number in rows.values_list("pk", flat=True)])


def _invitations(home: Home, account: str) -> None:
    """An invitation's link stands in its letter alone: stewards see that it is open, and send it again."""
    del home
    digests = Invitation.objects.filter(made_by__account=account).values_list("digest", flat=True)
    letters.take_back("invitation", [f"invitation:{digest}" for digest in digests])


def _names_nobody(home: Home, account: str) -> None:
    del home, account


UNNAMING: Final[Mapping[str, Callable[[Home, str], None]]] = {
    "invitation": _invitations,
    "sign-in": _names_nobody,
    "account": _names_nobody,
    "asked": _asked,
    "again": _reminders,
    "answer": _answers,
    "accepted": _accepted,
    "lifted": _names_nobody,  # the stewards' reasons, and not who they are
    "thanks": _thanks,
    "suggested": letters_anew.suggest,
    "meeting": letters_anew.bring_together,
    "called-off": letters_anew.call_off,
    "as-two": letters_anew.meet_as_two,
    "did-you-meet": letters_anew.ask_whether_met,
    "workshop": letters_anew.invite_to_workshops,
    "digest": letters_anew.digest,
    "test": _names_nobody,
}
"""What becomes of each kind of letter when someone opts out; a test walks `letter_kinds.LETTER_KINDS`."""
