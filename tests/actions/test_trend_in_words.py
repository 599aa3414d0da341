"""How a trend is said."""

from __future__ import annotations

from crosstie.actions.home import Home
from crosstie.actions.routine_shares import _in_words
from crosstie.actions.speaking import spoken
from crosstie.advice.routine_share import Trend


def test_what_falls_falls_by_so_much_and_not_by_less_than_nothing(home: Home) -> None:
    del home  # words need an opened workspace
    falls = Trend(a_year=-0.004, low=-0.007, high=-0.001, months=30)
    assert spoken(_in_words(falls)) == "It falls, by 0.4 in a hundred a year (0.1 to 0.7), over 30 months."
