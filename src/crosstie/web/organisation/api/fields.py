"""What requests and answers are made of: checked strictly, and pages of longer lists."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, ClassVar, Generic, TypeAlias, TypeVar

from django.utils.translation import gettext as _
from ninja import Field, Schema

from crosstie.errors import UsageRefused

_LARGEST_NUMBER = 2**53 - 1
NO_NUL = r"^[^\x00]*$"
"""No text holds a character zero, which databases refuse."""

SHOWN = 50
MOST_SHOWN = 200

Number: TypeAlias = Annotated[int, Field(ge=1, le=_LARGEST_NUMBER)]
Key: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9.]{1,40}$", description="The key of a person.")]


class Asked(Schema):
    """The body of a request: what is not described is refused, and nothing is taken for what it is not."""

    model_config: ClassVar = {"strict": True, "extra": "forbid"}


class Made(Schema):
    """The number of what was made."""

    number: int


Row = TypeVar("Row")


class Page(Schema, Generic[Row]):
    """Part of a list, in its one order."""

    rows: list[Row]
    next: str = Field(default="", description="The cursor of the next page; empty on the last.")


Cursor: TypeAlias = Annotated[
    str, Field(max_length=400, pattern=r"^[A-Za-z0-9_-]*$", description="`next` of the page before.")
]
Most: TypeAlias = Annotated[int, Field(ge=1, le=MOST_SHOWN, description="How many rows at most.")]


def page(
    rows: Sequence[Row], order: Callable[[Row], tuple[Any, ...]], cursor: str, most: int
) -> dict[str, Any]:
    """Return the rows of a list that come after a cursor, and the cursor of those that follow.

    Args:
        rows: the whole list.
        order: what it is sorted by, different for every row: texts and numbers. A row that vanished in
            between leaves no gap and no repetition.
        cursor: "" for the first page.
        most: how many.

    Raises:
        UsageRefused: the cursor is none of this list.
    """
    keyed = sorted(((order(row), row) for row in rows), key=lambda pair: pair[0])
    if cursor:
        after = after_cursor(cursor, keyed[0][0] if keyed else ())
        keyed = [pair for pair in keyed if pair[0] > after] if keyed else []
    more = keyed[most:]
    following = cursor_of(keyed[most - 1][0]) if more else ""
    return {"rows": [row for _, row in keyed[:most]], "next": following}


def cursor_of(key: tuple[Any, ...]) -> str:
    """Return the cursor that stands for a place in a list."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def after_cursor(cursor: str, like: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the place in a list that a cursor stands for.

    Args:
        cursor: as it came.
        like: a place of this list, which says what its parts are; () where the list has none.

    Raises:
        UsageRefused: the cursor is none of this list.
    """
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        found = None
    if not isinstance(found, list) or (like and [type(one) for one in found] != [type(one) for one in like]):
        raise UsageRefused(
            _("This cursor belongs to no page of this list."), hint=_("Begin again without one.")
        )
    return tuple(found)
