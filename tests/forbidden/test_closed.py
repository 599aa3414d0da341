"""What is not open stays closed: ties, conversations, places, words, aliases, and how busy someone is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.actions import company
from tests.forbidden.walking import CHANGES, as_json, names_in, walked

from crosstie.actions import advising, opting, reading, rehearsing, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.export import export
from crosstie.actions.organisation import aliases, asking, questions
from crosstie.actions.pages import sight
from crosstie.errors import NotAllowed, RecordRefused
from crosstie.record import Interaction, Kind, Openness, Place, Trace
from crosstie.sources import REFUSED_PLACES

ADA, BEN = company.address("Ada Berg"), company.address("Ben Olu")
DOMAINS = frozenset({"firm.example"})
NAMED_ALL_THE_SAME = {"/members", "/me"}
"""Stewards let members in, also those who opted out. And a letter that I got stays what it was, until its
words are tidied away."""

WHY = ("She answered two such questions.",)


def rows(home: Any, condition: str) -> int:
    """Count rows of the record."""
    with home.record.connect() as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM interactions WHERE {condition}").fetchone()
    return int(count)


def read_all(home: Any, told: list[Trace] | None = None, **agreed: Any) -> None:
    reading.read(home, company.plan(told), agreed=Consent(domains=DOMAINS, **agreed))


@pytest.fixture
def board(firm) -> None:
    """Hana and Ivo talk on the board alone, whose owner agreed."""
    read_all(firm, places=frozenset({"board"}))


@pytest.mark.forbids("closed-ties")
@pytest.mark.usefixtures("board")
def test_a_tie_from_a_place_of_others_is_on_no_page_of_mine(browse, program, ada, join):
    hana = join("Hana Sato")
    told = walked(browse(ada), hana.person)
    assert "Ivo Kral" not in "".join(told.values())
    assert "Ivo Kral" in walked(browse(hana), ada.person)["/"]
    assert "Ivo Kral" not in program(ada)("GET", "map").content.decode()


@pytest.mark.forbids("closed-ties")
@pytest.mark.usefixtures("board")
def test_a_gate_that_lets_every_tie_through_would_be_noticed(browse, ada, join, monkeypatch):
    join("Hana Sato")
    monkeypatch.setattr(sight, "may_see_ties", lambda _viewer, _persons, _ends, is_open: is_open | True)
    drawn = browse(ada).get("/map.json").json()["people"]
    assert {"Hana Sato", "Ivo Kral"} <= {one["name"] for one in drawn}


@pytest.mark.forbids("closed-ties")
@pytest.mark.usefixtures("board")
def test_an_original_of_a_place_of_others_does_not_open_by_its_id(browse, firm, ada, join):
    hana = join("Hana Sato")
    with firm.record.connect() as connection:
        (closed,) = connection.execute(
            "SELECT external_id FROM interactions WHERE openness = 'members' AND kind = 'replied' LIMIT 1"
        ).fetchone()
    assert browse(ada).get(f"/trace/{closed}").status_code == 403
    assert browse(hana).get(f"/trace/{closed}").status_code == 200


@pytest.mark.forbids("direct-messages")
def test_a_conversation_is_not_read_while_one_of_its_people_did_not_opt_in(firm):
    for opted_in in ((), (ADA,), (BEN,), (ADA, company.address("Cleo Marti"))):
        read_all(firm, opted_in=frozenset(opted_in), places=frozenset({"board", "Ada and Ben", "direct"}))
        assert rows(firm, "openness = 'direct'") == 0
    read_all(firm, opted_in=frozenset({ADA, BEN}))
    assert rows(firm, "openness = 'direct'") == 8


@pytest.mark.forbids("direct-messages")
def test_one_more_who_is_copied_has_to_opt_in_as_well(firm):
    acts = [
        company.said(1, "Ada", place="direct", addressed=("Ben",), copied=("Cleo",)),
        company.said(2, "Ada", place="direct", addressed=("Ben",)),
    ]
    read_all(firm, [*company.accounts(), *company.places(), *acts], opted_in=frozenset({ADA, BEN}))
    assert rows(firm, "openness = 'direct'") == 1


@pytest.mark.forbids("members-places")
def test_a_place_for_members_is_not_read_without_its_owner(firm):
    read_all(firm, opted_in=frozenset(map(company.address, company.NAMES)))
    assert rows(firm, "openness = 'members'") == 0
    read_all(firm, places=frozenset({"board"}))
    assert rows(firm, "openness = 'members'") > 0


@pytest.mark.forbids("refused-places")
@pytest.mark.parametrize("word", REFUSED_PLACES)
@pytest.mark.parametrize("openness", list(Openness))
def test_a_place_of_a_kind_that_is_never_read_is_not_whatever_was_agreed(word: str, openness: Openness):
    name = f"our {word.upper()} room"
    place = Place(source=company.SOURCE, id=openness.value, name=name, openness=openness)
    told: list[Trace] = [
        *company.accounts(),
        place,
        company.said(1, "Ada", place=openness.value, addressed=("Ben",)),
    ]
    agreed = Consent(
        domains=DOMAINS,
        places=frozenset({name, openness.value}),
        opted_in=frozenset(map(company.address, company.NAMES)),
    )
    assert rehearsing.rehearse(company.plan(told), agreed=agreed).used == 0
    another: list[Trace] = [
        *told[:-2],
        Place(source=company.SOURCE, id=openness.value, name="x", openness=openness),
        told[-1],
    ]
    assert rehearsing.rehearse(company.plan(another), agreed=agreed).used == 1


@pytest.mark.forbids("closed-words")
def test_neither_words_nor_links_of_closed_places_are_in_the_record(firm):
    read_all(firm, places=frozenset({"board"}), opted_in=frozenset({ADA, BEN}))
    closed = "openness <> 'open'"
    assert rows(firm, closed) > 8
    assert rows(firm, f"{closed} AND (text IS NOT NULL OR link <> '')") == 0
    assert rows(firm, "text IS NOT NULL AND link <> ''") > 8


@pytest.mark.forbids("closed-words")
def test_a_source_that_hands_over_closed_words_all_the_same_brings_none_in(firm):
    told: list[Trace] = [
        *company.accounts(),
        *company.places(),
        company.said(
            1, "Ada", place="direct", addressed=("Ben",), text="between us", link="https://x.example/1"
        ),
    ]
    read_all(firm, told, opted_in=frozenset({ADA, BEN}))
    assert rows(firm, "openness = 'direct'") == 1
    assert rows(firm, "text LIKE '%between us%' OR link LIKE '%x.example%'") == 0


@pytest.mark.forbids("closed-words")
def test_the_record_itself_refuses_a_closed_act_with_words(firm):
    act = Interaction(
        source="s",
        external_id="1",
        kind=Kind.SAID,
        at=None,
        actor="a",
        place="p",
        openness=Openness.DIRECT,
        text="x",
    )
    with pytest.raises(RecordRefused):
        firm.record.append([act])


@pytest.mark.forbids("load")
def test_how_often_someone_was_asked_changes_no_word_until_they_are_asked_later(browse, firm, ada, ben, join):
    others = [join(name) for name in ("Cleo Marti", "Dan Wu", "Eve Ros", "Fay Lind")]

    def card() -> str:
        page = browse(ada).post("/ask", {"text": "Message 0 of Ada?"}).content.decode()
        whole = CHANGES.sub("", page)
        return next(part for part in whole.split("<article")[1:] if "Ben Olu" in part).split("</article>")[0]

    free = card()
    assert "free" in free
    for number, other in enumerate(others[:3]):
        asking.ask(firm, other, f"Question {number}?", {ben.person: WHY})
        if number < 2:
            assert card() == free
    assert "ask later" in card()
    with pytest.raises(NotAllowed):
        asking.ask(firm, others[3], "One more?", {ben.person: WHY})


@pytest.fixture
def hidden(firm, ben, join) -> int:
    """Ben asks under an alias."""
    for name in (
        "Cleo Marti",
        "Dan Wu",
        "Eve Ros",
        "Gil Amado",
        "Hana Sato",
        "Ivo Kral",
        "Jun Park",
        "Kim Dale",
    ):
        join(name)
    return asking.ask(firm, ben, "Is it me?", {}, alias="A colleague")


@pytest.mark.forbids("unmasking")
def test_one_steward_alone_lifts_no_alias_however_often_they_try(browse, firm, program, ada, hidden):
    for reason in ("Curious.", "Still curious.", "Please."):
        assert aliases.lift(firm, ada, hidden, reason) is None
    seen = [browse(ada).get(f"/questions/{hidden}"), browse(ada).get("/ask")]
    told = "".join(one.content.decode() for one in seen) + json.dumps(
        as_json(program(ada)("GET", f"questions/{hidden}"))
    )
    assert "A colleague" in told
    assert "Ben Olu" not in told
    assert questions.question(firm, ada, hidden).who is None


@pytest.mark.forbids("unmasking")
def test_who_is_no_steward_cannot_agree_to_lift(firm, hidden, fay):
    with pytest.raises(NotAllowed):
        aliases.lift(firm, fay, hidden, "Curious.")


@pytest.mark.forbids("after-opting-out")
def test_who_opted_out_is_named_on_no_page(browse, firm, ada, ben, fay):
    number = asking.ask(firm, ada, "How do I resize a queue?", {ben.person: WHY})
    asking.answer(firm, ben, number, "Set it first.")
    asking.accept(firm, ada, 1)
    assert "Ben Olu" in walked(browse(ada), ben.person)["/"]
    opting.opt_out(firm, BEN)
    for viewer in (ada, fay):
        for path, page in walked(browse(viewer), ben.person).items():
            if path not in NAMED_ALL_THE_SAME:
                assert "Ben Olu" not in names_in(page), path
                assert ben.person not in page or path.startswith("/contact"), path


@pytest.mark.forbids("after-opting-out")
def test_who_opted_out_is_in_no_export_and_no_snapshot(firm, ben, tmp_path):
    opting.opt_out(firm, BEN)
    for ending in (".csv", ".graphml", ".gexf"):
        file = tmp_path / f"ties{ending}"
        export(firm, file, names=True, reason="a test")
        written = file.read_text()
        assert "Ben Olu" not in written
        assert ben.person not in written
        assert "Ada Berg" in written
    assert ben.person not in set(map(str, snapshots.current(firm).network.persons))


@pytest.mark.forbids("after-opting-out")
def test_who_opted_out_is_suggested_to_nobody(firm, ada, ben):
    def helpers() -> set[str]:
        return {one.person.name for one in advising.who_can_help(firm, ada, "Message 0 of Ada?", k=12)}

    assert "Ben Olu" in helpers()
    opting.opt_out(firm, BEN)
    assert "Ben Olu" not in helpers()
    assert helpers()
