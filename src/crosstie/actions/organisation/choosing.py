"""Ask people whom one chose among those suggested, or by name: why them is ours to say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from crosstie.actions.home import Home
from crosstie.actions.organisation import asking, convening, proposing
from crosstie.actions.organisation.passing import MOST_ASKED
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
    return asking.ask(home, viewer, text, _reasons(people, why), place=place, alias=alias)


def ask_panel(
    home: Home,
    viewer: Viewer,
    text: str,
    people: Collection[str],
    *,
    place: str = "",
    seats: int = MOST_ASKED,
    quotas: Sequence[str] = (),
    alias: str = "",
) -> int:
    """Put a question to people of a panel by their keys; return its number.

    Args:
        home: the workspace.
        viewer: who asks.
        text: what they are working on.
        people: the keys of those chosen; nobody: it stands open to all.
        place: the key of the open place it belongs to; "" for none.
        seats: how large the panel was to be; it is put together again, as why them is ours to say.
        quotas: how many of which groups, as the panel was wanted.
        alias: a name to ask under.

    Raises:
        NotShown: nobody signed in, or there is no such place.
        NotAllowed: someone chosen is not here, or is away; or the crowd is too small for an alias.
        UsageRefused: there is no text, too many are asked, or the quotas cannot be met any more.
    """
    convened = convening.convene(home, viewer, text, place=place, seats=seats, quotas=quotas)
    reasons = _reasons(people, convening.why(convened))
    return asking.ask(home, viewer, text, reasons, place=place, alias=alias)


def _reasons(people: Collection[str], why: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    by_name = (say("You were chosen by name."),)
    return {key: why.get(key, by_name) for key in people}
