"""Reading into a workspace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.actions import company

from crosstie.actions import looking, reading, rehearsing, snapshots
from crosstie.actions.home import Home
from crosstie.errors import WorkspaceBusy, WorkspaceRefused
from crosstie.people import DecisionRow, Verb
from crosstie.record import Interaction, Openness, Place
from crosstie.record.locks import only_writer


def rows(home: Home, what: str) -> list[tuple[object, ...]]:
    with home.record.connect() as connection:
        return connection.execute(f"SELECT {what} FROM interactions").fetchall()


def test_without_a_viewer_only_open_places_are_read(open_firm: Home):
    assert set(rows(open_firm, "openness")) == {("open",)}
    (row,) = open_firm.store.readings.all()
    assert row.left_out == {
        "members place that does not involve the viewer": 16,
        "direct place that does not involve the viewer": 8,
    }


def test_the_viewer_adds_what_involves_them_and_nothing_else(firm: Home):
    assert sorted(set(rows(firm, "openness"))) == [("direct",), ("open",)]


def test_every_record_is_used_or_left_out_with_a_reason(firm: Home):
    told = sum(isinstance(trace, Interaction) for trace in company.traces())
    (row,) = firm.store.readings.all()
    assert row.used + sum(row.left_out.values()) == told
    assert firm.record.count() == row.used


def test_no_name_address_or_outside_id_stands_in_the_record(firm: Home):
    found = " ".join(str(row) for row in rows(firm, "* EXCLUDE (text, link, source)"))
    for word in (*company.NAMES, "firm.example", "'Ada'", "'m10'"):
        assert word not in found


def test_text_and_links_of_closed_places_are_not_kept(firm: Home):
    with firm.record.connect() as connection:
        kept = connection.execute(
            "SELECT count(*) FROM interactions WHERE openness <> 'open' AND (text IS NOT NULL OR link <> '')"
        ).fetchone()
    assert kept == (0,)


def test_a_second_reading_adds_nothing(firm: Home):
    again = reading.read(firm, company.plan(), viewer=company.address("Ada Berg"))
    assert again.changes["added"] == 0
    assert again.changes["unchanged"] == firm.record.count()


def test_a_longer_export_adds_only_what_is_new(firm: Home):
    before = firm.record.count()
    longer = [*company.traces(), company.said(9000, "Lea", days=60)]
    assert reading.read(firm, company.plan(longer)).changes["added"] == 1
    assert firm.record.count() == before + 1


def test_what_was_decided_of_who_is_who_outlives_a_longer_reading(firm: Home):
    ada, ben = (looking.find(firm, name).key for name in ("Ada Berg", "Ben Olu"))
    firm.store.decide(DecisionRow(verb=Verb.MERGE, account=ada, other=ben))
    firm.store.decide(DecisionRow(verb=Verb.ALIAS, account=ada, name="Ada Olu"))
    longer = [*company.traces(), company.said(9000, "Lea", days=60)]
    assert reading.read(firm, company.plan(longer), viewer=company.address("Ada Berg")).changes["added"] == 1
    one = looking.find(firm, "Ada Olu")
    assert set(one.accounts) == {ada, ben}
    assert one.key in snapshots.current(firm).network.persons.tolist()


def test_a_workspace_read_for_one_person_is_refused_to_another(firm: Home):
    with pytest.raises(WorkspaceRefused, match="is that of"):
        reading.read(firm, company.plan(), viewer=company.address("Ben Olu"))


def test_an_interrupted_reading_is_kept_as_unfinished_and_goes_on_later(home: Home):
    class Stop(BaseException):
        pass

    source = company.plan(company.traces()[:40]).source

    def read(path: Path, settings: dict[str, str], door: object):
        yield from source.read(path, settings, door)  # type: ignore[arg-type]
        raise Stop

    with pytest.raises(Stop):
        reading.read(home, replace(company.plan(), source=replace(source, read=read)))
    assert [row.finished for row in home.store.readings.all()] == [False]
    done = reading.read(home, company.plan())
    assert done.finished
    assert [row.finished for row in home.store.readings.all()] == [True]
    assert home.record.count() == done.used


def test_a_rehearsal_says_what_would_be_read_and_writes_nothing(home: Home):
    rehearsed = rehearsing.rehearse(company.plan(), viewer=company.address("Ada Berg"))
    assert rehearsed.places == {"open": 96, "direct": 8}
    assert sum(rehearsed.places.values()) == rehearsed.used
    assert rehearsed.left_out["members place that does not involve the viewer"] == 16
    assert not [note for note in rehearsed.notes if "answers" in note]
    assert home.record.count() == 0
    assert home.store.readings.all() == []


def test_a_rehearsal_says_that_nobody_there_is_who_one_says_to_be():
    rehearsed = rehearsing.rehearse(company.plan(), viewer="Ava Berg")
    assert rehearsed.notes["nobody there is whom --as names"] == 1
    assert "direct" not in rehearsed.places


def test_a_place_of_the_works_council_is_never_read(home: Home):
    council = Place(source=company.SOURCE, id="open", name="works-council-questions", openness=Openness.OPEN)
    read = reading.read(home, company.plan([*company.accounts(), council, company.said(1, "Ada")]))
    assert read.left_out == {"place of a kind that is never read": 1}
    assert home.record.count() == 0


def test_a_reading_refused_because_someone_else_writes_leaves_no_row(home: Home):
    with only_writer(home.record.folder / "_crosstie" / "writer"), pytest.raises(WorkspaceBusy):
        reading.read(home, company.plan())
    assert home.store.readings.all() == []
