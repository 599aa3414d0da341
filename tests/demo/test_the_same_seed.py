"""The company is the same every time, and another seed gives another company."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from crosstie.demo import Company, company

pytestmark = pytest.mark.long

PRINT_DIGEST = """
from hashlib import sha256
import msgspec
from crosstie.demo import company
made = company()
print(sha256(msgspec.json.encode([list(made.traces()), made.people, made.truth])).hexdigest())
"""


def digest_in_a_new_process(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST],
        env={"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_two_processes_make_the_same_bytes_whatever_their_hash_seed():
    first, second = digest_in_a_new_process("1"), digest_in_a_new_process("2")
    assert len(first) == 64
    assert first == second


def test_another_seed_makes_other_people_and_another_year(kestrel: Company):
    other = company(seed=21)
    assert {person.name for person in other.people} != {person.name for person in kestrel.people}
    assert msgspec.json.encode(list(other.traces())) != msgspec.json.encode(list(kestrel.traces()))
    assert other.learned_pairs() != kestrel.learned_pairs()
