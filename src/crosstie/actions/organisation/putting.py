"""Put a question to one person: whether they may be asked now, and the letter that tells them why them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, letters, mail_settings
from crosstie.actions.organisation.proposing import is_away, is_free
from crosstie.actions.speaking import spoken
from crosstie.errors import NotAllowed, NotShown
from crosstie.saying import packed
from crosstie.store.models import Asked, Member, Question

_ASKED = "%(intro)s\n\n%(text)s\n\n%(why)s\n%(reasons)s\n\n%(how)s\n\n%(link)s\n"


def askable(home: Home, me: Member, person: str) -> Member:
    """Return the member who is a person, if they may be asked now by another one.

    Raises:
        NotAllowed: they are not here, are oneself, are away, or take no more questions now.
    """
    member = gate.member_of(home, person)
    if member is None or member.account == me.account or is_away(member, timezone.localdate()):
        raise NotAllowed(
            _("Someone you chose cannot be asked now."), hint=_("Choose among those who are suggested.")
        )
    if not is_free(member):
        raise NotAllowed(
            _("Someone you chose takes no more questions now."), hint=_("Ask them later, or somebody else.")
        )
    return member


def put_to(
    home: Home, question: Question, member: Member, reasons: Sequence[str], *, passed_by: Asked | None = None
) -> None:
    """Ask one person, and write them why them. Call it within the transaction of what was done.

    Args:
        home: the workspace.
        question: what is asked.
        member: who is asked.
        reasons: why them, in sentences that were said; who passed it on is kept as who they are alone.
        passed_by: what the one was asked who passed it on.
    """
    asked = Asked.objects.create(
        question=question,
        account=member.account,
        reasons=[packed(reason) for reason in reasons],
        token=secrets.token_hex(12),
        passed_by=passed_by,
        asked_at=timezone.now(),
    )
    with letters.language_of(member.account):
        name = name_of_asker(home, question)
        subject = _("%(name)s asks for your help") % {"name": name}
        why = (passed_on_by(home, passed_by),) if passed_by else tuple(spoken(reason) for reason in reasons)
        says = {
            "intro": _("%(name)s is working on this:") % {"name": name},
            "text": question.text,
            "why": _("Why you:"),
            "reasons": "\n".join(f"- {reason}" for reason in why),
            "link": f"/questions/{question.pk}",
        }
        here = _(
            "Answer here, where you can also pass it on, put it off, or say that it is not your subject:"
        )
        by_reply = _(
            "Answer by replying to this mail, or here, where you can also pass it on, put it off,"
            " or say that it is not your subject:"
        )
    takes_replies = mail_settings.kept(home).receiving is not None
    for channel in ("mail", "webhook") if member.webhook else ("mail",):
        letters.write(
            key=f"asked:{asked.pk}:{channel}",
            kind="asked",
            account=member.account,
            channel=channel,
            subject=subject,
            text=_ASKED % {**says, "how": by_reply if channel == "mail" and takes_replies else here},
            headers={"Reply-Token": asked.token},
        )


def passed_on_by(home: Home, passed_by: Asked) -> str:
    """Say who passed a question on, as far as they may be shown."""
    return _("%(name)s thinks that you can help.") % {"name": gate.card_of(home, passed_by.account).name}


def name_of_asker(home: Home, question: Question) -> str:
    """Say who asked, to others: their name, or that it is an alias."""
    if question.alias:
        return _("Somebody under the alias “%(alias)s”") % {"alias": question.alias}
    return gate.card_of(home, question.account).name


def open_question(number: int) -> Question:
    """Return a question that is not closed.

    Raises:
        NotShown: there is no such question.
        NotAllowed: it is closed.
    """
    question = Question.objects.filter(pk=number).first()
    if question is None:
        raise NotShown(_("There is no such question."), hint="")
    if question.state == "closed":
        raise NotAllowed(_("This question is closed."), hint=_("Write to the one who asked it."))
    return question


def drop_reminders(question: int, account: str = "") -> None:
    """Take reminders back that have not gone out yet, of one of those asked or of all."""
    rows = Asked.objects.filter(question=question)
    if account:
        rows = rows.filter(account=account)
    keys = [f"again:{number}" for number in rows.values_list("pk", flat=True)]
    letters.take_back("again", keys)
