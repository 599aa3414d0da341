"""From acts to ties: the one declaration of what an act says about contact, turning to and learning.

Every other place that speaks of these weights (the queries that tie, the page that explains them, the
settings that change them) reads them from `ACTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from crosstie.errors import UsageRefused


class Share(StrEnum):
    """What one act's weights are multiplied with, beside the probability of an inferred act."""

    WHOLE = "1"
    ADDRESSED = "1/n of n addressed"
    COPIED = "1/n of n addressed, or of n copied where those are more"
    OTHERS = "1/(n - 1) of n in all"
    SCALE = "the scale point or count named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One row of the table: what one act between its actor and one other person says.

    Attributes:
        name: how code and settings call it.
        when: in words; the actor is B where one answers, and A otherwise.
        contact: weight of contact, which has no direction.
        turned_to: weight of the actor turning to the other person.
        learned: weight of the actor learning from the other person.
        turned_to_back: weight of the other person turning to the actor.
        learned_back: weight of the other person learning from the actor.
        share: what the weights are multiplied with.
        reason: why these weights.
    """

    name: str
    when: str
    contact: float
    turned_to: float = 0.0
    learned: float = 0.0
    turned_to_back: float = 0.0
    learned_back: float = 0.0
    share: Share = Share.WHOLE
    reason: str


ACTS: tuple[Act, ...] = (
    Act(
        name="told",
        when="A writes to n people",
        contact=1.0,
        share=Share.ADDRESSED,
        reason="Attention is shared: a mail to fifty is no fifty conversations. Being told is not yet "
        "learning, so a newsletter teaches nobody.",
    ),
    Act(
        name="asked",
        when="A writes to one person and asks something",
        contact=1.0,
        turned_to=0.3,
        share=Share.ADDRESSED,
        reason="A question to one person turns to them, even if no answer is recorded; it counts less than a "
        "reply, since a question mark is a weak sign. Without an answer nobody has learned.",
    ),
    Act(
        name="copied",
        when="A writes and copies n people",
        contact=0.5,
        share=Share.COPIED,
        reason="The copied are meant to know and not to answer: half of the addressed.",
    ),
    Act(
        name="mentioned",
        when="A mentions B",
        contact=0.3,
        turned_to=0.3,
        reason="A name in a text calls someone in, and as often only speaks of them.",
    ),
    Act(
        name="replied",
        when="B replies to A (reply-to, quote, In-Reply-To)",
        contact=1.0,
        turned_to_back=1.0,
        learned_back=1.0,
        reason="A wrote, and B answered: A has turned to B, and has B's answer. It is the plainest trace of "
        "learning, and the unit of the other weights.",
    ),
    Act(
        name="replied_in_thread",
        when="B replies in A's thread, no parent named",
        contact=1.0,
        turned_to_back=1.0,
        learned_back=1.0,
        reason="A thread answers its first message; where the reader inferred it, its probability tells how "
        "far to trust it.",
    ),
    Act(
        name="wrote_back",
        when="A asked, and writes to B in the thread of that question",
        contact=1.0,
        turned_to=0.3,
        reason="Whoever asked does not answer there, but goes on asking, or says what became of it: a "
        "question to one person. What came of the answers counts with them.",
    ),
    Act(
        name="thanked",
        when="A thanks (reacts to) or accepts B's message",
        contact=0.5,
        learned=1.0,
        reason="Thanks say that something arrived; a reaction is one click: half of a reply's contact.",
    ),
    Act(
        name="acknowledged",
        when='A says "I learned this from B"',
        contact=1.0,
        learned=2.0,
        reason="The learner says so: the best evidence there is.",
    ),
    Act(
        name="reviewed",
        when="B reviews A's change",
        contact=1.0,
        turned_to_back=1.0,
        learned_back=1.0,
        learned=0.3,
        reason="Who hands in a change turns to the reviewer and learns from what the review says; the "
        "reviewer learns less, by reading.",
    ),
    Act(
        name="co_wrote",
        when="A and B co-write",
        contact=0.5,
        learned=0.5,
        learned_back=0.5,
        reason="Both learn from each other, and how much each did is not recorded.",
    ),
    Act(
        name="met",
        when="A and B meet with n in all",
        contact=1.0,
        learned=1.0,
        learned_back=1.0,
        share=Share.OTHERS,
        reason="Time in a meeting is shared among those present.",
    ),
    Act(
        name="named",
        when="A names B in a survey or a table of ties",
        contact=1.0,
        turned_to=1.0,
        learned=1.0,
        share=Share.SCALE,
        reason="A says so, as often or as much as the scale says; points below the cut never get here.",
    ),
)

RELATIONS: tuple[str, ...] = ("contact", "turned_to", "learned", "turned_to_back", "learned_back")


def with_weights(changes: Mapping[str, float], acts: tuple[Act, ...] = ACTS) -> tuple[Act, ...]:
    """Return the acts with some weights changed, as the settings say.

    Args:
        changes: new weights by ``act.relation``, e.g. ``{"mentioned.contact": 0.1}``.
        acts: the acts to change.

    Raises:
        UsageRefused: a change names no act or no relation, or its weight is negative or no number.
    """
    changed = {act.name: act for act in acts}
    for setting, weight in changes.items():
        name, _, relation = setting.partition(".")
        if name not in changed or relation not in RELATIONS:
            raise UsageRefused(
                f'There is no weight "{setting}".',
                hint=f"Write act.relation, with an act of {', '.join(changed)} and a relation of "
                f"{', '.join(RELATIONS)}.",
            )
        if not 0.0 <= weight < float("inf"):
            raise UsageRefused(f'The weight "{setting}" is {weight}.', hint="Weights are 0 or more.")
        weights: dict[str, Any] = {relation: weight}
        changed[name] = replace(changed[name], **weights)
    return tuple(changed.values())


def table(acts: tuple[Act, ...] = ACTS) -> str:
    """Return the acts as the Markdown table that the page on ties shows."""
    head = "| act | when | contact | turned to | learned | back: turned to, learned | times | why |"
    lines = [head, "|" + " --- |" * 8]
    for act in acts:
        back = f"{_shown(act.turned_to_back)}, {_shown(act.learned_back)}"
        is_one_way = act.turned_to_back == act.learned_back == 0
        cells = (
            f"`{act.name}`",
            act.when,
            _shown(act.contact),
            _shown(act.turned_to),
            _shown(act.learned),
            "-" if is_one_way else back,
            act.share.value,
            act.reason,
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _shown(weight: float) -> str:
    return f"{weight:g}" if weight else "-"


__all__ = ["ACTS", "RELATIONS", "Act", "Share", "table", "with_weights"]
