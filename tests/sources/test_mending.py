"""JSON with broken signs: the same as Python's own reader finds, but for what stands in their place."""

from __future__ import annotations

import json
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.sources.ledger import Ledger
from crosstie.sources.mending import BROKEN_SIGN, Mender, mended

ANYTHING = msgspec.json.Decoder()
HALF = re.compile("[\ud800-\udfff]")
# Texts of what is near the trouble: halves in any order, backslashes, and letters that look like an escape.
PIECES = st.sampled_from(
    ["\ud83d", "\ude00", "\udbff", "\udc00", "\\", "\\u", "u", "d83d", "\\ud83d", '"', "\n", "a", "é", "😀"]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(st.lists(TEXTS) | st.dictionaries(TEXTS.filter(lambda text: not HALF.search(text)), TEXTS))
def test_what_python_reads_is_read_with_each_half_sign_replaced(value):
    written = json.dumps(value).encode()
    # Two halves that were written one after the other are one sign to whoever reads them.
    meant = json.loads(written)
    halves = len(HALF.findall(json.dumps(meant, ensure_ascii=False)))
    mender = Mender()

    found = mender.decode(ANYTHING, written)

    assert found == json.loads(HALF.sub("\ufffd", json.dumps(meant, ensure_ascii=False)))
    assert mender.broken == halves


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_good_text_stays_as_it_is(text):
    for written in (json.dumps(text).encode(), json.dumps(text, ensure_ascii=False).encode()):
        assert mended(written) == (written, 0)


@given(st.binary(max_size=40))
def test_whatever_bytes_there_are_become_utf_8(content):
    whole, _ = mended(content)
    assert mended(whole) == (whole, 0)
    whole.decode()


@pytest.mark.parametrize(
    ("written", "meant", "broken"),
    [
        (rb'"\uD83D\uD83D\uDE00"', "\ufffd😀", 1),
        (rb'"\ude00\ud83d"', "\ufffd\ufffd", 2),
        (rb'"\\ud83d"', "\\ud83d", 0),
        (rb'"\\\ud83d"', "\\\ufffd", 1),
        (rb'"\ud83d\\ude00"', "\ufffd\\ude00", 1),
        (b'"\xed\xa0\xbd\xed\xb8\x80"', "\ufffd\ufffd", 2),
        (b'"Ren\xe9"', "Ren\ufffd", 1),
        ('"\ufffd"'.encode(), "\ufffd", 0),
        (b'["\xef\xbf\xbd", "Ren\xe9 \\ud83d"]', ["\ufffd", "Ren\ufffd \ufffd"], 2),
    ],
)
def test_half_signs_are_told_from_whole_ones_and_from_texts_about_them(written, meant, broken):
    mender = Mender()

    assert mender.decode(ANYTHING, written) == meant
    assert mender.broken == broken


@pytest.mark.parametrize(
    "written", [b'["cut', rb'["cut \ud83d', b"", b"[1, 2", b'"\xff', rb'"\ud8"', b"[" * 100_000]
)
def test_what_is_no_json_stays_none(written):
    mender = Mender()

    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError, RecursionError)):
        mender.decode(ANYTHING, written)
    assert mender.broken == 0


def test_another_form_than_asked_is_no_broken_sign():
    mender = Mender()

    with pytest.raises(msgspec.ValidationError):
        mender.decode(msgspec.json.Decoder(list[int]), rb'["\ud83d"]')
    assert mender.broken == 0


def test_what_was_replaced_is_said_once():
    mender, ledger = Mender(), Ledger()
    mender.decode(ANYTHING, rb'["\ud83d", "\ude00"]')

    mender.say(ledger)
    mender.say(ledger)

    assert ledger.notes == {BROKEN_SIGN: 2}
