"""Commits into interactions: what the author said, and who wrote with them, reviewed, or helped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from crosstie.record import Interaction, Kind, KnownHow, Openness, Place, Trace
from crosstie.saying import mark
from crosstie.sources.door import Door
from crosstie.sources.git.files import kept
from crosstie.sources.git.mailmap import Mailmap
from crosstie.sources.git.people import MOST_REMEMBERED, People
from crosstie.sources.git.repository import Stretch
from crosstie.sources.git.trailers import Part, contacts, parse
from crosstie.sources.source import Settings
from crosstie.sources.times import EARLIEST, latest

# Whoever applies another's change has looked at it, more or less. In a project that writes its reviews down,
# 60% of the commits that someone else applied carry the applier's own Reviewed-by or Acked-by; half is a
# careful figure.
APPLIED_IS_REVIEWED = 0.5

_PLACE = "repository"
# An enumeration's member is looked up anew each time it is named, which counts in a loop over every commit.
_SAID, _REVIEWED, _WHO_REVIEWED, _INFERRED = Kind.SAID, Kind.REVIEWED, Part.REVIEWED, KnownHow.INFERRED
_OWN_ACTS = {Part.CO_WROTE: ("co", Kind.CO_WROTE), Part.HELPED: ("helped", Kind.ACKNOWLEDGED)}


class _Line(NamedTuple):
    """What one trailer line comes to: whose part, account ids, and what is to be noted each time."""

    part: Part
    people: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Block:
    """The trailers of a commit; many commits end in the same ones, so each block is read once.

    Attributes:
        lines: its lines.
        parts: who had which part, each once; empty where nobody had one.
        met: how many commits ended so.
    """

    lines: list[_Line]
    parts: dict[Part, dict[str, None]]
    met: int = 0


_NO_BLOCK = _Block([], {})
_NOBODY: dict[str, None] = {}
_NO_FILES: tuple[tuple[str, ...], tuple[str, ...]] = (), ()


def _people(said: Interaction, others: list[Interaction]) -> list[str]:
    return [said.actor, *(person for act in others for person in (act.actor, *act.addressed))]


class History:
    """One reading of one history."""

    def __init__(
        self,
        root: str,
        name: str,
        settings: Settings,
        door: Door,
        *,
        mailmap: Mailmap,
    ) -> None:
        """Begin a reading.

        Args:
            root: hash of the root commit, by which the source is known.
            name: the repository's name.
            settings: openness, and link with {sha} in it.
            door: where the records are asked for and counted.
            mailmap: which names and addresses are the same person's.
        """
        self.source = f"git:{root}"
        self.name = name
        self.openness = Openness(settings["openness"])
        self.link = door.link(self.openness, settings["link"])
        self.door = door
        self.people = People(self.source, door, mailmap)
        self.latest = latest()
        self.blocks: dict[str, _Block] = {}
        self.lines: dict[str, _Line] = {}
        self.tying_nobody: dict[str, _Line] = {}  # by key: whoever stands there, all such lines say the same

    def traces(self, stretches: Iterable[Stretch]) -> Iterator[Trace]:  # noqa: C901, PLR0912, PLR0915 -- one loop
        """Yield what the commits say; each is used, or left out with a reason."""
        # No call that can be spared: all of it may take half of the time that git itself takes. An open place
        # lets in every commit or none, so after the first it is asked for them together.
        source, openness, link, name = self.source, self.openness, self.link, self.name
        is_open, earliest, tomorrow = openness is Openness.OPEN, EARLIEST, self.latest
        hands, find_hands = self.people.hands, self.people.find_hands
        blocks, pending = self.blocks, self.people.pending
        admits, leave_out, use = self.door.admits, self.door.ledger.leave_out, self.door.ledger.use
        is_choosy, takes_from = self.door.is_choosy, self.door.takes_from
        is_let_in, let_in = False, 0
        commits = chain.from_iterable(zip(*stretch, strict=True) for stretch in stretches)
        shown = "" if openness is Openness.DIRECT else name
        yield Place(source=source, id=_PLACE, name=shown, openness=openness)
        try:
            for sha, written, authored, committed, message, trailers, files in commits:
                author, committer, notes = hands.get(written) or find_hands(written, trailers)
                if not author:
                    leave_out(mark("bot") if author is None else mark("commit without an author"))
                    continue
                if (
                    authored
                    and committed
                    and earliest <= authored <= tomorrow
                    and earliest <= committed <= tomorrow
                ):
                    at, committed_at = authored, committed
                else:
                    times = self._believable(authored, committed)
                    if times is None:
                        leave_out("unreadable date, or one before 1980 or in the future")
                        continue
                    at, committed_at = times
                if is_choosy and not takes_from(author, at):
                    continue
                names, remarks = kept(files) if files else _NO_FILES
                said = Interaction(
                    source=source,
                    external_id=sha,
                    kind=_SAID,
                    at=at,
                    actor=author,
                    place=_PLACE,
                    openness=openness,
                    thread=sha,
                    link=link and link.replace("{sha}", sha),
                    text=message.strip() if is_open else None,
                    files=names,
                )
                block = (blocks.get(trailers) or self._block(trailers)) if trailers else _NO_BLOCK
                others = self._stated(said, block, committed_at) if block.parts else []
                if committer and committer not in block.parts.get(_WHO_REVIEWED, _NOBODY):
                    others.append(
                        Interaction(
                            source=source,
                            external_id=sha + "/applied",
                            kind=_REVIEWED,
                            at=committed_at,
                            actor=committer,
                            place=_PLACE,
                            openness=openness,
                            addressed=(author,),
                            thread=sha,
                            link=said.link,
                            known_how=_INFERRED,
                            probability=APPLIED_IS_REVIEWED,
                        )
                    )
                people = _people(said, others) if pending or not is_open else ()
                if is_let_in:
                    let_in += 1
                elif admits(openness, name, _PLACE, people):
                    use()
                    is_let_in = is_open
                else:
                    continue
                block.met += 1
                if notes:
                    self.door.ledger.notes.update(notes)
                if remarks:
                    self.door.ledger.notes.update(remarks)
                if pending:
                    for person in people:
                        if person in pending:
                            yield pending.pop(person)
                yield said
                if others:
                    yield from others
        finally:
            if let_in:
                admits(openness, name, _PLACE, (), count=let_in)
                use(let_in)
            self._note_blocks()

    def _stated(self, said: Interaction, block: _Block, reviewed_at: datetime) -> list[Interaction]:
        """Return what the trailers state of others than the author."""
        author, sha = said.actor, said.thread
        acts = []
        for part, people in block.parts.items():
            if part is _WHO_REVIEWED:
                for reviewer in people:
                    if reviewer != author:
                        name = f"{sha}/reviewed/{reviewer}"
                        acts.append(self._act(said, name, _REVIEWED, reviewer, (author,), reviewed_at))
                continue
            others = tuple(person for person in people if person != author)
            if others:
                what, kind = _OWN_ACTS[part]
                acts.append(self._act(said, f"{sha}/{what}", kind, author, others, said.at))
        return acts

    def _act(  # noqa: PLR0917 -- called for every second commit, where keywords cost
        self,
        said: Interaction,
        external_id: str,
        kind: Kind,
        actor: str,
        addressed: tuple[str, ...],
        at: datetime | None,
    ) -> Interaction:
        return Interaction(
            source=self.source,
            external_id=external_id,
            kind=kind,
            at=at,
            actor=actor,
            place=_PLACE,
            openness=self.openness,
            addressed=addressed,
            thread=said.thread,
            link=said.link,
        )

    def _block(self, trailers: str) -> _Block:
        known, nobody, lines = self.lines, self.tying_nobody, []
        parts: dict[Part, dict[str, None]] = {}
        for written in trailers.split("\n"):
            if not written:
                continue
            line = (
                known.get(written) or nobody.get(written.partition(":")[0]) or self._line(written, trailers)
            )
            lines.append(line)
            if line.people:
                had = parts.setdefault(line.part, {})
                for person in line.people:
                    had[person] = None
        if len(self.blocks) >= MOST_REMEMBERED:
            self._note_blocks()
        found = self.blocks[trailers] = _Block(lines, parts)
        return found

    def _line(self, written: str, trailers: str) -> _Line:
        trailer = parse(written)
        notes = [f"trailer {trailer.label}"] if trailer.label else []
        if trailer.misspelt:
            notes.append(mark("misspelt trailer"))
        people: list[str] = []
        is_rewritten = False
        for name, address in trailer.people:
            person, note = (
                self.people.account(name, address, lambda: contacts(trailers)) if address else ("", "")
            )
            is_rewritten = is_rewritten or bool(note)
            if person:
                people.append(person)
                notes += [note] if note else []
            else:
                notes.append(
                    mark("trailer that names a bot") if person is None else mark("trailer without an address")
                )
        found = _Line(trailer.part, tuple(people), tuple(notes))
        if trailer.part is Part.NO_TIE:
            if len(self.tying_nobody) < MOST_REMEMBERED:
                self.tying_nobody[written.partition(":")[0]] = found
        elif not is_rewritten:  # whom a list stands for, the lines around tell
            if len(self.lines) >= MOST_REMEMBERED:
                self.lines.clear()
            self.lines[written] = found
        return found

    def _note_blocks(self) -> None:
        counts: Counter[str] = Counter()
        for block in self.blocks.values():
            for line in block.lines if block.met else ():
                for note in line.notes:
                    counts[note] += block.met
        self.door.ledger.notes.update(counts)
        self.blocks.clear()

    def _believable(
        self, authored: datetime | None, committed: datetime | None
    ) -> tuple[datetime, datetime] | None:
        """Return both times; where one is not believable the other stands for it: noted of the author's."""
        at, committed_at = (
            time if time and EARLIEST <= time <= self.latest else None for time in (authored, committed)
        )
        if at is None and committed_at is not None:
            self.door.ledger.note("author's date not believable, the committer's taken")
            at = committed_at
        return None if at is None else (at, committed_at or at)
