"""Who could read what a table tells of: careful where it does not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.table import samples

from crosstie.record import Interaction, Openness, Place, Trace
from crosstie.sources import Door, Ledger, Mode
from crosstie.sources.table import SOURCE

LOG = "from,to,at\nann,ben,2025-03-03\nben,cleo,2025-03-04\ncleo,ann,2025-03-05\n"
SURVEY = "from,to,weight\nann,ben,3\nben,cleo,2\n"


def reading(path: Path, door: Door, **chosen: str) -> list[Trace]:
    return list(SOURCE.read(path, {**SOURCE.defaults(), **chosen}, door))


def acts_of(traces: list[Trace]) -> list[Interaction]:
    return [trace for trace in traces if isinstance(trace, Interaction)]


def written(folder: Path, text: str) -> Path:
    file = folder / "log.csv"
    file.write_text(text)
    return file


def test_a_log_that_does_not_say_who_could_read_it_gives_nothing_to_nobody_in_particular(tmp_path: Path):
    door = Door(ledger=Ledger())
    assert acts_of(reading(samples.make(tmp_path), door)) == []
    assert door.ledger.left_out["direct place that does not involve the viewer"] == 4
    assert any("taken as direct" in note and "table.openness=open" in note for note in door.ledger.notes)


def test_of_such_a_log_the_viewer_has_what_involves_them_and_nothing_else(tmp_path: Path):
    door = Door(ledger=Ledger(), viewer="ann")
    acts = acts_of(reading(written(tmp_path, LOG), door))
    assert [(act.actor, act.addressed, act.openness) for act in acts] == [
        ("ann", ("ben",), Openness.DIRECT),
        ("cleo", ("ann",), Openness.DIRECT),
    ]
    assert door.ledger.left_out == {"direct place that does not involve the viewer": 1}


def test_in_an_organisation_nobody_is_read_from_such_a_log_who_did_not_opt_in(tmp_path: Path):
    door = Door(ledger=Ledger(), mode=Mode.ORGANISATION, opted_in=frozenset({"ann", "ben"}))
    assert [act.actor for act in acts_of(reading(written(tmp_path, LOG), door))] == ["ann"]


def test_a_log_that_anyone_could_read_is_read_whole_when_that_is_said(tmp_path: Path):
    door = Door(ledger=Ledger())
    acts = acts_of(reading(written(tmp_path, LOG), door, openness="open"))
    assert {act.openness for act in acts} == {Openness.OPEN}
    assert len(acts) == 3
    assert not any("taken as direct" in note for note in door.ledger.notes)


def test_a_table_of_ties_without_times_is_open_to_whoever_brings_it(tmp_path: Path):
    door = Door(ledger=Ledger())
    acts = acts_of(reading(written(tmp_path, SURVEY), door))
    assert [act.openness for act in acts] == [Openness.OPEN, Openness.OPEN]


def test_a_column_says_it_row_by_row_and_wins_over_the_setting(tmp_path: Path):
    file = written(
        tmp_path,
        "from,to,at,channel,visibility\n"
        "ann,ben,2025-03-03,help,public\n"
        "ann,ben,2025-03-03,board,Private\n"
        "ben,cleo,2025-03-03,x,dm\n"
        "ben,cleo,2025-03-04,help,\n"
        "ann,cleo,2025-03-04,help,whispered\n",
    )
    door = Door(ledger=Ledger(), viewer="ann")
    traces = reading(file, door, openness="open")
    assert [(act.actor, act.openness) for act in acts_of(traces)] == [
        ("ann", Openness.OPEN),
        ("ann", Openness.MEMBERS),
        ("ben", Openness.OPEN),
        ("ann", Openness.DIRECT),
    ]
    assert door.ledger.notes["unknown openness, taken as direct"] == 1
    named = {(place.id, place.name, place.openness) for place in traces if isinstance(place, Place)}
    assert named == {
        ("help (open)", "help", Openness.OPEN),
        ("board (members)", "board", Openness.MEMBERS),
        ("help (direct)", "", Openness.DIRECT),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from,to,answer\na,b,1\nb,c,1\nc,a,4\n", 2),
        ("from,to,answer\na,b,0\nb,c,1\nc,a,4\n", 0),
        ("from,to,weight\na,b,1\nb,c,250\n", 0),
        ("from,to,weight\na,b,0.5\nb,c,2\n", 0),
        ("from,to,count\na,b,1\nb,c,2\n", 0),
        ("from,to,weight\na,b,1\nb,c,1\n", 0),
    ],
)
def test_what_looks_like_a_scale_is_said_where_nobody_said_what_a_tie_is(
    tmp_path: Path, text: str, told: int
):
    door = Door(ledger=Ledger())
    reading(written(tmp_path, text), door)
    said = {note: count for note, count in door.ledger.notes.items() if "lowest point" in note}
    # "0" is a point that means "never" already: from 1 on they are ties by the table's own word.
    assert sum(said.values()) == told
    assert all("table.tie_from=2" in note for note in said)


def test_whoever_says_where_a_tie_begins_is_told_nothing_of_scales(tmp_path: Path):
    door = Door(ledger=Ledger())
    reading(written(tmp_path, "from,to,answer\na,b,1\nb,c,4\n"), door, tie_from="2")
    assert door.ledger.left_out == {"below the point that counts as a tie": 1}
    assert not any("lowest point" in note for note in door.ledger.notes)
