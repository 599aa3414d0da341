"""The index finds questions by their own words and by those of their answers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.ideas.said import thread

from crosstie.ideas import Index, Names, NewIndex
from crosstie.ideas import words as looked_for
from crosstie.ideas.finding import lengths_of
from crosstie.ideas.searches import MOST_KEPT, Searches
from crosstie.ideas.threads import questions_and_answers


def _index(*threads: Any, names: tuple[str, ...] = (), file: Path | str = ":memory:") -> NewIndex:
    index = NewIndex(file, names=Names(names))
    index.add(questions_and_answers(message for one in threads for message in one))
    index.settle()
    return index


_SIGNS = "abcXYZ019 äßéñЖщ漢字 .,;:!?'\"()*-+_@/\n\t"


@pytest.fixture
def index():
    with _index(
        thread(10, "ada", "How do I export the ledger to a spreadsheet?", ("ben", "Use the comma format.")),
        thread(
            20,
            "ada",
            "The printer on floor three is jammed",
            ("cleo", "Open the tray, pull the paper."),
            ("ben", "Again?"),
        ),
        thread(30, "dan", "Nobody answers this about ledgers"),
        thread(
            40, "dan", "Where are the holiday forms?", ("cleo", "The ledger of absences has an export, too.")
        ),
    ) as made:
        yield made


def test_the_nearest_answered_question_comes_first_with_its_nearest_answer(index):
    found = index.similar("printers that jam: which tray?")
    assert [one.asked.external_id for one in found] == ["m20"]
    assert [one.external_id for one in found[0].answers] == ["m21", "m22"]


def test_a_question_is_found_by_the_words_of_its_answers(index):
    found = index.similar("exporting ledgers")
    assert {one.asked.external_id for one in found} == {"m10", "m40"}
    assert found[0].score >= found[1].score > 0


def test_what_is_found_comes_with_its_text_and_link(index):
    found = index.similar("printers that jam")
    shown = index.originals([found[0].asked, *found[0].answers])
    assert shown["m20"] == ("The printer on floor three is jammed", "")
    assert shown["m22"] == ("Again?", "")
    assert index.originals([]) == {}


def test_a_search_that_is_kept_finds_the_same_and_old_ones_are_let_go(index, tmp_path):
    kept = Searches()
    file = tmp_path / "index.sqlite"
    _index(thread(1, "ada", "gauge", ("ben", "gauge")), file=file).close()
    for _ in range(2):
        with Index(file, searches=kept) as read:
            assert read.nearest_questions("gauge", most=5) == [(1, 1.0)]
            assert read.nearest_questions("gauge", most=5, before=1) == []
    assert kept.once(("asked", "gauge", 5, 1), lambda: [(9, 9.0)]) == []
    for number in range(MOST_KEPT):
        kept.once(("asked", str(number), 5, 1), list)
    assert kept.once(("asked", "gauge", 5, 1), lambda: [(9, 9.0)]) == [(9, 9.0)]


def test_questions_without_an_answer_are_not_called_answered(index):
    assert "m30" not in {one.asked.external_id for one in index.similar("ledgers")}
    assert 3 in dict(index.nearest_questions("ledgers"))


def test_what_somebody_answered_of_others_counts_each_question_once():
    with _index(
        thread(
            10, "ada", "How do I export the ledger?", ("ben", "So."), ("ada", "Thanks, so."), ("ben", "Yes.")
        ),
        thread(20, "ben", "Which tray is jammed?", ("ben", "The lower."), ("ada", "Open it.")),
    ) as index:
        ids = {one.number: one.external_id for one in index.every_question()}
        answered = {who: [ids[number] for number in index.answered_by(who)] for who in ("ada", "ben", "cleo")}
    assert answered == {"ada": ["m20"], "ben": ["m10"], "cleo": []}


def test_only_what_was_there_before_is_found_when_one_looks_back(index):
    assert [number for number, _ in index.nearest_questions("ledger", before=3)] == [1]
    until = index.answers([1])[1].at
    assert [number for number, _ in index.nearest_answers("ledger comma format", until=until)] == [1]
    assert [number for number, _ in index.nearest_answers("ledger comma format")] == [1, 4]


@pytest.mark.parametrize("text", ["", "   ", "?!", '" OR words:', "NEAR(", "zebra", "@Ada Berg"])
def test_a_text_without_words_to_look_for_finds_nothing_and_breaks_nothing(index, text):
    assert index.similar(text) == ()


def test_names_neither_stand_among_the_words_nor_are_looked_for(tmp_path):
    file = tmp_path / "index.sqlite"
    _index(
        thread(1, "ada", "Zebulon, may I borrow the gauge?", ("ben", "Ask Zebulon Quist about the gauge.")),
        names=("Zebulon Quist",),
        file=file,
    ).close()
    with Index(file, names=Names(["Zebulon Quist"])) as index:
        assert index.similar("Zebulon") == ()
        assert len(index.similar("gauge")) == 1
    with closing(sqlite3.connect(file)) as opened:
        words = {word for (word,) in opened.execute("SELECT term FROM answered_words")}
    assert words == {"ask", "about", "the", "gaug"}


def test_the_words_of_someone_who_may_not_be_found_are_not_in_the_index():
    with _index(thread(1, "", "the secret gauge", ("ben", "an open answer"))) as index:
        assert index.nearest_questions("secret gauge") == []
        (found,) = index.similar("open answer")
        assert set(index.originals([found.asked, *found.answers])) == {"m2"}


def test_an_index_is_read_without_being_changed(tmp_path):
    file = tmp_path / "index.sqlite"
    _index(thread(1, "ada", "gauge", ("ben", "gauge")), file=file).close()
    with Index(file) as index, pytest.raises(sqlite3.OperationalError, match="readonly"):
        NewIndex.settle(index)  # type: ignore[arg-type]  # which is not made to be written into
    with pytest.raises(FileNotFoundError):
        Index(tmp_path / "none.sqlite")


_WORDS = some.sampled_from(["gauge", "gauges", "ledger", "tray", "oil", "straße", "Straße", "x"])
_SAYING = some.lists(_WORDS, min_size=1, max_size=8).map(" ".join)


@given(texts=some.lists(_SAYING, min_size=1, max_size=20), settled=some.integers(0, 40), text=_SAYING)
@settings(max_examples=100)
def test_how_near_texts_are_is_what_fts5_says(texts, settled, text):
    threads = [thread(10 * row, "ada", said, ("ben", said)) for row, said in enumerate(texts, 1)]
    told = list(questions_and_answers(message for one in threads for message in one))
    with NewIndex(":memory:") as index:
        index.add(told[:settled])
        index.settle()
        index.add(told[settled:])
        for kind, look in (("asked", index.nearest_questions), ("answered", index.nearest_answers)):
            assert lengths_of(index._connection, kind).tolist() == [len(said.split()) for said in texts]
            rows = index._connection.execute(
                f"SELECT rowid, -rank FROM {kind} WHERE {kind} MATCH ? ORDER BY rank",
                [" OR ".join(looked_for.stems(text))],
            ).fetchall()
            # Among few texts, nearness is the share of the nearest one's.
            near = {number: score / rows[0][1] for number, score in rows}
            assert dict(look(text, most=100)) == pytest.approx(near)


def test_what_is_looked_for_costs_no_more_than_it_may():
    frequency = {f"word{row}": 5_000 for row in range(40)} | {"the": 90_000, "rare": 3}
    assert looked_for.chosen(list(frequency), frequency, 100_000) == ["rare", "word0"]
    assert looked_for.chosen(["the"], frequency, 100_000) == ["the"]
    assert looked_for.chosen([], frequency, 100_000) == []


def test_what_shares_little_with_a_text_is_not_called_like_it():
    many = [
        thread(10 * row, "ada", f"machine{row} jams at shift{row} for part{row}", ("ben", f"turn knob{row}"))
        for row in range(150)
    ]
    with _index(*many) as index:
        (same, *_) = index.similar("machine7 jams at shift7")
        assert same.asked.external_id == "m70"
        assert same.score > 0.8
        # One word in five is shared, and the others are known to nobody.
        assert index.similar("renew the certificates of machine7 before friday noon") == ()
        assert index.nearest_questions("renew the certificates of machine7 before friday noon")[0][0] == 8
        assert index.similar("unheard of") == ()


@given(some.text(alphabet=_SIGNS, max_size=40))
@settings(max_examples=60)
def test_any_text_is_looked_for_and_found_by_itself_if_it_has_a_word(text):
    with _index(thread(1, "ada", text, ("ben", "an answer"))) as index:
        found = index.similar(text)
        assert bool(found) == bool(looked_for.stems(Names().without(text)))
