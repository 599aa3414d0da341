"""The names of files as words, and which of them speak for a question."""

from __future__ import annotations

import pytest
from tests.ideas.said import said

from crosstie.ideas import Index, Names, NewIndex, words
from crosstie.ideas.paths import as_words, speaking, words_of
from crosstie.ideas.threads import Act, Message, questions_and_answers


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("src/lamp_post.py", "src lamp post py"),
        ("web/UsbHubDriver.java", "web UsbHubDriver Usb Hub Driver java"),
        ("lib/HTTPServer2.c", "lib HTTPServer2 HTTP Server 2 c"),
        ("Grüße/ÄmterListe.md", "Grüße ÄmterListe Ämter Liste md"),
        ("日本/語.md", "日本 語 md"),
        ("a//b/../.hidden-file", "a b hidden file"),
        ("", ""),
        ("___", ""),
    ],
)
def test_a_path_is_taken_apart_into_its_words(path, found):
    assert words_of(path) == found.split()


def test_the_words_of_many_files_are_there_once_and_without_names():
    paths = [f"notes/AdaBerg/{number}.md" for number in range(3)]

    assert as_words([*paths, "mail/ada.berg@firm.example.txt"], Names(["Ada Berg"])).split() == [
        "notes", "AdaBerg", "0", "md", "1", "2", "mail",
    ]  # fmt: skip


def test_those_files_speak_that_have_most_of_the_words():
    wanted = frozenset(words.stems("usb hub drivers"))
    paths = (
        "drivers/usb/core/hub.c",
        "drivers/usb/core/hcd.c",
        "docs/usb.md",
        "drivers/usb/hub.h",
        "drivers/usb/hub.S",
    )

    assert speaking(paths, wanted) == ("drivers/usb/core/hub.c", "drivers/usb/hub.h")
    assert speaking(("docs/usb.md", "Makefile"), wanted) == ("docs/usb.md",)
    assert speaking(("Makefile",), wanted) == ()
    assert speaking((), wanted) == speaking(paths, frozenset()) == ()


def _change(number: int, author: str, text: str, *files: str) -> list[Message]:
    wrote = said(number, author, text, day=number, thread=f"t{number}")._replace(act=Act.WROTE, files=files)
    return [wrote]


@pytest.fixture
def index():
    told = [
        *_change(1, "ada", "Mend it", "drivers/usb/core/hub.c", "drivers/usb/core/hcd.c"),
        *_change(2, "ben", "Mend it", "fs/BlockReader.c"),
        *_change(3, "", "Mend it", "drivers/usb/core/hub.c"),
        *_change(4, "cleo", "Mend the usb hub"),
    ]
    with NewIndex(":memory:") as made:
        made.add(questions_and_answers(told))
        made.settle()
        yield made


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("drivers/usb/core/hub.c", 1),
        ("Who has worked on core usb things?", 1),
        ("block readers", 2),
        ("BlockReader", 2),
    ],
)
def test_a_change_is_found_by_its_files(index: Index, text, number):
    assert index.nearest_questions(text)[0][0] == number


def test_the_files_of_whoever_may_not_be_found_are_not_in_the_index(index: Index):
    asked = index.every_question()

    assert {number for number, _ in index.nearest_questions("drivers/usb/core/hub")} == {1, 4}
    assert index.files(asked) == {
        1: ("drivers/usb/core/hub.c", "drivers/usb/core/hcd.c"),
        2: ("fs/BlockReader.c",),
    }
    assert index.files([]) == {}


def test_what_somebody_wrote_has_no_files_in_it(index: Index):
    assert list(index.texts_of("ada")) == ["Mend it"]
    assert set(index.originals(index.every_question()).values()) == {
        ("Mend it", ""),
        ("Mend the usb hub", ""),
    }
