"""A question goes to people who were chosen; anybody answers, and who asked accepts what helped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, letters, newcomers, putting, recording
from crosstie.actions.organisation.naming import checked_alias
from crosstie.actions.organisation.passing import MOST_ASKED, UNSETTLED
from crosstie.actions.organisation.proposing import checked, checked_place, crowd
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.store.models import Answer, Asked, Member, Question

A_SECOND_CLICK = timedelta(minutes=1)


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

    A second click on the same question is the first.

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
        UsageRefused: there is no text, too many are asked, or the alias holds somebody's name.
    """
    me = gate.under_own_name(home, viewer)
    text, alias = checked(text), checked_alias(home, alias)
    place = checked_place(home, viewer, place)
    if len(reasons) > MOST_ASKED:
        raise UsageRefused(
            _("A question goes to %(most)d people at most.") % {"most": MOST_ASKED},
            hint=_("Ask fewer; they can pass it on."),
        )
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=me.pk)  # so that a second click waits for the first
        since = timezone.now() - A_SECOND_CLICK
        same = Question.objects.filter(account=me.account, text=text, alias=alias, asked_at__gte=since)
        if found := same.exclude(state="closed").first():
            return found.pk
        hides_in = crowd(home, reasons) if alias else 0
        if alias and not hides_in:
            raise NotAllowed(
                _("There are too few members for an alias to hide anyone."), hint=_("Ask under your name.")
            )
        chosen = {person: putting.askable(home, me, person) for person in reasons}
        question = Question.objects.create(
            account=me.account,
            alias=alias,
            crowd=hides_in,
            text=text,
            place=place,
            asked_at=timezone.now(),
            # "New here" would make the crowd an alias hides in smaller than was stated.
            is_newcomers=not alias and newcomers.is_newcomer(home, me.account),
        )
        for person, member in chosen.items():
            putting.put_to(home, question, member, list(reasons[person]))
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
    return _answer(home, me, putting.open_question(number), text, via=via, message_id=None)


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
    return _answer(
        home, member, putting.open_question(asked.question_id), text, via="mail", message_id=message_id
    )


def accept(home: Home, viewer: Viewer, number: int) -> bool:
    """Accept an answer: that is what helped. Only who asked can say so; of another one it takes the place.

    Return whether it counts as learned: what is asked under an alias stays out of the record.

    Raises:
        NotShown: nobody signed in, or there is no such answer to a question of theirs.
    """
    me = gate.acting(home, viewer)
    found = Answer.objects.select_related("question").filter(pk=number, question__account=me.account).first()
    if found is None:
        raise NotShown(_("There is no such answer to a question of yours."), hint="")
    with transaction.atomic():
        of_it = Question.objects.filter(pk=found.question_id)
        of_it.exclude(accepted=found).update(accepted=found, accepted_at=timezone.now())
        of_it.exclude(state="closed").update(state="answered")
        putting.drop_reminders(found.question_id)
        with letters.language_of(found.account):
            letters.write(
                key=f"accepted:{found.pk}",
                kind="accepted",
                account=found.account,
                subject=_("Your answer helped"),
                text=_("%(name)s accepted your answer.\n\n%(link)s\n")
                % {
                    "name": putting.name_of_asker(home, found.question),
                    "link": f"/questions/{found.question_id}",
                },
            )
        recording.due("question", found.question_id)
    return not found.question.alias


def close(home: Home, viewer: Viewer, number: int) -> None:
    """Close one's own question: nobody is asked any more.

    Raises:
        NotShown: nobody signed in, or there is no such question of theirs.
    """
    me = gate.acting(home, viewer)
    with transaction.atomic():
        if not Question.objects.filter(pk=number, account=me.account).update(state="closed"):
            raise NotShown(_("There is no such question of yours."), hint="")
        Asked.objects.filter(question=number, state__in=UNSETTLED).update(state="withdrawn")
        putting.drop_reminders(number)


def _answer(
    home: Home, me: Member, question: Question, text: str, *, via: str, message_id: str | None
) -> int:
    if question.account == me.account:
        raise NotAllowed(_("The question is yours."), hint=_("Add to it by asking again."))
    if not text.strip():
        raise UsageRefused(_("The answer is empty."), hint=_("Write a line."))
    now = timezone.now()
    with transaction.atomic():
        Question.objects.select_for_update().get(pk=question.pk)  # so that a second click waits for the first
        same = {"question": question, "account": me.account, "text": text.strip()[:20_000]}
        before = Answer.objects.filter(**same, message_id=None, answered_at__gte=now - A_SECOND_CLICK)
        if message_id is None and (found := before.first()):
            return found.pk
        made = Answer.objects.create(**same, via=via, message_id=message_id, answered_at=now)
        Question.objects.filter(pk=question.pk, first_answer_at=None).update(first_answer_at=now)
        Asked.objects.filter(question=question, account=me.account).update(state="answered", settled_at=now)
        putting.drop_reminders(question.pk, me.account)
        with letters.language_of(question.account):
            name = gate.card_of(home, me.account).name
            letters.write(
                key=f"answer:{made.pk}",
                kind="answer",
                account=question.account,
                subject=_("%(name)s answered your question") % {"name": name},
                text=_("You asked:\n\n%(question)s\n\n%(name)s answers:\n\n%(text)s\n\n%(link)s\n")
                % {
                    "question": question.text,
                    "name": name,
                    "text": made.text,
                    "link": f"/questions/{question.pk}",
                },
            )
        recording.due("question", question.pk)
    return made.pk
