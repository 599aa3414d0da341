"""Organisation mode: what is read follows what the people concerned agreed to."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.actions import company

from crosstie.actions import agreeing, reading, rehearsing
from crosstie.actions.consent import EXAMPLE, Consent, consent
from crosstie.actions.home import Home
from crosstie.errors import CrosstieError, RecordRefused
from crosstie.record import Account, Interaction, Openness, rules
from crosstie.record.kept import KEPT, PLACE_NAME
from crosstie.sources import Mode
from crosstie.sources.conditions import CONDITIONS, Condition

ADA, BEN = company.address("Ada Berg"), company.address("Ben Olu")


def left_out(agreed: Consent) -> dict[str, int]:
    return rehearsing.rehearse(company.plan(), agreed=agreed).left_out


def test_only_open_places_are_read_where_nobody_agreed():
    assert left_out(Consent()) == {
        "members place without agreement": 16,
        "direct place without agreement": 8,
    }


def test_a_members_place_is_read_when_its_owner_agreed():
    assert left_out(Consent(places=frozenset({"board"}))) == {"direct place without agreement": 8}


def test_a_direct_conversation_needs_everyone_in_it():
    assert "direct place without agreement" in left_out(Consent(opted_in=frozenset({ADA})))
    assert "direct place without agreement" not in left_out(Consent(opted_in=frozenset({ADA, BEN})))


def test_people_outside_need_not_opt_in():
    everyone_outside_but_ada = Consent(opted_in=frozenset({ADA}), domains=frozenset({"firm.example"}))
    assert "direct place without agreement" in left_out(everyone_outside_but_ada)
    with_outsider = [
        trace if getattr(trace, "id", "") != "Ben" else Account(
            source=company.SOURCE, id="Ben", name="Ben Olu", address="ben@customer.example"
        )
        for trace in company.traces()
    ]  # fmt: skip
    read = rehearsing.rehearse(company.plan(with_outsider), agreed=everyone_outside_but_ada)
    assert "direct place without agreement" not in read.left_out


def test_the_example_is_a_consent_file(tmp_path: Path):
    file = tmp_path / "consent.toml"
    file.write_text(EXAMPLE)
    agreed = consent(file)
    assert agreed.places == {"board"}
    assert agreed.domains == {"firm.example"}
    assert "ada@firm.example" in agreed.opted_in


def test_a_place_whose_members_were_not_told_is_refused(tmp_path: Path):
    file = tmp_path / "consent.toml"
    file.write_text('[[place]]\nname = "board"\nagreed_by = "Ada"\nagreed_on = 2026-10-01\n')
    with pytest.raises(CrosstieError, match="lacks members_told_on"):
        consent(file)


@pytest.mark.parametrize("text", ["not toml [", None])
def test_a_broken_or_missing_file_is_refused_with_a_hint(tmp_path: Path, text: str | None):
    file = tmp_path / "consent.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(CrosstieError) as refused:
        consent(file)
    assert refused.value.hint


@pytest.mark.parametrize("text", ['domains = "firm.example"', "[direct]\nopted_in = [1]"])
def test_a_text_where_a_list_is_wanted_is_refused(tmp_path: Path, text: str):
    file = tmp_path / "consent.toml"
    file.write_text(text)
    with pytest.raises(CrosstieError, match="is not a list of texts"):
        consent(file)


def test_words_of_places_that_are_never_read_only_come_in(tmp_path: Path):
    with Home(tmp_path / "workspace") as home:
        added = Consent(refused_words=frozenset({"questions"}))
        first = rehearsing.rehearse(company.plan(), home=home, agreed=added)
        assert first.left_out["place of a kind that is never read"] > 0
        reading.read(home, company.plan(), agreed=added)
        # A later file that says nothing of the word takes it away no more than one that lists others.
        later = rehearsing.rehearse(company.plan(), home=home, agreed=Consent())
        assert (
            later.left_out["place of a kind that is never read"]
            == first.left_out["place of a kind that is never read"]
        )
        assert "betriebsrat" in agreeing.refused_words(home)
        assert "questions" in agreeing.refused_words(home)


def test_words_that_came_in_hold_where_a_reading_brings_no_file(tmp_path: Path):
    with Home(tmp_path / "workspace") as home:
        first = reading.read(home, company.plan(), agreed=Consent(refused_words=frozenset({"questions"})))
        refused = first.left_out["place of a kind that is never read"]
        assert refused > 0
        assert (
            rehearsing.rehearse(company.plan(), home=home).left_out["place of a kind that is never read"]
            == reading.read(home, company.plan()).left_out["place of a kind that is never read"]
            == refused
        )


def test_who_agreed_to_which_place_is_kept(tmp_path: Path):
    file = tmp_path / "consent.toml"
    file.write_text(EXAMPLE)
    with Home(tmp_path / "workspace") as home:
        for _ in range(2):
            reading.read(home, company.plan(), agreed=consent(file))
        (place,) = agreeing.agreed_places(home)
    assert (place.name, place.agreed_by, place.agreed_on) == ("board", "Ada Berg", "2026-10-01")


def test_the_table_of_conditions_is_what_the_door_obeys(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(CONDITIONS[Mode.ORGANISATION], Openness.MEMBERS, Condition.NEVER)
    refused = left_out(Consent(places=frozenset({"board"})))
    assert refused["place of a kind that is never read"] == 16


def test_every_field_of_an_act_is_declared_with_where_it_is_kept():
    declared = [field for one in KEPT for field in one.fields if field != PLACE_NAME]
    assert sorted(declared) == sorted(Interaction.__struct_fields__)


def test_the_table_of_what_is_kept_is_what_the_record_obeys():
    text = next(one for one in KEPT if "text" in one.fields)
    act = company.said(1, "Ada", place="direct", text="secret")
    with pytest.raises(RecordRefused, match="text is kept in open places only"):
        rules.check(act)
    object.__setattr__(text, "where", frozenset(Openness))
    try:
        rules.check(act)
    finally:
        object.__setattr__(text, "where", frozenset({Openness.OPEN}))
