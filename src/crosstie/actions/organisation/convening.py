"""A panel before it is asked: members who know a matter, come from different sides, and are free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosstie.actions import panels
from crosstie.actions.advice_views import Panel
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, proposing
from crosstie.actions.organisation.passing import MOST_ASKED
from crosstie.people import Viewer
from crosstie.saying import say

MOST_NUMBERS = 6
"""For so many groups a number may be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Convened:
    """What one sees before a panel is asked.

    Attributes:
        text: the question.
        place: the key of the place it belongs to, as was said; "" for none.
        seats: how many people were wanted.
        quotas: what was said of groups, as it was said.
        panel: who could sit on it, each free to be asked.
        crowd: the people an alias would hide among, if all of them were asked; 0: too few for one.
    """

    text: str
    place: str
    seats: int
    quotas: tuple[str, ...]
    panel: Panel
    crowd: int


def convene(
    home: Home,
    viewer: Viewer,
    text: str,
    *,
    place: str = "",
    seats: int = MOST_ASKED,
    quotas: Sequence[str] = (),
) -> Convened:
    """Put a panel together of members who are free now; nothing is sent.

    Args:
        home: the workspace.
        viewer: who is about to ask.
        text: what they are working on.
        place: the key of the open place it belongs to; "": where questions like it were asked.
        seats: how many people, as many as a question goes to at most.
        quotas: how many of which groups, e.g. ``Sales=1..``.

    Raises:
        NotShown: nobody signed in, or there is no such place.
        UsageRefused: there is no text, or too much; a quota says no number, or they cannot be met.
    """
    me = gate.acting(home, viewer)
    text = proposing.checked(text)
    place = proposing.checked_place(home, viewer, place)
    seats = max(1, min(seats, MOST_ASKED))
    said = tuple(one.strip() for one in quotas if one.strip())[:MOST_NUMBERS]
    here = proposing.reachable(home, text)
    here.pop(gate.person_of(home, me.account), None)
    times = proposing.times_asked()
    found = panels.panel(
        home,
        viewer,
        text,
        place,
        seats,
        quotas=[panels.quota(one) for one in said],
        only=frozenset(person for person, one in here.items() if proposing.takes_one_more(one, times)),
        asked_lately={person: times[one.account] for person, one in here.items()},
    )
    return Convened(
        text=text,
        place=place,
        seats=seats,
        quotas=said,
        panel=found,
        crowd=proposing.crowd(home, {one.helper.person.key for one in found.seats}),
    )


def why(convened: Convened) -> dict[str, tuple[str, ...]]:
    """Return by the key of each person on a panel why they are asked, as they read it themselves."""
    on_a_panel = say(
        "You are asked as one of a panel: people who know the matter and come from different sides."
    )
    return {one.helper.person.key: (*one.helper.reasons, on_a_panel) for one in convened.panel.seats}
