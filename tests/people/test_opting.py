"""Who opted out, from the decisions alone."""

from __future__ import annotations

from crosstie.people import AccountRow, DecisionRow, Verb, opted_out, resolve


def decided(*what: tuple[Verb, str]) -> list[DecisionRow]:
    return [DecisionRow(verb=verb, account="", name=mark) for verb, mark in what]


def account(key: str, address: str = "") -> AccountRow:
    return AccountRow(key=key, source="chat", id=key, name=key.title(), address=address)


def test_of_each_mark_the_latest_decision_counts():
    rows = decided((Verb.OPT_OUT, "a"), (Verb.OPT_OUT, "b"), (Verb.OPT_IN, "a"), (Verb.OPT_OUT, "c"))
    assert opted_out(rows) == {"b", "c"}
    assert opted_out([*rows, *decided((Verb.OPT_OUT, "a"))]) == {"a", "b", "c"}


def test_decisions_about_who_is_who_leave_nobody_out():
    assert opted_out([DecisionRow(verb=Verb.ALIAS, account="k1", name="a")]) == frozenset()


def test_they_are_set_apart_with_all_their_accounts():
    rows = [
        account("ada", "ada@x.example"),
        account("ben", "ben@x.example"),
        account("ada2", "ada@x.example"),
    ]
    persons = resolve(rows, opted_out=["ada2"])
    assert set(persons.by_key) == {"ben"}
    assert persons.person_of == {"ben": "ben"}
    assert persons.opted_out["ada"].accounts == ("ada", "ada2")
    assert set(persons.everyone.by_key) == {"ada", "ben"}
    assert persons.everyone.person_of == {"ada": "ada", "ada2": "ada", "ben": "ben"}
