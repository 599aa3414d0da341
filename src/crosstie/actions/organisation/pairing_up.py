"""Topics that hang on oneself, and whom one could pair with: an introduction like any other, both asked."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions import at_risk
from crosstie.actions.at_risk import AtRiskView, OwnTopicAtRisk
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, introducing, meeting
from crosstie.actions.organisation.meeting_rules import rules
from crosstie.errors import NotShown
from crosstie.people import Viewer
from crosstie.people.meeting import standing


def knowledge_at_risk(home: Home, viewer: Viewer) -> AtRiskView | None:
    """Return the topics that hang on few, as every member reads them; None before topics are made.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    return at_risk.topics_at_risk(home)


def on_me(home: Home, viewer: Viewer) -> tuple[OwnTopicAtRisk, ...]:
    """Return the topics that hang on the viewer, each with the members they could be brought together with.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.person_of(home, gate.acting(home, viewer).account)
    allowed = standing(rules(home, on=timezone.localdate()))
    return at_risk.own_topics_at_risk(home, viewer, may_pair=lambda person: allowed.may_meet(me, person))


def offer(home: Home, viewer: Viewer, person: str) -> int:
    """Offer to pair: suggest an introduction to somebody near a topic of one's own; return its number.

    The viewer says yes by it. The other reads an introduction with its usual reasons, is free to say no, and
    is not told that a topic hangs on anybody.

    Raises:
        NotShown: nobody signed in, or this person is not among those to pair with.
        NotAllowed: they opted out, or somebody else's introduction came between.
    """
    me = gate.person_of(home, gate.under_own_name(home, viewer).account)
    partners = {card.key for one in on_me(home, viewer) for card in one.partners}
    if person not in partners:
        raise NotShown(_("You cannot offer to pair with this person."), hint=_("Look at the page again."))
    made = introducing.between(home, me, person)
    meeting.say(home, viewer, made.pk, yes=True)
    return made.pk


__all__ = ["knowledge_at_risk", "offer", "on_me"]
