"""Who is forgotten while a worker carries what they did into the record does not come back by it."""

from __future__ import annotations

from tests.actions import company

from crosstie.actions.home import Home
from crosstie.actions.keying import Keying
from crosstie.actions.organisation import asking, leaving, recording, work
from crosstie.errors import WorkspaceBusy
from crosstie.store import Store

BEN = company.address("Ben Olu")


def in_the_record(home: Home, word: str) -> list[object]:
    with home.record.connect() as connection:
        found = connection.execute("SELECT actor, text FROM interactions").fetchall()
    return [row for row in found if word in str(row)]


def test_a_worker_cannot_write_between_the_record_and_the_rows(firm, ben, monkeypatch):
    number = asking.ask(firm, ben, "zanzibar question", {})
    payload = {"kind": "question", "number": number}
    recording.record(firm, payload)
    assert in_the_record(firm, "zanzibar")
    original = Store.forget
    refused: list[str] = []

    def forget(self, *given):
        try:
            recording.record(firm, payload)
        except WorkspaceBusy:
            refused.append("busy")
        return original(self, *given)

    monkeypatch.setattr(Store, "forget", forget)
    leaving.forget_me(firm, ben, BEN)
    assert refused == ["busy"]
    recording.record(firm, payload)  # as the worker does when it tries again
    work.work_once(firm)
    assert not in_the_record(firm, "zanzibar")
    assert not [row for row in firm.store.accounts.all() if BEN in (row.id, row.address)]


def test_a_worker_that_began_before_and_writes_after_finds_nothing(firm, ben, monkeypatch):
    number = asking.ask(firm, ben, "zanzibar question", {})
    original = Keying.__init__
    gone: list[str] = []

    def begin(self, *given, **more):
        original(self, *given, **more)
        if not gone:
            gone.append(BEN)
            leaving.forget_me(firm, ben, BEN)

    monkeypatch.setattr(Keying, "__init__", begin)
    recording.record(firm, {"kind": "question", "number": number})
    assert gone
    assert not in_the_record(firm, "zanzibar")
    assert not [row for row in firm.store.accounts.all() if BEN in (row.id, row.address)]


def test_who_opted_out_after_a_worker_began_is_not_written(firm, ben, monkeypatch):
    number = asking.ask(firm, ben, "zanzibar question", {})
    original = Keying.__init__

    def begin(self, *given, **more):
        original(self, *given, **more)
        leaving.opt_out(firm, ben)

    monkeypatch.setattr(Keying, "__init__", begin)
    recording.record(firm, {"kind": "question", "number": number})
    assert not in_the_record(firm, "zanzibar")
