"""A snapshot goes on from the one before, and is the same as one made anew; or is made anew, and says why."""

from __future__ import annotations

import shutil
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from duckdb import DuckDBPyConnection
from tests.actions import company
from tests.actions.searching import decoded

from crosstie.actions import going_on, looking, opting, reading, retention, settings, snapshots
from crosstie.actions.forgetting import forget
from crosstie.actions.going_on import Tied
from crosstie.actions.home import Home
from crosstie.actions.snapshots import Snapshot
from crosstie.network.going_on.refusals import Anew
from crosstie.people import DecisionRow, Verb
from crosstie.record import Account, Interaction, Kind, Trace
from crosstie.record.query import hold
from crosstie.store.corrections import CorrectionVerb

pytestmark = pytest.mark.long

WENT_ON = Tied(went_on=True)
WEEKS = 8
QUESTION = company.said(500, "Ada", days=7 * WEEKS)
CLOSED = company.said(510, "Hana", place="members", days=7 * WEEKS)
SINCE: list[Trace] = [
    QUESTION,
    company.answered(501, "Jun", QUESTION, days=7 * WEEKS + 0.1),
    company.said(502, "Ben", days=7 * WEEKS, kind=Kind.REPLIED, replies_to="m0", thread="m0"),
    company.said(503, "Kim", days=7 * WEEKS, kind=Kind.REPLIED, thread="m2"),
    company.said(504, "Ada", place="direct", days=7 * WEEKS, addressed=("Ben",)),
    CLOSED,
    company.answered(511, "Ivo", CLOSED, days=7 * WEEKS + 0.1),
]
"""What came in the week after: answers to older messages among it."""


def read_more(home: Home, more: list[Trace] | None = None) -> Snapshot:
    reading.read(
        home, company.plan([*company.accounts(), *company.places(), *(SINCE if more is None else more)])
    )
    return snapshots.current(home)


def made_anew(home: Home) -> Snapshot:
    home.loaded = None
    shutil.rmtree(home.folder / "snapshots")
    return snapshots.current(home)


def everything(home: Home, snapshot: Snapshot) -> dict[str, Any]:
    """All columns of a snapshot that come from its ties, by name; the trail as rows."""
    found: dict[str, Any] = {"persons": snapshot.network.persons, "alive": snapshot.alive}
    for name, one in (
        ("ties", snapshot.network.ties),
        ("open", snapshot.open_ties),
        ("months", snapshot.months),
        ("moves", snapshot.moves),
        ("meetings", snapshot.meetings),
    ):
        found |= {f"{name}.{column.name}": getattr(one, column.name) for column in fields(one)}
    found |= {f"score.{name}": values for name, values in snapshot.scores.items()}
    with home.queries() as connection:
        rows = connection.execute("SELECT * FROM read_parquet(?)", [str(snapshot.trail)]).fetchall()
    return found | {"trail": np.array([str(row) for row in rows])}


def assert_same(home: Home, one: Snapshot) -> None:
    """Compare with the snapshot made anew: weights within 1e-9, all else exactly."""
    before = everything(home, one)
    other = made_anew(home)
    assert other.tied["whole"] == Tied(went_on=False, because=Anew.FIRST)
    for name, column in everything(home, other).items():
        if isinstance(column, np.ndarray) and column.dtype.kind == "f":
            np.testing.assert_allclose(before[name], column, rtol=0, atol=1e-9, err_msg=name)
        else:
            assert np.array_equal(before[name], column), name


def why(snapshot: Snapshot) -> str:
    tied = snapshot.tied["whole"]
    assert not tied.went_on
    return tied.because


def test_a_record_that_is_held_is_tied_as_one_read_where_it_lies(firm: Home, monkeypatch: pytest.MonkeyPatch):
    times: list[int] = []

    def counted(connection: DuckDBPyConnection) -> None:
        times.append(1)
        hold(connection)

    monkeypatch.setattr(going_on, "hold", counted)
    read_more(firm)
    times.clear()
    held = made_anew(firm)
    assert len(times) == 1
    monkeypatch.setattr(going_on, "SMALL", 0)
    assert_same(firm, held)  # made anew once more
    assert len(times) == 1


