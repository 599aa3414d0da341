"""What falls out by age leaves the disk, and leaves a known tie without its evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.actions import company
from tests.actions.searching import decoded

from crosstie.actions import (
    doors,
    looking,
    opting,
    pages,
    reading,
    rehearsing,
    retention,
    settings,
    snapshots,
)
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.actions.retention import oldest_kept, retain
from crosstie.errors import UsageRefused
from crosstie.network.known import KnownTie
from crosstie.people import DecisionRow, Verb
from crosstie.record import Kind, KnownHow, Record

ADA, BEN, CLEO = (company.address(name) for name in ("Ada Berg", "Ben Olu", "Cleo Marti"))
LATER = (company.START + timedelta(days=7 * 5)).date()
"""A day on which, with one month, the first of the eight weeks has fallen out; at the end of summer, all."""

ALL_OLD = date(2026, 9, 1)


def count(home: Home) -> int:
    return home.record.count()


def known_pairs(home: Home) -> set[tuple[str, str]]:
    network = snapshots.current(home).network
    ties = network.ties
    names = [snapshots.persons(home).by_key[str(key)].name for key in network.persons]
    return {
        (names[one], names[other])
        for one, other, known in zip(
            ties.learner.tolist(), ties.teacher.tolist(), ties.known.tolist(), strict=True
        )
        if known
    }


@pytest.mark.parametrize(
    ("today", "months", "oldest"),
    [
        (date(2026, 11, 24), 24, datetime(2024, 11, 24, tzinfo=UTC)),
        (date(2026, 3, 31), 1, datetime(2026, 2, 28, tzinfo=UTC)),
        (date(2024, 3, 31), 1, datetime(2024, 2, 29, tzinfo=UTC)),
        (date(2026, 1, 15), 13, datetime(2024, 12, 15, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(home: Home, today: date, months: int, oldest: datetime):
    settings.keep(home, {settings.KEEP_MONTHS: str(months)})
    assert oldest_kept(home, today) == oldest


def test_without_a_limit_nothing_falls_out_and_one_is_proposed(firm: Home):
    assert oldest_kept(firm) is None
    with pytest.raises(UsageRefused) as refused:
        retain(firm)
    assert "24" in refused.value.hint
    assert count(firm) == 104


def test_what_is_older_is_gone_from_every_file(firm: Home):
    snapshots.current(firm)
    old, new = "Message 0 of Ada?", "Message 105 of"
    assert old in decoded(firm)
    done = retain(firm, months=1, today=LATER)
    with firm.record.connect() as connection:
        ((earliest,),) = connection.execute('SELECT min("at") FROM interactions').fetchall()
    assert done.rows > 0
    assert done.is_erased
    assert earliest >= datetime(2026, 3, 6, tzinfo=UTC)
    assert count(firm) == 104 - done.rows
    after = decoded(firm)
    assert old not in after
    assert "https://chat.firm.example/m0'" not in after
    assert new in after


def test_the_known_part_of_a_circle_does_not_shrink(firm: Home):
    before = known_pairs(firm)
    done = retain(firm, months=1, today=ALL_OLD)
    assert count(firm) == 0
    assert done.rows == 104
    assert known_pairs(firm) == before
    circle = pages.circle(firm, looking.viewer(firm))
    assert {contact.person.name for contact in circle.contacts} >= {"Ben Olu", "Cleo Marti"}
    assert not any(contact.is_active for contact in circle.contacts)
    for contact in circle.contacts:
        found, originals = pages.contact(firm, looking.viewer(firm), contact.person.key)
        assert (found.person.name, originals) == (contact.person.name, ())


def test_a_known_tie_without_evidence_says_that_and_when_but_not_what_where_or_how_often(firm: Home):
    ada, ben = (looking.find(firm, who).key for who in (ADA, BEN))
    retain(firm, months=1, today=ALL_OLD)
    ties = {(tie.learner, tie.teacher, tie.relation): tie for tie in firm.store.known_ties.all()}
    tie = ties[ada, ben, "turned_to"]
    assert tie.known_how == "stated"
    assert tie.first_at < tie.last_at
    assert KnownTie._fields == ("learner", "teacher", "relation", "known_how", "first_at", "last_at")
    with pytest.raises(KeyError):
        ties[ben, ada, "turned_to"]


def test_nobody_else_sees_a_tie_whose_evidence_is_gone(home: Home):
    reading.read(home, company.plan())
    open_before = snapshots.current(home).open_ties
    assert len(open_before)
    retain(home, months=1, today=ALL_OLD)
    snapshot = snapshots.current(home)
    assert not snapshot.network.ties.is_open.any()
    assert len(snapshot.open_ties) == 0


def test_doing_it_twice_changes_nothing(firm: Home):
    retain(firm, months=1, today=LATER)
    held, kept = firm.store.known_ties.all(), count(firm)
    again = retain(firm, today=LATER)
    assert again.rows == 0
    assert (firm.store.known_ties.all(), count(firm)) == (held, kept)


def test_step_by_step_or_at_once_leaves_the_same_known_ties(home: Home, tmp_path: Path):
    reading.read(home, company.plan())
    for day in (LATER, LATER + timedelta(days=14), ALL_OLD):
        retain(home, months=1, today=day)
    with Home(tmp_path / "other") as other:
        reading.read(other, company.plan())
        retain(other, months=1, today=ALL_OLD)
        assert _by_name(home) == _by_name(other)


def _by_name(home: Home) -> set[tuple[object, ...]]:
    name = {row.key: row.name for row in home.store.accounts.all()}
    found = set()
    for tie in home.store.known_ties.all():
        ends = (name[tie.learner], name[tie.teacher])
        found.add((*(sorted(ends) if tie.relation == "contact" else ends), *tie[2:]))
    return found


@pytest.mark.parametrize("moment", ["_falling", "drop_before", "after"])
def test_cut_short_at_any_moment_it_is_done_by_running_it_again(
    firm: Home, monkeypatch: pytest.MonkeyPatch, moment: str
):
    before = known_pairs(firm)

    class Killed(BaseException):
        pass

    def kill(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as cut:
        if moment == "_falling":
            cut.setattr(retention, "_falling", kill)
        elif moment == "drop_before":
            cut.setattr(Record, "drop_before", kill)
        else:
            cut.setattr("crosstie.record.parts.Parts.clear", kill)
        with pytest.raises(Killed):
            retain(firm, months=1, today=ALL_OLD)
    assert known_pairs(firm) == before
    done = retain(firm, today=ALL_OLD)
    assert done.is_erased
    assert count(firm) == 0
    assert known_pairs(firm) == before
    assert "Message 0 of Ada?" not in decoded(firm)


def test_reading_an_old_export_again_does_not_bring_it_back(home: Home, monkeypatch: pytest.MonkeyPatch):
    reading.read(home, company.plan())
    retain(home, months=1, today=LATER)
    kept = count(home)
    monkeypatch.setattr(doors, "oldest_kept", lambda opened: oldest_kept(opened, LATER))
    again = reading.read(home, company.plan())
    assert again.left_out["older than is kept"] == 15, "a week: twelve open messages, three in closed places"
    assert again.used == kept == 96 - 12
    assert again.changes == {"added": 0, "updated": 0, "unchanged": kept}
    assert count(home) == kept
    assert rehearsing.rehearse(company.plan(), home=home).left_out["older than is kept"] == 15


def test_what_a_source_does_not_ask_about_is_not_kept_either(home: Home, monkeypatch: pytest.MonkeyPatch):
    """A second row of one record, like a commit's review, is older on its own."""
    settings.keep(home, {settings.KEEP_MONTHS: "1"})
    monkeypatch.setattr(doors, "oldest_kept", lambda opened: oldest_kept(opened, LATER))
    monkeypatch.setattr("crosstie.sources.door.Door.takes_from", lambda *_, **__: True)
    read = reading.read(home, company.plan())
    assert read.notes["act older than is kept, not kept"] == 96 - count(home) > 0


