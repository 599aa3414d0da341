"""What a made-up company talks of, and what moved between its departments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.web.made_up_counts import EVIL

from crosstie.actions.idea_flow import Explained, FlowView, IdeaFlowView, IdeasPage, TalkView, VarietyView
from crosstie.actions.ideas import TopicView

_EXPLAINED = Explained(
    label="Idea flow",
    question="Which topics moved from which group to which?",
    how="By first uses.",
    reading="Read it with care.",
    cautions=("It may have come from a third place.",),
)


def page(departments: Sequence[str]) -> IdeasPage:
    """Return it: the first topic is called as somebody would call it who means ill."""
    labels = (EVIL, "feature flags, canary, rollback", "supplier audit, sample, lot")
    return IdeasPage(
        topics=tuple(
            TopicView(
                id=number,
                label=label,
                words=("one", "two"),
                conversations=140 - 30 * number,
                people=60 - 10 * number,
                places=("ask-anything", "quality")[:number],
            )
            for number, label in enumerate(labels)
        ),
        languages=("English", "Portuguese"),
        between=IdeaFlowView(
            until=date(2026, 5, 1),
            kinds=("department",),
            flows=tuple(
                FlowView(
                    topic=number,
                    label=labels[number],
                    kind="department",
                    giver=departments[number],
                    taker=departments[number + 1],
                    people=10 + 5 * number,
                    by_chance=3,
                    given_from=date(2025, 11, 1),
                    taken_from=date(2026, 2, 1),
                )
                for number in range(2)
            ),
            talks=tuple(
                TalkView(kind="department", group=name, topics=labels[: row + 1])
                for row, name in enumerate(departments[:2])
            ),
            varieties=tuple(
                VarietyView(kind="department", group=name, topics=12 + row, low=10 + row, high=15 + row)
                for row, name in enumerate(departments)
            ),
            tested=212,
            smallest_group=10,
            flow=_EXPLAINED,
            talk=_EXPLAINED,
            variety=_EXPLAINED,
        ),
    )
