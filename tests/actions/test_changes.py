"""*Who knows* where changes are the only source: who wrote, reviewed or helped with what is near."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.actions import company

from crosstie.actions import opting, reading, snapshots
from crosstie.actions.advice_views import Helper
from crosstie.actions.advising import answered_before, who_can_help
from crosstie.actions.home import Home
from crosstie.actions.prepared import prepared
from crosstie.ideas.found import is_work
from crosstie.record import Interaction, Kind, KnownHow, Trace

SUBJECTS = {
    "Mend the gauge calibration of the pump": ("Ben", "Cleo"),
    "Sort the ledger export by month": ("Dan", "Eve"),
    "Let the printer wait for paper": ("Fay", "Gil"),
}


def _change(number: int, author: str, text: str, *, days: float, place: str = "open") -> Interaction:
    is_open = place == "open"
    return company.said(
        number, author, days=days, place=place, thread=f"m{number}", asks=None, text=text if is_open else None
    )


def _part(kind: Kind, name: str, other: str, change: Interaction, **more: object) -> Interaction:
    reviewed = kind is Kind.REVIEWED
    return company.said(
        0,
        name if reviewed else change.actor,
        kind=kind,
        at=change.at,
        external_id=f"{change.external_id}/{kind}/{name}",
        addressed=(other,),
        thread=change.thread,
        place=change.openness.value,
        text=None,
        asks=None,
        **more,  # type: ignore[arg-type]  # the columns are named by the test
    )


def _history() -> Iterator[Trace]:
    """Ben, Dan and Fay write; Cleo and Gil review, Eve helps; Hana applies all; Ivo works behind doors."""
    yield from company.accounts()
    yield from company.places()
    number = 0
    for week in range(8):
        for text, (author, other) in SUBJECTS.items():
            change = _change(number, author, f"{text}\n\nPart {week}.", days=7 * week)
            yield change
            if other == "Eve":
                yield _part(Kind.ACKNOWLEDGED, other, other, change)
            else:
                yield _part(Kind.REVIEWED, other, author, change)
            applied = {"known_how": KnownHow.INFERRED, "probability": 0.5}
            yield _part(Kind.REVIEWED, "Hana", author, change, **applied)
            number += 1
        closed = _change(number, "Ada", "", days=7 * week, place="members")
        yield closed
        yield _part(Kind.REVIEWED, "Ivo", "Ada", closed)
        number += 1


@pytest.fixture
def changes(home: Home) -> Home:
    reading.read(home, company.plan(list(_history())), viewer=company.address("Ada Berg"))
    return home


def _ada(home: Home) -> str:
    return next(key for key, one in snapshots.persons(home).by_key.items() if one.name == "Ada Berg")


def _first_names(found: tuple[Helper, ...]) -> set[str]:
    return {one.person.name.split()[0] for one in found}


@pytest.mark.parametrize(("text", "people"), SUBJECTS.items())
def test_whoever_wrote_or_had_a_part_in_such_changes_is_suggested_with_the_changes(changes, text, people):
    found = who_can_help(changes, _ada(changes), text.lower(), k=2)
    assert _first_names(found) == set(people)
    for one in found:
        assert one.evidence
        wrote = one.person.name.startswith(people[0])
        assert {original.kind for original in one.evidence} == {"wrote" if wrote else "reviewed"}
        assert all(text in original.text and original.link for original in one.evidence)
        assert all(original.who.startswith(people[0]) for original in one.evidence)
        said = "Wrote changes like this" if wrote else "Reviewed or helped with changes like this"
        assert one.reasons[0].startswith(f"{said} in questions, the last on ")
        assert not any("nswered" in reason for reason in one.reasons)


def test_who_merely_applied_or_worked_behind_doors_is_not_suggested(changes):
    found = _first_names(who_can_help(changes, _ada(changes), "gauge ledger printer", k=20))
    assert found == {"Ben", "Cleo", "Dan", "Eve", "Fay", "Gil"}


def test_of_whoever_wrote_nothing_near_no_more_is_said(changes):
    found = who_can_help(changes, _ada(changes), "gauge calibration of the pump", k=20)
    fay = next(one for one in found if one.person.name.startswith("Fay"))
    assert fay.evidence == ()
    assert fay.reasons == ("Wrote changes in open places; none of them is close to this question.",)


def test_a_change_is_no_earlier_question(changes):
    assert answered_before(changes, _ada(changes), "Mend the gauge calibration of the pump") == ()


def test_writing_changes_is_no_load(changes):
    ready = prepared(changes)
    loads = dict(zip(ready.people, ready.activity.to_others, strict=True))
    by_name = {one.name.split()[0]: loads.get(key) for key, one in snapshots.persons(changes).by_key.items()}
    assert by_name["Ben"] == 0
    assert (by_name["Cleo"] or 0) > 1


def test_a_change_of_someone_who_opted_out_is_shown_nowhere(changes):
    opting.opt_out(changes, company.address("Ben Olu"))
    found = who_can_help(changes, _ada(changes), "gauge calibration of the pump", k=20)
    assert "Ben" not in _first_names(found)
    assert not any("gauge" in original.text for one in found for original in one.evidence)
    with prepared(changes).index() as index:
        asked = {one.number: one for one in index.every_question()}
        rows = [row for rows in index.answers_to(list(asked)).values() for row in rows]
        assert sum(is_work(asked[row.question], row) for row in rows) == 16
