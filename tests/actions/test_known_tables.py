"""A table is known again by its rows, wherever the new ones stand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosstie.actions.home import Home
from crosstie.actions.reading import plan, read

AGAIN = (
    "table taken for a later version of one read before, by its rows (if it is another, give it a name):"
    " table.name=…"
)
DAYS = 200

Read = Callable[..., tuple[int, int]]


def log(team: str, seed: int, *, days: int = DAYS, people: int = 9) -> list[str]:
    """Return the rows of a team's log, the oldest first, some of them equal."""
    chance = random.Random(seed)
    rows = []
    for number in range(days):
        day = date(2024, 1, 1) + timedelta(days=number)
        for _ in range(chance.randint(0, 3)):
            sender, recipient = chance.sample(range(people), 2)
            rows.append(f"{team}{sender},{team}{recipient},{day}")
    return rows


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Home(tmp_path / "workspace") as home:
        yield home


@pytest.fixture
def reading(home: Home, tmp_path: Path) -> Read:
    """Read rows, and return how many tables and how many interactions the record has then."""

    def reading(rows: Sequence[str], *, header: str = "from,to,date", **chosen: str) -> tuple[int, int]:
        path = tmp_path / "export.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        read(home, plan(f"table:{path}", {"openness": "open", **chosen}))
        return len(home.record.sources()), home.record.count()

    return reading


def alone(rows: Sequence[str]) -> int:
    """Return how many acts some rows are, of which those of one sender and day may follow one another."""
    acts = 0
    before = ""
    for row in rows:
        sender, _, day = row.split(",")
        acts += f"{sender},{day}" != before
        before = f"{sender},{day}"
    return acts


def test_new_rows_on_top_belong_to_the_table(reading: Read, home: Home) -> None:
    newest_first = log("p", 1)[::-1]
    older = [row for row in newest_first if row[-10:] < "2024-05-20"]
    reading(older)

    assert reading(newest_first) == (1, alone(newest_first))
    assert reading(newest_first) == (1, alone(newest_first))
    assert home.store.readings.all()[0].notes[AGAIN] == 1


def test_new_rows_below_and_between_belong_to_the_table(reading: Read) -> None:
    rows = log("p", 2)
    reading(rows[:150])

    assert reading(rows) == (1, alone(rows))
    rows[1:1] = ["p1,p2,2023-12-01"]
    rows[90:90] = ["p8,p3,2023-12-02"]
    assert reading(rows) == (1, alone(rows))


def test_a_moving_window_goes_on_as_one_table(reading: Read) -> None:
    rows = log("p", 3)
    for last in range(90, DAYS + 1, 30):
        first_day, last_day = (str(date(2024, 1, 1) + timedelta(days=day)) for day in (last - 90, last))
        tables, _ = reading([row for row in rows if first_day <= row[-10:] < last_day][::-1])
        assert tables == 1

    assert reading(rows[::-1]) == (1, alone(rows))


def test_a_table_of_which_rows_were_taken_out_stays_the_same(reading: Read) -> None:
    rows = log("p", 4)
    whole = reading(rows)

    assert reading(rows[3::3]) == whole


def test_a_table_that_began_with_one_row_is_known_again(reading: Read) -> None:
    rows = log("p", 5)[::-1]
    reading(rows[-1:])

    assert reading(rows[-4:]) == (1, alone(rows[-4:]))
    assert reading(rows) == (1, alone(rows))


def test_logs_of_two_teams_stay_apart(reading: Read) -> None:
    one, other = log("p", 6), log("q", 7)
    reading(one)

    assert reading(other) == (2, alone(one) + alone(other))
    assert reading(["q1,q2,2025-01-01", *other[::-1]])[0] == 2


def test_logs_of_two_teams_with_the_same_numbers_stay_apart(reading: Read) -> None:
    reading(log("", 8))

    assert reading(log("", 9))[0] == 2


def _survey(seed: int) -> list[str]:
    chance = random.Random(seed)
    return [f"{ego},{alter},{chance.randint(1, 5)}" for ego in range(9) for alter in range(9) if ego != alter]


def test_two_surveys_of_the_same_people_stay_apart(reading: Read) -> None:
    reading(_survey(1), header="from,to,weight")

    assert reading(_survey(2), header="from,to,weight") == (2, 144)


def test_a_survey_that_grew_is_known_again(reading: Read) -> None:
    reading(_survey(1), header="from,to,weight")

    assert reading(["99,98,1", *_survey(1)[:-1], "8,7,9"], header="from,to,weight") == (1, 73)


def test_tables_of_one_name_are_one_and_others_are_not(reading: Read) -> None:
    rows = log("p", 10)
    reading(rows[:100], name="sales")

    assert reading(rows[100:], name="sales")[0] == 1
    assert reading(rows, name="design")[0] == 2
    assert reading(rows)[0] == 3


def test_a_name_given_when_tables_were_known_by_their_start_alone_still_holds(
    reading: Read, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = log("p", 11)
    with monkeypatch.context() as before:
        reader = import_module("crosstie.sources.table.read")
        before.setattr(reader, "source_of", lambda start, *_, **__: start)
        reading(rows[:100], name="sales")

    assert reading(rows, name="sales") == (1, alone(rows))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), kept=st.sets(st.integers(0, 79), min_size=1))
def test_rows_that_come_anywhere_are_no_new_people(seed: int, kept: set[int], tmp_path: Path) -> None:
    rows = [f"a{number},b{number},2024-01-01T{number % 24:02}:{number:02}" for number in range(59)]
    rows += [f"b{number},a{number},2024-02-01T10:{number:02}" for number in range(21)]
    random.Random(seed).shuffle(rows)
    path = tmp_path / "export.csv"
    with Home(tmp_path / f"workspace-{seed}-{hash(frozenset(kept))}") as home:
        for part in ([row for number, row in enumerate(rows) if number in kept], rows):
            path.write_text("\n".join(["from,to,date", *part, ""]), encoding="utf-8")
            read(home, plan(f"table:{path}", {"openness": "open"}))

        assert (len(home.record.sources()), home.record.count()) == (1, len(rows))
