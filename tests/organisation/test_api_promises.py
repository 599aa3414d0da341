"""What is never told on a page is never told to a program."""

from __future__ import annotations

import json

from tests.actions import company
from tests.organisation.api_clients import DESCRIBED, operations

from crosstie.actions import opting
from crosstie.actions.organisation import asking, learning
from crosstie.web.organisation.api import answering

WHY = ("She answered such questions.",)


def test_who_opted_out_is_nowhere(firm, program, ada, ben, cleo):
    number = asking.ask(firm, ada, "How do I resize a queue?", {ben.person: WHY, cleo.person: WHY})
    asking.answer(firm, ben, number, "Before it is opened.")
    learning.acknowledge(firm, ada, ben.person)
    opting.opt_out(firm, company.address("Ben Olu"))
    ask = program(ada)
    told = "".join(
        ask(method, path, said).content.decode()
        for method, path, said in (
            ("GET", "circle", None),
            ("GET", "map", None),
            ("GET", "pass-to", None),
            ("GET", "sample", None),
            ("GET", "thanks", None),
            ("GET", f"questions/{number}", None),
            ("POST", "drafts", {"text": "How do I resize a queue?"}),
        )
    )
    assert "Cleo Marti" in told
    assert "Ben Olu" not in told
    assert ben.person not in told
    assert ask("GET", f"circle/contacts/{ben.person}").status_code == 404
    assert ask("POST", "thanks", {"person": ben.person}).status_code == 404
    assert ask("POST", "questions", {"text": "Ben?", "people": [ben.person]}).status_code == 403


def test_an_alias_hides_who_asked(firm, program, join, ada, ben):
    for name in (
        "Cleo Marti",
        "Dan Wu",
        "Eve Ros",
        "Fay Lind",
        "Gil Amado",
        "Hana Sato",
        "Ivo Kral",
        "Kim Dale",
    ):
        join(name)
    last = join("Jun Park")
    hidden = program(ben)
    said = {"text": "Is it me?", "alias": "A colleague", "people": [last.person]}
    number = hidden("POST", "questions", said).json()["number"]
    for who in (ada, last):
        ask = program(who)
        told = [
            ask("GET", path).content.decode()
            for path in (f"questions/{number}", "questions", "questions?which=of_me")
        ]
        assert "A colleague" in told[0] + told[1]
        assert "Ben Olu" not in "".join(told)
        assert ben.person not in "".join(told)
    assert hidden("POST", f"questions/{number}/show-myself").status_code == 204
    assert "Ben Olu" in program(ada)("GET", f"questions/{number}").content.decode()


def test_nobody_is_sorted_or_filtered_by_a_figure(site, firm):
    known = {
        "which",
        "cursor",
        "most",
        "page",
        "week",
        "number",
        "name",
        "role",
        "person",
        "trace",
        answering.KEY,
    }
    for _, path, operation in operations(site()):
        assert {one["name"] for one in operation["parameters"]} <= known, path


def test_no_person_is_shown_with_a_figure(site, firm):
    shapes = site().get(DESCRIBED).json()["components"]["schemas"]
    of_people = {name for name, shape in shapes.items() if "#/components/schemas/PersonCard" in str(shape)}
    assert len(of_people) > 5
    for name in of_people:
        figures = [
            field
            for field, shape in shapes[name]["properties"].items()
            if '"number"' in json.dumps(shape) and "$ref" not in json.dumps(shape)
        ]
        assert figures == [], name
