"""For stewards: letters that came to no good end, to be sent again or dropped."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from crosstie.actions.organisation import outbox
from crosstie.actions.organisation.outbox import FailedLetter
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import Number

ROUTER = Router(tags=["Letters"])


@ROUTER.get("letters/failed", response=list[FailedLetter], **needs("letters:read"))
def failed_letters(request: HttpRequest) -> list[FailedLetter]:
    """Letters that failed or may have arrived, or could not go out yet; the latest first.

    Neither their words are told, nor whom they are for.
    """
    home, viewer = home_and_viewer(request)
    return list(outbox.failed_letters(home, viewer))


@ROUTER.post("letters/{int:number}/again", response={204: None}, **needs("letters:write"))
def send_letter_again(request: HttpRequest, number: Number) -> None:
    """Send a letter again that failed, or of which nobody knows whether it arrived."""
    home, viewer = home_and_viewer(request)
    outbox.send_again(home, viewer, number)


@ROUTER.post("letters/{int:number}/drop", response={204: None}, **needs("letters:write"))
def drop_letter(request: HttpRequest, number: Number) -> None:
    """Drop such a letter: it never goes out, and its words are not kept."""
    home, viewer = home_and_viewer(request)
    outbox.drop(home, viewer, number)
