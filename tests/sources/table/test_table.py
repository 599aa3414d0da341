"""How rows become interactions."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.table import samples
from tests.sources.table.reading import reading

from crosstie.errors import SourceRefused
from crosstie.record import Kind, Openness
from crosstie.sources import Door, Ledger, Mode


def test_three_rows_of_one_message_are_one_act_towards_three_people(tmp_path: Path) -> None:
    acts, ledger = reading(samples.make(tmp_path))

    assert [(act.actor, act.addressed) for act in acts] == [
        ("ada@example.org", ("ben@example.org", "cleo@example.org", "dan@example.org")),
        ("ben@example.org", ("ada@example.org",)),
    ]
    assert {act.kind for act in acts} == {Kind.SAID}
    assert ledger.read == samples.UNITS
    assert ledger.used == 4
    assert dict(ledger.left_out) == {"a person with themselves": 1, "unreadable date": 1}


def test_a_table_of_learner_and_teacher_says_who_turned_to_whom(table: Callable[[str], Path]) -> None:
    acts, _ = reading(table("teacher,learner\nada,ben\n"))

    assert [(act.actor, act.addressed) for act in acts] == [("ben", ("ada",))]


def test_columns_can_be_named_and_switched_off(table: Callable[[str], Path]) -> None:
    path = table("who,whom,date,points\na,b,not yet,4\n")

    acts, ledger = reading(path, from_column="who", to_column="Whom", at_column="-", weight_column="points")

    assert [(act.actor, act.addressed, act.strength) for act in acts] == [("a", ("b",), 4.0)]
    assert dict(ledger.notes) == {'column left unread: "date"': 1}


def test_unknown_columns_are_refused_by_name_with_the_settings_to_use(table: Callable[[str], Path]) -> None:
    with pytest.raises(SourceRefused, match='"who", "whom"') as refused:
        reading(table("who,whom\na,b\n"))
    assert "from_column" in refused.value.hint
    with pytest.raises(SourceRefused, match='no column "nobody"'):
        reading(table("who,whom\na,b\n"), from_column="nobody")
    with pytest.raises(SourceRefused, match='"1", "2"'):
        reading(table("1,2\n3,4\n"))


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"tie_from": "often"}, "no number"),
        ({"tie_from": "2"}, "no column of strengths"),
        ({"time_zone": "Mars/North"}, "no time zone"),
    ],
)
def test_settings_that_do_not_fit_are_refused(
    table: Callable[[str], Path], chosen: dict[str, str], message: str
) -> None:
    with pytest.raises(SourceRefused, match=message):
        reading(table("from,to\na,b\n"), None, **chosen)


def test_a_kind_column_or_setting_says_what_a_row_is(table: Callable[[str], Path]) -> None:
    path = table("from,to,at,kind\na,b,2025-01-01,replied\na,b,2025-01-02,Co-wrote\na,b,2025-01-03,hugged\n")

    acts, ledger = reading(path, kind="met")

    assert [act.kind for act in acts] == [Kind.REPLIED, Kind.CO_WROTE, Kind.MET]
    assert [act.parent_author for act in acts] == ["b", "", ""]
    assert ledger.notes["unknown kind of interaction"] == 1


def test_replies_are_never_drawn_together(table: Callable[[str], Path]) -> None:
    acts, _ = reading(table("from,to,at\na,b,2025-01-01\na,c,2025-01-01\n"), kind="replied")

    assert [act.addressed for act in acts] == [("b",), ("c",)]


def test_a_message_column_keeps_messages_of_one_second_apart(table: Callable[[str], Path]) -> None:
    path = table("from,to,at,message_id\na,b,2025-01-01,x\na,c,2025-01-01,x\na,d,2025-01-01,y\n")

    acts, _ = reading(path)

    assert [act.addressed for act in acts] == [("b", "c"), ("d",)]


def test_the_same_recipient_twice_in_one_message_is_left_out(table: Callable[[str], Path]) -> None:
    acts, ledger = reading(table("from,to,at\na,b,2025-01-01\na,b,2025-01-01\n"))

    assert len(acts) == 1
    assert dict(ledger.left_out) == {"recipient named twice in one message": 1}


def test_a_longer_version_keeps_the_ids_of_what_was_there(table: Callable[[str], Path]) -> None:
    start = "from,to,at\na,b,2025-01-01\nb,a,2025-01-02\na,b,2025-01-01\na,c,2025-01-03\n"
    shorter, _ = reading(table(start))
    longer, _ = reading(table(start + "a,d,2025-01-03\nc,a,2025-01-04\n"))

    assert [act.external_id for act in longer[:4]] == [act.external_id for act in shorter]
    assert {act.source for act in longer} == {act.source for act in shorter}
    assert longer[3].addressed == ("c", "d")


def test_two_tables_that_begin_alike_are_told_apart_by_name(table: Callable[[str], Path]) -> None:
    path = table("from,to\na,b\n")

    assert reading(path, name="advice")[0][0].source != reading(path, name="friends")[0][0].source


def test_places_have_their_own_column(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("from,to,place\na,b,kitchen\na,c,works council\n", encoding="utf-8")

    acts, ledger = reading(path)

    assert [(act.place, act.openness) for act in acts] == [("kitchen", Openness.OPEN)]
    assert dict(ledger.left_out) == {"place of a kind that is never read": 1}


def test_a_direct_table_gives_the_messages_that_involve_the_viewer_whole(
    table: Callable[[str], Path],
) -> None:
    path = table(
        "from,to,at\na,b,2025-01-01\na,c,2025-01-01\na,c,2025-01-02\nb,a,2025-01-03\nd,c,2025-01-04\n"
    )

    acts, ledger = reading(path, Door(ledger=Ledger(), viewer="b"), openness="direct")

    assert [(act.actor, act.addressed) for act in acts] == [("a", ("b", "c")), ("b", ("a",))]
    assert ledger.used == 3
    assert dict(ledger.left_out) == {"direct place that does not involve the viewer": 2}


def test_in_an_organisation_one_who_did_not_opt_in_keeps_a_whole_message_out(
    table: Callable[[str], Path],
) -> None:
    path = table("from,to,at\na,b,2025-01-01\na,c,2025-01-01\na,b,2025-01-02\n")
    door = Door(ledger=Ledger(), mode=Mode.ORGANISATION, opted_in=frozenset({"a", "b"}))

    acts, ledger = reading(path, door, openness="direct")

    assert [(act.actor, act.addressed) for act in acts] == [("a", ("b",))]
    assert dict(ledger.left_out) == {"direct place without agreement": 2}


_CELLS = st.sampled_from(["a", "b", "c", "", "a@x.org", "2025-01-01", "bad", "0", "7", '"', "\x00"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELLS, min_size=1, max_size=5), max_size=30))
def test_every_row_that_csv_sees_is_counted_once(rows: list[list[str]], tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["from", "to", "at"], *rows])

    _, ledger = reading(path)

    full = sum(any(cell.replace("\0", "") for cell in row) for row in rows)
    assert ledger.read == full


def test_the_factory_mail_log_is_read_whole(shared_data: Path) -> None:
    path = shared_data / "manufacturing-email" / "communication.csv"
    rows = [line.split(";") for line in path.read_text().splitlines()[1:]]
    messages = [
        [row[1] for row in group if row[1] != row[0]]
        for _, group in groupby(rows, key=lambda row: (row[0], row[2]))
    ]

    acts, ledger = reading(path)

    assert ledger.read == len(rows) == 82_927
    assert ledger.left_out["a person with themselves"] == sum(row[0] == row[1] for row in rows)
    assert len({(act.actor, to) for act in acts for to in act.addressed} | {("86", "86")}) == 5_784
    assert len(acts) == sum(bool(to) for to in messages)
    assert [set(act.addressed) for act in acts] == [set(to) for to in messages if to]