def test_a_row_without_a_time_has_no_age(home: Home):
    named = company.said(1, "Ada", kind=Kind.NAMED, addressed=("Ben",), at=None, text=None, asks=None)
    reading.read(home, company.plan([*company.accounts(), *company.places(), named]))
    assert retain(home, months=1, today=ALL_OLD).rows == 0
    assert count(home) == 1


def test_an_answer_that_stays_keeps_its_tie_when_what_it_answers_falls_out(home: Home):
    asked = company.said(1, "Ada", days=0)
    answer = company.said(2, "Ben", kind=Kind.REPLIED, replies_to="m1", days=40, asks=False)
    reading.read(home, company.plan([*company.accounts(), *company.places(), asked, answer]))
    before = known_pairs(home)
    assert before == {("Ada Berg", "Ben Olu"), ("Ben Olu", "Ada Berg")}
    retain(home, months=1, today=LATER)
    assert count(home) == 1
    assert known_pairs(home) == before


def test_an_inferred_contact_leaves_nothing(home: Home):
    guessed = company.said(
        1,
        "Ada",
        kind=Kind.MET,
        addressed=("Ben",),
        known_how=KnownHow.INFERRED,
        probability=0.5,
        text=None,
    )
    reading.read(home, company.plan([*company.accounts(), *company.places(), guessed]))
    retain(home, months=1, today=ALL_OLD)
    assert home.store.known_ties.all() == []


