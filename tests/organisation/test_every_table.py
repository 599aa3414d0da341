"""Of all tables: each says what it holds of people, so that nothing is held unseen or left behind."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from crosstie.actions.organisation import asking, gate, learning
from crosstie.store.held import HELD, OF_NOBODY, numbers_of, rows_of
from crosstie.store.models import Member

DECLARED = {one.table: one for one in HELD}
TABLES = list(apps.get_app_config("store").get_models())


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.__name__)
def test_every_table_and_column_is_declared(table):
    if table in OF_NOBODY:
        assert table not in DECLARED
        return
    one = DECLARED[table]
    columns = {each.name for each in table._meta.concrete_fields if not each.primary_key}
    assert set(one.shown) | set(one.unsaid) == columns
    assert set(one.shown).isdisjoint(one.unsaid)
    assert one.whose or one.addressed


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.__name__)
def test_a_column_that_could_hold_a_key_says_whose_it_is(table):
    """A key is text of 16 characters; whoever adds such a column has to say what becomes of it."""
    keys = {
        each.name
        for each in table._meta.concrete_fields
        if isinstance(each, models.CharField) and each.max_length == 16
    }
    if table in OF_NOBODY:
        assert keys == set()
        return
    one = DECLARED[table]
    assert keys <= {*one.whose, *one.gone, one.stays, *one.people}


@pytest.mark.parametrize("one", HELD, ids=lambda one: one.name)
def test_what_is_declared_is_there_and_has_words(one):
    columns = {each.name for each in one.table._meta.get_fields()}
    for named in (one.people, one.gone, one.words, tuple(one.emptied), (one.at or "pk",)):
        assert {name for name in named if name != "pk"} <= columns
    assert str(one.title)
    assert all(str(words) for words in one.shown.values())
    assert all(one.unsaid.values())


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_the_rows_of_all_tables_are_counted_at_once_as_they_are_found(firm, ada, ben, who):
    question = asking.ask(firm, ada, "How?", {ben.person: ["You know it."]})
    asking.answer(firm, ben, question, "So.")
    learning.acknowledge(firm, ada, ben.person, "That.")
    member = Member.objects.get(pk={"ada": ada, "ben": ben}[who].member)
    accounts = [*gate.own_person(firm, member).accounts, "another key"]
    addresses = [member.email, "another@address.example"]
    counted = numbers_of(HELD, accounts, addresses)
    assert counted == tuple(rows_of(one, accounts, addresses).count() for one in HELD)
    assert sum(map(bool, counted)) > 3
