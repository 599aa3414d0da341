"""Who wrote, where a list put itself in the writer's place: one rule for mail and for Git."""

from __future__ import annotations

import pytest

from crosstie.sources.writers import Writer, is_list_address, of_name, writer_of

ANN = ("Ann Berg", "ann@example.org")
LIST = "gardeners@lists.example.org"


def nobody(name: str) -> None:
    """Find nobody else."""


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ann Berg via gardeners", LIST),
        ("'Ann Berg' via Gardeners", LIST),
        ("Ann Berg", LIST),
        ("Ann Berg via Some Roses", "some-roses@example.org"),
        ("Ann Berg", "roses@example.org"),
    ],
)
def test_a_writer_behind_a_list_is_found_by_name_elsewhere_or_has_no_address(name: str, address: str) -> None:
    list_address = "roses@example.org"

    found = writer_of(name, address, lambda wanted: of_name(wanted, [ANN]), list_address=list_address)
    unknown = writer_of(name, address, nobody, list_address=list_address)

    assert found == Writer("Ann Berg", "ann@example.org", rewritten=True)
    assert unknown == Writer("Ann Berg", "", rewritten=True)
    assert found.note != unknown.note != ""


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("ann@example.org via gardeners", LIST),
        ("Ann (ann at example.org) via gardeners", LIST),
        ("Ann Berg", "ann=40example.org@dmarc.example.net"),
        ("Ann Berg", "ann=example.org@relay.example.net"),
    ],
)
def test_an_address_that_the_list_left_is_taken_before_others(name: str, address: str) -> None:
    found = writer_of(name, address, lambda _: ("Ann Berg", "other@example.org"))

    assert found is not None
    assert (found.address, found.rewritten) == ("ann@example.org", True)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ANN,
        ("Ann Berg", ""),
        ("Ann Berg", "ann"),
        ("Ann via Ben", "ann@example.org"),
        ("Via Lund", "roses@example.org"),
        ("", "ann+gardeners-devel@example.org"),
    ],
)
def test_others_stay_as_written_and_give_nothing_to_note(name: str, address: str) -> None:
    found = writer_of(name, address, lambda _: ("Else", "else@example.org"))

    assert found == Writer(name, address, rewritten=False)
    assert not found.note


def test_a_list_without_a_name_stands_for_nobody() -> None:
    assert writer_of("", LIST, nobody) is None


def test_only_an_own_address_under_exactly_that_name_is_anothers() -> None:
    people = [("Ann", "a@example.org"), ("ann berg", LIST), ("Ann Berg", ""), ("ann berg", ANN[1])]

    assert of_name("Ann Berg", people) == ("ann berg", ANN[1])
    assert of_name("", [("", "x@example.org")]) is None


def test_addresses_of_lists_are_told_from_those_of_people() -> None:
    assert is_list_address("anything@lists.example.org")
    assert is_list_address("roses-devel@example.org")
    assert is_list_address("gardeners@googlegroups.com")
    assert not is_list_address("ada.list@example.org")
    assert not is_list_address("ada+roses-devel@example.org")
    assert not is_list_address("list@example.org")
    assert not is_list_address("ada@listening.example.org")