def test_a_week_later_it_goes_on_and_is_the_same_as_made_anew(firm: Home):
    assert why(snapshots.current(firm)) == Anew.FIRST
    later = read_more(firm)
    assert later.tied == {"whole": WENT_ON, "open": WENT_ON}
    assert later.network.ties.evidence.all()
    assert_same(firm, later)


def test_where_all_is_open_it_is_tied_once(open_firm: Home):
    snapshots.current(open_firm)
    later = read_more(open_firm, SINCE[:3])
    assert later.tied == {"whole": WENT_ON}
    assert_same(open_firm, later)


def test_step_by_step_it_stays_the_same(firm: Home):
    snapshots.current(firm)
    for row in SINCE:
        later = read_more(firm, [row])
        assert later.tied["whole"] == WENT_ON
    assert_same(firm, later)


def test_somebody_new_changes_nobodys_ties(firm: Home):
    snapshots.current(firm)
    for number, name in enumerate(("Abe", "Zoe", "Max")):  # wherever their keys come among those there are
        there = Account(source=company.SOURCE, id=name, name=name)
        told = company.said(600 + number, name, days=60, mentioned=("Ada", "Ben"))
        later = read_more(firm, [there, told])
    assert later.tied["whole"] == WENT_ON
    assert_same(firm, later)


def test_files_of_the_record_that_are_joined_change_nothing(firm: Home):
    for row in SINCE[:2]:
        read_more(firm, [row])
    reading.read(firm, company.plan([*company.accounts(), *company.places(), *SINCE[2:]]))
    firm.record.compact()
    later = snapshots.current(firm)
    assert later.tied["whole"] == WENT_ON
    assert_same(firm, later)


def test_known_ties_without_evidence_stay(firm: Home):
    day = (company.START + timedelta(days=7 * 5)).date()
    assert retention.retain(firm, months=1, today=day).rows
    assert why(snapshots.current(firm)) == Anew.FIRST  # what fell out left every snapshot
    settings.keep(firm, {settings.KEEP_MONTHS: "0"})
    later = read_more(firm)
    assert later.tied["whole"] == WENT_ON
    assert_same(firm, later)


def test_a_tie_that_ended_stays_ended_until_there_is_more(firm: Home):
    from crosstie.store.models import Correction

    ada, jun, gil = (
        looking.find(firm, company.address(name)).key for name in ("Ada Berg", "Jun Park", "Gil Amado")
    )
    for other in (jun, gil):
        Correction.objects.using(firm.store.alias).create(
            account=ada, verb=CorrectionVerb.NO_LONGER, trace="", other=other,
            made_at=company.START + timedelta(days=7 * WEEKS - 1),
        )  # fmt: skip
    before = snapshots.current(firm).network
    ends = {before.index_of(ada), before.index_of(gil)}
    later = read_more(firm)
    assert later.tied == {"whole": WENT_ON, "open": WENT_ON}
    of_gil = [
        {*pair} == ends for pair in zip(later.network.ties.learner, later.network.ties.teacher, strict=True)
    ]
    assert later.network.ties.contact[of_gil].tolist() == [0.0, 0.0]
    assert_same(firm, later)


def test_an_edited_message_asks_for_all_anew(firm: Home):
    snapshots.current(firm)
    first = next(one for one in company.traces() if isinstance(one, Interaction))
    edited = msgspec.structs.replace(first, text="Edited", edited_at=company.START + timedelta(days=60))
    assert why(read_more(firm, [edited, *SINCE])) == Anew.CHANGED


def test_a_message_late_in_its_conversation_asks_for_all_anew(firm: Home):
    snapshots.current(firm)
    late = company.said(700, "Kim", days=-1, kind=Kind.REPLIED, thread="m0")
    assert why(read_more(firm, [late])) == Anew.LATE


def test_a_message_that_was_answered_before_it_came_asks_for_all_anew(firm: Home):
    answer = company.said(701, "Kim", days=57, kind=Kind.REPLIED, replies_to="m702")
    read_more(firm, [answer, *SINCE])
    assert why(read_more(firm, [company.said(702, "Lea", days=56)])) == Anew.ANSWERED


