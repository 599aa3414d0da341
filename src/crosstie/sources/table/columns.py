"""Which column of a table says what: well-known names, settings first."""

from __future__ import annotations

from dataclasses import dataclass

from crosstie.errors import SourceRefused
from crosstie.sources.rows import Row, folded, position, shown
from crosstie.sources.source import Settings
from crosstie.sources.table.numbers import number

FROM = (
    "from", "fromid", "fromemail", "fromaddress", "sender", "senderid", "senderemail", "senderaddress",
    "source", "sourceid", "actor", "actorid", "author", "authorid", "learner", "learnerid", "ego",
    "rater", "respondent", "respondentid", "giver", "caller", "fromperson", "fromuser", "person1",
    "node1", "i",
)  # fmt: skip
TO = (
    "to", "toid", "toemail", "toaddress", "recipient", "recipients", "recipientid", "recipientemail",
    "recipientaddress", "receiver", "receiverid", "target", "targetid", "teacher", "teacherid", "alter",
    "addressee", "addressed", "named", "nominee", "nominated", "callee", "toperson", "touser", "person2",
    "node2", "j",
)  # fmt: skip
AT = (
    "at", "eventdate", "eventtime", "date", "datetime", "time", "timestamp", "sent", "sentat", "senton",
    "sentdate", "createdat", "occurredat", "when", "starttime", "start",
)  # fmt: skip
WEIGHT = ("weight", "strength", "value", "count", "frequency", "rank", "score", "scale", "answer", "rating")
KIND = ("kind", "interactionkind", "interactiontype", "eventtype", "relation", "type")
PLACE = ("place", "channel", "channelname", "list", "room", "stream", "question", "layer")
MESSAGE = ("messageid", "mid", "msgid", "eventid", "subject", "thread", "threadid", "conversationid")
OPENNESS = ("openness", "placeopenness", "visibility", "channeltype", "placetype")
_COUNTS = frozenset({"count", "counts", "n", "number", "messages", "mails", "emails"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns in a row; None for those a table does not have."""

    sender: int
    recipient: int
    at: int | None
    weight: int | None
    kind: int | None
    place: int | None
    message: int | None
    openness: int | None

    def places(self) -> frozenset[int]:
        """Return the places of all columns that are read."""
        found = (
            self.sender, self.recipient, self.at, self.weight, self.kind, self.place, self.message,
            self.openness,
        )  # fmt: skip
        return frozenset(place for place in found if place is not None)


def counts_something(column: str) -> bool:
    """Say whether a column of strengths holds counts by its name, and no points of a scale."""
    return folded(column) in _COUNTS


def has_both_ends(header: tuple[str, ...]) -> bool:
    """Say whether a header names both ends of a tie by well-known names."""
    return position(header, "", FROM, "") is not None and position(header, "", TO, "") is not None


def find_columns(header: tuple[str, ...], first: list[Row], settings: Settings) -> Columns:
    """Find the columns by the settings, then by well-known names.

    Without a time and a well-known strength, the only other column is the strength if the first rows hold
    numbers in it: else a table of all pairs, most of them 0, would make everybody know everybody.

    Raises:
        SourceRefused: the two ends of a tie are not to be found, or a column named in a setting is not there.
    """

    def find(what: str, well_known: tuple[str, ...]) -> int | None:
        return position(header, settings[f"{what}_column"], well_known, f"{what}_column")

    sender, recipient = find("from", FROM), find("to", TO)
    if sender is None or recipient is None or sender == recipient:
        raise SourceRefused(
            f"The table does not say who turned to whom: its columns are {shown(header)}.",
            hint="Name the two with --set table.from_column=… and --set table.to_column=…;"
            " the first row holds the names.",
        )
    at, weight = find("at", AT), find("weight", WEIGHT)
    if at is None and weight is None and settings["weight_column"] != "-":
        weight = _only_other_number(header, {sender, recipient}, first)
    return Columns(
        sender=sender,
        recipient=recipient,
        at=at,
        weight=weight,
        kind=find("kind", KIND),
        place=find("place", PLACE),
        message=find("message", MESSAGE),
        openness=find("openness", OPENNESS),
    )


def _only_other_number(header: tuple[str, ...], ends: set[int], first: list[Row]) -> int | None:
    others = [column for column in range(len(header)) if column not in ends]
    if len(others) != 1 or not first:
        return None
    return None if any(number(row[others[0]]) is None for row in first) else others[0]
