"""Opting out: nothing more is read, nothing that was is shown, and opting in brings it back."""

from __future__ import annotations

import csv
import inspect
from pathlib import Path

import pytest
from tests.actions import company
from tests.actions.searching import decoded
from tests.actions.test_nobody_is_shown import asked

from crosstie.actions import looking, opting, pages, reading, rehearsing, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.export import export, named
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.actions.keying import Keying
from crosstie.errors import NotShown, PersonUnclear
from crosstie.people import DecisionRow, Verb
from crosstie.record import Account, Entry, Interaction, Kind, Openness, Place, Trace
from crosstie.sources import Ledger

ADA, BEN, CLEO = (company.address(name) for name in ("Ada Berg", "Ben Olu", "Cleo Marti"))


def opt_out(home: Home, who: str = BEN) -> str:
    return opting.opt_out(home, who).person


def shown(home: Home) -> str:
    """All that every page, the frames and the export with names show."""
    verbs = [page for page in pages.__all__ if "who" in inspect.signature(getattr(pages, page)).parameters]
    assert {"circle", "contact", "network_map", "trace"} <= set(verbs)
    parts = [asked(home, page, looking.viewer(home)) for page in verbs]
    file = home.folder.parent / "network.csv"
    export(home, file, names=True, reason="a test")
    return "\n".join(
        [*parts, file.read_text(), str(named(home, "a test")), str(snapshots.persons(home).by_key)]
    )


def test_they_are_gone_from_every_page_export_and_list(firm: Home):
    ben = looking.find(firm, BEN)
    assert all(word in shown(firm) for word in ("Ben Olu", ben.key))
    before = firm.record.count()
    opt_out(firm)
    assert [word for word in ("Ben Olu", BEN, ben.key) if word in shown(firm)] == []
    assert firm.record.count() == before, "what was read stays until it is forgotten"


def test_nobody_finds_them_and_nothing_suggests_them(firm: Home):
    opt_out(firm)
    for wanted in (BEN, "Ben Olu", "Ben Ole", "ben.olu@firm.exampel"):
        with pytest.raises(PersonUnclear) as unclear:
            looking.find(firm, wanted)
        assert "Ben Olu" not in unclear.value.hint


def test_the_snapshot_that_held_them_is_gone_from_disk_at_once(firm: Home):
    folder = snapshots.current(firm).folder
    opt_out(firm)
    assert not folder.exists()


def test_the_ties_of_others_stay_what_they_were(firm: Home):
    def ties_without(ben: str) -> dict[tuple[str, str], tuple[float, float, float]]:
        network = snapshots.current(firm).network
        columns = (network.ties.learner, network.ties.teacher, network.ties.contact,
                   network.ties.learned, network.ties.turned_to)  # fmt: skip
        return {
            (str(network.persons[one]), str(network.persons[other])): tuple(weights)
            for one, other, *weights in zip(*(column.tolist() for column in columns), strict=True)
            if ben not in {network.persons[one], network.persons[other]}
        }

    ben = looking.find(firm, BEN).key
    before = ties_without(ben)
    assert before
    opt_out(firm)
    assert ties_without(ben) == before


def test_an_answer_in_their_thread_is_not_taken_for_one_to_somebody_else(home: Home):
    opened = company.said(1, "Ben", thread="t")
    second = company.said(2, "Cleo", kind=Kind.REPLIED, thread="t")
    third = company.said(3, "Dan", kind=Kind.REPLIED, thread="t")
    acts: list[Trace] = [*company.accounts(), *company.places(), opened, second, third]
    reading.read(home, company.plan(acts))
    opt_out(home)
    assert len(snapshots.current(home).network.ties) == 0


def test_their_records_are_left_out_and_counted_and_others_keep_nothing_of_them(home: Home):
    opt_out(home)
    read = reading.read(home, company.plan())
    assert read.left_out["opted out"] == 8
    told = sum(isinstance(trace, Interaction) for trace in company.traces())
    assert read.used + sum(read.left_out.values()) == told
    assert [word for word in ("Ben Olu", BEN) if word in decoded(home)] == []


