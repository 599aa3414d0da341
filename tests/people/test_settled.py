"""Whom a word means, in accounts and addresses that are theirs alone."""

from __future__ import annotations

import pytest
from tests.people.test_resolve import account

from crosstie.errors import PersonUnclear
from crosstie.people import AccountRow, EntryRow, Settled, is_address, resolve, settle
from crosstie.record import Account

ANN = "ann@x.example"
ROWS = [
    account("k1", source="slack:T", outside_id="U1", name="Ann Able", address=ANN),
    account("k2", source="mail", outside_id=ANN, name="Ann", address=ANN),
    account("k3", source="directory:b", outside_id="7", name="Able, Ann", address=ANN),
    account("k4", source="directory:b", outside_id="8", name="Ben Best", address="floor@x.example"),
    account("k5", source="directory:b", outside_id="9", name="Cal Cole", address="floor@x.example"),
    account("k6", source="zulip:Z", outside_id="12", name="Dee Dale"),
    account("k7", source="zulip:Y", outside_id="12", name="Eve Else"),
]


def settled(given: str, more: tuple[AccountRow, ...] = ()) -> Settled:
    rows = [*ROWS, *more]
    entries = [EntryRow(account=row.key) for row in rows if row.source.startswith("directory:")]
    return settle(resolve(rows, entries=entries), rows, given)


@pytest.mark.parametrize("given", ["k2", "k1", "U1", "ANN@x.example", "ann able", "Able,  Ann", "Ann"])
def test_every_word_for_someone_comes_to_all_their_accounts(given: str):
    found = settled(given)
    assert found.accounts == {("slack:T", "U1"), ("mail", ANN), ("directory:b", "7")}
    assert found.addresses == {ANN}
    assert found.called.casefold() == ANN


def test_accounts_met_later_are_known_by_address_or_the_id_of_a_directory_and_never_by_name():
    found = settled("U1")
    assert found.covers(Account(source="git:r", id="x", address="Ann+git@x.example"))
    assert found.covers(Account(source="table:t", id=ANN))
    assert found.covers(Account(source="table:t", id="7"))
    assert not found.covers(Account(source="table:t", id="8"))
    assert not found.covers(Account(source="slack:S", id="U1"))
    assert not found.covers(Account(source="zulip:Z", id="99", name="Ann Able"))
    assert not found.covers(Account(source="git:r", id="7"))


def test_an_address_of_several_is_not_taken_for_theirs():
    found = settled("Ben Best")
    assert found.addresses == frozenset()
    assert found.called == "k4"
    assert not found.covers(Account(source="mail", id="floor@x.example", address="floor@x.example"))


def test_an_id_of_two_directories_tells_of_nobody_in_a_table():
    other = account("k8", source="directory:c", outside_id="7", name="Fay Far")
    assert settled("U1", (other,)).directory_ids == frozenset()


def test_the_same_id_in_two_places_is_unclear():
    with pytest.raises(PersonUnclear, match="More than one"):
        settled("12")


def test_a_name_counts_only_where_nobody_else_has_it_in_any_account():
    # She is shown as Grace, but one account has the name that was given.
    rows = (
        account("k8", source="mail", outside_id="g@x.example", name="Ann Able", address="g@x.example"),
        account("k9", source="slack:T", outside_id="U9", name="Grace Gain", address="g@x.example"),
        account("ka", source="git:r", outside_id="g@x.example", name="Grace Gain", address="g@x.example"),
    )
    with pytest.raises(PersonUnclear, match="More than one"):
        settled("Ann Able", rows)


def test_an_address_that_nobody_has_stands_for_itself_and_other_words_do_not():
    assert settled("new@x.example").covers(Account(source="mail", id="new@x.example"))
    with pytest.raises(PersonUnclear, match="Nobody"):
        settled("Somebody New")


def test_whoever_opted_out_is_nobodys_viewer():
    persons = resolve(ROWS, opted_out=["k1"])
    for given in ("U1", ANN, "Ann Able"):
        assert settle(persons, ROWS, given) == Settled(given=given, called=given)


def test_what_is_an_address():
    assert [is_address(text) for text in (ANN, " Ann@x.example", "Ann at x", "@ann", "Ann @ home", "k1")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
