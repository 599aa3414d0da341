"""What waits for a member: questions they were asked, introductions, invitations to workshops."""

from __future__ import annotations

from dataclasses import dataclass

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, meeting
from crosstie.people import Viewer
from crosstie.store.models import Asked, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many of each."""

    questions: int
    introductions: int
    workshops: int

    def __bool__(self) -> bool:
        """Say whether anything waits."""
        return bool(self.questions or self.introductions or self.workshops)


def waiting(home: Home, viewer: Viewer) -> Waiting:
    """Return how much waits for the viewer.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    invited = Participant.objects.filter(account=me.account, joined_at=None, left_at=None)
    return Waiting(
        questions=Asked.objects.filter(account=me.account, state="waiting", question__state="open").count(),
        introductions=sum(not one.said_yes for one in meeting.suggested_to(home, me)),
        workshops=invited.exclude(workshop__state="over").count(),
    )
