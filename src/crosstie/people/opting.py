"""Who opted out: the marks that decisions leave standing."""

from __future__ import annotations

from collections.abc import Iterable

from crosstie.people.rows import DecisionRow, Verb


def opted_out(decisions: Iterable[DecisionRow]) -> frozenset[str]:
    """Return the marks that are opted out: of each mark, the latest decision counts.

    Args:
        decisions: in the order in which they were made; those about who is who are passed over.
    """
    standing: dict[str, Verb] = {}
    for row in decisions:
        if row.verb in {Verb.OPT_OUT, Verb.OPT_IN}:
            standing[row.name] = row.verb
    return frozenset(mark for mark, verb in standing.items() if verb is Verb.OPT_OUT)
