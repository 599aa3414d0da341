"""A made-up firm of twelve, as a source would tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crosstie.actions.course import Plan
from crosstie.record import Account, Interaction, Kind, Openness, Place, Trace
from crosstie.sources import Door, Settings, Source

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = ("Ada Berg", "Ben Olu", "Cleo Marti", "Dan Wu", "Eve Ros", "Fay Lind", "Gil Amado", "Hana Sato",
         "Ivo Kral", "Jun Park", "Kim Dale", "Lea Moreau")  # fmt: skip
SOURCE = "chat:firm"


def address(name: str) -> str:
    return name.lower().replace(" ", ".") + "@firm.example"


def accounts() -> Iterator[Account]:
    for name in NAMES:
        yield Account(source=SOURCE, id=name.split()[0], name=name, address=address(name))


def places() -> Iterator[Place]:
    yield Place(source=SOURCE, id="open", name="questions", openness=Openness.OPEN)
    yield Place(source=SOURCE, id="members", name="board", openness=Openness.MEMBERS)
    yield Place(source=SOURCE, id="direct", name="Ada and Ben", openness=Openness.DIRECT)


def said(number: int, actor: str, *, place: str = "open", days: float = 0, **more: object) -> Interaction:
    values: dict[str, object] = {
        "source": SOURCE,
        "external_id": f"m{number}",
        "kind": Kind.SAID,
        "at": START + timedelta(days=days, minutes=number),
        "actor": actor,
        "place": place,
        "openness": Openness(place),
        "text": f"Message {number} of {actor}?" if place == "open" else None,
        "link": f"https://chat.firm.example/m{number}" if place == "open" else "",
        "asks": True,
    }
    return Interaction(**(values | more))  # type: ignore[arg-type]  # the columns are named by the test


def answered(
    number: int, actor: str, question: Interaction, *, days: float = 0.1, **more: object
) -> Interaction:
    return said(
        number,
        actor,
        place=question.openness.value,
        days=days,
        kind=Kind.REPLIED,
        replies_to=question.external_id,
        parent_author=question.actor,
        thread=question.external_id,
        **more,
    )


def traces() -> list[Trace]:
    """Ada asks in the open and Ben, Cleo, Dan answer; Ben and Cleo talk on the board; Ada writes to Ben."""
    acts: list[Trace] = [*accounts(), *places()]
    number = 0
    for week in range(8):
        for helper in ("Ben", "Cleo", "Dan", "Eve", "Fay", "Gil"):
            question = said(number, "Ada", days=7 * week)
            acts += [question, answered(number + 1, helper, question, days=7 * week + 0.1)]
            number += 2
        closed = said(number, "Hana", place="members", days=7 * week)
        acts += [closed, answered(number + 1, "Ivo", closed, days=7 * week + 0.1)]
        acts.append(said(number + 2, "Ada", place="direct", days=7 * week, addressed=("Ben",)))
        number += 3
    return acts


def plan(told: list[Trace] | None = None, *, path: str = "firm.json") -> Plan:
    """Return a plan that reads these traces as one record each, through the door."""
    told = traces() if told is None else told

    def read(_path: Path, _settings: Settings, door: Door) -> Iterator[Trace]:
        names = {place.id: place.name for place in told if isinstance(place, Place)}
        for trace in told:
            if isinstance(trace, Account):
                door.is_viewer(trace)
            if isinstance(trace, Interaction):
                people = (trace.actor, *trace.addressed, *trace.copied, trace.parent_author)
                if not door.takes_from(trace.actor, trace.at):
                    continue
                if not door.admits(trace.openness, names[trace.place], trace.place, people):
                    continue
                door.ledger.use()
            yield trace

    source = Source(
        name="firm",
        label="Made-up firm",
        reads="A made-up firm.",
        drops=(),
        kinds=frozenset(Kind),
        unit="messages",
        recognises=lambda _path: 0.0,
        read=read,
    )
    return Plan(path=Path(path), source=source)
