"""What others see of oneself: really asked of the gate, for someone in each role who has no tie with one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import finding_rows, gate, proposing
from crosstie.actions.pages.sight import sight_of
from crosstie.people import Role, Viewer
from crosstie.store.models import Answer, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOfMe:
    """What someone sees of the viewer who has no tie with them.

    Attributes:
        name, groups: as every member may see them; "" and none of someone who opted out.
        ties: the people the map of people shows the viewer in touch with.
        open_rows: acts of the viewer in open places, which everyone in the organisation can read there.
        questions, answers: of the viewer, which every member can read here.
        load: "free" or "later" beside a suggestion; nothing more is ever said of how busy one is.
    """

    name: str
    groups: tuple[str, ...]
    ties: tuple[str, ...]
    open_rows: int
    questions: int
    answers: int
    load: str


def seen_of_me(home: Home, viewer: Viewer, role: Role = Role.FACILITATOR) -> SeenOfMe:
    """Return what someone in a role sees of the viewer: the same for every role.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    person = gate.own_person(home, me)
    card = gate.card_of(home, me.account)
    is_asked = card.key and not proposing.is_away(me, timezone.localdate())
    return SeenOfMe(
        name=card.name if card.key else "",
        groups=tuple(card.groups.values()),
        ties=home.once(f"ties strangers see of {card.key}, {role}", lambda: _ties(home, card.key, role)),
        open_rows=finding_rows.times(home, person).in_open,
        questions=Question.objects.filter(account=me.account, alias="").count() if card.key else 0,
        answers=Answer.objects.filter(account=me.account).count() if card.key else 0,
        load=("free" if proposing.is_free(me) else "later") if is_asked else "",
    )


def _ties(home: Home, me: str, role: Role) -> tuple[str, ...]:
    """Return by name those with whom the map of people shows strangers someone in touch."""
    found: set[str] = set()
    for stranger in _strangers(home, me):
        seen = sight_of(home, Viewer(person=stranger, role=role), of=me)
        ties, mine = seen.network.ties, seen.network.index_of(me)
        others = ties.teacher[ties.active & (ties.learner == mine)].tolist()
        found |= {seen.card(row).name for row in others} - {seen.card(seen.me).name}
    return tuple(sorted(filter(None, found), key=str.casefold))


def _strangers(home: Home, me: str) -> list[str]:
    """Return someone without a tie to a person; where everybody has one, two, so that each is seen by one.

    Of someone who opted out there is nothing to be seen.
    """
    network = snapshots.current(home).network
    try:
        mine = network.index_of(me)
    except KeyError:
        return []
    everyone = np.setdiff1d(np.arange(len(network.persons)), [mine])
    apart = np.setdiff1d(everyone, network.ties.teacher[network.ties.learner == mine])
    chosen = apart[:1] if len(apart) else everyone[:2]
    return [str(network.persons[row]) for row in chosen.tolist()]
