"""Say who did what with whom, in whole sentences: languages put their words in different orders."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crosstie.actions.views import Original
from crosstie.saying import mark

YOU = "you"
"""How the actions name the viewer."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """One deed, as the viewer did it, as it was done to the viewer, between two others, and of one alone."""

    mine: str
    to_me: str
    others: str
    alone: str
    mine_alone: str


_DEEDS = {
    "wrote to": _Deed(
        mark("You wrote to %(whom)s"),
        mark("%(who)s wrote to you"),
        mark("%(who)s wrote to %(whom)s"),
        mark("%(who)s wrote"),
        mark("You wrote"),
    ),
    "asked": _Deed(
        mark("You asked %(whom)s"),
        mark("%(who)s asked you"),
        mark("%(who)s asked %(whom)s"),
        mark("%(who)s asked"),
        mark("You asked"),
    ),
    "answered": _Deed(
        mark("You answered %(whom)s"),
        mark("%(who)s answered you"),
        mark("%(who)s answered %(whom)s"),
        mark("%(who)s answered"),
        mark("You answered"),
    ),
    "wrote back to": _Deed(
        mark("You wrote back to %(whom)s"),
        mark("%(who)s wrote back to you"),
        mark("%(who)s wrote back to %(whom)s"),
        mark("%(who)s wrote back"),
        mark("You wrote back"),
    ),
    "thanked": _Deed(
        mark("You thanked %(whom)s"),
        mark("%(who)s thanked you"),
        mark("%(who)s thanked %(whom)s"),
        mark("%(who)s gave thanks"),
        mark("You gave thanks"),
    ),
    "reviewed the work of": _Deed(
        mark("You reviewed the work of %(whom)s"),
        mark("%(who)s reviewed your work"),
        mark("%(who)s reviewed the work of %(whom)s"),
        mark("%(who)s reviewed"),
        mark("You reviewed"),
    ),
    "wrote together with": _Deed(
        mark("You wrote together with %(whom)s"),
        mark("%(who)s wrote together with you"),
        mark("%(who)s wrote together with %(whom)s"),
        mark("%(who)s wrote together with others"),
        mark("You wrote together with others"),
    ),
    "met": _Deed(
        mark("You met %(whom)s"),
        mark("%(who)s met you"),
        mark("%(who)s met %(whom)s"),
        mark("%(who)s met others"),
        mark("You met others"),
    ),
    "named": _Deed(
        mark("You named %(whom)s"),
        mark("%(who)s named you"),
        mark("%(who)s named %(whom)s"),
        mark("%(who)s named someone"),
        mark("You named someone"),
    ),
    "said to have learned from": _Deed(
        mark("You said to have learned from %(whom)s"),
        mark("%(who)s said to have learned from you"),
        mark("%(who)s said to have learned from %(whom)s"),
        mark("%(who)s said to have learned something"),
        mark("You said to have learned something"),
    ),
    "mentioned": _Deed(
        mark("You mentioned %(whom)s"),
        mark("%(who)s mentioned you"),
        mark("%(who)s mentioned %(whom)s"),
        mark("%(who)s mentioned someone"),
        mark("You mentioned someone"),
    ),
    "copied": _Deed(
        mark("You copied %(whom)s"),
        mark("%(who)s copied you"),
        mark("%(who)s copied %(whom)s"),
        mark("%(who)s copied someone"),
        mark("You copied someone"),
    ),
}


def said(original: Original) -> str:
    """Return who did what with whom, as a headline: "Ben Olu answered you"."""
    kind, who, whom = original.kind.replace("_", " "), original.who or _("Someone"), original.whom
    if kind == "reviewed your work":
        kind, whom = "reviewed the work of", YOU
    deed = _DEEDS.get(kind)
    if deed is None:
        return " ".join(filter(None, (who, kind, whom)))
    if who == YOU:
        message = deed.mine if whom else deed.mine_alone
    elif whom == YOU:
        message = deed.to_me
    else:
        message = deed.others if whom else deed.alone
    return _(message) % {"who": who, "whom": whom}