@pytest.mark.parametrize("who", ["key", BEN, "Ben Olu", "  BEN.OLU+lists@Firm.example "])
def test_a_key_an_address_in_any_form_and_a_name_all_do(firm: Home, who: str):
    key = looking.find(firm, BEN).key
    assert opt_out(firm, key if who == "key" else who) == key
    assert key not in snapshots.persons(firm).by_key


def test_a_new_reading_of_them_adds_nothing_and_blanks_them_in_the_rows_of_others(firm: Home):
    ben = looking.find(firm, BEN).key
    opt_out(firm)
    before = firm.record.count()
    more = [
        *company.traces(),
        company.said(9000, "Ben"),
        company.said(9001, "Cleo", addressed=("Ben", "Dan")),
    ]
    read = reading.read(firm, company.plan(more), viewer=ADA)
    assert read.left_out["opted out"] == 9
    assert firm.record.count() == before + 1
    with firm.record.connect() as connection:
        ((addressed,),) = connection.execute(
            "SELECT addressed FROM interactions WHERE text = 'Message 9001 of Cleo?'"
        ).fetchall()
    assert ben not in addressed
    assert addressed[0] == ""


def test_another_account_with_their_address_or_their_id_in_the_directory_is_left_out_too(home: Home):
    entry = Entry(source="directory:hr", id="17", name="Ben Olu", address=BEN)
    reading.read(home, company.plan([entry]))
    opt_out(home)
    elsewhere: list[Trace] = [
        Account(source="mail", id=BEN, name="B. Olu", address=BEN),
        Account(source="table:x", id="17"),
        Account(source="table:x", id="18"),
        Place(source="mail", id="list", name="all", openness=Openness.OPEN),
        Place(source="table:x", id="t", name="ties", openness=Openness.OPEN),
        company.said(1, BEN, source="mail"),
        company.said(2, "17", source="table:x", text=None),
        company.said(3, "18", source="table:x", text=None),
    ]
    reading.read(home, company.plan([*company.places(), *elsewhere]))
    assert home.record.count() == 1
    assert "B. Olu" not in decoded(home)


def test_opting_in_again_and_reading_again_restores_everything(firm: Home):
    before = shown(firm)
    opt_out(firm)
    reading.read(firm, company.plan(), viewer=ADA)
    assert opting.opt_in(firm, BEN).is_changed
    reading.read(firm, company.plan(), viewer=ADA)
    assert _without_readings(shown(firm)) == _without_readings(before)


def _without_readings(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if '"readings"' not in line)


def test_it_survives_a_rereading_and_a_merge_and_is_journalled_without_who(firm: Home):
    ben, lea = looking.find(firm, BEN), looking.find(firm, company.address("Lea Moreau"))
    opt_out(firm)
    reading.read(firm, company.plan(), viewer=ADA)
    firm.store.decide(DecisionRow(verb=Verb.MERGE, account=lea.key, other=ben.key))
    persons = snapshots.persons(firm)
    assert ben.key not in persons.by_key
    assert lea.key not in persons.by_key, "one account of a person is enough"
    assert ("opted out", "asked to be left out") in [row[2:] for row in firm.store.journal_rows()]
    assert ben.key not in str(firm.store.journal_rows())


def test_an_address_opts_out_before_anything_was_read_and_is_kept_only_as_a_hash(home: Home):
    done = opting.opt_out(home, "ben.olu@firm.example")
    assert (done.person, done.is_known, done.is_changed) == ("", False, True)
    assert "ben.olu" not in decoded(home)
    reading.read(home, company.plan())
    assert [word for word in ("Ben Olu", BEN) if word in decoded(home)] == []
    assert opting.opt_in(home, BEN).is_changed
    reading.read(home, company.plan())
    assert looking.find(home, BEN).name == "Ben Olu"


def test_deciding_the_same_twice_changes_nothing(firm: Home):
    opt_out(firm)
    assert not opting.opt_out(firm, BEN).is_changed
    assert opting.opt_in(firm, BEN).is_changed
    assert not opting.opt_in(firm, BEN).is_changed


def test_whoever_is_unclear_opts_nobody_out(firm: Home):
    with pytest.raises(PersonUnclear):
        opting.opt_out(firm, "Nobody Here")
    assert not snapshots.persons(firm).opted_out


