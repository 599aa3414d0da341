"""What a workshop's people are told of before and after: each of themselves, the facilitator of the group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosstie.actions.home import Home
from crosstie.actions.organisation.cohort import inside
from crosstie.actions.organisation.workshops import facilitated
from crosstie.errors import NotShown
from crosstie.people import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """One's own circle before and after, each figure in a sentence; none where there is too little to say."""

    sentences: tuple[str, ...]
    everyone: str  # how the circles of all went, "" where they are too few


def look_back(home: Home, viewer: Viewer, number: int) -> LookBack:
    """Return the viewer's own circle before and after a workshop; nobody else is shown it.

    Raises:
        NotShown: nobody signed in, or they do not take part.
    """
    mine = inside(home, viewer, number)[2]
    if mine is None:
        raise NotShown(_("You do not take part in this workshop."), hint="")
    before, after = mine.before, mine.after
    if not after or not (before["size"] or after["size"]):
        return LookBack(sentences=(), everyone="")
    days = {"start": _day(before["on"]), "end": _day(after["on"])}
    sentences = (
        _("People in your active circle: %(before)d on %(start)s, %(after)d on %(end)s.")
        % {**days, "before": before["size"], "after": after["size"]},
        _new(after["new"]),
        _spread(before["groups"], after["groups"]),
    )
    everyone = ""
    if after["people"]:
        everyone = _(
            "In the same weeks the circles of %(people)d people here went from %(before)s to %(after)s"
            " people on average."
        ) % {
            "people": after["people"],
            "before": _number(before["everyone"]),
            "after": _number(after["everyone"]),
        }
    return LookBack(sentences=sentences, everyone=everyone)


def group(home: Home, viewer: Viewer, number: int) -> tuple[str, ...]:
    """Return how the group of a workshop that is over changed, in sentences; none before.

    Raises:
        NotShown: nobody signed in, or the workshop is not theirs to facilitate.
    """
    workshop = facilitated(home, viewer, number)[1]
    if not workshop.change:
        return ()
    change: Mapping[str, Any] = workshop.change
    return (
        _of_group(
            change["size"],
            _(
                "People in the active circle, after less before: %(mean)s on average (likely between"
                " %(low)s and %(high)s), of %(people)d people."
            ),
            _("People in the active circle: not enough to say."),
        ),
        _of_group(
            change["new"],
            _(
                "New contacts: %(mean)s on average (likely between %(low)s and %(high)s), of %(people)d"
                " people."
            ),
            _("New contacts: not enough to say."),
        ),
        _of_group(
            change["groups"],
            _(
                "Groups reached, after less before: %(mean)s on average (likely between %(low)s and"
                " %(high)s), of %(people)d people."
            ),
            _("Groups reached: not enough to say."),
        ),
    )


def _new(count: int) -> str:
    if not count:
        return _("Nobody in it is new: all were in your circle before, active or known.")
    return ngettext(
        "%(count)d person in it was not in your circle before, neither active nor known.",
        "%(count)d people in it were not in your circle before, neither active nor known.",
        count,
    ) % {"count": count}


def _spread(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return _(
            "Over how many groups your contact is spread: not enough to say, with fewer than five active"
            " contacts or without a directory of groups."
        )
    return _(
        "Your contact was as varied as if it went in equal parts to %(before)s groups, and is now as if to"
        " %(after)s."
    ) % {"before": _number(before), "after": _number(after)}


def _of_group(change: Mapping[str, Any], said: str, unsaid: str) -> str:
    if not change["people"]:
        return unsaid
    return said % {
        "mean": _number(change["mean"]),
        "low": _number(change["low"]),
        "high": _number(change["high"]),
        "people": change["people"],
    }


def _number(value: float) -> str:
    return number_format(round(value, 1), 1, use_l10n=True)


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "DATE_FORMAT")
