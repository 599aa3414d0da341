"""How trailers and .mailmap are read."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.git.histories import git

from crosstie.sources.git.mailmap import Mailmap
from crosstie.sources.git.people import is_bot
from crosstie.sources.git.trailers import KNOWN, Part, are_close, parse


@pytest.mark.parametrize(
    ("written", "label", "misspelt"),
    [
        ("CO-AUTHORED-BY", "Co-authored-by", False),
        ("Co-Authored-By", "Co-authored-by", False),
        ("Coauthored-by", "Co-authored-by", True),
        ("Reviwed-by", "Reviewed-by", True),
        ("Reviewd-by", "Reviewed-by", True),
        ("reviewed0by", "Reviewed-by", True),
        ("Hepled-by", "Helped-by", True),
        ("Helpedy-by", "Helped-by", True),
        ("Signen-off-by", "Signed-off-by", True),
        ("Singed-off-by", "Signed-off-by", True),
        ("Reproted-by", "Reported-by", True),
        ("Acked-and-tested-by", "Acked-by", False),
        ("Mentored-and-acked-by", "Mentored-by", False),
    ],
)
def test_trailers_are_known_in_any_case_and_with_a_slip(written: str, label: str, misspelt: bool) -> None:  # noqa: FBT001 -- a column of the table above
    found = parse(f"{written}: Ada Berg <ada@example.org>")

    assert (found.label, found.misspelt) == (label, misspelt)


@pytest.mark.parametrize(
    "written",
    [
        "Cc",
        "Fixes",
        "Link",
        "Closes",
        "Change-Id",
        "Asked-by",
        "Backed-by",
        "Fixed-by",
        "Liked-by",
        "Reviewed-off-by",
        "by",
        "https",
    ],
)
def test_other_words_are_no_misspelling(written: str) -> None:
    assert parse(f"{written}: Ada Berg <ada@example.org>").label == ""


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ada Berg <ada@example.org>", (("Ada Berg", "ada@example.org"),)),
        ('"Berg, Ada" <ada@example.org>', (("Ada", "ada@example.org"),)),
        ("<ada@example.org>", (("", "ada@example.org"),)),
        ("ada@example.org", (("", "ada@example.org"),)),
        ("Ada Berg ada@example.org", (("Ada Berg", "ada@example.org"),)),
        (
            "Ada <ada@example.org>, Ben <ben@example.org>",
            (("Ada", "ada@example.org"), ("Ben", "ben@example.org")),
        ),
        ("Ada <ada@example.org> (glass)", (("Ada", "ada@example.org"),)),
        ("Ada Berg", (("Ada Berg", ""),)),
        ("", ()),
    ],
)
def test_people_in_a_trailer_are_found(value: str, people: tuple[tuple[str, str], ...]) -> None:
    assert parse(f"Reviewed-by: {value}").people == people


def test_trailers_that_make_no_tie_name_nobody() -> None:
    assert parse("Signed-off-by: Ada <ada@example.org>").people == ()
    assert {label for label, part in KNOWN.items() if part is not Part.NO_TIE} == {
        "Co-authored-by", "Co-developed-by", "Reviewed-by", "Acked-by", "Helped-by", "Mentored-by",
        "Co-mentored-by",
    }  # fmt: skip


@given(
    st.text(string.ascii_lowercase, max_size=8),
    st.text(string.ascii_lowercase, max_size=8),
    st.integers(0, 3),
)
def test_closeness_is_symmetric_and_true_of_equals(one: str, other: str, slips: int) -> None:
    assert are_close(one, one, slips)
    assert are_close(one, other, slips) == are_close(other, one, slips)


@given(st.text(string.ascii_lowercase, min_size=2, max_size=10), st.data())
def test_one_slip_is_close(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))

    for slip in (
        word[:at] + word[at + 1 :],
        word[:at] + "q" + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ):
        assert are_close(slip, word, 1)


def test_the_mailmap_maps_as_git_does(tmp_path: Path) -> None:
    mailmap = (
        "# a remark\n\nAda Berg <ada@example.org>\n<ben@example.org> <ben@old.example>\n"
        "Cleo Ito <cleo@example.org> <CLEO@old.example>\n"
        "Dan Lund <dan@example.org> Danny <shared@example.org>\n"
        "Eve Moss <eve@example.org> eve m. <shared@example.org>\nBen Holt <ben@old.example>\n"
        "<shared@new.example> <shared@example.org>\nno address here\n"
        "  Fay  <fay@example.org>   <fay@old.example> # x\n"
    )
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".mailmap").write_text(mailmap, encoding="utf-8")
    contacts = [
        (name, address)
        for name in ("Ada", "ben", "Danny", "DANNY", "Eve M.", "Someone Else")
        for address in (
            "ada@example.org", "ADA@example.org", "ben@old.example", "cleo@old.example", "shared@example.org",
            "Shared@Example.org", "fay@old.example", "nobody@example.org",
        )
    ]  # fmt: skip
    asked = "".join(f"{name} <{address}>\n" for name, address in contacts)

    expected = git(tmp_path, "check-mailmap", "--stdin", text=asked.encode()).splitlines()

    ours = Mailmap(mailmap)
    assert ["{} <{}>".format(*ours.mapped(*contact)) for contact in contacts] == expected


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("dependabot[bot]", "x@example.org"), ("GitHub", "noreply@github.com"), ("A", "no-reply@example.org"),
        ("GitHub Actions", "actions@github.com"), ("ci-bot", "x@example.org"),
        ("A", "release-bot@example.org"),
        ("kernel test robot", "lkp@example.org"), ("Copilot", "198+Copilot@users.noreply.github.com"),
        ("web-flow", "x@example.org"), ("Reading Machine", "reader@noreply.github.com"),
        ("Reading Machine", "Reader@No-Reply.example.org"), ("Calendar", "calendar-notification@example.org"),
        ("A", "notifications@noreply.forge.example"), ("A", "noreply@forge.example"),
        ("A", "noreply@noreply.forge.example"), ("A", "noreply@users.noreply.github.com"),
        ("A", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("A", "2914+something[bot]@users.noreply.github.com"), ("A", "renovate-bot@noreply.forge.example"),
        ("A", "12-dependabot@users.noreply.gitlab.com"), ("A", "renovate@noreply.forge.example"),
        ("A", "project_12_bot_8f3a@noreply.gitlab.com"), ("A", "group_7_bot@noreply.forge.example"),
        ("A", "service_account_8f3a@noreply.gitlab.com"), ("gitea-actions", "teabot@forge.example"),
    ],
)  # fmt: skip
def test_bots_are_known(name: str, address: str) -> None:
    assert is_bot(name, address)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ada Berg", "ada@example.org"), ("Jan Bot", "jan.bot@example.org"),
        ("Ben", "12+ben@users.noreply.github.com"),
        ("Ben", "ben@users.noreply.forge.example"), ("Ben", "ben@noreply.forge.example"),
        ("Ada", "12-ada@users.noreply.gitlab.com"), ("Ada", "ada-berg@noreply.codeforge.example"),
        ("Ada", "12-ci-ada@users.noreply.gitlab.com"), ("Abe", "project_robot@noreply.forge.example"),
        ("Ann Talbot", "talbot@example.org"), ("Bo", "bottle@example.org"), ("", "abbot@example.org"),
    ],
)  # fmt: skip
def test_people_are_not_taken_for_bots(name: str, address: str) -> None:
    assert not is_bot(name, address)
