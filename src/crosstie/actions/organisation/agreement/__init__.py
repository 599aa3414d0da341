"""What is read, kept, shown and forbidden here, in words, for members and the works council.

It is made from the tables that the code obeys (`sources/conditions.py`, `record/kept.py`, `network/acts.py`,
the metrics, the advisors, `powers.py`, `kinds.py`, `letter_kinds.py`, `store/held`, `privacy/forbidden.py`)
and from what was set here. Start with `whole.py`.
"""

from __future__ import annotations

from crosstie.actions.organisation.agreement.parts import Agreement, Section, Table
from crosstie.actions.organisation.agreement.templates import impact_assessment, works_agreement
from crosstie.actions.organisation.agreement.whole import agreement

__all__ = ["Agreement", "Section", "Table", "agreement", "impact_assessment", "works_agreement"]
