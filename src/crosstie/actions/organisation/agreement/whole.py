"""The whole agreement, in the language of whoever reads it."""

from __future__ import annotations

from importlib.metadata import version

from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, members
from crosstie.actions.organisation.agreement import concluding, reading, running, seeing
from crosstie.actions.organisation.agreement.parts import Agreement, Section
from crosstie.people import Viewer


def agreement(home: Home, viewer: Viewer) -> Agreement:
    """Return what is read, kept, shown and forbidden here. Every member may read it, and sees the same.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    return Agreement(
        organisation=members.organisation_name(home),
        on=timezone.localdate(),
        version=version("crosstie"),
        sections=(
            _purpose(),
            running.as_set_here(home),
            reading.what_is_read(home),
            reading.what_is_kept(home),
            reading.what_is_held_of_members(),
            concluding.acts(home),
            concluding.figures(),
            concluding.advice(),
            seeing.who_sees_what(home),
            seeing.roles(),
            seeing.whom_to_turn_to(),
            seeing.forbidden(),
            running.background(),
            running.letters(),
            seeing.rights(),
        ),
    )


def _purpose() -> Section:
    return Section(
        name="purpose",
        title=_("What it is for"),
        said=(
            _(
                "crosstie shows people the network they learn from, and helps them widen it: whom they"
                " turned to and who turned to them, who could help with a question, and whom it would be"
                " worth meeting."
            ),
            _(
                "It is for learning and for nothing else. It may not be used to appraise, compare, rank or"
                " watch people, nor to decide about pay, posts or parting; and it is built so that it cannot."
            ),
            _("Taking part is a choice. Nobody may be better or worse off for taking part or not."),
            _(
                "Who does not take part is read all the same where they write in open places, and appears"
                " there by name. They can opt out without becoming a member: they ask a steward, and the"
                " command crosstie opt-out leaves them out, of what was read before too."
            ),
        ),
    )
