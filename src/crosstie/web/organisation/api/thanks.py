"""Say whom one learned from, and whether a tie of one's sample is right."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router

from crosstie.actions.organisation import learning
from crosstie.actions.organisation.learning import Sample, Thanks
from crosstie.practice.precision import Precision
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import (
    NO_NUL,
    SHOWN,
    Asked,
    Cursor,
    Key,
    Made,
    Most,
    Number,
    Page,
    page,
)

ROUTER = Router(tags=["Thanks"])


class Learned(Asked):
    """Whom I learned from, and what, if I like to say it."""

    person: Key
    line: str = Field(default="", max_length=learning.LONGEST, pattern=NO_NUL)
    answer: Number | None = Field(default=None, description="The number of the answer it is about.")


class Verdict(Asked):
    """Whether a tie is right."""

    verdict: Literal["right", "wrong", "unsure"]


@ROUTER.get("thanks", response=Page[Thanks], **needs("thanks:read"))
def list_thanks(
    request: HttpRequest,
    which: Literal["said", "received"] = "said",
    cursor: Cursor = "",
    most: Most = SHOWN,
) -> dict[str, object]:
    """What I said I learned, or what others said they learned from me, newest first."""
    home, viewer = home_and_viewer(request)
    said, received = learning.thanks(home, viewer)
    return page(said if which == "said" else received, lambda one: (-one.number,), cursor, most)


@ROUTER.post("thanks", response={201: Made}, **needs("thanks:write"))
def acknowledge(request: HttpRequest, said: Learned) -> dict[str, int]:
    """Say that I learned from someone; they are told, and nobody else reads the line."""
    home, viewer = home_and_viewer(request)
    return {"number": learning.acknowledge(home, viewer, said.person, said.line, answer=said.answer)}


@ROUTER.delete("thanks/{int:number}", response={204: None}, **needs("thanks:write"))
def take_back(request: HttpRequest, number: Number) -> None:
    """Take back what I said: its row leaves the record."""
    home, viewer = home_and_viewer(request)
    learning.take_back(home, viewer, number)


@ROUTER.get("sample", response=list[Sample], **needs("thanks:read"))
def sample(request: HttpRequest) -> list[Sample]:
    """This month's five ties of mine, to ask of each: is this right?"""
    home, viewer = home_and_viewer(request)
    return list(learning.sample(home, viewer))


@ROUTER.put("sample/{int:number}", response={204: None}, **needs("thanks:write"))
def judge(request: HttpRequest, number: Number, said: Verdict) -> None:
    """Say whether a tie of my sample is right; nobody else reads it."""
    home, viewer = home_and_viewer(request)
    learning.judge(home, viewer, number, said.verdict)


@ROUTER.get("precision", response=Precision, **needs("thanks:read"))
def how_right(request: HttpRequest) -> Precision:
    """How often members said that a tie is right, over all of them."""
    home, viewer = home_and_viewer(request)
    return learning.how_right(home, viewer)
