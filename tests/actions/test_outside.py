"""Direct places in organisation mode: people outside become nameless, all inside must have opted in."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from tests.actions import company
from tests.actions.searching import decoded

from crosstie.actions import looking, reading, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.errors import PersonUnclear
from crosstie.record import Account, Kind, Openness, Place, Trace

OLA = Account(source=company.SOURCE, id="U7704711", name="Ola Nord", address="ola@customer.example")
PER = Account(source=company.SOURCE, id="U78", name="Per Sund", address="per@partner.example")
OF_OLA = ("Ola Nord", "ola@customer.example", "customer.example", "U7704711")
ADA, BEN = company.address("Ada Berg"), company.address("Ben Olu")
AGREED = Consent(opted_in=frozenset({ADA, BEN}), domains=frozenset({"firm.example"}))


def told(*acts: Trace) -> list[Trace]:
    return [*company.accounts(), OLA, PER, *company.places(), *acts]


def direct(number: int, actor: str, *addressed: str, **more: Any) -> Trace:
    return company.said(number, actor, place="direct", addressed=addressed, **more)


def with_ola() -> list[Trace]:
    """Ada and Ola write to each other, Ola answers, copies Per, and is mentioned."""
    return told(
        direct(1, "Ada", "U7704711"),
        direct(2, "U7704711", "Ada", kind=Kind.REPLIED, parent_author="Ada", replies_to="m1"),
        direct(3, "Ada", "Ben", "U7704711", "U78"),
        direct(4, "Ada", "Ben", copied=("U7704711",), mentioned=("U78",)),
    )


def rows(home: Home) -> list[tuple[object, ...]]:
    with home.record.connect() as connection:
        return connection.execute(
            'SELECT actor, addressed, copied, mentioned, parent_author FROM interactions ORDER BY "at"'
        ).fetchall()


def test_nothing_that_could_find_someone_outside_is_kept_in_any_file(home: Home):
    reading.read(home, company.plan(with_ola()), agreed=AGREED)
    snapshots.current(home)
    assert home.record.count() == 4
    assert [word for word in (*OF_OLA, "Per Sund", "per@partner.example") if word in decoded(home)] == []
    assert ADA in decoded(home)


def test_the_same_search_finds_someone_outside_who_wrote_in_the_open(home: Home):
    reading.read(home, company.plan([*with_ola(), company.said(9, "U7704711", days=1)]), agreed=AGREED)
    assert all(word in decoded(home) for word in OF_OLA)
    assert "per@partner.example" not in decoded(home)


def test_whoever_is_known_from_an_open_place_is_nameless_in_direct_ones_all_the_same(home: Home):
    reading.read(home, company.plan([*with_ola(), company.said(9, "U7704711", days=1)]), agreed=AGREED)
    ola = looking.find(home, "ola@customer.example").key
    with home.record.connect() as connection:
        query = "SELECT openness FROM interactions WHERE actor = ? OR list_contains(addressed, ?)"
        assert connection.execute(query, [ola, ola]).fetchall() == [("open",)]


def test_they_are_told_apart_in_one_message_and_the_same_in_all(home: Home):
    reading.read(home, company.plan(with_ola()), agreed=AGREED)
    ada, ben = (looking.find(home, who).key for who in (ADA, BEN))
    assert rows(home) == [
        (ada, ["outside.1"], [], [], ""),
        ("outside.1", [ada], [], [], ada),
        (ada, [ben, "outside.1", "outside.2"], [], [], ""),
        (ada, [ben], ["outside.1"], ["outside.2"], ""),
    ]


def test_nobody_outside_is_a_person_and_the_others_keep_their_share(home: Home):
    reading.read(home, company.plan(with_ola()), agreed=AGREED)
    assert "outside" not in str(snapshots.persons(home))
    with pytest.raises(PersonUnclear) as unclear:
        looking.find(home, "ola@customer.example")
    assert "Ola" not in unclear.value.hint
    whole = snapshots.current(home).network
    ada, ben = (whole.index_of(looking.find(home, who).key) for who in (ADA, BEN))
    assert set(zip(whole.ties.learner.tolist(), whole.ties.teacher.tolist(), strict=True)) == {
        (ada, ben),
        (ben, ada),
    }
    # A third of the message to three, and the whole of the one to him alone.
    assert whole.ties.known_contact[0] == pytest.approx(4 / 3)


def test_one_person_inside_who_did_not_opt_in_keeps_all_of_it_out(home: Home):
    only_ada = Consent(opted_in=frozenset({ADA}), domains=frozenset({"firm.example"}))
    read = reading.read(home, company.plan(with_ola()), agreed=only_ada)
    assert read.left_out == {"direct place without agreement": 2}
    assert home.record.count() == 2


def test_someone_of_a_domain_under_the_organisations_own_is_inside(home: Home):
    oslo = Account(source=company.SOURCE, id="U90", name="Una Vik", address="una@oslo.firm.example")
    acts = [oslo, direct(1, "Ada", "U90")]
    refused = reading.read(home, company.plan(told(*acts)), agreed=AGREED)
    assert refused.left_out == {"direct place without agreement": 1}
    opted_in = Consent(opted_in=AGREED.opted_in | {"una@oslo.firm.example"}, domains=AGREED.domains)
    reading.read(home, company.plan(told(*acts)), agreed=opted_in)
    assert looking.find(home, "una@oslo.firm.example").name == "Una Vik"


def test_a_domain_that_only_ends_like_the_organisations_is_outside(home: Home):
    other = Account(source=company.SOURCE, id="U91", name="Nil Ode", address="nil@notfirm.example")
    reading.read(home, company.plan(told(other, direct(1, "Ada", "U91"))), agreed=AGREED)
    assert home.record.count() == 1
    assert "notfirm" not in decoded(home)


def test_an_employee_of_the_directory_is_inside_whatever_their_address(home: Home):
    from crosstie.record import Entry

    entry = Entry(source="directory:hr", id="7", name="Ola Nord", address="ola@customer.example")
    reading.read(home, company.plan([entry]), agreed=AGREED)
    read = reading.read(home, company.plan(with_ola()), agreed=AGREED)
    assert read.left_out == {"direct place without agreement": 4}


def test_a_members_place_keeps_its_people_as_its_owner_agreed(home: Home):
    agreed = Consent(places=frozenset({"board"}), domains=AGREED.domains)
    reading.read(home, company.plan(told(company.said(1, "U7704711", place="members"))), agreed=agreed)
    assert looking.find(home, "ola@customer.example").name == "Ola Nord"


def test_in_personal_mode_people_outside_keep_their_names(home: Home):
    reading.read(home, company.plan(with_ola()), viewer=ADA)
    assert looking.find(home, "ola@customer.example").name == "Ola Nord"


def test_a_real_mailbox_is_read_without_anybody_outside(home: Home, tmp_path: Path):
    box = mailbox.mbox(tmp_path / "sent.mbox")
    for number, to in enumerate(("Ola Nord <ola@customer.example>", "Ben Olu <ben.olu@firm.example>")):
        mail = EmailMessage()
        mail["From"] = "Ada Berg <ada.berg@firm.example>"
        mail["To"] = to
        mail["Date"] = f"Mon, 2 Mar 2026 1{number}:00:00 +0000"
        mail["Message-ID"] = f"<{number}@firm.example>"
        mail["Subject"] = "The offer"
        mail.set_content("Can you look at the offer?")
        box.add(mail)
    box.close()
    read = reading.read(home, reading.plan(f"mail:{tmp_path / 'sent.mbox'}"), agreed=AGREED)
    assert read.used == 2
    assert "customer.example" not in decoded(home).replace(str(tmp_path), "")
    assert "ben.olu@firm.example" in decoded(home)
    assert next(row[1] for row in rows(home)) == ["outside.1"]


def test_places_of_conversations_with_people_outside_are_kept_without_a_name(home: Home):
    place = Place(source=company.SOURCE, id="dm", name="Ada and Ola Nord", openness=Openness.DIRECT)
    acts = [place, direct(1, "Ada", "U7704711")]
    reading.read(home, company.plan(told(*acts)), agreed=AGREED)
    assert "Ola Nord" not in decoded(home)
