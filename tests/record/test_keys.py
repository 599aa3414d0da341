from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crosstie.errors import WorkspaceRefused
from crosstie.record import Keyring, new_key

PARTS = some.lists(some.text(max_size=6), max_size=4)


def test_a_key_is_twelve_characters_that_nobody_confuses():
    keys = {new_key() for _ in range(2000)}

    assert len(keys) == 2000
    assert all(re.fullmatch(r"[a-hj-km-np-z][a-hj-km-np-z2-9]{11}", key) for key in keys)


def test_the_same_parts_hash_alike_in_one_workspace_and_differ_in_another():
    here, elsewhere = Keyring.new(), Keyring.new()

    assert here.hashed("mail", "<1@example.org>") == Keyring(here.secret).hashed("mail", "<1@example.org>")
    assert here.hashed("mail", "<1@example.org>") != elsewhere.hashed("mail", "<1@example.org>")


@given(PARTS, PARTS)
def test_two_lists_of_parts_hash_alike_only_if_they_are_the_same(one, other):
    keyring = Keyring(b"0" * 32)

    assert (keyring.hashed(*one) == keyring.hashed(*other)) == (one == other)


def test_parts_that_read_alike_when_joined_hash_differently():
    keyring = Keyring(b"0" * 32)
    joined = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("", "abc")]

    assert len({keyring.hashed(*parts) for parts in joined}) == len(joined)


def test_a_hash_is_safe_in_addresses_even_of_a_broken_encoding():
    hashed = Keyring.new().hashed("mail", "<caf\udce9@example.org>")

    assert re.fullmatch(r"[A-Za-z0-9_-]{24}", hashed)


def test_a_keyring_does_not_show_its_secret():
    secret = b"s" * 32

    assert "ssss" not in repr(Keyring(secret))


@pytest.mark.parametrize("length", [0, 15, 65])
def test_a_secret_of_the_wrong_length_is_refused(length):
    with pytest.raises(WorkspaceRefused, match=f"has {length} bytes") as refused:
        Keyring(b"s" * length)

    assert refused.value.hint
