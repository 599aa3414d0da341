"""A question goes to people who were chosen; they answer, pass it on, or say that it is not theirs."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, letters, newcomers, recording
from crosstie.actions.organisation.proposing import checked, checked_place, crowd, is_away, is_free
from crosstie.actions.speaking import spoken
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.saying import packed, say
from crosstie.store.models import Answer, Asked, Letter, Member, Question

MOST_ASKED = 5
"""How many people one question goes to at most, passed on or not."""

LATER = timedelta(days=3)


def ask(
    home: Home,
    viewer: Viewer,
    text: str,
    reasons: Mapping[str, Sequence[str]],
    *,
    place: str = "",
    alias: str = "",
) -> int:
    """Put a question to people one chose; return its number. Each is told why them.

    Args:
        home: the workspace.
        viewer: who asks.
        text: what they are working on.
        reasons: by the key of each person asked, why them, in sentences that were said, so that each reads
            them in their own language; nobody: it stands open to all.
        place: the key of the open place it belongs to; "" for none.
        alias: a name to ask under; the crowd it hides in was stated before.

    Raises:
        NotShown: nobody signed in, or there is no such place.
        NotAllowed: someone chosen is not here, or is away; or the crowd is too small for an alias.
        UsageRefused: there is no text, or too many are asked.
    """
    me = gate.under_own_name(home, viewer)
    text, alias = checked(text), " ".join(alias.split())[:60]
    if len(reasons) > MOST_ASKED:
        raise UsageRefused(
            _("A question goes to %(most)d people at most.") % {"most": MOST_ASKED},
            hint=_("Ask fewer; they can pass it on."),
        )
    hides_in = crowd(me.account) if alias else 0
    if alias and not hides_in:
        raise NotAllowed(
            _("There are too few members for an alias to hide anyone."), hint=_("Ask under your name.")
        )
    chosen = {person: _askable(home, me, person) for person in reasons}
    with transaction.atomic():
        question = Question.objects.create(
            account=me.account,
            alias=alias,
            crowd=hides_in,
            text=text,
            place=checked_place(home, viewer, place),
            asked_at=timezone.now(),
            # "New here" would make the crowd an alias hides in smaller than was stated.
            is_newcomers=not alias and newcomers.is_newcomer(home, me.account),
        )
        for person, member in chosen.items():
            _put_to(question, member, list(reasons[person]), me.name)
        recording.due("question", question.pk)
    return question.pk


def answer(home: Home, viewer: Viewer, number: int, text: str, *, via: str = "page") -> int:
    """Answer a question; return the answer's number. Whoever is a member may, asked or not.

    Raises:
        NotShown: nobody signed in, or there is no such question.
        NotAllowed: it is closed, or one's own.
        UsageRefused: there is no text.
    """
    me = gate.under_own_name(home, viewer)
    return _answer(home, me, _open(number), text, via=via, message_id=None)


def answer_by_mail(home: Home, token: str, text: str, message_id: str) -> int | None:
    """Take an answer that came by mail; return its number, or None where it came before.

    Args:
        home: the workspace.
        token: what the mail with the question carried; it proves that this is its reader.
        text: the new words of the mail.
        message_id: of the mail.

    Raises:
        NotShown: nobody was asked with this token.
        NotAllowed: the question is closed.
        UsageRefused: there is no text.
    """
    if Answer.objects.filter(message_id=message_id).exists():
        return None
    asked = Asked.objects.filter(token=token).select_related("question").first()
    member = asked and Member.objects.filter(account=asked.account, is_active=True).first()
    if not asked or not member or gate.is_out(home, member):
        raise NotShown(_("Nobody was asked this way."), hint=_("Answer on the page."))
    return _answer(home, member, _open(asked.question_id), text, via="mail", message_id=message_id)


def accept(home: Home, viewer: Viewer, number: int) -> None:
    """Accept an answer: that is what helped. Only who asked can say so.

    Raises:
        NotShown: nobody signed in, or there is no such answer to a question of theirs.
    """
    me = gate.acting(home, viewer)
    found = Answer.objects.select_related("question").filter(pk=number, question__account=me.account).first()
    if found is None:
        raise NotShown(_("There is no such answer to a question of yours."), hint="")
    with transaction.atomic():
        Question.objects.filter(pk=found.question_id).update(
            state="answered", accepted=found, accepted_at=timezone.now()
        )
        with letters.language_of(found.account):
            letters.write(
                key=f"accepted:{found.pk}",
                kind="accepted",
                account=found.account,
                subject=_("Your answer helped"),
                text=_("%(name)s accepted your answer.\n\n%(link)s\n")
                % {"name": _shown_name(found.question, me.name), "link": f"/questions/{found.question_id}"},
            )
        recording.due("question", found.question_id)


def pass_on(home: Home, viewer: Viewer, asked_number: int, person: str) -> None:
    """Pass a question one was asked on to someone who knows better.

    Raises:
        NotShown: nobody signed in, or one was not asked.
        NotAllowed: the other is not here, is away, asked it themselves, or was asked already.
    """
    me, asked = _mine(home, viewer, asked_number)
    other = _askable(home, me, person)
    if other.account == asked.question.account:
        raise NotAllowed(_("The question is theirs."), hint=_("Pass it on to someone else."))
    if asked.question.asked.count() >= MOST_ASKED:
        raise NotAllowed(_("Enough people were asked already."), hint=_("Answer it, or leave it."))
    if asked.question.asked.filter(account=other.account).exists():
        raise NotAllowed(_("They were asked already."), hint=_("Pass it on to someone else."))
    with transaction.atomic():
        _settle(asked, "passed")
        why = say("%(name)s thinks that you can help.", name=me.name)
        asker = Member.objects.filter(account=asked.question.account).first()
        _put_to(asked.question, other, [why], asker.name if asker else "", passed_by=asked)


def not_mine(home: Home, viewer: Viewer, asked_number: int) -> None:
    """Say "not my subject"; it is kept, and one is not suggested for questions like this one again.

    Raises:
        NotShown: nobody signed in, or one was not asked.
    """
    asked = _mine(home, viewer, asked_number)[1]
    _settle(asked, "not_mine")


def later(home: Home, viewer: Viewer, asked_number: int) -> None:
    """Say "later": one is reminded once, unless it has been answered by then.

    Raises:
        NotShown: nobody signed in, or one was not asked.
    """
    me, asked = _mine(home, viewer, asked_number)
    again = timezone.now() + LATER
    with transaction.atomic():
        Asked.objects.filter(pk=asked.pk).update(state="later", again_at=again)
        with letters.language_of(me.account):
            letters.write(
                key=f"again:{asked.pk}",
                kind="again",
                account=me.account,
                due_at=again,
                subject=_("The question you put off"),
                text=_("Three days ago you said “later”:\n\n%(text)s\n\n%(link)s\n")
                % {"text": asked.question.text, "link": f"/questions/{asked.question_id}"},
                headers={"Reply-Token": asked.token},
            )


def close(home: Home, viewer: Viewer, number: int) -> None:
    """Close one's own question: nobody is asked any more.

    Raises:
        NotShown: nobody signed in, or there is no such question of theirs.
    """
    me = gate.acting(home, viewer)
    with transaction.atomic():
        if not Question.objects.filter(pk=number, account=me.account).update(state="closed"):
            raise NotShown(_("There is no such question of yours."), hint="")
        Asked.objects.filter(question=number, state__in=["waiting", "later"]).update(state="withdrawn")
        _drop_reminders(number)


def _answer(
    home: Home, me: Member, question: Question, text: str, *, via: str, message_id: str | None
) -> int:
    del home
    if question.account == me.account:
        raise NotAllowed(_("The question is yours."), hint=_("Add to it by asking again."))
    if not text.strip():
        raise UsageRefused(_("The answer is empty."), hint=_("Write a line."))
    now = timezone.now()
    with transaction.atomic():
        made = Answer.objects.create(
            question=question,
            account=me.account,
            text=text.strip()[:20_000],
            via=via,
            message_id=message_id,
            answered_at=now,
        )
        Question.objects.filter(pk=question.pk, first_answer_at=None).update(first_answer_at=now)
        Asked.objects.filter(question=question, account=me.account).update(state="answered", settled_at=now)
        _drop_reminders(question.pk, me.account)
        with letters.language_of(question.account):
            letters.write(
                key=f"answer:{made.pk}",
                kind="answer",
                account=question.account,
                subject=_("%(name)s answered your question") % {"name": me.name},
                text=_("You asked:\n\n%(question)s\n\n%(name)s answers:\n\n%(text)s\n\n%(link)s\n")
                % {
                    "question": question.text,
                    "name": me.name,
                    "text": made.text,
                    "link": f"/questions/{question.pk}",
                },
            )
        recording.due("question", question.pk)
    return made.pk


def _put_to(
    question: Question, member: Member, reasons: list[str], asker: str, *, passed_by: Asked | None = None
) -> None:
    asked = Asked.objects.create(
        question=question,
        account=member.account,
        reasons=[packed(reason) for reason in reasons],
        token=secrets.token_hex(12),
        passed_by=passed_by,
        asked_at=timezone.now(),
    )
    with letters.language_of(member.account):
        name = _shown_name(question, asker)
        subject = _("%(name)s asks for your help") % {"name": name}
        text = _ASKED % {
            "intro": _("%(name)s is working on this:") % {"name": name},
            "text": question.text,
            "why": _("Why you:"),
            "reasons": "\n".join(f"- {spoken(reason)}" for reason in reasons),
            "how": _(
                "Answer by replying to this mail, or here, where you can also pass it on, put it off,"
                " or say that it is not your subject:"
            ),
            "link": f"/questions/{question.pk}",
        }
    for channel in ("mail", "webhook") if member.webhook else ("mail",):
        letters.write(
            key=f"asked:{asked.pk}:{channel}",
            kind="asked",
            account=member.account,
            channel=channel,
            subject=subject,
            text=text,
            headers={"Reply-Token": asked.token},
        )


_ASKED = "%(intro)s\n\n%(text)s\n\n%(why)s\n%(reasons)s\n\n%(how)s\n\n%(link)s\n"


def _shown_name(question: Question, name: str) -> str:
    return question.alias or name


def _askable(home: Home, me: Member, person: str) -> Member:
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


def _mine(home: Home, viewer: Viewer, asked_number: int) -> tuple[Member, Asked]:
    me = gate.acting(home, viewer)
    asked = Asked.objects.select_related("question").filter(pk=asked_number, account=me.account).first()
    if asked is None:
        raise NotShown(_("You were not asked this."), hint="")
    return me, asked


def _settle(asked: Asked, state: str) -> None:
    Asked.objects.filter(pk=asked.pk).update(state=state, settled_at=timezone.now())
    _drop_reminders(asked.question_id, asked.account)


def _drop_reminders(question: int, account: str = "") -> None:
    """Take reminders back that have not gone out yet."""
    rows = Asked.objects.filter(question=question)
    if account:
        rows = rows.filter(account=account)
    keys = [f"again:{number}" for number in rows.values_list("pk", flat=True)]
    Letter.objects.filter(key__in=keys, state="waiting").delete()


def _open(number: int) -> Question:
    question = Question.objects.filter(pk=number).first()
    if question is None:
        raise NotShown(_("There is no such question."), hint="")
    if question.state == "closed":
        raise NotAllowed(_("This question is closed."), hint=_("Write to the one who asked it."))
    return question
