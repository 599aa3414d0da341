from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crosstie.sources.lookup import LARGEST, Lookup

numbers = st.integers(-LARGEST, LARGEST)


@given(st.lists(st.tuples(st.integers(-20, 20) | numbers, numbers, numbers)), st.lists(numbers))
def test_it_finds_the_rows_of_each_key_the_greatest_first(rows, others):
    lookup = Lookup(2)
    for row in rows:
        lookup.add(*row)

    for key in (*(row[0] for row in rows), *others):
        known = sorted((row[1:] for row in rows if row[0] == key), reverse=True)
        assert list(lookup.every(key)) == known
        assert lookup.get(key) == (known[0] if known else None)


def test_rows_may_be_added_after_some_were_found():
    lookup = Lookup(1)
    lookup.add(5, 50)
    assert lookup.get(5) == (50,)
    lookup.add(3, 30)
    assert (lookup.get(3), lookup.get(5), lookup.get(4)) == ((30,), (50,), None)
    lookup.add(5, 51)
    assert lookup.get(5) == (51,)


def test_a_lookup_without_rows_finds_nothing():
    assert Lookup(1).get(0) is None
