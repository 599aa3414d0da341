"""What is kept of an act, by who can read its place: one table, which the record and the door obey.

The works council's page prints it. What it says no to is dropped before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from crosstie.record.interaction import Openness
from crosstie.saying import mark

EVERYWHERE = frozenset(Openness)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Some fields of an act, or of its place, that are kept alike.

    Attributes:
        fields: their names; of a place's own fields ``place name``.
        says: what they are, in words.
        where: the kinds of places of which they are kept.
        why: what they serve.
    """

    fields: tuple[str, ...]
    says: str
    where: frozenset[Openness]
    why: str


PLACE_NAME = "place name"

KEPT: tuple[Kept, ...] = (
    Kept(
        fields=("actor", "addressed", "copied", "mentioned", "parent_author"),
        says=mark("Who did it, and towards whom: as keys that say nothing by themselves"),
        where=EVERYWHERE,
        why=mark("The ties of a circle are made of it."),
    ),
    Kept(
        fields=("at", "edited_at"),
        says=mark("When"),
        where=EVERYWHERE,
        why=mark("Contact fades with time, and what is older than the limit falls out."),
    ),
    Kept(
        fields=("source", "place", "openness"),
        says=mark("In which place, and who can read it"),
        where=EVERYWHERE,
        why=mark("What lies in a place that is not open is shown to nobody but those who were there."),
    ),
    Kept(
        fields=("kind", "known_how", "probability", "strength", "asks"),
        says=mark("Which kind of act it is, whether it asks something, and how that is known"),
        where=EVERYWHERE,
        why=mark("An answer tells more than a copy of a mail, and what is concluded is marked."),
    ),
    Kept(
        fields=("external_id", "thread", "replies_to"),
        says=mark("Which conversation it belongs to: ids from outside, as keyed hashes"),
        where=EVERYWHERE,
        why=mark("The same message is kept once, and an answer finds its question."),
    ),
    Kept(
        fields=(PLACE_NAME,),
        says=mark("The name of the place"),
        where=frozenset({Openness.OPEN, Openness.MEMBERS}),
        why=mark("People see where a tie comes from."),
    ),
    Kept(
        fields=("link",),
        says=mark("A link to the original"),
        where=frozenset({Openness.OPEN}),
        why=mark("Everyone can check what a sentence rests on."),
    ),
    Kept(
        fields=("text",),
        says=mark("The words"),
        where=frozenset({Openness.OPEN}),
        why=mark("For “answered before”, for finding who helped with something like it, and as evidence."),
    ),
    Kept(
        fields=("files",),
        says=mark("The names of the files that a change touched, and nothing of what they hold"),
        where=frozenset({Openness.OPEN}),
        why=mark("Who knows about a file is whoever changed or reviewed it, lately above all."),
    ),
)


_BY_FIELD = {field: one for one in KEPT for field in one.fields}


def is_kept(field: str, openness: Openness) -> bool:
    """Say whether a field is kept of a place of this kind.

    Raises:
        KeyError: no such field is declared.
    """
    return openness in _BY_FIELD[field].where
