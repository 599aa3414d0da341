"""What is shown of texts from outside has no sign that steers what shows it, and keeps all others."""

from __future__ import annotations

import json
import unicodedata

import pytest

from crosstie.harmless import escaped, harmless, on_one_line

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NEEDED = ("می‌خواهم", "क्‍ष", "👩‍🔬", "שלום\u200f!", "a\u200eb", "Ç̧y Öz")


def test_no_control_character_is_left_but_the_tab_and_the_lines_end():
    everything = "".join(map(chr, range(0x110000)))
    left = harmless(everything)
    assert {one for one in left if unicodedata.category(one) in {"Cc", "Cs"}} == {"\t", "\n"}
    assert not set(TURNS) & set(left)


@pytest.mark.parametrize("text", NEEDED)
def test_what_names_are_written_with_stays(text: str):
    assert harmless(text) == on_one_line(text) == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\x1b[31mBob\x07", "[31mBob"),
        ("Bob\nYou turned to:  Eve", "Bob You turned to: Eve"),
        ("Bob \u202eeve\u202c", "Bob eve"),
        ("\x01\u202e", ""),
        ("A\udcffda", "Ada"),
        ("", ""),
    ],
)
def test_a_name_is_one_line_of_words(name: str, shown: str):
    assert on_one_line(name) == shown


def test_what_json_holds_stays_what_it_is():
    value = {"name": f"\x1b[31mBob\x07\x9b{TURNS}\n"}
    written = escaped(json.dumps(value, ensure_ascii=False))
    assert harmless(written) == written
    assert json.loads(written) == value
