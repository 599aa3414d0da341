"""What comes again, what hangs on few, and one's own part in both."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router

from crosstie.actions.at_risk import AtRiskView, OwnTopicAtRisk
from crosstie.actions.organisation import first_replies, pairing_up
from crosstie.actions.routine import Recurring, RoutineView, recurring
from crosstie.actions.routine_shares import OwnShare, SharesView, own_share, shares
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import NO_NUL, Asked, Key, Made

ROUTER = Router(tags=["What comes again"])


class Choice(Asked):
    """Whether the answer to a question that comes again is a first reply."""

    question: Annotated[
        str, Field(min_length=1, max_length=64, pattern=NO_NUL, description="One of its `ids`.")
    ]
    yes: bool


class Partner(Asked):
    """Whom one offers to pair."""

    person: Key


@ROUTER.get("routine", response=RoutineView, **needs("ask:read"))
def what_comes_again(request: HttpRequest) -> RoutineView:
    """Questions that come again, with what settled them and a draft page of each."""
    home, viewer = home_and_viewer(request)
    return recurring(home, viewer)


@ROUTER.get("routine/shares", response=SharesView | None, **needs("ask:read"))
def routine_shares(request: HttpRequest) -> SharesView | None:
    """How much of what is asked was asked before, of everybody together; null until it is made."""
    home, _ = home_and_viewer(request)
    return shares(home)


@ROUTER.get("routine/first-replies", response=list[Recurring], **needs("ask:read"))
def first_replies_chosen(request: HttpRequest) -> list[Recurring]:
    """The questions whose answer is shown first to whoever drafts one like them."""
    home, viewer = home_and_viewer(request)
    return list(first_replies.chosen(home, viewer))


@ROUTER.post("routine/first-replies", response={204: None}, **needs("ask:write"))
def choose_first_reply(request: HttpRequest, said: Choice) -> None:
    """Choose, as a facilitator, whether an answer is a first reply."""
    home, viewer = home_and_viewer(request)
    first_replies.choose(home, viewer, said.question, yes=said.yes)


@ROUTER.get("map/knowledge", response=AtRiskView | None, **needs("map:read"))
def knowledge_at_risk(request: HttpRequest) -> AtRiskView | None:
    """Topics that hang on one person or two, and never on whom; null until topics are made."""
    home, viewer = home_and_viewer(request)
    return pairing_up.knowledge_at_risk(home, viewer)


@ROUTER.get("me/answers", response=OwnShare | None, **needs("me:read"))
def my_answers(request: HttpRequest) -> OwnShare | None:
    """How many of the questions I answered had been asked before; null where they are too few."""
    home, viewer = home_and_viewer(request)
    return own_share(home, viewer)


@ROUTER.get("me/knowledge", response=list[OwnTopicAtRisk], **needs("me:read"))
def my_knowledge(request: HttpRequest) -> list[OwnTopicAtRisk]:
    """The topics that hang on me, and with whom I could pair."""
    home, viewer = home_and_viewer(request)
    return list(pairing_up.on_me(home, viewer))


@ROUTER.post("me/knowledge/offers", response={201: Made}, **needs("meet:write"))
def offer_to_pair(request: HttpRequest, said: Partner) -> dict[str, int]:
    """Offer somebody near a topic of mine to pair: an introduction, to which I say yes."""
    home, viewer = home_and_viewer(request)
    return {"number": pairing_up.offer(home, viewer, said.person)}
