"""For pages that anybody may post to: not too often from one place, and as long for everyone."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from crosstie.web.pages import page

A_MINUTE: Final = 20
"""Posts to one such page from one place in a minute at most, over all processes that serve."""

EVEN_SECONDS = 0.25
"""An answer takes this long, so that nobody reads from it whether a letter was written."""

_HOUSEHOLD = 64
_MINUTE = 60

View = Callable[..., HttpResponse]


def count(what: str) -> int:
    """Count one more of something in this minute, over all processes; return how many it makes."""
    key = f"{what}:{int(time.time() // _MINUTE)}"
    cache.add(key, 0, timeout=2 * _MINUTE)
    return int(cache.incr(key))


def limited(view: View) -> View:
    """Refuse posts that come too often from one place."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method == "POST" and count(f"{view.__name__}:{_place(request)}") > A_MINUTE:
            return page(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        return view(request, *args, **named)

    return answer


def even(view: View) -> View:
    """Let each post be answered after the same time, whatever was done."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        begun = time.monotonic()
        try:
            return view(request, *args, **named)
        finally:
            if request.method == "POST":
                time.sleep(max(EVEN_SECONDS - (time.monotonic() - begun), 0.0))

    return answer


def _place(request: HttpRequest) -> str:
    """Return where a request comes from: an address, of the newer kind the network that one household has."""
    given = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if address.version == 4:  # noqa: PLR2004 - the older kind
        return given
    return str(ipaddress.ip_network(f"{address}/{_HOUSEHOLD}", strict=False))
