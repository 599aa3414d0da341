"""About me: what is held, who looked, what others see, and what I chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Field, Path, Router

from crosstie.actions.organisation import held_rows, held_tables, looks, preferences, seen_of_me, taking_along
from crosstie.actions.organisation.held_rows import HeldRow
from crosstie.actions.organisation.held_tables import HeldTable
from crosstie.actions.organisation.looks import Seen
from crosstie.actions.organisation.preferences import MOST_ASKED_A_WEEK, Preferences
from crosstie.actions.organisation.seen_of_me import SeenOfMe
from crosstie.people import Role
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import NO_NUL, Asked, Page

ROUTER = Router(tags=["About me"])

Mark = Annotated[
    str,
    Field(
        max_length=400, pattern=r"^((-?[0-9]{1,16})?:[^\x00]+)?$", description="`next` of the page before."
    ),
]
Turn = Annotated[int, Field(ge=1, le=1_000_000, description="`next` of the page before; 1 is the first.")]
Day = Annotated[date | None, Field(strict=False)]  # JSON knows no dates, only how they are written


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksAtMe:
    """Who was shown me by name; `next` is the next page, 0 after the last."""

    rows: tuple[Seen, ...]
    next: int


class Chosen(Asked):
    """All that I choose."""

    digest: Literal["weekly", "monthly", "never"]
    is_free: bool = Field(description="May be asked now; otherwise others read “ask later”.")
    asked_a_week: Annotated[int, Field(ge=1, le=MOST_ASKED_A_WEEK)]
    meets: bool = Field(description="Introductions are welcome.")
    paused_until: Day = None
    absent_from: Day = None
    absent_until: Day = None
    part_time: bool = False
    texts_compared: bool = False
    language: Literal["", "en", "de"] = ""


@ROUTER.get("me/rows", response=Page[HeldRow], **needs("me:read"))
def rows(request: HttpRequest, cursor: Mark = "") -> dict[str, object]:
    """The rows of the record that involve me, newest first, and where each came from."""
    home, viewer = home_and_viewer(request)
    found = held_rows.rows(home, viewer, cursor)
    return {"rows": found.rows, "next": found.next}


@ROUTER.get("me/tables", response=list[HeldTable], **needs("me:read"))
def tables(request: HttpRequest) -> list[HeldTable]:
    """Every table that holds anything of me, with its latest rows."""
    home, viewer = home_and_viewer(request)
    return list(held_tables.tables(home, viewer))


@ROUTER.get("me/tables/{name}", response=HeldTable, **needs("me:read"))
def table(
    request: HttpRequest, name: Annotated[str, Path(max_length=60, pattern=NO_NUL)], page: Turn = 1
) -> HeldTable:
    """One table's rows of me, newest first."""
    home, viewer = home_and_viewer(request)
    return held_tables.table(home, viewer, name, page)


_ZIP = {200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}}


@ROUTER.get("me/export", response={200: None}, **needs("me:read", responses=_ZIP))
def export(request: HttpRequest) -> StreamingHttpResponse:
    """All that is held about me, as one ZIP of CSV and JSON."""
    home, viewer = home_and_viewer(request)
    return StreamingHttpResponse(taking_along.export(home, viewer), content_type="application/zip")


@ROUTER.get("me/looks", response=LooksAtMe, **needs("me:read"))
def who_looked(request: HttpRequest, page: Turn = 1) -> LooksAtMe:
    """Who was shown me by name, on which kind of page, on which day."""
    home, viewer = home_and_viewer(request)
    seen, following = looks.who_looked(home, viewer, page)
    return LooksAtMe(rows=seen, next=following)


@ROUTER.get("me/shown/{role}", response=SeenOfMe, **needs("me:read"))
def shown(request: HttpRequest, role: Role) -> SeenOfMe:
    """What someone in a role sees of me who has no tie with me: the same for every role."""
    home, viewer = home_and_viewer(request)
    return seen_of_me.seen_of_me(home, viewer, role)


@ROUTER.get("me/preferences", response=Preferences, **needs("me:read"))
def what_i_chose(request: HttpRequest) -> Preferences:
    """What I chose."""
    home, viewer = home_and_viewer(request)
    return preferences.preferences(home, viewer)


@ROUTER.put("me/preferences", response={204: None}, **needs("me:write"))
def choose(request: HttpRequest, said: Chosen) -> None:
    """Choose; it holds at once. What is left out is as it was at first."""
    home, viewer = home_and_viewer(request)
    preferences.choose(home, viewer, Preferences(**said.dict()))
