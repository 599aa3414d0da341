"""Ask people whom one chose among those suggested, or by name: why them is ours to say."""

from __future__ import annotations

from collections.abc import Collection

from crosstie.actions.home import Home
from crosstie.actions.organisation import asking, proposing
from crosstie.people import Viewer
from crosstie.saying import say


def ask_chosen(
    home: Home,
    viewer: Viewer,
    text: str,
    people: Collection[str],
    *,
    place: str = "",
    alias: str = "",
    outside: bool = False,
) -> int:
    """Put a question to people by their keys; return its number.

    Why them is found again and never taken from the one who asks: it goes out under our name.

    Args:
        home: the workspace.
        viewer: who asks.
        text: what they are working on.
        people: the keys of those chosen; nobody: it stands open to all.
        place: the key of the open place it belongs to; "" for none.
        alias: a name to ask under.
        outside: whether only people outside their circle were suggested.

    Raises:
        NotShown: nobody signed in, or there is no such place.
        NotAllowed: someone chosen is not here, or is away; or the crowd is too small for an alias.
        UsageRefused: there is no text, or too many are asked.
    """
    suggested = proposing.draft(home, viewer, text, place=place, outside=outside).candidates if people else ()
    why = {one.helper.person.key: one.helper.reasons for one in suggested}
    by_name = (say("You were chosen by name."),)
    reasons = {key: why.get(key, by_name) for key in people}
    return asking.ask(home, viewer, text, reasons, place=place, alias=alias)