def test_forgetting_removes_their_known_ties_too(firm: Home):
    retain(firm, months=1, today=ALL_OLD)
    ben = looking.find(firm, BEN).key
    assert ben in decoded(firm)
    forget(firm, ben)
    assert [word for word in (ben, BEN, "Ben Olu") if word in decoded(firm)] == []


def test_whoever_opted_out_is_on_no_known_tie(firm: Home):
    retain(firm, months=1, today=LATER)
    opting.opt_out(firm, BEN)
    assert not any("Ben Olu" in pair for pair in known_pairs(firm))
    ben = looking.find_anyone(firm, BEN).key
    before = [tie for tie in firm.store.known_ties.all() if ben in tie]
    retain(firm, today=ALL_OLD)
    assert [tie for tie in firm.store.known_ties.all() if ben in tie] == before, "and leaves no new ones"


def test_accounts_found_to_be_one_person_later_have_no_tie_with_themself(firm: Home):
    retain(firm, months=1, today=ALL_OLD)
    ada, ben = (looking.find(firm, who).key for who in (ADA, BEN))
    firm.store.decide(DecisionRow(verb=Verb.MERGE, account=ada, other=ben))
    network = snapshots.current(firm).network
    assert (network.ties.learner != network.ties.teacher).all()


def test_closed_places_fall_out_as_open_ones_do(firm: Home):
    retain(firm, months=1, today=ALL_OLD)
    with firm.record.connect() as connection:
        assert connection.execute("SELECT DISTINCT openness FROM interactions").fetchall() == []


def test_the_journal_says_what_fell_out_and_under_which_limit(firm: Home):
    retain(firm, months=1, today=ALL_OLD)
    (row,) = firm.store.journal_rows()
    assert row[1:] == ("owner", "limit applied", "1 months: 104 rows fell out")


@pytest.mark.parametrize("months", ["-1", "1.5", "many", "5000"])
def test_a_limit_that_is_none_is_refused_and_not_kept(home: Home, months: str):
    with pytest.raises(UsageRefused):
        settings.keep(home, {settings.KEEP_MONTHS: months})
    assert oldest_kept(home) is None


def test_a_network_as_of_an_earlier_date_knows_only_what_was_known_then(firm: Home):
    retain(firm, months=1, today=ALL_OLD)
    before_all = company.START - timedelta(days=1)
    assert len(snapshots.current(firm, as_of=before_all).network.ties) == 0
    assert len(snapshots.current(firm, as_of=company.START + timedelta(days=80)).network.ties) > 0
