"""What people did here goes into the record by the same door as all else: the worker carries it over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.utils import timezone

from crosstie.actions.home import Home
from crosstie.actions.keying import Keying
from crosstie.actions.organisation.members import SOURCE
from crosstie.record import Interaction, Kind, Openness, Place, Trace
from crosstie.sources import Ledger
from crosstie.store.models import Account, Acknowledgement, Answer, Mapped, Question, Run

QUESTIONS = Place(source=SOURCE, id="questions", name="Questions", openness=Openness.OPEN, link="/ask")
THANKS = Place(source=SOURCE, id="thanks", name="Thanks", openness=Openness.MEMBERS)
NAMED = Place(source=SOURCE, id="named", name="Named as missing", openness=Openness.MEMBERS)


def due(kind: str, number: int) -> None:
    """Have a question, a thanks or a naming carried into the record soon; call it within the change.

    Args:
        kind: ``question``, ``acknowledgement`` or ``named``.
        number: which one.
    """
    now = timezone.now()
    waiting = Run.objects.filter(kind="record", payload={"kind": kind, "number": number}, done_at=None)
    if not waiting.filter(claimed_until=None).exists():
        key = f"record:{kind}:{number}:{now.isoformat()}"
        Run.objects.create(kind="record", key=key, payload={"kind": kind, "number": number}, due_at=now)


def record(home: Home, payload: dict[str, object]) -> None:
    """Carry one question with its answers, one thanks or one naming into the record; again adds nothing.

    Raises:
        WorkspaceBusy: a source is being read; the worker tries again.
    """
    number = int(str(payload["number"]))
    keying = Keying(home.keyring, home.store, Ledger())
    # The traces are looked up when nobody else may write: what was forgotten meanwhile is not there any more.
    home.record.append(keying.interactions(_TRACES[str(payload["kind"])](number)), before_commit=keying.flush)
    keying.flush()
    waiting = {"pk": number, "recorded_at": None, "taken_back_at": None}
    if payload["kind"] == "acknowledgement":
        Acknowledgement.objects.filter(**waiting).update(recorded_at=timezone.now())
    if payload["kind"] == "named":
        Mapped.objects.filter(**waiting, verb="missing").update(recorded_at=timezone.now())


def _question(number: int) -> Iterator[Trace]:
    """Yield what is open to everyone of a question; one under an alias stays out of the record."""
    question = Question.objects.filter(pk=number).first()
    if question is None or question.alias:
        return
    asker = _outside_id(question.account)
    if not asker:
        return
    thread = f"question:{question.pk}"
    link = f"/questions/{question.pk}"
    yield QUESTIONS
    yield Interaction(
        source=SOURCE,
        external_id=thread,
        kind=Kind.SAID,
        at=question.asked_at,
        actor=asker,
        place=QUESTIONS.id,
        openness=Openness.OPEN,
        thread=thread,
        link=link,
        asks=True,
        text=question.text,
    )
    for answer in Answer.objects.filter(question=question).order_by("pk"):
        who = _outside_id(answer.account)
        if not who:
            continue
        yield Interaction(
            source=SOURCE,
            external_id=f"answer:{answer.pk}",
            kind=Kind.REPLIED,
            at=answer.answered_at,
            actor=who,
            place=QUESTIONS.id,
            openness=Openness.OPEN,
            thread=thread,
            replies_to=thread,
            parent_author=asker,
            link=link,
            text=answer.text,
        )
        if answer.pk == question.accepted_id:
            yield Interaction(
                source=SOURCE,
                # One row a question: another answer accepted instead takes the former one's place.
                external_id=f"{thread}:accepted",
                kind=Kind.THANKED,
                at=question.accepted_at,
                actor=asker,
                place=QUESTIONS.id,
                openness=Openness.OPEN,
                thread=thread,
                replies_to=f"answer:{answer.pk}",
                parent_author=who,
                link=link,
            )


def _acknowledgement(number: int) -> Iterator[Trace]:
    """Yield who said that they learned from whom; the line they wrote is the two people's own."""
    said = Acknowledgement.objects.filter(pk=number, taken_back_at=None).first()
    if said is None:
        return
    learner, teacher = _outside_id(said.learner), _outside_id(said.teacher)
    if not learner or not teacher:
        return
    yield THANKS
    yield Interaction(
        source=SOURCE,
        external_id=f"acknowledged:{said.pk}",
        kind=Kind.ACKNOWLEDGED,
        at=said.said_at,
        actor=learner,
        addressed=(teacher,),
        place=THANKS.id,
        openness=Openness.MEMBERS,
    )


def _named(number: int) -> Iterator[Trace]:
    """Yield whom someone named as missing from their circle."""
    said = Mapped.objects.filter(pk=number, verb="missing", taken_back_at=None).first()
    if said is None:
        return
    actor, other = _outside_id(said.account), _outside_id(said.other)
    if not actor or not other:
        return
    yield NAMED
    yield Interaction(
        source=SOURCE,
        external_id=f"named:{said.pk}",
        kind=Kind.NAMED,
        at=said.said_at,
        actor=actor,
        addressed=(other,),
        place=NAMED.id,
        openness=Openness.MEMBERS,
    )


def _outside_id(account: str) -> str:
    """Return the outside id of an account, "" if it is gone. The address its member has now is no matter."""
    known = Account.objects.filter(key=account, source=SOURCE)
    return known.values_list("outside_id", flat=True).first() or ""


_TRACES: Final[Mapping[str, Callable[[int], Iterator[Trace]]]] = {
    "question": _question,
    "acknowledgement": _acknowledgement,
    "named": _named,
}
