"""How rows become interactions."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.table import samples

from crosstie.errors import SourceRefused
from crosstie.record import Account, Interaction, Kind, Openness, Place
from crosstie.sources import Door, Ledger, Mode
from crosstie.sources.table import SOURCE


def reading(path: Path, door: Door | None = None, **chosen: str) -> tuple[list[Interaction], Ledger]:
    """Read a table that anyone could read, unless something else is said."""
    door = door or Door(ledger=Ledger())
    traces = list(SOURCE.read(path, {**SOURCE.defaults(), "openness": "open", **chosen}, door))
    known = {trace.id for trace in traces if isinstance(trace, Account)}
    places = {trace.id for trace in traces if isinstance(trace, Place)}
    acts = [trace for trace in traces if isinstance(trace, Interaction)]
    assert all({act.actor, *act.addressed} <= known and act.place in places for act in acts)
    assert len({act.external_id for act in acts}) == len(acts)
    return acts, door.ledger


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "ties.csv"
        path.write_bytes(text.encode())
        return path

    return write


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


def test_times_with_and_without_a_zone_mix_and_the_assumed_ones_are_noted(tmp_path: Path) -> None:
    acts, ledger = reading(samples.make(tmp_path))

    assert [act.at for act in acts] == [
        datetime(2025, 3, 3, 9, tzinfo=UTC),
        datetime(2025, 3, 3, 9, 30, tzinfo=UTC),
    ]
    assert ledger.notes["time without a zone"] == 3


def test_a_zone_can_be_said_for_times_without_one(tmp_path: Path) -> None:
    acts, _ = reading(samples.make(tmp_path), time_zone="Asia/Tokyo")

    assert acts[0].at == datetime(2025, 3, 3, 0, tzinfo=UTC)
    assert acts[1].at == datetime(2025, 3, 3, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-03-04", datetime(2025, 3, 4, tzinfo=UTC)),
        ("2025-03-04T05:06:07Z", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("3/4/2025 5:06", datetime(2025, 3, 4, 5, 6, tzinfo=UTC)),
        ("04.03.2025 05:06:07", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("Tue, 4 Mar 2025 05:06:07 +0200", datetime(2025, 3, 4, 3, 6, 7, tzinfo=UTC)),
        ("1741064767", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("1741064767000", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("20250304", datetime(2025, 3, 4, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_tables_write_them(
    table: Callable[[str], Path], written: str, expected: datetime
) -> None:
    acts, _ = reading(table(f'from,to,at\na,b,"{written}"\n'))

    assert [act.at for act in acts] == [expected]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "unreadable date"),
        ("soon", "unreadable date"),
        ("1.0", "unreadable date"),
        ("2025-13-40", "unreadable date"),
        ("0001-01-01T00:00:00+14:00", "unreadable date"),
        ("1979-12-31", "date before 1980 or in the future"),
        ("2999-01-01", "date before 1980 or in the future"),
    ],
)
def test_a_bad_date_is_left_out_with_its_reason(
    table: Callable[[str], Path], written: str, reason: str
) -> None:
    acts, ledger = reading(table(f"from,to,at\na,b,{written}\nb,a,2025-01-01\n"))

    assert len(acts) == 1
    assert dict(ledger.left_out) == {reason: 1}


def test_a_day_can_come_first(table: Callable[[str], Path]) -> None:
    acts, _ = reading(table("from,to,at\na,b,3/4/2025\n"), day_first="yes")

    assert acts[0].at == datetime(2025, 4, 3, tzinfo=UTC)


def test_ties_without_times_are_named_with_their_strength_from_the_point_that_counts(
    table: Callable[[str], Path],
) -> None:
    path = table("source,target,weight\n01,2,1\n01,3,2\n01,4,0\n01,5,\n01,6,nan\n")

    acts, ledger = reading(path, tie_from="2")

    assert [(act.kind, act.at, act.actor, act.addressed, act.strength) for act in acts] == [
        (Kind.NAMED, None, "01", ("3",), 2.0)
    ]
    assert dict(ledger.left_out) == {
        "below the point that counts as a tie": 2,
        "no number in the weight column": 2,
    }


def test_zero_is_no_tie_even_where_no_point_is_set(table: Callable[[str], Path]) -> None:
    acts, _ = reading(table("source,target,weight\na,b,0\na,c,1\na,d,-1\n"))

    assert [act.addressed for act in acts] == [("c",)]


def test_the_only_other_column_of_numbers_is_the_strength(table: Callable[[str], Path]) -> None:
    acts, _ = reading(table("ego,alter,advice_tie\n1,2,0\n1,3,1\n"))

    assert [(act.addressed, act.strength) for act in acts] == [(("3",), 1.0)]


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


def test_a_row_a_day_ago_and_the_same_row_decades_ago_differ_in_time_only(
    table: Callable[[str], Path],
) -> None:
    early, _ = reading(table("from,to,at\na,b,2001-01-01\nb,a,2001-02-01\n"))
    late, _ = reading(table("from,to,at\na,b,2026-01-01\nb,a,2026-02-01\n"))

    assert [(act.actor, act.addressed, act.kind) for act in early] == [
        (act.actor, act.addressed, act.kind) for act in late
    ]


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


def test_the_consulting_survey_has_ties_from_seldom_on(shared_data: Path) -> None:
    path = shared_data / "networks" / "cross-parker" / "consulting.info.edges.csv"
    points = [int(line.rsplit(",", 1)[1]) for line in path.read_text().splitlines()[1:]]

    acts, ledger = reading(path, tie_from="2")

    assert ledger.read == len(points) == 877
    assert len(acts) == sum(point >= 2 for point in points)
    assert ledger.left_out["below the point that counts as a tie"] == points.count(1)


@pytest.mark.parametrize(
    ("written", "strength"),
    [
        ("1,5", 1.5),
        ("0,125", 0.125),
        ("1234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        (",5", 0.5),
    ],
)
def test_a_comma_may_stand_before_the_fraction(
    table: Callable[[str], Path], written: str, strength: float
) -> None:
    acts, _ = reading(table(f"from;to;weight\na;b;{written}\n"))

    assert [act.strength for act in acts] == [strength]


@pytest.mark.parametrize("written", ["1,234", "1,5,7", "1.5,7.2", "1,", "x,5"])
def test_a_number_that_may_be_two_is_counted(table: Callable[[str], Path], written: str) -> None:
    acts, ledger = reading(table(f"from;to;weight\na;b;{written}\na;c;2\n"))

    assert len(acts) == 1
    assert dict(ledger.left_out) == {"no number in the weight column": 1}
