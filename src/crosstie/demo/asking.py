# ruff: noqa: PLR2004 - the numbers are the story: how likely somebody answers, refers, or writes it down
"""Somebody is stuck: whom they turn to, where, and what comes of it.

Every way ends in one of three: they learn and it shows, they learn and nothing shows, or much is
written and nobody learns.
"""

from __future__ import annotations

from crosstie.demo.channel import Channel
from crosstie.demo.hours import DAY, DAYS, END
from crosstie.demo.office import Office
from crosstie.demo.places import Places
from crosstie.demo.truth import Way
from crosstie.record import Kind

_MINUTE, _HOUR = 60, 3600
_NEW_FOR_MONTHS = 4


class Asking:
    """The ways in which people get help."""

    def __init__(self, office: Office, places: Places) -> None:
        self._office, self._places, self._dice = office, places, office.dice
        self._channel = Channel(office, places)
        self._say, self._note = office.speech.say, office.trail.note
        self._ways = (self._openly, self._in_chat, self._by_mail, self._nearby, self._by_call, self._alone)

    def a_day(self, number: int, day: int) -> None:
        """Bring a person what a day brings: mostly nothing, sometimes something they cannot do alone."""
        office, dice = self._office, self._dice
        rate, ways = office.temper[number].curious, office.temper[number].ways
        months = office.months_here(number, day)
        if months < _NEW_FOR_MONTHS:
            rate *= 1 + (_NEW_FOR_MONTHS - months) / 2
        if number == office.shrinking:
            fades = 1 - office.shrunk(day)
            rate, ways = 1.1 * (0.07 + 0.93 * fades), (ways[0] * fades, *ways[1:5], ways[5] * fades)
        for _ in range(dice.often(rate)):
            topic = office.new_task(number)
            if office.level[number][topic] < dice.roll():
                at = office.hours[number].at(day, dice.between(8 * 60, 16.4 * 60))
                dice.weighed(self._ways, ways)(number, topic, at)

    def _openly(self, asker: int, topic: int, at: int) -> None:
        for pointer in self._channel.ask(asker, topic, at):
            self._chat_with(pointer.other, pointer.asker, topic, pointer.at)

    def _in_chat(self, asker: int, topic: int, at: int) -> None:
        """Ask someone directly, who answers or says whom to ask instead."""
        office, dice, matter = self._office, self._dice, self._office.topics[topic]
        other = office.whom(asker, topic, at)
        if other is None:
            return
        if office.level[other][topic] >= 0.3 or other in office.outsiders or dice.chance(0.4):
            self._chat_with(other, asker, topic, at)
            return
        place = self._places.between(asker, other)
        text = self._say("question_to", matter, office.people[other].first_name)
        self._note(Kind.SAID, at, asker, place, text, addressed=(other,))
        when = office.hours[other].next_at(at + dice.wait(45 * _MINUTE), dice)
        third = office.whom(other, topic, when, (asker, other)) if when < END else None
        if third is not None:
            text = self._say("referral", matter, other=office.people[third].name)
            self._note(Kind.SAID, when, other, place, text, addressed=(asker,), mentioned=(third,))
            office.meets(asker, third, 0.15)
            later = office.hours[asker].next_at(when + dice.wait(_HOUR), dice)
            if later < END and dice.chance(0.7):
                self._chat_with(third, asker, topic, later)

    def _chat_with(self, other: int, asker: int, topic: int, at: int) -> None:
        """Ask this person in a direct conversation."""
        office, dice, matter = self._office, self._dice, self._office.topics[topic]
        if other in office.outsiders:
            self._mail_to((other,), asker, topic, at)
            return
        place, note, say = self._places.between(asker, other), self._note, self._say
        case = office.speech.case(matter)
        name, them = office.people[asker].first_name, office.people[other].first_name
        note(Kind.SAID, at, asker, place, say("question_to", matter, them, case=case), addressed=(other,))
        when = office.hours[other].next_at(at + dice.wait(45 * _MINUTE), dice)
        if when >= END or not dice.chance(office.temper[other].helpful + 0.1):
            return
        able = dice.chance(0.3 + office.level[other][topic])
        answer = "answer" if able else "poor_answer"
        said = note(Kind.SAID, when, other, place, say(answer, matter, name, case=case), addressed=(asker,))
        learned = able and office.learn(asker, other, topic=topic, at=when, way=Way.CHAT)
        office.meets(other, asker, 0.03)
        back = office.hours[asker].next_at(when + dice.wait(15 * _MINUTE), dice)
        if dice.chance(0.4) and back < END:
            note(Kind.SAID, back, asker, place, say("detail", matter, case=case), addressed=(other,))
            office.learn(other, asker, topic=topic, at=back, way=Way.CHAT, ease=0.35)
            again = office.hours[other].next_at(back + dice.wait(20 * _MINUTE), dice)
            note(Kind.SAID, again, other, place, say(answer, matter, name, case=case), addressed=(asker,))
            back = again + _MINUTE
        if dice.chance(0.5 if learned else 0.3):
            text = say("thanks" if learned else "courtesy", matter, them)
            note(Kind.SAID, back + 90, asker, place, text, addressed=(other,))
        elif dice.chance(0.35 if learned else 0.2):
            note(Kind.THANKED, back + 60, asker, place, replies_to=said, parent=other)

    def _by_mail(self, asker: int, topic: int, at: int) -> None:
        """Write to one or two people, now and then with the manager in copy, now and then over a list."""
        office = self._office
        first = office.whom(asker, topic, at)
        if first is not None:
            second = office.whom(asker, topic, at, (first,)) if self._dice.chance(0.3) else None
            self._mail_to((first,) if second is None else (first, second), asker, topic, at)

    def _mail_to(self, asked: tuple[int, ...], asker: int, topic: int, at: int) -> None:
        office, dice, matter = self._office, self._dice, self._office.topics[topic]
        case = office.speech.case(matter)
        manager = office.manager[asker]
        copied = (manager,) if manager >= 0 and manager not in asked and dice.chance(0.2) else ()
        listed = self._places.mailing_list(asker, topic)
        place = listed or self._places.mailbox(asker)
        text = self._say("question_to", matter, office.people[asked[0]].first_name, case=case)
        root = self._note(Kind.SAID, at, asker, place, text, addressed=asked, copied=copied)
        for other in asked:
            when = office.hours[other].next_at(at + dice.wait(5 * _HOUR), dice)
            if when >= END or not dice.chance(office.temper[other].helpful - 0.05):
                continue
            able = dice.chance(0.3 + office.level[other][topic])
            sort, name = "answer" if able else "poor_answer", office.people[asker].first_name
            text = self._say(sort, matter, name, case=case)
            said = self._note(
                Kind.REPLIED, when, other, listed or self._places.mailbox(other), text,
                addressed=(asker,), copied=copied, thread=root, replies_to=root, parent=asker,
            )  # fmt: skip
            learned = able and office.learn(asker, other, topic=topic, at=when, way=Way.MAIL)
            if able and copied:
                office.learn(copied[0], other, topic=topic, at=when, way=Way.READING, ease=0.15)
            if dice.chance(0.35 if learned else 0.2):
                back = office.hours[asker].next_at(when + dice.wait(3 * _HOUR), dice)
                text = self._say("thanks" if learned else "courtesy", matter, office.people[other].first_name)
                self._note(
                    Kind.REPLIED, back, asker, place, text,
                    addressed=(other,), thread=root, replies_to=said, parent=other,
                )  # fmt: skip

    def _nearby(self, asker: int, topic: int, at: int) -> None:
        """Walk over, if the other sits in the same building and is there; else write."""
        office = self._office
        other = office.whom(asker, topic, at)
        if other is None:
            return
        if office.people[other].location != office.people[asker].location:
            self._chat_with(other, asker, topic, at)
        elif office.hours[other].works_on(at // DAY):
            way = Way.IN_PERSON
            if not office.learn(asker, other, topic=topic, at=at, way=way):
                office.learn(other, asker, topic=topic, at=at, way=way, ease=0.3)

    def _by_call(self, asker: int, topic: int, at: int) -> None:
        """Talk for half an hour; most such talks stand in a calendar, some do not."""
        office, dice = self._office, self._dice
        other = office.whom(asker, topic, at)
        when = office.hours[asker].next_at(at + dice.wait(20 * _HOUR), dice)
        if other is None or when >= END or not office.hours[other].works_on(min(when // DAY, DAYS - 1)):
            return
        way = Way.IN_PERSON
        if dice.chance(0.7):
            way = Way.MEETING
            self._note(Kind.MET, when, asker, self._places.calendar(asker), addressed=(other,))
        office.learn(asker, other, topic=topic, at=when, way=way)
        office.learn(other, asker, topic=topic, at=when, way=way, ease=0.2)

    def _alone(self, asker: int, topic: int, at: int) -> None:
        """Search, and perhaps find what somebody once wrote; the newer, the likelier."""
        office, dice = self._office, self._dice
        written = office.written[topic]
        if written and dice.chance(0.5):
            writer = written[-1 - int(dice.roll() ** 2 * min(len(written), 40))]
            if office.barrier(asker, writer) == 1:
                office.learn(asker, writer, topic=topic, at=at, way=Way.READING, ease=0.8)
