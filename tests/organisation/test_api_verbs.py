"""The operations of the API do what the pages do, in the name of the token's member."""

from __future__ import annotations

import pytest
from tests.actions import company

from crosstie.actions.organisation import asking, learning
from crosstie.store.models import Answer, Invitation, Look, Question

WHY = ("She answered such questions.",)


def test_ask_answer_accept_and_thank(program, ada, ben):
    asks, answers = program(ada), program(ben)
    draft = asks("POST", "drafts", {"text": "How do I resize a queue?"}).json()
    (suggested,) = [one["helper"]["person"]["key"] for one in draft["candidates"]]
    assert suggested == ben.person
    number = asks("POST", "questions", {"text": "How do I resize a queue?", "people": [suggested]}).json()[
        "number"
    ]
    (line,) = answers("GET", "questions?which=of_me").json()["rows"]
    assert (line["number"], line["by"]) == (number, "Ada Berg")
    made = answers("POST", f"questions/{number}/answers", {"text": "Before it is opened."})
    assert made.status_code == 201
    assert Answer.objects.get().via == "api"
    answered = made.json()["number"]
    assert asks("POST", f"answers/{answered}/accept").status_code == 204
    assert asks("GET", f"questions/{number}").json()["answers"][0]["is_accepted"]
    thanked = asks("POST", "thanks", {"person": ben.person, "line": "Queues.", "answer": answered}).json()
    assert answers("GET", "thanks?which=received").json()["rows"][0]["line"] == "Queues."
    assert asks("DELETE", f"thanks/{thanked['number']}").status_code == 204
    assert answers("GET", "thanks?which=received").json()["rows"] == []


def test_what_one_was_asked_is_passed_on_put_off_or_declined(firm, program, ada, ben, cleo):
    own = program(ben)
    number = asking.ask(firm, ada, "Who knows queues?", {ben.person: WHY})
    asked = own("GET", f"questions/{number}").json()["me_asked"]
    assert asked["reasons"] == list(WHY)
    assert own("POST", f"asked/{asked['number']}/later").status_code == 204
    assert own("POST", f"asked/{asked['number']}/pass-on", {"person": cleo.person}).status_code == 204
    other = program(cleo)
    passed = other("GET", f"questions/{number}").json()["me_asked"]["number"]
    assert own("POST", f"asked/{passed}/not-mine").status_code == 404
    assert other("POST", f"asked/{passed}/not-mine").status_code == 204
    assert program(ada)("POST", f"questions/{number}/close").status_code == 204


def test_a_sample_is_judged_for_oneself(program, ada, ben):
    ask = program(ada)
    first = ask("GET", "sample").json()[0]
    assert ask("PUT", f"sample/{first['number']}", {"verdict": "right"}).status_code == 204
    assert ask("GET", "sample").json()[0]["verdict"] == "right"
    assert program(ben)("PUT", f"sample/{first['number']}", {"verdict": "wrong"}).status_code == 404
    assert ask("GET", "precision").json()["is_enough"] is False


def test_a_contact_is_shown_with_its_originals_and_the_look_is_kept(program, ada, ben):
    ask = program(ada)
    circle = ask("GET", "circle").json()
    names = [one["person"]["name"] for one in circle["contacts"]]
    assert names == sorted(names, key=str.casefold)
    found = ask("GET", f"circle/contacts/{ben.person}").json()
    assert found["contact"]["person"]["name"] == "Ben Olu"
    assert ask("GET", f"traces/{found['originals'][0]['id']}").json()["place"] == "questions"
    assert [(one.viewer, one.what) for one in Look.objects.all()] == [(ada.account, "contact")]


def test_stewards_invite_and_give_roles(program, ada, ben):
    ask = program(ada)
    said = {"addresses": ["new@firm.example", company.address("Ben Olu")], "role": "facilitator"}
    made = ask("POST", "invitations", said)
    assert made.json() == {"invited": 1}
    assert Invitation.objects.get(address="new@firm.example").role == "facilitator"
    assert ask("PUT", f"members/{ben.member}/role", {"role": "steward"}).status_code == 204
    link = ask("PUT", "invitations/link", {"domains": ["firm.example"], "uses": 3}).json()["path"]
    assert link.startswith("/join/")
    assert ask("PUT", "members/999/role", {"role": "member"}).status_code == 404
    assert ask("PUT", "members/999/active", {"is_active": False}).status_code == 404
    roles = {one["name"]: one["role"] for one in ask("GET", "members").json()["rows"]}
    assert roles == {"Ada Berg": "steward", "Ben Olu": "steward"}


def test_groups_are_the_same_for_everyone_and_no_person_is_among_them(program, ada, ben):
    own, other = (program(one)("GET", "map").json() for one in (ada, ben))
    assert own == other
    assert set(own) == {"as_of", "kinds", "groups", "flows", "hidden_groups", "smallest_group"}
    assert program(ben)("GET", "sources").json()["readings"]


def test_a_list_is_read_to_its_end_without_gap_or_repetition(firm, program, ada, ben):
    numbers = [asking.ask(firm, ben, f"Question {number}?", {}) for number in range(5)]
    Question.objects.filter(pk=numbers[1]).update(is_newcomers=True)
    ask, found, cursor = program(ada), [], ""
    while True:
        page = ask("GET", f"questions?most=2&cursor={cursor}").json()
        found += [one["number"] for one in page["rows"]]
        Question.objects.filter(pk=numbers[4]).update(state="closed")  # it vanishes in between
        cursor = page["next"]
        if not cursor:
            break
    assert found == [numbers[1], numbers[4], numbers[3], numbers[2], numbers[0]]


def test_thanks_and_members_have_pages_too(firm, program, ada, ben, cleo):
    for number in range(3):
        learning.acknowledge(firm, ada, ben.person, f"Line {number}")
    ask = program(ada)
    for path in ("thanks?", "members?"):
        first = ask("GET", f"{path}most=2").json()
        rest = ask("GET", f"{path}most=2&cursor={first['next']}").json()
        numbers = [one["number"] for one in first["rows"] + rest["rows"]]
        assert (len(numbers), len(set(numbers)), rest["next"]) == (3, 3, ""), path


@pytest.mark.parametrize("cursor", ["zzz", "W10", "WyJhIl0", "bnVsbA", "WzFd"])
def test_a_cursor_of_no_page_is_refused(firm, program, ada, ben, cursor):
    learning.acknowledge(firm, ada, ben.person)
    for path in ("questions", "members"):
        refused = program(ada)("GET", f"{path}?cursor={cursor}")
        assert (refused.status_code, refused.json()["code"]) == (422, "usage-refused")
