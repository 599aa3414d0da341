"""The words a writer added."""

from __future__ import annotations

import base64
import quopri
import subprocess
import sys

import pytest

from crosstie.sources.mail.body import Words, html_to_text, own_words, strip
from crosstie.sources.mail.headers import divide, scan


def words(mail: bytes) -> Words:
    block, start = divide(mail)
    return own_words(scan(block), mail[start:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday Ada wrote:\n> Roses?\n\nRed ones.", "Red ones."),
        (
            "On Mon, 4 Mar 2024 at 10:00, Ada Ames <ada@example.org>\nwrote:\n\n> Roses?\n\nRed ones.",
            "Red ones.",
        ),
        ("Am 04.03.2024 um 10:00 schrieb Ada:\n> Rosen?\n> Rote?\nRote.", "Rote."),
        ("First.\n> a\nSecond.\n> b\n> c\nThird.", "First.\nSecond.\nThird."),
        ("I say:\n> a\nyes", "I say:\nyes"),
        ("Red ones.\n\n-- \nAda\nGardener", "Red ones."),
        ("Red.\n________________________________________________\ngardeners mailing list\n", "Red."),
        ("Red.\n\n-----Original Message-----\nFrom: Ben\nSent: Monday\nTo: Ada\n\nRoses?", "Red."),
        ("Red.\n\nFrom: Ben <ben@example.org>\nSent: Monday\nTo: Ada\n\nRoses?", "Red."),
        (
            "A fix.\n---\n a.c | 2 +-\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n+x ? y : z",
            "A fix.",
        ),
        ("A fix.\n\n--- a.c\n+++ b.c\n@@ -1 +1 @@\n+x", "A fix."),
        (">From here on red.\n", "From here on red."),
        ("Look:\n\n>From here on red.\nYes.", "Look:\n\nFrom here on red.\nYes."),
        ("\r\nRed.\r\n> a\r\n", "Red."),
        ("", ""),
    ],
)
def test_quotations_signatures_footers_and_patches_are_not_the_writers_words(text, expected):
    assert strip(text) == expected


def test_transfer_encodings_and_character_sets_are_read():
    text = "Rosé? Ça va."
    quoted = quopri.encodestring(text.encode("latin-1"))
    head = b"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
    assert words(head + quoted) == (text, "")
    head = b'Content-Type: text/plain; charset="UTF-8"\nContent-Transfer-Encoding: BASE64\n\n'
    assert words(head + base64.encodebytes(text.encode() * 20)) == (text * 20, "")


def test_the_plain_part_of_a_nested_mail_is_the_text_and_attachments_are_not():
    mail = b"""Content-Type: multipart/mixed; boundary="outer"

not this
--outer
Content-Type: text/plain
Content-Disposition: attachment

nor this
--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/html

<p>not this</p>
--inner
Content-Type: text/plain; charset=utf-8

Red ones.
--inner--
--outer--
"""
    for written in (mail, mail.replace(b"\n", b"\r\n")):
        assert words(written) == ("Red ones.", "")


def test_a_part_without_headers_is_plain_text():
    assert (
        words(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nRed ones.\n--b--\n").text == "Red ones."
    )


def test_html_is_read_roughly_where_there_is_nothing_else():
    markup = (
        "<html><head><title>x</title><style>p {}</style></head><body><p>Red &amp; <b>white</b>.</p>"
        "<div>Both.</div><blockquote>Roses?</blockquote>"
        "<div class='gmail_quote'><div>Old</div></div></body></html>"
    )
    assert html_to_text(markup) == "Red & white.\nBoth."
    assert words(b"Content-Type: text/html\n\n" + markup.encode()).text == "Red & white.\nBoth."
    assert html_to_text("<![bad") is not None
    assert html_to_text("<p>Red.</p>R&D") == "Red.\nR&D"
    assert html_to_text("Red, 1 < 2 <p and no end") == "Red, 1 < 2"


def test_a_mail_without_text_has_none():
    assert words(b"Content-Type: image/png\n\nabc") == (None, "")
    assert words(b"Content-Type: multipart/mixed\n\nno boundary") == (None, "")


def test_trouble_with_characters_is_noted_and_breaks_nothing():
    assert words(b"Content-Type: text/plain; charset=utf-8\n\nros\xe9")[1].startswith(
        "characters that do not fit"
    )
    assert words(b"Content-Type: text/plain; charset=x-none\n\nros\xc3\xa9") == (
        "rosé",
        "unknown character set, read as UTF-8",
    )
    assert words(b"Content-Transfer-Encoding: base64\n\nUmVk*").text is not None
    assert "base64" in words(b"Content-Transfer-Encoding: base64\n\nUmVkI").note


def test_parts_within_parts_without_end_are_given_up():
    parts = [f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n" for depth in range(50)]
    assert words("".join([*parts[:5], "\nRed.\n"]).encode()).text == "Red."
    assert words("".join([*parts, "\nRed.\n"]).encode()).text is None


def test_boundaries_that_never_come_give_no_text():
    assert words(b"Content-Type: multipart/mixed; boundary=b\n\nRed.\n").text is None


@pytest.mark.parametrize("charset", [b"undefined", b"idna", b"punycode", b"unicode_escape"])
def test_a_character_set_of_python_alone_is_none_of_mail(charset):
    mail = b"Content-Type: text/plain; charset=" + charset + b"\n\nros\\x41\xc3\xa9"
    assert words(mail).text == "ros\\x41é"


HOSTILE = {
    "headers": b"Content-Type: multipart/mixed; boundary=b\n\n"
    + (b"--b\n" + b"To:a\n" * 200_000 + b"Content-Type: image/png\n\n\n") * 6,
    "comments": b"Content-Type: text/html\n\n" + b"<!--" * 90_000,
    "tags": b"Content-Type: text/html\n\n" + b"<a " * 90_000,
    "ends": b"Content-Type: text/html\n\n" + b"</" * 190_000,
    "digits": b"Content-Type: text/plain\n\n" + b"1234" * 90_000 + b":\n> hi\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_never_ends_does_not_take_the_square_of_its_length(name):
    program = (
        "import resource, sys; from crosstie.sources.mail.body import own_words;"
        "resource.setrlimit(resource.RLIMIT_CPU, (20, 20));"  # of its own time, however busy the machine is
        "from crosstie.sources.mail.headers import divide, scan; mail = sys.stdin.buffer.read();"
        "block, start = divide(mail); own_words(scan(block), mail[start:])"
    )
    subprocess.run([sys.executable, "-c", program], input=HOSTILE[name], check=True)
