"""Writes down what a chat, a mail server, a repository and a calendar would have kept of the year.

Nothing here knows whether anybody learned anything. What a source drops at its door (bots, reading,
text of places that are not open) is not written at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from operator import itemgetter

from crosstie.demo.hours import END, moment
from crosstie.demo.people import Person, plain
from crosstie.record import Account, Entry, Interaction, Kind, Openness, Place, Trace

CHAT, MAIL, GIT, MEETINGS, DIRECTORY = "demo-chat", "demo-mail", "demo-git", "demo-meetings", "demo-directory"
_FIRST_SECOND = 1_761_868_800  # the first midnight of the demo year, as chat systems count seconds


class Trail:
    """Everything recorded so far. People are given by their number in the company."""

    def __init__(self, people: Sequence[Person], seed: int) -> None:
        self._people = people
        self._seed = seed
        self._count = 0
        self._places: dict[tuple[str, str], Place] = {}
        self._accounts: dict[tuple[str, str], Account] = {}
        self._acts: list[tuple[int, str, Interaction]] = []
        self._chat_ids = [f"U{self._digest(f'account {person.id}', 5).upper()}" for person in people]

    def place(self, source: str, kind: str, name: str, openness: Openness) -> Place:
        """Return the place of this name within a source, the same each time."""
        if source == CHAT:
            number = f"{kind}{self._digest(f'{kind} {name}', 5).upper()}"
            link = f"https://chat.kestrel.example/archives/{number}"
        else:
            number = f"{kind}:{name}"
            link = f"https://{source.removeprefix('demo-')}.kestrel.example/{kind}/{plain(name)}"
        is_open, is_direct = openness is Openness.OPEN, openness is Openness.DIRECT
        return self._places.setdefault(
            (source, number),
            Place(
                source=source,
                id=number,
                name="" if is_direct else name,
                openness=openness,
                link=link if is_open else "",
            ),
        )

    def account(self, source: str, number: int) -> str:
        """Return a person's account id within a source, noting the account."""
        person = self._people[number]
        name = self._chat_ids[number] if source == CHAT else person.address
        if (source, name) not in self._accounts:
            self._accounts[source, name] = Account(
                source=source, id=name, name=person.name, address=person.address
            )
        return name

    def note(
        self,
        kind: Kind,
        at: int,
        actor: int,
        place: Place,
        text: str | None = None,
        *,
        addressed: Sequence[int] = (),
        copied: Sequence[int] = (),
        mentioned: Sequence[int] = (),
        thread: str = "",
        replies_to: str = "",
        parent: int | None = None,
    ) -> str:
        """Write one act down and return its external id, by which it can be answered.

        An act after the last second of the year is not written; its id is "".
        """
        if at >= END:
            return ""
        source = place.source
        self._count += 1
        external_id, link = self._identify(place, at, thread)
        is_open = place.openness is Openness.OPEN
        if kind is Kind.SAID and (
            source == MAIL or (source == CHAT and place.openness is not Openness.DIRECT)
        ):
            thread = thread or external_id
        act = Interaction(
            source=source,
            external_id=external_id,
            kind=kind,
            at=moment(at),
            actor=self.account(source, actor),
            place=place.id,
            openness=place.openness,
            addressed=tuple(self.account(source, number) for number in addressed),
            copied=tuple(self.account(source, number) for number in copied),
            mentioned=tuple(self.account(source, number) for number in mentioned),
            thread=thread,
            replies_to=replies_to,
            parent_author="" if parent is None else self.account(source, parent),
            link=link if is_open else "",
            asks=None if text is None else "?" in text,
            text=text if is_open else None,
        )
        self._acts.append((at, external_id, act))
        return external_id

    def traces(self) -> Iterator[Trace]:
        """Yield the directory, then of each source its accounts, its places, its acts in order of time."""
        for person in self._people:
            groups = {"department": person.department, "location": person.location}
            if person.team:
                groups["team"] = person.team
            yield Entry(
                source=DIRECTORY,
                id=person.id,
                name=person.name,
                address=person.address,
                groups=groups if person.relation == "employee" else {"organisation": person.department},
                manager=person.manager,
                relation=person.relation,
                joined_on=person.joined_on.isoformat() if person.joined_on else "",
                left_on=person.left_on.isoformat() if person.left_on else "",
            )
        acts = [act for _at, _id, act in sorted(self._acts, key=itemgetter(0, 1))]
        for source in (CHAT, MAIL, GIT, MEETINGS):
            yield from (account for key, account in sorted(self._accounts.items()) if key[0] == source)
            used = {act.place for act in acts if act.source == source}
            yield from (
                place for key, place in sorted(self._places.items()) if key[0] == source and key[1] in used
            )
            yield from (act for act in acts if act.source == source)

    def people_by_account(self) -> dict[tuple[str, str], str]:
        """Return the person's id for every (source, account id) that was written down."""
        by_address = {person.address: person.id for person in self._people}
        return {key: by_address[account.address] for key, account in self._accounts.items()}

    def _identify(self, place: Place, at: int, thread: str) -> tuple[str, str]:
        if place.source == CHAT:
            stamp = f"{_FIRST_SECOND + at}.{self._count:06d}"
            link = f"{place.link}/p{stamp.replace('.', '')}"
            return f"{place.id}:{stamp}", f"{link}?thread_ts={thread.partition(':')[2]}" if thread else link
        digest = self._digest(str(self._count), 20)
        if place.source == MAIL:
            return f"<{digest[:20]}@mail.kestrel.example>", f"{place.link}/{digest[:20]}"
        return digest, f"{place.link}/{digest[:12]}"

    def _digest(self, text: str, size: int) -> str:
        return blake2b(f"{self._seed} {text}".encode(), digest_size=size).hexdigest()
