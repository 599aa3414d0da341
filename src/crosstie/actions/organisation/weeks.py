"""The four weeks of a workshop, declared once: what each asks for, and why. Mail and pages say it so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ONE_WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week.

    Attributes:
        number: 1 to 4.
        title: in a few words.
        prompt: what to do, in a sentence or two.
        why: why this helps, and how far that is known.
        takes: about how many minutes.
    """

    number: int
    title: Promise
    prompt: Promise
    why: Promise
    takes: int


WEEKS: Final[tuple[Week, ...]] = (
    Week(
        number=1,
        title=_("Map your network"),
        prompt=_(
            "Look through the people who are known to be in your circle. Confirm those you are in touch"
            " with, say who is not any more, and name who is missing."
        ),
        # What people recall against what is observed of them: the five nearest overlap by 40 to 51 %.
        why=_(
            "What leaves a trace and what people remember are two halves: where both were compared, only"
            " about half of the five nearest contacts stood in both. The other weeks start from the better"
            " map."
        ),
        takes=15,
    ),
    Week(
        number=2,
        title=_("Ask someone outside your circle"),
        prompt=_(
            "Put one real question about your work to someone you are not in touch with. Only people"
            " outside your circle are suggested, each with the reasons."
        ),
        # Sandvik et al. 2020 (653 sales agents); bridges need bandwidth: Aral and Van Alstyne 2011.
        why=_(
            "Much that is new to you is known to people you do not work with, and asking is a well-tried"
            " way to begin: in one trial with sales agents, pairs who asked each other for advice with a"
            " worksheet did better for months. One question is a beginning: such a tie brings something only"
            " where people talk more than once."
        ),
        takes=10,
    ),
    Week(
        number=3,
        title=_("Share one thing you learned"),
        prompt=_(
            "Write the others of this workshop a note about one thing you learned lately, and tell the"
            " person you learned it from."
        ),
        # A decision of ours, not a finding: what someone says is better evidence than what is concluded.
        why=_(
            "What one person learned saves another the search, and whoever taught it seldom hears that it"
            " helped. Where you say whom you learned from, your circle shows it as learned, and not as"
            " guessed."
        ),
        takes=10,
    ),
    Week(
        number=4,
        title=_("Look back"),
        prompt=_(
            "See your circle as it was before the workshop and as it is now. It is shown to you alone."
            " Decide on one contact to keep up."
        ),
        # Hasan and Koning 2020: some 90 % of arranged contacts became no tie.
        why=_(
            "Most new contacts fade: of those that were arranged in one study, about one in ten lasted."
            " Which one shall, is yours to decide; four weeks are too short to see it."
        ),
        takes=10,
    ),
)


def week_on(starts_on: date, day: date) -> int:
    """Return which week of a workshop a day is in: 0 before it, 1 to 4, and 5 after it."""
    return min(max((day - starts_on) // ONE_WEEK + 1, 0), len(WEEKS) + 1)


def ends_on(starts_on: date) -> date:
    """Return the last day of a workshop."""
    return starts_on + len(WEEKS) * ONE_WEEK - timedelta(days=1)
