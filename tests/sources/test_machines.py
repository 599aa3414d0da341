"""Addresses behind which nobody stands."""

from __future__ import annotations

import pytest

from crosstie.sources.machines import is_notifier, may_hide_a_person, takes_no_mail


@pytest.mark.parametrize(
    "address",
    [
        "notification@example.org",
        "notifications@example.org",
        "calendar-notification@example.org",
        "team.notifications+12=ada@example.org",
    ],
)
def test_an_address_that_notifies_is_known_by_its_last_word(address: str) -> None:
    assert is_notifier(address)


@pytest.mark.parametrize(
    "address",
    [
        "ada@notifications.example.org",
        "ada+notification@example.org",
        "ada+site-notification@example.org",
        "notification.ada@example.org",
        "notifications",
    ],
)
def test_others_are_not_taken_for_one_that_notifies(address: str) -> None:
    assert not is_notifier(address)


@pytest.mark.parametrize(
    ("address", "takes_none", "hides"),
    [
        ("reader@noreply.github.com", True, False),
        ("reader@no-reply.example.org", True, False),
        ("ada@noreply.forge.example", True, True),
        ("12+ada@users.noreply.github.com", False, False),
        ("ada@noreplying.example.org", False, False),
        ("noreply.ada@example.org", False, False),
    ],
)
def test_a_host_that_takes_no_mail_is_told_from_one_where_a_forge_hides_people(
    address: str,
    takes_none: bool,  # noqa: FBT001 -- a column of the table above
    hides: bool,  # noqa: FBT001 -- a column of the table above
) -> None:
    assert (takes_no_mail(address), may_hide_a_person(address)) == (takes_none, hides)
