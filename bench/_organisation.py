"""An organisation of 500 members and a million interactions, made once; for `bench/organisation.py`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from crosstie.actions import reading
from crosstie.actions.consent import Consent
from crosstie.actions.course import Plan
from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    asking,
    gate,
    introducing,
    invitations,
    learning,
    meeting,
    members,
    programmes,
    programmes_seen,
    proposing,
    work,
    workshops,
)
from crosstie.actions.organisation.opening import open_organisation
from crosstie.people import Role, Viewer
from crosstie.record import Account, Entry, Interaction, Kind, Openness, Place, Trace
from crosstie.sources import Door, Settings, Source
from crosstie.store.models import Asked, Letter, Member

DOMAIN = "bench.example"
PASSWORD = "a password for all of them"
DAYS = 730
THREAD = 5
PLACES, DEPARTMENTS, WORDS = 60, 12, 20_000
QUESTIONS = 120
CONTACTS = 60


def address(person: int) -> str:
    return f"p{person}@{DOMAIN}"


def name(person: int) -> str:
    return f"Given{person} Family{person}"


def sentences(dice: np.random.Generator, count: int, length: int) -> list[str]:
    """Return texts; words are drawn as in speech: few of them very often, most of them hardly ever (Zipf)."""
    drawn = np.minimum(dice.zipf(1.2, size=(count, length)), WORDS) - 1
    return [" ".join(f"w{word}" for word in row) for row in drawn.tolist()]


def traces(rows: int, people: int) -> Iterator[Trace]:
    """Yield a directory, and threads of five in open places up to now.

    Everybody has some sixty others with whom nine in ten of their threads are, most of them of their own
    department; the tenth is with anybody.
    """
    dice = np.random.default_rng(7)
    for one in range(people):
        yield Account(source="chat:bench", id=f"p{one}", name=name(one), address=address(one))
        yield Entry(
            source="directory:bench",
            id=f"p{one}",
            name=name(one),
            address=address(one),
            groups={"department": f"Department {one % DEPARTMENTS}", "location": f"Town {one % 5}"},
            joined_on="2019-01-01",
        )
    for one in range(PLACES):
        yield Place(source="chat:bench", id=f"c{one}", name=f"channel-{one}", openness=Openness.OPEN)
    near = np.array([_contacts(dice, one, people) for one in range(people)])
    start, step = datetime.now(UTC) - timedelta(days=DAYS), timedelta(days=DAYS) / rows
    for first in range(0, rows, 5_000):
        count = min(5_000, rows - first)
        threads = count // THREAD
        askers = dice.integers(0, people, threads)
        others = near[askers[:, None], dice.integers(0, CONTACTS, (threads, THREAD - 1))]
        strange = dice.random((threads, THREAD - 1)) < 0.1
        others = np.where(strange, dice.integers(0, people, (threads, THREAD - 1)), others)
        texts = iter(sentences(dice, count, 20))
        for thread, (asker, answering) in enumerate(zip(askers.tolist(), others.tolist(), strict=True)):
            root = first + thread * THREAD
            for number, actor in enumerate([asker, *answering]):
                row = root + number
                yield Interaction(
                    source="chat:bench",
                    external_id=str(row),
                    kind=Kind.REPLIED if number else Kind.SAID,
                    at=start + row * step,
                    actor=f"p{actor}",
                    place=f"c{(asker % DEPARTMENTS) * 5 + root // THREAD % 5}",
                    openness=Openness.OPEN,
                    thread=str(root),
                    replies_to=str(root) if number else "",
                    parent_author=f"p{asker}" if number else "",
                    link=f"https://chat.{DOMAIN}/{row}",
                    asks=not number,
                    text=next(texts),
                )


def _contacts(dice: np.random.Generator, one: int, people: int) -> list[int]:
    own = [other for other in range(one % DEPARTMENTS, people, DEPARTMENTS) if other != one]
    far = dice.choice(people, CONTACTS, replace=False)
    return [*dice.permutation(own)[: CONTACTS - 20].tolist(), *far.tolist()][:CONTACTS]


def make(folder: Path, rows: int, people: int) -> None:
    """Read it by consent, let everyone join, and let some ask, answer, accept and thank."""

    def read(_path: Path, _settings: Settings, _door: Door) -> Iterator[Trace]:
        return traces(rows, people)

    source = Source(
        name="bench",
        label="Bench",
        reads="Made-up interactions.",
        drops=(),
        kinds=frozenset(Kind),
        unit="rows",
        recognises=lambda _path: 0.0,
        read=read,
    )
    with open_organisation(folder) as home:
        reading.read(home, Plan(path=folder, source=source), agreed=Consent(domains=frozenset({DOMAIN})))
        members.set_up(home, organisation="Bench", name=name(0), address=address(0), password=PASSWORD)
        steward = _viewer(home, 0)
        links = invitations.invite(home, steward, [address(one) for one in range(1, people)])
        for one in range(1, people):
            invitations.accept(home, links[address(one)].removeprefix("/join/"), name=name(one))
        Member.objects.filter(email=address(1)).update(role=Role.FACILITATOR.value)
        Member.objects.update(password=make_password(PASSWORD))
        _practise(home, people)
        _come_together(home, people)
        Letter.objects.update(state="sent", sent_at=timezone.now())
        proposing.draft(home, steward, "Anything?")
        work.work_once(home)


def _practise(home: Home, people: int) -> None:
    dice = np.random.default_rng(9)
    for row, text in enumerate(sentences(dice, QUESTIONS, 15)):
        asker = _viewer(home, row % people)
        found = proposing.draft(home, asker, text)
        why = {one.helper.person.key: one.helper.reasons for one in found.candidates if one.is_free}
        number = asking.ask(home, asker, text, why)
        for asked in list(Asked.objects.filter(question=number))[: row % 3]:
            helper = gate.viewer_of(home, Member.objects.get(account=asked.account).pk)
            answer = asking.answer(home, helper, number, sentences(dice, 1, 30)[0])
            if row % 2:
                asking.accept(home, asker, answer)
                learning.acknowledge(home, asker, helper.person, "Much.", answer=answer)


def _come_together(home: Home, people: int) -> None:
    """Suggest introductions, let some say yes; send a programme of pairs; and run a workshop."""
    introducing.suggest(home, {"begins": timezone.now().isoformat()})
    for one in range(people):
        viewer = _viewer(home, one)
        for row in meeting.meet(home, viewer).suggested[:1]:
            meeting.say(home, viewer, row.number, yes=True)
    facilitator = _viewer(home, 1)
    number = programmes.make(home, facilitator, name="All", everyone=True)
    programmes.send(home, facilitator, number, programmes_seen.programme(home, facilitator, number).version)
    programmes.make(home, facilitator, name="Again", everyone=True)
    workshop = workshops.make(home, facilitator, "Four weeks", timezone.localdate())
    taking_part = [_viewer(home, one) for one in range(0, people, max(1, people // 50))]
    taking_part += [_viewer(home, one) for one in (17, 41, 58)]
    workshops.invite(home, facilitator, workshop, {one.person for one in taking_part})
    for invited in taking_part:
        workshops.accept(home, invited, workshop)


def _viewer(home: Home, person: int) -> Viewer:
    return gate.viewer_of(home, Member.objects.get(email=address(person)).pk)
