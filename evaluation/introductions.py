"""Are introductions near enough to be made, and do they widen circles? Ties that came, and ties hidden.

**Future new ties.** email-Eu-core-temporal, cut on day 380, the 60 days after; the manufacturing company's
mail, cut on day 180 after its first mail, the 91 days after. *Known* are two people with any mail between
them, in either direction, at any time before the cut; mails to oneself are left out. *New* are two who are
not known and have a mail in the days after. Everyone in the file is ranked, whether or not they were there
by the cut. A case is a person with at least one new tie; *recall* is how many of their new ties stand among
ten suggested, divided by ten or by the number of their new ties, whichever is less; *hit* is whether any
does. Development: the same institution and company at seven earlier cuts each, days 140 to 320 (60 days
each) and days 45 to 120 (60 days each, and 90 once); all their new ties lie before the test's.

**Diverse introductions.** email-Eu-core, static, 42 departments: a tenth of the undirected ties is hidden by
a seed, ten people not in contact are suggested to everyone. Test: seeds 0 to 4. Development: 100 to 102; they
hide other ties of the same network. Cases are people with a hidden tie, recall as above; *gain* is the mean
gain in effective size over the list, *cross* the share of another department, *named* the share of all people
who stand in any list, *Gini* how unevenly they do.

*Ours* is what the product does: for future ties, the list of ten of `introductions` for each person alone;
for diverse introductions, `suggestion_lists` for everyone at once. All ties count as open.
"""

from __future__ import annotations

from pathlib import Path

from evaluation._hidden_ties import hidden_ties
from evaluation._new_ties import new_ties
from evaluation.task import Result, Task, main

TEST_SEEDS, DEVELOPMENT_SEEDS = range(5), range(100, 103)


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 - as `Task` has it
    """Suggest ten people to everyone, and see which of them came."""
    coming = new_ties(data, development=development)
    hidden = hidden_ties(data, DEVELOPMENT_SEEDS if development else TEST_SEEDS)
    return Result(
        tables=[*coming.tables, *hidden.tables],
        facts={**coming.facts, **hidden.facts},
        verdicts=[*coming.verdicts, *hidden.verdicts],
        predictions=[*coming.predictions, *hidden.predictions],
    )


TASK = Task(
    name="introductions",
    question="Are introductions near enough to be made, and do they widen circles?",
    splits=(__doc__ or "").split("\n\n", 1)[1].strip(),
    run=run,
)

if __name__ == "__main__":
    main(TASK)
