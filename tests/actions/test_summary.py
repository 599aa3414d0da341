"""What a workspace holds, in words: known ties are told apart from active ones, stated from inferred."""

from __future__ import annotations

from crosstie.actions import snapshots, summary
from crosstie.actions.home import Home


def first_line(home: Home) -> str:
    return summary.in_words(home, summary.summarise(home, [])).split("\n")[0]


def test_active_ties_are_said_to_be_among_the_known_ones(firm: Home):
    counts = summary.summarise(firm, [])["ties"]
    assert counts["active"] > 1
    assert f"{counts['known']} known ties, of which {counts['active']} are active." in first_line(firm)


def test_active_ties_that_are_only_inferred_are_said_beside_them(firm: Home):
    ties = snapshots.current(firm).network.ties
    ties.known[:], ties.active[:] = True, False
    one, other = ties.learner[0], ties.teacher[0]
    ties.active[(ties.learner == one) & (ties.teacher == other)] = True
    ties.active[(ties.learner == other) & (ties.teacher == one)] = True
    assert first_line(firm).endswith("known ties, of which 1 is active.")
    ties.known[ties.active] = False
    told = "1 more active tie is inferred: no source says who was meant, crosstie concluded it."
    assert first_line(firm).endswith(f"of which 0 are active; {told}")
