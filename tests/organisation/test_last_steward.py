"""The organisation keeps a steward, whoever goes at the same time, and is set up once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.actions import forgetting
from crosstie.actions.organisation import leaving, members
from crosstie.errors import NotAllowed, WorkspaceBusy
from crosstie.people import Role
from crosstie.store.models import Member

ADA = company.address("Ada Berg")


def stewards() -> list[str]:
    return list(Member.objects.filter(role="steward").order_by("pk").values_list("name", flat=True))


def test_of_two_last_stewards_who_go_at_once_one_stays(firm, ada, join, monkeypatch):
    cleo = join("Cleo Marti", Role.STEWARD)
    original = forgetting.forget
    refused: list[object] = []

    def forget(home, person):
        if not refused:
            with pytest.raises(NotAllowed, match="Somebody has to be the steward") as stays:
                leaving.forget_me(firm, cleo, company.address("Cleo Marti"))
            refused.append(stays)
        return original(home, person)

    monkeypatch.setattr(forgetting, "forget", forget)
    leaving.forget_me(firm, ada, ADA)
    assert refused
    assert stewards() == ["Cleo Marti"]


def test_who_could_not_be_forgotten_just_now_is_a_steward_still(firm, ada, join):
    join("Cleo Marti", Role.STEWARD)
    with firm.record._writing(), pytest.raises(WorkspaceBusy):
        leaving.forget_me(firm, ada, ADA)
    assert stewards() == ["Ada Berg", "Cleo Marti"]
    assert leaving.forget_me(firm, ada, ADA)
    assert stewards() == ["Cleo Marti"]


@pytest.mark.parametrize("verb", ["change_role", "suspend", "forget_me"])
def test_the_stewards_rows_are_held_while_one_goes(firm, ada, join, verb, monkeypatch):
    cleo = join("Cleo Marti", Role.STEWARD)
    original = members.keep_a_steward
    is_within: list[bool] = []

    def keep(*given):
        is_within.append(connection.in_atomic_block)
        original(*given)

    monkeypatch.setattr(members, "keep_a_steward", keep)
    with CaptureQueriesContext(connection) as asked:
        if verb == "change_role":
            members.change_role(firm, ada, cleo.member, Role.MEMBER)
        elif verb == "suspend":
            members.suspend(firm, ada, cleo.member, active=False)
        else:
            leaving.forget_me(firm, cleo, company.address("Cleo Marti"))
    assert is_within == [True]
    # SQLite lets one transaction after the other begin, and needs no more.
    held = "FOR UPDATE" if connection.features.has_select_for_update else "SELECT"
    assert any(held in one["sql"] and "'steward'" in one["sql"] for one in asked.captured_queries)


def test_what_was_set_up_once_is_never_set_up_again(firm, ada, site):
    Member.objects.all().delete()
    assert not members.is_empty(firm)
    assert site().get("/set-up").headers["Location"] == "/account/login/"
    with pytest.raises(NotAllowed, match="has its steward"):
        members.set_up(firm, organisation="X", name="Eve", address="eve@else.example", password=PASSWORD)
    assert not Member.objects.exists()
