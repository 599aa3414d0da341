"""*Ask*: open places alone, people through the gate, reasons in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

import msgspec
import pytest
from tests.actions import company

from crosstie.actions import advising, forgetting, opting, reading, snapshots
from crosstie.actions.advice_views import Helper
from crosstie.actions.advising import answered_before, who_can_help
from crosstie.actions.home import Home
from crosstie.actions.prepared import prepared
from crosstie.errors import NotShown
from crosstie.record import Interaction, Trace

SUBJECTS = {"Ben": "gauge calibration", "Cleo": "ledger export", "Dan": "printer paper"}


def asking_about_subjects() -> Iterator[Trace]:
    """Hana asks about three subjects in the open; the same person always knows. Ivo answers behind doors."""
    yield from company.accounts()
    yield from company.places()
    number = 0
    for week in range(6):
        for helper, subject in SUBJECTS.items():
            question = company.said(number, "Hana", days=7 * week, text=f"How does {subject} work?")
            yield question
            yield company.answered(
                number + 1,
                helper,
                question,
                days=7 * week + 0.1,
                text=f"About {subject}: Kim Dale or the shelf.",
            )
            number += 2
        for place in ("members", "direct"):
            closed = company.said(
                number, "Ada", place=place, days=7 * week, addressed=("Ivo",), text=None, asks=True
            )
            yield closed
            yield company.answered(number + 1, "Ivo", closed, days=7 * week + 0.1, text=None)
            number += 2
    thanks = company.said(number, "Ada", days=43, text="Morning all, quick word on stairs.")
    yield thanks
    yield company.answered(number + 1, "Eve", thanks, days=43.1, text="Seen, and mended.")
    for row, helper in enumerate(("Ben", "Dan")):
        yield company.answered(
            number + 2 + row, helper, company.said(number + 1, "Eve"), days=44, text="Good."
        )


@pytest.fixture
def asking(home: Home) -> Home:
    reading.read(home, company.plan(list(asking_about_subjects())), viewer=company.address("Ada Berg"))
    return home


def _key(home: Home, name: str) -> str:
    return next(key for key, one in snapshots.persons(home).by_key.items() if one.name == name)


def _names(found: tuple[Helper, ...]) -> list[str]:
    return [one.person.name for one in found]


@pytest.mark.parametrize(("helper", "subject"), SUBJECTS.items())
def test_who_answered_such_questions_is_suggested_first_with_reasons_and_evidence(asking, helper, subject):
    found = who_can_help(asking, _key(asking, "Ada Berg"), f"{subject}?")
    assert found[0].person.name.startswith(helper)
    assert found[0].reasons[0].startswith("Answered questions like this one in questions, the last on ")
    assert {one.place for one in found[0].evidence} == {"questions"}
    assert all(subject in one.text and one.link for one in found[0].evidence)
    assert who_can_help(asking, _key(asking, "Ada Berg"), f"{subject}?") == found


def test_the_reasons_name_and_count_nobody_and_say_so_where_no_answer_is_near(asking):
    found = who_can_help(asking, _key(asking, "Ada Berg"), "zebra")
    assert len(found) == 3
    assert {one.reasons[0] for one in found} == {
        "Answers others in open places; none of the answers is close to this question."
    }
    # Ben and Dan answered Eve elsewhere since; nobody knows where a zebra belongs.
    assert all(one.reasons[-1].startswith("Last answered somebody in an open place on ") for one in found)
    names = {part for name in company.NAMES for part in name.split()}
    for subject in SUBJECTS.values():
        for one in who_can_help(asking, _key(asking, "Ada Berg"), subject):
            assert not names & set(" ".join(one.reasons).split())


def test_who_only_answers_where_such_questions_are_asked_is_said_to(asking):
    found = who_can_help(asking, _key(asking, "Ada Berg"), "gauge calibration?")
    assert found[0].reasons[1:] == ()
    for other in found[1:]:
        assert other.evidence == ()
        assert (
            "Lately answered others in questions, where questions like this one are asked." in other.reasons
        )


def test_earlier_questions_come_with_their_answers(asking):
    found = answered_before(asking, _key(asking, "Ada Berg"), "the printer has no paper")
    assert 1 <= len(found) <= advising.MOST_BEFORE
    for one in found:
        assert one.question.text == "How does printer paper work?"
        assert one.question.who == "Hana Sato"
        assert [answer.who for answer in one.answers] == ["Dan Wu"]
        assert one.more == 0


@pytest.mark.parametrize("telling", [True, False])
def test_who_only_asks_back_is_shown_where_nobody_tells_anything(home: Home, telling):
    question = company.said(1_000, "Eve", days=43, text="How does the old kiln work?")
    answers = [
        company.answered(1_001, "Fay", question, days=44, text="The old kiln, how does it work? Which one?")
    ]
    if telling:
        answers.append(company.answered(1_002, "Gil", question, days=45, text="Turn the knob. Does it glow?"))
    told = [*asking_about_subjects(), question, *answers]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    found = answered_before(home, _key(home, "Ada Berg"), "how does the old kiln work")[0]
    assert [one.who for one in found.answers] == ["Gil Amado" if telling else "Fay Lind"]
    assert found.more == len(answers) - 1


def test_the_asker_is_not_suggested_and_only_those_wanted_are(asking):
    ada, ben, dan = (_key(asking, name) for name in ("Ada Berg", "Ben Olu", "Dan Wu"))
    assert "Ada Berg" not in _names(who_can_help(asking, ada, "gauge", k=20))
    assert _names(who_can_help(asking, ada, "gauge", only=frozenset({dan}))) == ["Dan Wu"]
    assert who_can_help(asking, ada, "gauge", only=frozenset()) == ()
    assert "Ben Olu" not in _names(who_can_help(asking, ada, "gauge", excluded=(ben,)))
    assert _names(who_can_help(asking, ada, "gauge", "questions", 1)) == ["Ben Olu"]
    assert len(who_can_help(asking, ada, "gauge", "no such place", 1)) == 1


def test_what_was_said_in_closed_places_is_neither_evidence_nor_counted_nor_in_the_index(home):
    told = [
        msgspec.structs.replace(one, text="quartz")
        if isinstance(one, Interaction) and one.openness == "open" and one.actor == "Dan"
        else one
        for one in asking_about_subjects()
    ]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    ada = _key(home, "Ada Berg")
    # Ivo answered twelve times, and never in the open.
    assert "Ivo Kral" not in _names(who_can_help(home, ada, "anything", k=20))
    closed = {one.external_id for one in told if isinstance(one, Interaction) and one.openness != "open"}
    file = prepared(home).file
    with prepared(home).index() as index:
        asked, _ = index.counts()
        known = {one.external_id for one in index.every_question()}
    assert asked == 19
    with home.record.connect() as connection:
        rows = connection.execute("SELECT external_id, openness FROM interactions").fetchall()
    shut = {external_id for external_id, openness in rows if openness != "open"}
    assert len(shut) == len(closed) > 0
    said = file.read_bytes()
    assert b"quartz" in said  # the search finds what is there
    assert not shut & known
    assert not any(external_id.encode() in said for external_id in shut)


def test_names_of_people_are_not_in_the_index(asking):
    with closing(sqlite3.connect(prepared(asking).file)) as file:
        words = {
            word
            for kind in ("asked", "answered")
            for (word,) in file.execute(f"SELECT term FROM {kind}_words")
        }
    assert {"shelf", "gaug", "paper"} <= words
    assert not words & {"kim", "dale", "hana", "sato", "ben", "olu"}


def test_nobody_who_looks_is_shown_nothing(asking):
    for ask in (who_can_help, answered_before):
        with pytest.raises(NotShown):
            ask(asking, None, "gauge")
        with pytest.raises(NotShown):
            ask(asking, _key(asking, "Ben Olu"), "gauge")


def test_the_way_leads_through_people_one_knows_by_open_ties_alone(asking):
    ada = _key(asking, "Ada Berg")
    path = {one.person.name: one.path for one in who_can_help(asking, ada, "gauge", k=20)}
    # Eve answered Ada in the open; Ben and Dan answered Eve.
    assert path["Ben Olu"] == "You both know Eve Ros."
    assert path["Cleo Marti"] == ""
    assert "Ivo" not in " ".join(path.values())


def test_whoever_opts_out_is_gone_from_suggestions_answers_and_ways_at_once(asking):
    ada = _key(asking, "Ada Berg")
    assert "Dan Wu" in _names(who_can_help(asking, ada, "printer paper"))
    for name in ("Dan Wu", "Eve Ros"):
        opting.opt_out(asking, _key(asking, name))
    found = who_can_help(asking, ada, "printer paper", k=20)
    assert "Dan Wu" not in _names(found)
    assert "Eve" not in " ".join(one.path for one in found)
    assert "Dan Wu" not in {
        answer.who for one in answered_before(asking, ada, "printer paper") for answer in one.answers
    }
    opting.opt_out(asking, _key(asking, "Hana Sato"))
    assert answered_before(asking, ada, "gauge calibration") == ()
    assert who_can_help(asking, ada, "gauge calibration")[0].person.name == "Ben Olu"


def test_whoever_is_forgotten_is_in_no_file_of_the_advice(asking):
    ada, dan = _key(asking, "Ada Berg"), _key(asking, "Dan Wu")
    before = prepared(asking).file
    accounts = snapshots.persons(asking).by_key[dan].accounts
    assert any(key.encode() in before.read_bytes() for key in accounts)
    forgetting.forget(asking, dan)
    assert not before.exists()
    assert "Dan Wu" not in _names(who_can_help(asking, ada, "printer paper", k=20))
    for file in prepared(asking).file.parent.iterdir():
        assert not any(key.encode() in file.read_bytes() for key in accounts)


def test_what_is_prepared_is_made_once_and_a_snapshot_stays_whole_with_it(asking):
    first = prepared(asking)
    made = first.file.stat().st_mtime_ns
    with Home(asking.folder) as again:
        assert prepared(again).file == first.file
        assert snapshots.current(again).folder == first.file.parent.parent
    assert first.file.stat().st_mtime_ns == made


def test_with_few_questions_stated_weights_stand_in(asking):
    assert prepared(asking).learned_from == 0


def test_the_views_are_plain_values(asking):
    ada = _key(asking, "Ada Berg")
    assert set(asdict(who_can_help(asking, ada, "gauge")[0])) == {"person", "reasons", "path", "evidence"}
    assert set(asdict(answered_before(asking, ada, "gauge")[0])) == {"question", "answers", "more"}


def test_a_question_without_words_that_was_answered_is_passed_over(home: Home) -> None:
    empty = company.said(900, "Ada", days=45, text="")  # a mail with nothing but a subject, or a picture
    told = [*asking_about_subjects(), empty, company.answered(901, "Ben", empty, days=45.1, text="Seen.")]
    reading.read(home, company.plan(told), viewer=company.address("Hana Sato"))
    assert who_can_help(home, _key(home, "Hana Sato"), "How does gauge calibration work?")
