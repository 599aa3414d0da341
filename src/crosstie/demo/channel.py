# ruff: noqa: PLR2004 - the numbers are the story: how likely somebody answers, thanks, or only reads
"""Somebody asks in a channel: who answers, who thanks, who reads along and learns without a word."""

from __future__ import annotations

from dataclasses import dataclass

from crosstie.demo.hours import DAY, END
from crosstie.demo.office import Office
from crosstie.demo.places import Places
from crosstie.demo.truth import Way
from crosstie.record import Kind, Place

_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question in a channel: who asks about which case of a topic, where, under which id, read by whom."""

    asker: int
    topic: int
    case: int
    place: Place
    readers: list[int]
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Somebody was told whom to ask instead."""

    asker: int
    topic: int
    at: int
    other: int


class Channel:
    """Asking in the open, and what comes of it."""

    def __init__(self, office: Office, places: Places) -> None:
        self._office, self._places, self._dice = office, places, office.dice
        self._say, self._note = office.speech.say, office.trail.note

    def ask(self, asker: int, topic: int, at: int) -> list[Pointer]:
        """Let a person ask in a channel and people answer; return whom they were told to ask instead."""
        office, dice, matter = self._office, self._dice, self._office.topics[topic]
        place, readers = self._places.to_ask(asker, topic)
        case = office.speech.case(matter)
        known = office.whom(asker, topic, at) if dice.chance(0.3) else None
        if known in readers and known is not None:
            text = self._say("question_at", matter, office.people[known].name, case=case)
            root = self._note(Kind.SAID, at, asker, place, text, mentioned=(known,))
            answerers = [known] if dice.chance(0.7) else []
        else:
            root = self._note(Kind.SAID, at, asker, place, self._say("question", matter, case=case))
            answerers = []
        question = Question(asker=asker, topic=topic, case=case, place=place, readers=readers, root=root)
        for _ in range(dice.often(1.25)):
            answerer = self._who_answers(question, at, answerers)
            if answerer is not None:
                answerers.append(answerer)
        pointers: list[Pointer] = []
        helped: list[int] = []
        now = float(at)
        for answerer in answerers:
            now += dice.wait(70 * _MINUTE)
            when = office.hours[answerer].next_at(now, dice)
            if when >= END:
                continue
            if dice.chance(0.25 + office.level[answerer][topic]):
                self._answer(question, answerer, when, helped)
            else:
                pointers += self._cannot_say(question, answerer, when)
        return pointers

    def _who_answers(self, question: Question, at: int, answering: list[int]) -> int | None:
        office, asker, weights = self._office, question.asker, []
        for reader in question.readers:
            level = office.level[reader][question.topic]
            weight = 0.0
            if level > 0.2 and reader != asker and reader not in answering and office.here(reader, at):
                close = 0.12 + office.knows[reader].get(asker, 0.0)
                weight = level**3 * close * office.temper[reader].helpful * office.barrier(asker, reader)
                weight *= office.drifts(asker, reader, at // DAY)
            weights.append(weight)
        if self._dice.chance(0.1) or sum(weights) < 0.02:
            return None
        return self._dice.weighed(question.readers, weights)

    def _cannot_say(self, question: Question, answerer: int, at: int) -> list[Pointer]:
        office, dice, asker = self._office, self._dice, question.asker
        matter, name = office.topics[question.topic], office.people[asker].first_name
        other = office.whom(answerer, question.topic, at, (asker, answerer)) if dice.chance(0.5) else None
        if other is None:
            self._reply(question, answerer, at, self._say("poor_answer", matter, name))
            return []
        text = self._say("referral", matter, name, office.people[other].name)
        self._reply(question, answerer, at, text, (other,))
        office.meets(asker, other, 0.1)
        when = office.hours[asker].next_at(at + dice.wait(_HOUR), dice)
        if when < END and dice.chance(0.5):
            return [Pointer(asker=asker, topic=question.topic, at=when, other=other)]
        return []

    def _answer(self, question: Question, answerer: int, at: int, helped: list[int]) -> None:
        """Let one answer; `helped` are those whose answers came before, and grows by this one."""
        office, dice, asker, topic = self._office, self._dice, question.asker, question.topic
        matter, name, them = (
            office.topics[topic],
            office.people[asker].first_name,
            office.people[answerer].first_name,
        )
        sort = "second" if helped and dice.chance(0.6) else "answer"
        first = office.people[helped[0]].first_name if helped else ""
        said = self._reply(question, answerer, at, self._say(sort, matter, name, first, case=question.case))
        office.written[topic].append(answerer)
        office.meets(asker, answerer, 0.08)
        learned = office.learn(asker, answerer, topic=topic, at=at, way=Way.CHANNEL, ease=0.95)
        back = office.hours[asker].next_at(at + dice.wait(50 * _MINUTE), dice)
        if dice.chance(0.2) and back < END:
            self._reply(question, asker, back, self._say("detail", matter, them, case=question.case))
            office.learn(answerer, asker, topic=topic, at=back, way=Way.CHANNEL, ease=0.3)
            if dice.chance(0.6):
                again = office.hours[answerer].next_at(back + dice.wait(_HOUR), dice)
                self._reply(question, answerer, again, self._say("answer", matter, name, case=question.case))
                back = again + 5 * _MINUTE
        if dice.chance(0.45 if learned else 0.16):
            self._thank(question, asker, back, said, answerer)
        if dice.chance(0.3 if learned else 0.0 if helped else 0.15):
            text = self._say("thanks" if learned else "courtesy", matter, them)
            self._reply(question, asker, back + 40, text)
        helped.append(answerer)
        for reader in dice.some(question.readers, dice.often(1.6)):
            drifts = office.drifts(reader, answerer, at // DAY)
            if reader not in (asker, answerer) and (drifts == 1 or dice.chance(drifts)):
                self._read_along(question, reader, at, said, answerer)

    def _read_along(self, question: Question, reader: int, at: int, said: str, answerer: int) -> None:
        office, dice = self._office, self._dice
        when = office.hours[reader].next_at(at + dice.wait(4 * _HOUR), dice)
        if when < END and (office.barrier(reader, answerer) == 1 or dice.chance(0.05)):
            learned = office.learn(
                reader, answerer, topic=question.topic, at=when, way=Way.WATCHING, ease=0.5
            )
            if dice.chance(0.2 if learned else 0.15):
                self._thank(question, reader, when, said, answerer)

    def _thank(self, question: Question, reader: int, at: int, said: str, answerer: int) -> None:
        self._note(
            Kind.THANKED, at, reader, question.place, thread=question.root, replies_to=said, parent=answerer
        )

    def _reply(
        self, question: Question, actor: int, at: int, text: str, mentioned: tuple[int, ...] = ()
    ) -> str:
        if self._dice.chance(0.12):  # not in the thread, just next in the channel
            return self._note(Kind.SAID, at, actor, question.place, text, mentioned=mentioned)
        root, asker = question.root, question.asker
        return self._note(
            Kind.REPLIED, at, actor, question.place, text,
            mentioned=mentioned, thread=root, replies_to=root, parent=asker,
        )  # fmt: skip