def test_a_direct_conversation_with_someone_who_opted_out_is_not_read(home: Home):
    agreed = Consent(opted_in=frozenset({ADA, BEN}))
    opt_out(home)
    read = reading.read(home, company.plan(), agreed=agreed)
    assert read.left_out["direct place without agreement"] == 8
    assert ("direct",) not in _openness(home)


def test_a_member_opts_out_of_a_place_whose_owner_agreed(home: Home):
    opt_out(home, company.address("Hana Sato"))
    read = reading.read(home, company.plan(), agreed=Consent(places=frozenset({"board"})))
    assert read.left_out["opted out"] == 8
    assert "Hana Sato" not in decoded(home)


def _openness(home: Home) -> list[tuple[str]]:
    with home.record.connect() as connection:
        return connection.execute("SELECT DISTINCT openness FROM interactions").fetchall()


def test_whoever_appends_without_asking_who_opted_out_keeps_nothing_of_them_either(firm: Home):
    """Questions and thanks of members come into the record without a source and a door."""
    opt_out(firm)
    before = firm.record.count()
    ledger = Ledger()
    keying = Keying(firm.keyring, firm.store, ledger)
    acts: list[Trace] = [company.said(9100, "Ben"), company.said(9101, "Cleo", addressed=("Ben",))]
    firm.record.append(keying.interactions(iter(acts)), before_commit=keying.flush)
    assert firm.record.count() == before + 1
    assert ledger.notes == {"act of someone who opted out, not kept": 1}


def test_the_viewer_who_opted_out_is_shown_nothing_and_nobody_takes_their_place(firm: Home):
    opt_out(firm, ADA)
    with pytest.raises(NotShown):
        looking.viewer(firm)
    with pytest.raises(Exception, match="is that of"):
        looking.viewer(firm, CLEO)


def test_someone_who_opted_out_can_be_forgotten_with_every_trace(firm: Home):
    ben = looking.find(firm, BEN).key
    opt_out(firm)
    found = looking.find_anyone(firm, BEN).key
    assert found == ben
    assert ben in decoded(firm)
    forget(firm, found)
    assert [word for word in (ben, "Ben Olu", BEN) if word in decoded(firm)] == []


def test_a_manager_who_opted_out_is_nobodys_manager(home: Home):
    entries = [
        Entry(source="directory:hr", id="1", name="Ben Olu", address=BEN),
        Entry(source="directory:hr", id="2", name="Ada Berg", address=ADA, manager="1"),
    ]
    reading.read(home, company.plan(list(entries)))
    assert looking.find(home, ADA).manager
    opt_out(home)
    assert looking.find(home, ADA).manager == ""


def test_a_dry_run_knows_who_opted_out(firm: Home):
    opt_out(firm)
    assert rehearsing.rehearse(company.plan(), home=firm, viewer=ADA).left_out["opted out"] == 8


def test_a_table_a_mailbox_and_a_directory_leave_them_out(home: Home, tmp_path: Path):
    opting.opt_out(home, BEN)
    table = tmp_path / "ties.csv"
    with table.open("w", newline="") as file:
        csv.writer(file).writerows([("from", "to"), (BEN, ADA), (ADA, CLEO), (ADA, BEN)])
    read = reading.read(home, reading.plan(f"table:{table}"))
    assert (read.used, read.left_out) == (2, {"opted out": 1})
    staff = tmp_path / "staff.csv"
    staff.write_text(f"id,name,email,department\n1,Ben Olu,{BEN},Sales\n2,Ada Berg,{ADA},Sales\n")
    read = reading.read(home, reading.plan(f"directory:{staff}"))
    assert (read.used, read.left_out) == (1, {"opted out": 1})
    box = tmp_path / "list.mbox"
    box.write_text(
        "".join(
            f"From {who} Mon Mar  2 10:00:00 2026\nFrom: {who}\nTo: all@lists.firm.example\n"
            f"List-Id: <all.lists.firm.example>\nDate: Mon, 2 Mar 2026 10:0{number}:00 +0000\n"
            f"Message-ID: <{number}@firm.example>\nSubject: hi\n\nHello\n\n"
            for number, who in enumerate((BEN, ADA, CLEO))
        )
    )
    read = reading.read(home, reading.plan(f"mail:{box}"))
    assert read.left_out.get("opted out") == 1
    assert [word for word in ("Ben Olu", BEN) if word in decoded(home).replace(str(tmp_path), "")] == []
