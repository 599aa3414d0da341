"""What is counted in the made-up company: figures of a circle, and the ledger."""

from __future__ import annotations

from datetime import UTC, datetime

from crosstie.actions.views import Figure, Reading, SourcesView

AS_OF = datetime(2026, 5, 29, 16, 42, tzinfo=UTC)
SINCE = datetime(2025, 6, 2, 7, 3, tzinfo=UTC)
EVIL = '<script>alert("x")</script>'


def figures() -> tuple[Figure, ...]:
    """Return figures of every sort: a count, a share, a technical one, one that cannot be said."""
    basis = "on 22 contacts over 12 months"
    return (
        Figure(
            name="size",
            label="People in your circle",
            value=22,
            shown="22",
            sentence="You are in touch with 22 people; half of all people here know 11 to 25.",
            basis=basis,
            caution="more is not always better",
            question="Whom would you like to hear from again?",
        ),
        Figure(
            name="group_diversity",
            label="Departments you reach",
            value=0.71,
            shown="6 of 9",
            sentence="Your contacts are spread over six departments; most are in Engineering and Design.",
            basis=basis,
            caution="departments differ in size",
        ),
        Figure(
            name="turned_to",
            label="Whom I turned to",
            value=20.9,
            shown="20.9",
            sentence="Counted in answers, you turned to others about 21 times lately.",
            basis=basis,
            caution="help by voice leaves no traces",
        ),
        Figure(
            name="effective_size",
            label="Separate corners",
            value=14.2,
            shown="14.2",
            sentence="About 14 of your 22 contacts bring something the others do not know already.",
            basis=basis,
            caution="counts ties among your contacts that are open to you",
        ),
        Figure(
            name="constraint",
            label="How closed your circle is",
            value=None,
            shown="not enough to say",
            sentence="There are too few ties among your contacts to say.",
            basis=basis,
            caution="Burt's measure, 0 to 1 and a little more",
        ),
    )


def sources(people: int) -> SourcesView:
    """Return two readings, one of them stopped early."""
    return SourcesView(
        readings=(
            Reading(
                kind="slack",
                label="Slack export",
                path="lantern-slack.zip",
                unit="messages",
                read=14_207,
                used=12_990,
                left_out={"automatic": 702, "joined or left a channel": 431, "no author": 84},
                notes={"times without a zone, taken as UTC": 12},
                places={"open": 41, "members": 6, "direct": 2},
                interactions={"said": 6100, "replied": 4870, "thanked": 2020},
                read_at=AS_OF,
                finished=True,
            ),
            Reading(
                kind="mail",
                label="Mailing list archive",
                path=f"lists/{EVIL}/all-hands-and-a-very-long-path-that-does-not-end-soon/2025.mbox",
                unit="mails",
                read=820,
                used=820,
                left_out={},
                notes={},
                places={"open": 1},
                interactions={"said": 300, "replied": 520},
                read_at=AS_OF,
                finished=False,
            ),
        ),
        accounts=311,
        people=people,
        interactions={"said": 6400, "replied": 5390, "thanked": 2020},
        as_of=AS_OF,
        since=SINCE,
        ended_early=("Mailing list archive",),
    )
