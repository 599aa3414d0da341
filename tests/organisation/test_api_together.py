"""For programs too: programmes that are looked at before they are sent, workshops, and corrections."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.actions import company

from crosstie.people import Role
from crosstie.store.models import Letter, Mapped, Participant, Programme


@pytest.fixture
def fay(join):
    return join("Fay Lind", Role.FACILITATOR)


def test_a_programme_is_drawn_looked_at_and_sent_as_it_was_looked_at(program, join, fay, ben):
    for name in company.NAMES[1:10]:
        if name not in {"Ben Olu", "Fay Lind"}:
            join(name)
    ask = program(fay)
    assert len(ask("GET", "programmes/choices").json()["people"]) >= 9
    number = ask("POST", "programmes", {"name": "Autumn", "everyone": True, "capacity": 6}).json()["number"]
    view = ask("GET", f"programmes/{number}").json()
    assert sum(len(one["who"]) for one in view["pairs"]) == 6
    assert ask("GET", f"programmes/{number}/draw").json() == {"is_drawn_right": True}
    one, other = (card["key"] for card in view["pairs"][0]["who"][:2])
    assert ask("POST", f"programmes/{number}/apart", {"one": one, "other": other}).status_code == 204
    stale = ask("POST", f"programmes/{number}/send", {"version": view["version"]})
    assert (stale.status_code, stale.json()["code"]) == (403, "not-allowed")
    assert ask("POST", f"programmes/{number}/pair-again").status_code == 204
    version = ask("GET", f"programmes/{number}").json()["version"]
    assert ask("POST", f"programmes/{number}/send", {"version": version}).status_code == 204
    assert Programme.objects.get().state == "sent"
    assert ask("DELETE", f"programmes/{number}").status_code == 403
    assert ask("GET", f"programmes/{number}/lasting").json()["smallest"] >= 5
    assert ask("GET", "programmes/lasting").status_code == 200
    assert [one["is_sent"] for one in ask("GET", "programmes").json()] == [True]


def test_nobody_but_its_facilitator_sees_a_programme(program, ada, join, fay, ben):
    for name in company.NAMES[2:10]:
        if name != "Fay Lind":
            join(name)
    number = program(fay)("POST", "programmes", {"name": "Ours", "everyone": True}).json()["number"]
    assert program(ada)("GET", f"programmes/{number}").status_code == 404
    assert program(ben)("GET", f"programmes/{number}").status_code == 403
    assert program(fay)("DELETE", f"programmes/{number}").status_code == 204
    assert program(fay)("GET", f"programmes/{number}").status_code == 404


def test_a_workshop_from_its_invitation_to_a_note_under_a_note(program, fay, ben, cleo):
    leads, takes_part = program(fay), program(ben)
    today = timezone.localdate().isoformat()
    number = leads("POST", "workshops", {"name": "Widen", "starts_on": today}).json()["number"]
    path = f"workshops/{number}"
    assert ben.person in {one["key"] for one in leads("GET", f"{path}/may-invite").json()}
    asked = leads("POST", f"{path}/invitations", {"people": [ben.person]}, key="k")
    assert asked.json() == {"invited": 1}
    assert takes_part("GET", path).status_code == 404
    assert [one["name"] for one in takes_part("GET", "workshops").json()["invited"]] == ["Widen"]
    assert takes_part("POST", f"{path}/accept").status_code == 204
    assert takes_part("PUT", f"{path}/weeks/1", {"done": True}).status_code == 204
    assert takes_part("PUT", f"{path}/weeks/2", {"done": True}).status_code == 403
    note = takes_part("POST", f"{path}/notes", {"week": 1, "text": "I asked Gil."}).json()["number"]
    under = leads("POST", f"{path}/notes", {"week": 1, "text": "And?", "under": note}).json()["number"]
    (shown,) = takes_part("GET", path).json()["notes"]
    assert [one["text"] for one in shown["answers"]] == ["And?"]
    assert takes_part("DELETE", f"workshops/notes/{under}").status_code == 404
    assert leads("DELETE", f"workshops/notes/{under}").status_code == 204
    assert takes_part("GET", f"{path}/look-back").json() == {"sentences": [], "everyone": ""}
    assert takes_part("GET", f"{path}/group").status_code == 404
    assert leads("GET", f"{path}/group").json() == []
    assert program(cleo)("GET", path).status_code == 404
    assert takes_part("POST", f"{path}/leave").status_code == 204
    assert Participant.objects.get().left_at
    assert Letter.objects.filter(kind="workshop").count() == 1


def test_a_workshop_of_a_day_that_passed_or_of_a_mere_member_is_refused(program, fay, ben):
    today = timezone.localdate()
    said = {"name": "Late", "starts_on": (today - timedelta(days=1)).isoformat()}
    assert program(fay)("POST", "workshops", said).status_code == 422
    assert program(ben)("POST", "workshops", said | {"starts_on": today.isoformat()}).status_code == 403
    assert program(fay)("POST", "workshops", said | {"starts_on": "soon"}).status_code == 422


def test_corrections_are_made_listed_and_taken_back(program, ada, ben):
    ask = program(ada)
    row = ask("GET", "me/rows").json()["rows"][0]["id"]
    assert ask("POST", "me/corrections/traces", {"trace": row}).status_code == 204
    assert ask("POST", "me/corrections/contacts", {"person": ben.person}).status_code == 204
    assert {one["trace"] for one in ask("GET", "me/corrections").json()} == {row, ""}
    assert program(ben)("GET", "me/corrections").json() == []
    for one in ask("GET", "me/corrections").json():
        assert program(ben)("DELETE", f"me/corrections/{one['number']}").status_code == 404
        assert ask("DELETE", f"me/corrections/{one['number']}").status_code == 204
    assert ask("GET", "me/corrections").json() == []
    own = next(one for one in ask("GET", "me/accounts").json() if one["is_membership"])
    assert ask("POST", "me/corrections/accounts", {"account": own["key"]}).status_code == 403


def test_ones_own_map_is_made_right(program, ada, ben, join):
    ask = program(ada)
    assert ask("PUT", f"me/map/contacts/{ben.person}", {"right": True}).status_code == 204
    confirmed = [
        one["person"]["name"] for one in ask("GET", "me/map").json()["contacts"] if one["is_confirmed"]
    ]
    assert confirmed == ["Ben Olu"]
    assert ask("POST", "me/map/missing", {"person": ben.person}).status_code == 204
    (missing,) = ask("GET", "me/map").json()["missing"]
    assert ask("DELETE", f"me/map/missing/{missing['number']}").status_code == 204
    assert Mapped.objects.get(verb="missing").taken_back_at
    assert [one["name"] for one in ask("GET", "colleagues").json()] == ["Ben Olu"]


def test_what_holds_here_and_a_word_about_ones_circle_are_there(program, ada, ben):
    ask = program(ben)
    told = ask("GET", "agreement").json()
    assert len(told["sections"]) > 3
    assert told == program(ada)("GET", "agreement").json()
    assert ask("GET", "circle/check").json()["is_ready"] is False
    assert [one["name"] for one in ask("GET", "places").json()] == ["questions"]
