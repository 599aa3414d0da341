"""What is known of the rows that are there already, by the hash of their key."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.record.rows import rows_in, said

from crosstie.record import Appended
from crosstie.record.append import Appender
from crosstie.record.known import KnownRows


@settings(max_examples=40)
@given(
    some.lists(some.lists(some.tuples(some.integers(0, 50), some.integers(-9, 9)), max_size=20), max_size=8)
)
def test_known_rows_are_a_mapping(batches):
    known = KnownRows()
    model: dict[int, int] = {}
    for batch in batches:
        once = dict(batch)
        known.put(np.array(list(once), dtype=np.uint64), np.array(list(once.values()), dtype=np.int64))
        model |= once
        asked = np.arange(60, dtype=np.uint64)
        found, digests = known.find(asked)
        assert {
            int(key): int(value) for key, value in zip(asked[found], digests[found], strict=True)
        } == model
        assert len(known) == len(model)


def test_two_keys_with_one_hash_stay_two_rows(record, monkeypatch):
    monkeypatch.setattr(Appender, "_hashes", lambda self, keys: np.full(len(keys), 7, dtype=np.uint64))

    assert record.append([said(1), said(2)], batch_rows=1) == Appended(added=2)
    assert record.append([said(3)]) == Appended(added=1)
    assert {row.external_id for row in rows_in(record)} == {"message-1", "message-2", "message-3"}
