"""The page about the demo company says what the company is: its two tables are counted here and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from crosstie.demo import Company, Way
from crosstie.record import Interaction, Kind, Openness, Place

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "demo-company.md"
SILENT = (Way.READING, Way.IN_PERSON, Way.WATCHING)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"


def towards(kestrel: Company, acts: list[Interaction]) -> Counter[tuple[str, str]]:
    """Count the acts of one person towards another, gatherings of many left out."""
    who, found = kestrel.person_of, Counter[tuple[str, str]]()
    for act in acts:
        for name in [act.parent_author] if act.parent_author else act.addressed:
            pair = who[act.source, act.actor], who[act.source, name]
            found[pair] += pair[0] != pair[1] and len(act.addressed) < 20
    return +found


def direction(done: Counter[tuple[str, str]], one_way: list[tuple[str, str]]) -> str:
    """Say how often the teacher did more towards the learner than back, where one of them did more."""
    decided = [done[teacher, learner] - done[learner, teacher] for learner, teacher in one_way]
    return percent(sum(more > 0 for more in decided), sum(more != 0 for more in decided))


def counts(kestrel: Company, acts: list[Interaction]) -> str:
    pairs, events = kestrel.learned_pairs(), kestrel.truth.events
    kinds, openness = Counter(act.kind.value for act in acts), Counter(act.openness for act in acts)
    done = towards(kestrel, acts)
    naive = {(learner, teacher) for teacher, learner in done}
    found = len(naive & set(pairs))
    written = sum(pair in naive or pair[::-1] in naive for pair in pairs)
    one_way = [(learner, teacher) for learner, teacher in pairs if (teacher, learner) not in pairs]
    staff = [person for person in kestrel.people if person.relation == "employee"]
    units = [len({getattr(person, unit) for person in staff}) for unit in ("department", "team", "location")]
    places = sum(isinstance(trace, Place) and bool(trace.name) for trace in kestrel.traces())
    levels = (Openness.OPEN, Openness.MEMBERS, Openness.DIRECT)
    replied = towards(kestrel, [act for act in acts if act.kind is Kind.REPLIED])
    silent = sum(event.way in SILENT for event in events)
    rows = [
        ("colleagues, outsiders", f"{len(staff)}, {len(kestrel.people) - len(staff)}"),
        ("departments, teams, towns", ", ".join(map(str, units))),
        ("topics", str(len({event.topic for event in events}))),
        ("channels, lists, repositories and shared calendars", str(places)),
        ("recorded acts", f"{len(acts):,}"),
        *((f"of these {kind.replace('_', '-')}", f"{count:,}") for kind, count in kinds.most_common()),
        ("open, to members, direct", ", ".join(percent(openness[level], len(acts)) for level in levels)),
        ("true learning events", f"{len(events):,}"),
        ("of these without a trace of their own", percent(silent, len(events))),
        ("pairs who learned", f"{len(pairs):,}"),
        ("of these one way", percent(len(one_way), len(pairs))),
        ("of these with any act between the two", percent(written, len(pairs))),
        ("found naively, of the pairs who learned", percent(found, len(pairs))),
        ("right, of the pairs found naively", percent(found, len(naive))),
        ("one way, and the teacher did more towards the learner", direction(done, one_way)),
        ("one way, and the teacher replied more to the learner", direction(replied, one_way)),
    ]
    return table(("what", "count"), rows)


def looks(kestrel: Company, _acts: list[Interaction]) -> str:
    named = {person.id: person for person in kestrel.people}
    rows = [
        (named[one].name, f"{named[one].team}, {named[one].location}", why) for one, why in kestrel.looks()
    ]
    return table(("who", "where", "why"), rows)


@pytest.mark.parametrize(("name", "made"), [("counts", counts), ("looks", looks)])
def test_the_page_shows_what_the_company_is(name: str, made, kestrel: Company, acts: list[Interaction]):
    page = PAGE.read_text(encoding="utf-8")
    shown = page.partition(f"<!-- {name}: begin -->")[2].partition(f"<!-- {name}: end -->")[0].strip()
    assert shown == made(kestrel, acts), "put the table on the right into the page"
