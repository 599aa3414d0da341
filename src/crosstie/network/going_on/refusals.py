"""Why a tying does not go on from an earlier one."""

from __future__ import annotations

from enum import StrEnum


class Anew(StrEnum):
    """What asks for everything to be tied anew."""

    FIRST = "nothing was kept of an earlier tying, or not by this version"
    DATED = "it was asked for as of a date"
    SETTINGS = "acts are weighed in another way, or fade at another pace"
    CORRECTED = "somebody corrected what was read of them"
    CHANGED = "interactions that were there have changed or gone"
    INFERRED = "an earlier message is taken to answer another one than before"
    PERSONS = "an account belongs to another person than before"
    MET = "an account that was met before it was known is known now"
    LATE = "a message arrived late in a conversation that had gone on"
    ANSWERED = "a message arrived that an earlier one answers"


class CannotGoOn(Exception):
    """A tying that was to go on from an earlier one has to be made anew.

    Attributes:
        why: the reason.
    """

    def __init__(self, why: Anew) -> None:
        super().__init__(str(why))
        self.why = why
