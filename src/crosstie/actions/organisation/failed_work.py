"""What failed behind the pages and did not go well since, in words: for stewards, and at the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crosstie.actions import failures
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, powers
from crosstie.actions.organisation.agreement.running import WORK
from crosstie.actions.speaking import spoken
from crosstie.people import Viewer
from crosstie.saying import mark

STEPS = {
    "advice": mark("Read what was asked and answered, for advice on whom to ask."),
    "topics": mark("Find the topics of what was said."),
    "flows": mark("Find which topics moved between groups."),
    "routine": mark("Compare the questions, for those that come again."),
}
"""What each step of a snapshot does, in words; a test holds that none is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedWork:
    """Work that failed when it was last done; never on whom or on what.

    Attributes:
        work: what it does.
        at: aware; when it failed.
        why: what went wrong, in a line.
        is_given_up: whether it is not tried again.
    """

    work: str
    at: datetime
    why: str
    is_given_up: bool


def failed_work(home: Home, viewer: Viewer) -> tuple[FailedWork, ...]:
    """Return what failed and did not go well since, the latest first, for stewards.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no steward.
    """
    gate.acting(home, viewer, powers.SEE_TROUBLE)
    return all_failed(home)


def all_failed(home: Home) -> tuple[FailedWork, ...]:
    """Return what failed and did not go well since, the latest first: for the owner of the machine."""
    return tuple(
        FailedWork(
            work=spoken({**WORK, **STEPS}.get(one.work, one.work)),
            at=one.at,
            why=spoken(one.sentence),
            is_given_up=one.is_given_up,
        )
        for one in failures.failures(home)
    )
