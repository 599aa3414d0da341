"""A reaction to a message, as chats export it: who and which, and no time."""

from __future__ import annotations

from crosstie.record import Interaction, Kind


def thanked(act: Interaction, emoji: str, user: str) -> Interaction:
    """Return one person's reaction to a message; no time of it is exported, so the message's stands in."""
    return Interaction(
        source=act.source,
        external_id=f"{act.external_id}/+{emoji}/{user}",
        kind=Kind.THANKED,
        at=act.at,
        actor=user,
        place=act.place,
        openness=act.openness,
        thread=act.thread,
        replies_to=act.external_id,
        parent_author=act.actor,
        link=act.link,
    )