def test_another_weight_asks_for_all_anew(firm: Home):
    snapshots.current(firm)
    settings.keep(firm, {"act.told.contact": "0.5"})
    assert why(snapshots.current(firm)) == Anew.SETTINGS
    settings.keep(firm, {"network.half_life_days": "30"})
    assert why(snapshots.current(firm)) == Anew.SETTINGS


def test_another_threshold_does_not(firm: Home):
    snapshots.current(firm)
    settings.keep(firm, {"network.active_contact": "0.5"})
    later = snapshots.current(firm)
    assert later.tied["whole"] == WENT_ON
    assert_same(firm, later)


def test_two_accounts_that_are_one_person_ask_for_all_anew(firm: Home):
    snapshots.current(firm)
    ada, ben = (looking.find(firm, company.address(name)).key for name in ("Ada Berg", "Ben Olu"))
    firm.store.decide(DecisionRow(verb=Verb.MERGE, account=ada, other=ben))
    assert why(read_more(firm)) == Anew.PERSONS


def test_a_row_that_is_not_me_asks_for_all_anew(firm: Home):
    from crosstie.store.models import Correction

    trail = str(snapshots.current(firm).trail)
    with firm.queries() as connection:
        ((trace,),) = connection.execute(f"SELECT external_id FROM '{trail}' LIMIT 1").fetchall()
    ada = looking.find(firm, company.address("Ada Berg")).key
    Correction.objects.using(firm.store.alias).create(
        account=ada, verb=CorrectionVerb.NOT_ME, trace=trace, other="", made_at=company.START,
    )  # fmt: skip
    assert why(read_more(firm)) == Anew.CORRECTED


def test_a_date_asked_for_is_made_anew_and_keeps_nothing(firm: Home):
    kept = snapshots.current(firm).folder
    dated = snapshots.current(firm, as_of=company.START + timedelta(days=20))
    assert why(dated) == Anew.DATED
    assert not (dated.folder / "kept").exists()
    assert (kept / "kept").exists()
    assert read_more(firm).tied["whole"] == WENT_ON


@pytest.mark.parametrize("name", ["what.json", "whole"])
def test_what_was_kept_and_is_damaged_is_not_gone_on_from(firm: Home, name: str):
    file = snapshots.current(firm).folder / "kept" / name
    file.write_bytes(file.read_bytes()[:-1])
    assert why(read_more(firm)) == Anew.FIRST


def test_a_damaged_snapshot_is_not_gone_on_from(firm: Home):
    trail = snapshots.current(firm).trail
    trail.write_bytes(trail.read_bytes()[:-1])
    assert why(read_more(firm)) == Anew.FIRST


def test_nothing_of_someone_forgotten_is_left_in_what_is_kept(firm: Home):
    snapshots.current(firm)
    read_more(firm)
    ben = looking.find(firm, company.address("Ben Olu")).key

    def kept() -> str:
        files: list[Path] = sorted(one for one in firm.folder.rglob("kept/**/*") if one.is_file())
        return "\n".join(file.read_bytes().decode("latin-1") for file in files)

    assert ben in kept()  # the search finds what is there
    assert not any(name in kept() for name in (*company.NAMES, "@firm.example", "Message "))
    ids = ("Ada", "Ben", "Cleo")  # as the source has them; any three letters may be there by chance
    assert not all(one in kept() for one in ids)
    assert forget(firm, ben)["is_erased"]
    assert not list(firm.folder.rglob("kept"))
    assert ben not in decoded(firm)
    assert why(snapshots.current(firm)) == Anew.FIRST
    assert ben not in kept()
    assert ben not in decoded(firm)


def test_whoever_opts_out_is_in_no_tie_gone_on_from(firm: Home):
    snapshots.current(firm)
    opting.opt_out(firm, looking.find(firm, company.address("Ben Olu")).key)
    later = read_more(firm)
    assert not later.tied["whole"].went_on
    assert_same(firm, read_more(firm, [company.said(800, "Kim", days=70, mentioned=("Ada",))]))
