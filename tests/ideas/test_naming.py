"""Names of people are no words to search by."""

from __future__ import annotations

import re
import unicodedata

import pytest

from crosstie.ideas import Names

NAMES = Names(["Ada Berg", "Will  Mark", "Jean-Luc Péan"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada knows the ledger", ["knows", "the", "ledger"]),
        ("ask Ada Berg's team", ["ask", "team"]),
        ("@Ada Berg will it mark?", ["will", "it", "mark?"]),
        ("@**Ada Berg** and <@U0123> and @ada.b say yes", ["and", "and", "say", "yes"]),
        ("mail ada@firm.example or https://firm.example/ada", ["mail", "or"]),
        ("thanks Jean-Luc, thanks PÉAN", ["thanks", "-", ",", "thanks"]),
        ("Adamant and Bergen stay", ["Adamant", "and", "Bergen", "stay"]),
    ],
)
def test_mentions_addresses_and_names_are_left_out(text, words):
    assert NAMES.without(text).split() == words


def test_without_names_only_mentions_and_addresses_go():
    assert Names().without("Ada wrote @ben").split() == ["Ada", "wrote"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("דוד כהן", "אמר דוד על המנוע, כהן", ["אמר", "על", "המנוע,"]),
        ("سامر النجار", "قال سامر النجار عن المحرك", ["قال", "عن", "المحرك"]),
        ("अमित शर्मा", "अमित शर्मा ने शर्म नहीं की", ["ने", "शर्म", "नहीं", "की"]),
        ("გიორგი ბერიძე", "გიორგი ბერიძე ძრავა", ["ძრავა"]),
        ("정도윤", "정도윤 베어링", ["베어링"]),
        ("王小明", "王小明 轴承", ["轴承"]),
    ],
)
def test_a_script_without_capitals_has_nothing_written_small(name, text, words):
    assert Names([name]).without(text).split() == words


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("王小明", "今天王小明说轴承坏了", ["今天", "说轴承坏了"]),
        ("王小明", "小明王说", ["小明王说"]),
        ("小明 王", "今天王小明说", ["今天", "说"]),
        ("도윤 정", "정도윤은 베어링을", ["은", "베어링을"]),
        ("佐々木 花", "佐々木花さん", ["さん"]),
    ],
)
def test_a_full_name_goes_from_within_a_run_of_signs(name, text, words):
    assert Names([name, "Ada Berg"]).without(text).split() == words


@pytest.mark.parametrize(("known", "written"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
def test_names_go_however_their_letters_are_composed(known, written):
    name, text = "José Núñez", "Núñez and @José fit the café's Žlab"
    names = Names([unicodedata.normalize(known, name)])
    told = names.without(unicodedata.normalize(written, text))
    assert told.split() == ["and", "fit", "the", "café's", "Žlab"]


def test_a_german_genitive_of_a_name_goes_and_small_words_stay():
    told = NAMES.without("Adas Plan, BERGS Liste, Péans Rad, Ada\u2019s marks wills")
    assert told.split() == ["Plan,", "Liste,", "Rad,", "marks", "wills"]


def test_what_is_written_small_in_a_name_has_no_genitive():
    names = Names(["Rosa da Mar"])
    assert names.without("Das Rad, Da Mar, Mars").split() == ["Das", "Rad,", ","]
    assert Names(["ada berg"]).without("Adas Rad").split() == ["Rad"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ask ada berg, not me", ["ask", "not", "me"]),
        ("berg, ada: yes, Ada berg", ["yes"]),
        ("ada.berg and ada_berg or ada\nberg", ["and", "or"]),
        ("ada berg's plan, ada bergs plan", ["plan", "plan"]),
        ("fay lea lind: fay lea; fay lind", []),
        ("rosa de la mar; mar, rosa; rosa mar", []),
    ],
)
def test_the_parts_of_one_full_name_together_go_even_small(text, words):
    names = Names(["Ada Berg", "Rosa de la Mar", "Fay Lea Lind"])
    assert re.findall(r"[a-z]+", names.without(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "the berg of ada",
        "berg ada",
        "ada, berg",
        "ada. berg",
        "will it mark? will berg go",
        "de la casa, la mar",
        "adamant bergen",
        "ada",
    ],
)
def test_small_words_that_are_not_one_full_name_in_its_order_stay(text):
    assert Names(["Ada Berg", "Will Mark", "Rosa de la Mar"]).without(text) == text


def test_two_words_join_to_a_name_in_any_order():
    names = Names(["Ada Lea Berg", "Will Mark"])
    assert names.joins("berg", "ada")
    assert names.joins("Will", "mark")
    assert not names.joins("ada", "mark")
    assert not Names().joins("ada", "mark")
