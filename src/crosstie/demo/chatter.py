# ruff: noqa: PLR2004 - the numbers are the story: how often people chat, announce and remark
"""What people write that teaches nobody: greetings, announcements, newsletters, status mails.

And one thing that does: a note in which somebody shares what they know, unasked.
"""

from __future__ import annotations

from crosstie.demo.hours import DAY, END
from crosstie.demo.office import Office
from crosstie.demo.places import SOCIAL, Places
from crosstie.demo.truth import Way
from crosstie.record import Kind, Openness

_MINUTE, _HOUR, _WEEK = 60, 3600, 7


class Chatter:
    """Everything said that nobody asked for."""

    def __init__(self, office: Office, places: Places) -> None:
        self._office, self._places = office, places
        self._office_people = [
            one for one in office.staff if office.people[one].department == "People and Office"
        ]
        self._builders = [
            one for one in office.staff if office.people[one].team in ("Firmware", "Test", "Apps")
        ]

    def a_day(self, day: int) -> None:
        """Let one day's talk happen."""
        office, dice = self._office, self._office.dice
        present = [one for one in office.staff if office.hours[one].works_on(day)]
        if len(present) < 5:
            if present and dice.chance(0.3):  # somebody on call writes at the weekend
                self._social(dice.pick(present), day)
            return
        for one in present:
            self._a_persons_day(one, day)
        for _ in range(dice.often(0.5)):
            self._announce(day, present)
        for _ in range(dice.often(0.6)):
            self._remark_to_bot(day)
        if day % _WEEK == 3:
            self._newsletter(day)
        if dice.chance(0.3):
            self._offer(day, present)

    def _a_persons_day(self, one: int, day: int) -> None:
        office, dice, temper = self._office, self._office.dice, self._office.temper[one]
        fades = 1 - office.shrunk(day) if one == office.shrinking else 1.0
        if dice.chance(0.12 * temper.chatty * fades):
            self._social(one, day)
        if dice.chance(0.06 * (1 + temper.chatty) * fades):
            self._small_talk(one, day)
        if one not in office.closed and dice.chance(0.012 * max(office.level[one]) * temper.helpful * fades):
            self._share(one, day)
        if day % _WEEK in (0, 6) and office.manager[one] >= 0 and dice.chance(0.16):
            self._status(one, day)

    def _readers(self, name: str, day: int) -> list[int]:
        hours = self._office.hours
        return [one for one in self._places.readers[name] if hours[one].works_on(day)]

    def _social(self, one: int, day: int) -> None:
        office, dice = self._office, self._office.dice
        rooms = [name for name in (*SOCIAL, "random") if one in self._places.readers[name]] or ["random"]
        name = dice.pick(rooms)
        place, readers = self._places.channels[name], self._readers(name, day)
        at = office.hours[one].at(day, dice.between(8.2 * 60, 16.8 * 60))
        matter = office.topics[0]
        friend = dice.pick(readers) if readers else one
        root = office.trail.note(
            Kind.SAID,
            at,
            one,
            place,
            office.speech.say("social", matter, other=office.people[friend].first_name),
        )
        for reader in dice.some(readers, dice.often(1.2)):
            when = office.hours[reader].next_at(at + dice.wait(40 * _MINUTE), dice)
            if reader != one and office.takes_part(reader, one, day):
                text = office.speech.say("social_reply", matter, office.people[one].first_name)
                if dice.chance(0.55):
                    office.trail.note(
                        Kind.REPLIED, when, reader, place, text, thread=root, replies_to=root, parent=one
                    )
                else:
                    office.trail.note(Kind.SAID, when, reader, place, text)
                office.meets(reader, one, 0.01)
        for reader in dice.some(readers, dice.often(2.0)):
            when = office.hours[reader].next_at(at + dice.wait(2 * _HOUR), dice)
            if reader != one and office.takes_part(reader, one, day):
                office.trail.note(Kind.THANKED, when, reader, place, replies_to=root, parent=one, thread=root)

    def _small_talk(self, one: int, day: int) -> None:
        office, dice = self._office, self._office.dice
        known = [
            (other, weight * office.barrier(one, other) * office.drifts(one, other, day))
            for other, weight in office.knows[one].items()
            if office.hours[other].works_on(day)
        ]
        if not known or sum(weight for _other, weight in known) <= 0:
            return
        other = dice.weighed([friend for friend, _weight in known], [weight for _other, weight in known])
        place = self._places.between(one, other)
        at = office.hours[one].at(day, dice.between(8.1 * 60, 16.9 * 60))
        pair = (one, other)
        for turn in range(dice.whole(1, 4)):
            actor, to = pair[turn % 2], pair[1 - turn % 2]
            at = office.hours[actor].next_at(at + dice.wait(6 * _MINUTE), dice)
            office.trail.note(
                Kind.SAID,
                at,
                actor,
                place,
                office.speech.say("small_talk", office.topics[0]),
                addressed=(to,),
            )

    def _share(self, one: int, day: int) -> None:
        office, dice = self._office, self._office.dice
        known = [topic for topic, level in enumerate(office.level[one]) if level > 0.55]
        if not known:
            return
        topic = dice.pick(known)
        place, readers = self._places.to_ask(one, topic)
        at = office.hours[one].at(day, dice.between(9 * 60, 16.5 * 60))
        root = office.trail.note(Kind.SAID, at, one, place, office.speech.say("note", office.topics[topic]))
        if place.openness is Openness.OPEN:
            office.written[topic].append(one)
        for reader in dice.some(readers, dice.often(6.0)):
            when = office.hours[reader].next_at(at + dice.wait(5 * _HOUR), dice)
            if reader == one or when >= END or not office.takes_part(reader, one, day):
                continue
            learned = office.learn(reader, one, topic=topic, at=when, way=Way.READING, ease=0.5)
            if dice.chance(0.3 if learned else 0.2):
                office.trail.note(Kind.THANKED, when, reader, place, replies_to=root, parent=one, thread=root)

    def _announce(self, day: int, present: list[int]) -> None:
        office, dice = self._office, self._office.dice
        authors = [one for one in self._office_people if office.hours[one].works_on(day)] or present
        one = dice.pick(authors)
        place = self._places.channels[dice.pick(("announcements", "general"))]
        at = office.hours[one].at(day, dice.between(9 * 60, 15 * 60))
        root = office.trail.note(
            Kind.SAID, at, one, place, office.speech.say("announcement", office.topics[0])
        )
        for reader in dice.some(present, dice.often(6.0)):
            when = office.hours[reader].next_at(at + dice.wait(3 * _HOUR), dice)
            if reader == one or not office.takes_part(reader, one, day):
                continue
            if dice.chance(0.1):
                text = office.speech.say("social_reply", office.topics[0], office.people[one].first_name)
                office.trail.note(
                    Kind.REPLIED, when, reader, place, text, thread=root, replies_to=root, parent=one
                )
            else:
                office.trail.note(Kind.THANKED, when, reader, place, replies_to=root, parent=one, thread=root)

    def _remark_to_bot(self, day: int) -> None:
        # The bot's message was dropped at the door, so the remark has a thread and nobody it answers.
        office, dice = self._office, self._office.dice
        one = dice.pick(self._builders)
        if office.hours[one].works_on(day):
            at = office.hours[one].at(day, dice.between(9 * 60, 17 * 60))
            place = self._places.channels["firmware-releases"]
            build = f"{place.id}:{1_761_868_800 + at - 300}.000000"
            text = office.speech.say("bot_remark", office.topics[0])
            office.trail.note(Kind.REPLIED, at, one, place, text, thread=build, replies_to=build)

    def _newsletter(self, day: int) -> None:
        office, dice = self._office, self._office.dice
        writers = [one for one in self._office_people if office.hours[one].works_on(day)]
        if writers:
            one = dice.pick(writers)
            at = office.hours[one].at(day, 10 * 60 + 5)
            text = office.speech.say("newsletter", office.topics[0])
            office.trail.note(Kind.SAID, at, one, self._places.lists["all-staff"], text)

    def _status(self, one: int, day: int) -> None:
        office, dice = self._office, self._office.dice
        manager, topic = office.manager[one], office.own_topic(one)
        at = office.hours[one].at(day, dice.between(14 * 60, 16.5 * 60))
        team = [other for other, boss in enumerate(office.manager) if boss == manager and other != one]
        told = [other for other in team if office.takes_part(other, one, day)]
        copied = dice.some(told, 3) if dice.chance(0.3) else []
        place = self._places.mailbox(one)
        root = office.trail.note(
            Kind.SAID, at, one, place, office.speech.say("status", topic), addressed=(manager,), copied=copied
        )
        when = office.hours[manager].next_at(at + dice.wait(8 * _HOUR), dice)
        if when // DAY - day < _WEEK and dice.chance(0.35):
            text = office.speech.say("status_reply", topic)
            office.trail.note(
                Kind.REPLIED, when, manager, self._places.mailbox(manager), text,
                addressed=(one,), thread=root, replies_to=root, parent=one,
            )  # fmt: skip

    def _offer(self, day: int, present: list[int]) -> None:
        office, dice = self._office, self._office.dice
        sender = dice.pick(office.outsiders)
        units = ("Supply", "Sales", "Support")
        buyers = [one for one in present if office.people[one].department in units]
        if buyers and office.hours[sender].works_on(day):
            to = dice.some(buyers, dice.whole(1, 3))
            at = office.hours[sender].at(day, dice.between(9 * 60, 16 * 60))
            matter = office.topics[office.topic_number["suppliers"]]
            text = office.speech.say("offer", matter, office.people[to[0]].first_name)
            office.trail.note(Kind.SAID, at, sender, self._places.mailbox(sender), text, addressed=to)
