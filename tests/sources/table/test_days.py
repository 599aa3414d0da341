"""Whether the day stands first, as a column of dates itself says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.reading import Reader

from crosstie.sources import directory
from crosstie.sources.table import SOURCE

read = Reader(SOURCE)
SHOWN = "date read day first, since a date beside it has no such month"
UNCLEAR = (
    "date of which nothing says whether its day or its month stands first, read month first:"
    " table.day_first=yes"
)


def _days(folder: Path, *dates: str, day_first: str = "auto") -> tuple[list[str], dict[str, int]]:
    path = folder / "log.csv"
    path.write_text("from,to,at\n" + "".join(f"a,b,{date}\n" for date in dates), encoding="utf-8")
    found = read(path, openness="open", day_first=day_first)
    notes = {why: count for why, count in found.ledger.notes.items() if why != "time without a zone"}
    assert found.ledger.used + found.ledger.left_out["unreadable date"] == len(dates)
    return [f"{act.at:%Y-%m-%d}" for act in found.acts.values()], notes


def test_one_day_above_twelve_shows_it_for_all(tmp_path: Path) -> None:
    found = _days(tmp_path, "03/04/2026", "5/5/2026", "28/02/2026 10:30", "04/04/2026")

    assert found == (["2026-04-03", "2026-05-05", "2026-02-28", "2026-04-04"], {SHOWN: 1})


def test_one_day_above_twelve_in_the_second_place_shows_the_other(tmp_path: Path) -> None:
    assert _days(tmp_path, "03/04/2026", "02/28/2026") == (["2026-03-04", "2026-02-28"], {})


def test_where_nothing_shows_it_the_ledger_names_the_setting(tmp_path: Path) -> None:
    found = _days(tmp_path, "03/04/2026", "05/05/2026", "02/03/2026", "2026-04-13")

    assert found == (["2026-03-04", "2026-05-05", "2026-02-03", "2026-04-13"], {UNCLEAR: 2})


def test_where_dates_contradict_one_another_the_ledger_names_the_setting(tmp_path: Path) -> None:
    assert _days(tmp_path, "03/04/2026", "02/28/2026", "28/02/2026") == (
        ["2026-03-04", "2026-02-28"], {UNCLEAR: 1},
    )  # fmt: skip


@pytest.mark.parametrize(("setting", "first"), [("no", "2026-03-04"), ("yes", "2026-04-03")])
def test_the_setting_wins(tmp_path: Path, setting: str, first: str) -> None:
    days, notes = _days(tmp_path, "03/04/2026", "13/04/2026", "04/13/2026", day_first=setting)

    assert (days[0], len(days), notes) == (first, 2, {})


def test_a_directory_finds_it_in_both_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "id,department,joined,left\n1,Sales,03/04/2020,\n2,Sales,01/02/2020,28/02/2021\n", encoding="utf-8"
    )

    entries = Reader(directory.SOURCE)(path).traces

    assert [getattr(one, "joined_on", "") for one in entries] == ["2020-04-03", "2020-02-01"]
