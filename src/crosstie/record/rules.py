"""The rules of a row: what every interaction in the record is sure to be."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from crosstie.errors import RecordRefused
from crosstie.record.interaction import Interaction, Kind, KnownHow, Openness
from crosstie.record.kept import is_kept

_NO_OFFSET = timedelta(0)

NEEDS_ANSWERED = frozenset({Kind.REPLIED, Kind.THANKED})
"""Kinds that need the message, the person or (a reply) the thread they answer."""

NEEDS_ADDRESSED = frozenset({Kind.REVIEWED, Kind.CO_WROTE, Kind.MET, Kind.NAMED, Kind.ACKNOWLEDGED})
"""Kinds that are done with or to someone, and so mean nothing without."""

_encoder = msgspec.msgpack.Encoder()
_FIELDS = len(Interaction.__struct_fields__)
_NO_FILES = _encoder.encode("files") + _encoder.encode(())


def has_its_needs(row: Interaction) -> bool:
    """Return whether a row says what its kind needs; a blanked account ("") does not count."""
    if row.kind in NEEDS_ADDRESSED:
        return any(row.addressed)
    if row.kind is Kind.THANKED:
        return bool(row.replies_to or row.parent_author)
    if row.kind is Kind.REPLIED:
        return bool(row.replies_to or row.parent_author or row.thread)
    return True


def check(row: Interaction) -> None:
    """Check that a row keeps the rules.

    Raises:
        RecordRefused: it breaks one; the message names the row's external id.
    """
    broken = _first_broken(row)
    if broken:
        raise RecordRefused(
            f'The interaction "{row.external_id}" of "{row.source}" was refused: {broken}.',
            hint="This is a fault of the source that made it; nothing of its batch was kept.",
        )


def digest_of(row: Interaction) -> int:
    """Return 64 bits that change with any field of a row, as a signed integer.

    Raises:
        RecordRefused: a text of the row cannot be written as UTF-8.
    """
    try:
        encoded = _encoder.encode(row)
    except UnicodeEncodeError as error:
        raise RecordRefused(
            f"The interaction {row.external_id!a} of {row.source!a} was refused: "
            f"a text of it cannot be written as UTF-8 ({error.reason}).",
            hint="This is a fault of the source that made it; nothing of its batch was kept.",
        ) from error
    if not row.files:
        # A row without files is what it was before there were any: else everything that was read would be
        # written once more when it is read again. They stand last, and how many fields there are, first.
        encoded = _map_of(_FIELDS - 1) + encoded[len(_map_of(_FIELDS)) : -len(_NO_FILES)]
    return int.from_bytes(hashlib.blake2b(encoded, digest_size=8).digest(), "big", signed=True)


def _map_of(fields: int) -> bytes:
    """Return how a map of 16 to 65,535 fields begins in MessagePack."""
    return b"\xde" + fields.to_bytes(2, "big")


def _first_broken(row: Interaction) -> str:
    """Return the first rule a row breaks, in words; "" if it keeps them all."""
    return (
        _broken_in_identity(row)
        or _broken_in_time(row)
        or _broken_in_figures(row)
        or _broken_in_needs(row)
        or _broken_in_place(row)
    )


def _broken_in_identity(row: Interaction) -> str:
    if not (row.source and row.external_id and row.actor and row.place):
        fields = ("source", "external_id", "actor", "place")
        return f'"{next(field for field in fields if not getattr(row, field))}" is empty'
    if not isinstance(row.kind, Kind):
        return f'kind is "{row.kind}", not one of {_list(Kind)}'
    if not isinstance(row.openness, Openness):
        return f'openness is "{row.openness}", not one of {_list(Openness)}'
    if not isinstance(row.known_how, KnownHow):
        return f'known_how is "{row.known_how}", not one of {_list(KnownHow)}'
    return ""


def _broken_in_time(row: Interaction) -> str:
    if row.at is not None and not _is_utc(row.at):
        return f'"at" is {row.at.isoformat()}, not a time in UTC'
    if row.edited_at is not None and not _is_utc(row.edited_at):
        return f'"edited_at" is {row.edited_at.isoformat()}, not a time in UTC'
    return ""


def _broken_in_figures(row: Interaction) -> str:
    if row.probability == 1 and row.strength == 1:  # nearly every row
        return ""
    if not 0 < row.probability <= 1:
        return f"probability is {row.probability}, not above 0 and at most 1"
    if row.known_how is KnownHow.STATED and row.probability != 1:
        return f"probability is {row.probability}, but a stated act has 1"
    if not (row.strength > 0 and math.isfinite(row.strength)):
        return f"strength is {row.strength}, not a number above 0"
    if row.kind is not Kind.NAMED and row.strength != 1:
        return f'strength is {row.strength}, but only "named" has one other than 1'
    return ""


def _broken_in_needs(row: Interaction) -> str:
    if has_its_needs(row):
        return ""
    if row.kind in NEEDS_ADDRESSED:
        return f'"{row.kind}" needs someone addressed'
    return f'"{row.kind}" needs what it answers (replies_to or parent_author)'


def _broken_in_place(row: Interaction) -> str:
    if row.text is not None and not is_kept("text", row.openness):
        return f'text is kept in open places only, and this place is "{row.openness}"'
    if row.link and not is_kept("link", row.openness):
        return f'a link is kept in open places only, and this place is "{row.openness}"'
    if row.files and not is_kept("files", row.openness):
        return f'names of files are kept in open places only, and this place is "{row.openness}"'
    return ""


def _is_utc(time: datetime) -> bool:
    return time.tzinfo is UTC or time.utcoffset() == _NO_OFFSET


def _list(values: Iterable[str]) -> str:
    return ", ".join(values)
