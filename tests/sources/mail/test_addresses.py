"""Names and addresses in headers."""

from __future__ import annotations

import email
import email.policy

import pytest

from crosstie.sources.mail.addresses import Person, normal, people_in

CASES = {
    "ada@example.org": [("", "ada@example.org")],
    "Ada Ames <Ada@Example.ORG>": [("Ada Ames", "ada@example.org")],
    '"Ames, Ada" <ada@example.org>, ben@example.org': [
        ("Ames, Ada", "ada@example.org"),
        ("", "ben@example.org"),
    ],
    '"Ada \\"A\\" Ames" <ada@example.org>': [('Ada "A" Ames', "ada@example.org")],
    "=?utf-8?q?Ren=C3=A9e_Roe?= <renee@example.org>": [("Renée Roe", "renee@example.org")],
    "=?utf-8?q?Roe=2C_Ren=C3=A9e?= <renee@example.org>, Ada <ada@example.org>": [
        ("Roe, Renée", "renee@example.org"),
        ("Ada", "ada@example.org"),
    ],
    "=?utf-8?q?Ren=C3=A9e?=\n =?utf-8?q?_Roe?= <renee@example.org>": [("Renée Roe", "renee@example.org")],
    "ada@example.org (Ada Ames)": [("Ada Ames", "ada@example.org")],
    "Gardeners: ada@example.org, Ben <ben@example.org>;": [
        ("", "ada@example.org"),
        ("Ben", "ben@example.org"),
    ],
    "undisclosed-recipients:;": [],
    "ada+roses@example.org": [("", "ada+roses@example.org")],
    "<ada@example.org>,\n\t<ben@example.org>,": [("", "ada@example.org"), ("", "ben@example.org")],
}


@pytest.mark.parametrize("value", CASES)
def test_people_are_read_as_they_are_meant(value):
    assert list(people_in(value.encode())) == [Person(*one) for one in CASES[value]]


@pytest.mark.parametrize("value", [value for value in CASES if not value.endswith(",")])
def test_the_standard_library_reads_the_same_addresses(value):
    header = email.message_from_string(f"To: {value}\n\n", policy=email.policy.default)["to"]
    assert [one.addr_spec.lower() for one in header.addresses] == [
        one.address for one in people_in(value.encode())
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ada at example.org (Ada Ames)", Person("Ada Ames", "ada@example.org")),
        ("ada(a)example.org", Person("", "ada@example.org")),
        ("Ada Ames <ada at example.org>", Person("Ada Ames", "ada@example.org")),
        ("ada at example.org (Ada (at home))", Person("Ada (at home)", "ada@example.org")),
        ("'Ada Ames' <ada@example.org>", Person("Ada Ames", "ada@example.org")),
        ("\"'ada@example.org'\" <ada@example.org>", Person("", "ada@example.org")),
        ("Ada [Roses] Ames <ada@example.org>", Person("Ada [Roses] Ames", "ada@example.org")),
        ("Ada <mailto:ada@example.org>", Person("Ada", "ada@example.org")),
        ("Ada @ Home <ada@example.org>", Person("Ada @ Home", "ada@example.org")),
        ("J. R. Roe, Jr. <roe@example.org>", Person("Jr.", "roe@example.org")),
    ],
)
def test_forms_that_archives_and_mail_programs_write_are_understood(value, expected):
    assert people_in(value.encode()) == (expected,)


def test_what_is_no_address_is_nobody():
    assert (
        people_in(b"") == people_in(b"Ada") == people_in(b"<>") == people_in(b"@") == people_in(b",,,") == ()
    )
    assert normal("ada") == normal("@example.org") == normal("ada@") == ""


def test_bytes_that_are_no_utf_8_still_give_a_name():
    assert people_in(b"Ren\xe9e <renee@example.org>") == (Person("Renée", "renee@example.org"),)
