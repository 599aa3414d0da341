"""Who comes: a token alone, for what it was made for, and not too often."""

from __future__ import annotations

import time
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from crosstie.actions.home import Home
from crosstie.actions.organisation import tokens
from crosstie.actions.organisation.tokens import Admitted, Ended
from crosstie.errors import NotAllowed
from crosstie.people import Viewer
from crosstie.web.organisation.limits import count
from crosstie.web.organisation.middleware import site_of

A_MINUTE: Final = 300
"""Requests of one token in a minute at most, over all processes that serve."""

SCHEME: Final = "bearer "
_ADMITTED = "crosstie.admitted"


def admitted(request: HttpRequest) -> Admitted | None:
    """Return who comes with this request; None without a token that holds."""
    found = _looked_up(request)
    return found if isinstance(found, Admitted) else None


def ended(request: HttpRequest) -> Ended | None:
    """Return since when the token of this request holds no more; None if it never held, or still does."""
    found = _looked_up(request)
    return found if isinstance(found, Ended) else None


def _looked_up(request: HttpRequest) -> Admitted | Ended | None:
    if _ADMITTED not in request.META:
        given = request.headers.get("Authorization", "")
        is_token = given[: len(SCHEME)].lower() == SCHEME
        request.META[_ADMITTED] = (
            tokens.admit(site_of(request).home, given[len(SCHEME) :].strip()) if is_token else None
        )
    found: Admitted | Ended | None = request.META[_ADMITTED]
    return found


def home_and_viewer(request: HttpRequest) -> tuple[Home, Viewer]:
    """Return the workspace and who acts: what every verb asks for. Behind `needs` somebody always does."""
    who = admitted(request)
    return site_of(request).home, who.viewer if who else Viewer(person="")


def wait_seconds(who: Admitted) -> int:
    """Count a request of a token; return how long it has to wait, 0 for not at all."""
    now = time.time()
    return 60 - int(now % 60) if count(f"api:{who.number}") > A_MINUTE else 0


class Bearer(HttpBearer):
    """The one way in: `Authorization: Bearer …`, with a scope that the operation asks for."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Admitted | None:
        """Return who comes.

        Raises:
            NotAllowed: the token was not made for this.
        """
        del token  # it was looked at with the request
        who = admitted(request)
        if who is not None and self.scope not in who.scopes:
            raise NotAllowed(
                _("This token was not made for this: it lacks “%(scope)s”.") % {"scope": self.scope},
                hint=_("Make another token with this scope."),
            )
        return who


def needs(scope: str, **described: Any) -> dict[str, Any]:
    """Return what an operation says of itself that needs a scope, and what else its description says."""
    return {"auth": Bearer(scope), "openapi_extra": {"x-scope": scope, **described}}
