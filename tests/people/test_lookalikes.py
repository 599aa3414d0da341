"""What looks alike comes out the same, and what does not, does not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crosstie.people import lookalikes
from crosstie.people.lookalikes import drawn, mixes_scripts, shown, words

ADA = "Ada Berg"
LIKE_ADA = {
    "Cyrillic": "\u0410da B\u0435rg",
    "Greek": "\u0391da Berg",
    "Cherokee": "\u13aada \u13f4erg",
    "Lisu": "\ua4eeda \ua4d0erg",
    "full width": "\uff21\uff44\uff41 Berg",
    "mathematical": "\U0001d400\U0001d41d\U0001d41a Berg",
    "in circles": "\u24b6\u24d3\u24d0 Berg",
    "in squares": "\U0001f170\U0001f173\U0001f170 Berg",
    "as flags": "\U0001f1e6\U0001f1e9\U0001f1e6 Berg",
    "small capitals": "\u1d00\u1d05\u1d00 Berg",
    "accents": "\u00c1d\u00e0 B\u00e9rg",
    "strokes": "Ada \u0181er\u01e5",
    "no width": "A\u200bd\u2060a Ber\ufeffg",
    "turned": "\u202eAda Berg",
    "a filler": "A\u3164da Berg",
    "a variation": "A\ufe0fda Berg",
    "capitals": "ADA BERG",
    "a joiner": "A\u034fda Berg",
    "script g": "Ada Ber\u0261",
    "soft hyphen": "A\u00adda Berg",
}


@pytest.mark.parametrize("like", LIKE_ADA.values(), ids=LIKE_ADA)
def test_it_looks_like_the_name(like):
    assert drawn(like) == drawn(ADA)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alan", "AIan"),
        ("Alan", "A1an"),
        ("Olu", "0lu"),
        ("Martin", "Martln"),
        ("Emma", "Ernma"),
        ("Wu", "Vvu"),
        ("\u00c6lfred", "AElfred"),
        ("S\u00f8ren", "Soren"),
        ("\u0141ukasz", "Lukasz"),
        ("\ufb01ne", "fine"),
    ],
)
def test_two_are_drawn_alike(one, other):
    assert drawn(one) == drawn(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "Ida"), ("Ben Olu", "Benolu"), ("Jan", "Jon"), ("Anna", "Hanna")]
)
def test_others_stay_apart(one, other):
    assert drawn(one) != drawn(other)


@pytest.mark.parametrize(
    "alias",
    [
        "A colleague",
        "J\u00fcrgen 2",
        "\u0418\u0432\u0430\u043d",
        "\u30ab\u30bf\u30ab\u30ca \u6f22\u5b57 abc",
        "\ud55c\uae00 \u6f22\u5b57",
        "42",
        "",
        "N\u00ba 5",
        "\uff21lan",
    ],
)
def test_what_is_written_together_is_not_mixed(alias):
    assert not mixes_scripts(alias)


@pytest.mark.parametrize(
    "alias", ["\u0410da", "Der \u0418\u0432\u0430\u043d", "\u03b1\u0430", "a\u0561", "\u6f22\u0430"]
)
def test_what_is_not_is_mixed(alias):
    assert mixes_scripts(alias)


@given(some.text(max_size=40))
def test_every_text_is_read_without_trouble_and_what_is_shown_stays(text):
    once = shown(text)
    assert shown(once) == once
    assert not any(unicodedata.category(one)[0] == "C" for one in once)
    assert drawn(once) == drawn(text)
    assert words(once) == words(text)
    mixes_scripts(text)


def test_the_table_holds_letters_of_the_scripts_it_names():
    scripts = {unicodedata.name(one).partition(" ")[0] for one in lookalikes._DRAWN_AS}
    assert scripts == {"GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "LISU", "LATIN"}
    assert all(said.isascii() and said.isalpha() for said in lookalikes._DRAWN_AS.values())
