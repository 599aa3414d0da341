from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from tests.record.rows import MORNING, said

from crosstie.errors import RecordRefused
from crosstie.record import Kind, KnownHow, Openness

CEST = timezone(timedelta(hours=2))

BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "no source": ({"source": ""}, '"source" is empty'),
    "no actor": ({"actor": ""}, '"actor" is empty'),
    "no place": ({"place": ""}, '"place" is empty'),
    "a kind of no meaning": ({"kind": "liked"}, 'kind is "liked", not one of said, replied'),
    "an openness of no meaning": ({"openness": "secret"}, 'openness is "secret"'),
    "a time without zone": ({"at": datetime(2026, 3, 2)}, '"at" is 2026-03-02T00:00:00'),  # noqa: DTZ001 - the point
    "a time of another zone": ({"at": datetime(2026, 3, 2, tzinfo=CEST)}, "not a time in UTC"),
    "an edit without zone": ({"edited_at": datetime(2026, 3, 2)}, '"edited_at" is'),  # noqa: DTZ001 - the point
    "no probability": ({"probability": 0.0, "known_how": KnownHow.INFERRED}, "probability is 0.0"),
    "more than certain": ({"probability": 1.1, "known_how": KnownHow.INFERRED}, "probability is 1.1"),
    "not a number": ({"probability": float("nan"), "known_how": KnownHow.INFERRED}, "probability is nan"),
    "stated, yet unsure": ({"probability": 0.5}, "a stated act has 1"),
    "no strength": ({"kind": Kind.NAMED, "addressed": ("k1",), "strength": 0.0}, "strength is 0.0"),
    "endless strength": ({"kind": Kind.NAMED, "addressed": ("k1",), "strength": float("inf")}, "strength is"),
    "a strong message": ({"strength": 3.0}, 'only "named"'),
    "naming nobody": ({"kind": Kind.NAMED, "addressed": ()}, '"named" needs someone addressed'),
    "meeting a blank": ({"kind": Kind.MET, "addressed": ("",)}, '"met" needs someone addressed'),
    "a reply to nothing": ({"kind": Kind.REPLIED}, '"replied" needs what it answers'),
    "thanks for a thread": ({"kind": Kind.THANKED, "thread": "t"}, '"thanked" needs what it answers'),
    "text among members": ({"openness": Openness.MEMBERS}, 'this place is "members"'),
    "a link to a direct message": (
        {"openness": Openness.DIRECT, "text": None, "link": "https://example.org/1"},
        'a link is kept in open places only, and this place is "direct"',
    ),
    "files of a direct place": (
        {"openness": Openness.DIRECT, "text": None, "files": ("src/lamp.py",)},
        'names of files are kept in open places only, and this place is "direct"',
    ),
    "a file that is no text": ({"files": ("caf\udce9",)}, "cannot be written as UTF-8"),
    "text that is no text": ({"text": "caf\udce9"}, "cannot be written as UTF-8"),
    "an id that is no text": ({"source": "caf\udce9"}, "cannot be written as UTF-8"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_row_that_breaks_a_rule_is_refused_by_name(record, case):
    fields, said_why = BROKEN[case]

    with pytest.raises(RecordRefused) as refused:
        record.append([said(1), said(2, **fields)])

    assert said_why in refused.value.message
    assert "message-2" in refused.value.message
    assert record.count() == 0


def test_a_row_without_an_id_is_refused(record):
    with pytest.raises(RecordRefused, match='"external_id" is empty'):
        record.append([said(1, external_id="")])


def test_what_was_committed_before_a_refused_row_stays(record):
    with pytest.raises(RecordRefused):
        record.append([said(1), said(2), said(3), said(4, actor="")], batch_rows=2)

    assert record.count() == 2


KEPT: dict[str, dict[str, Any]] = {
    "no time": {"at": None},
    "a time long ago": {"at": datetime(1969, 7, 20, 20, 17, 40, 1, tzinfo=MORNING.tzinfo)},
    "empty text": {"text": ""},
    "a NUL in the text": {"text": "a\0b"},
    "no text": {"text": None, "asks": None},
    "files": {"files": ("src/lamp.py", 'docs/a b\n"c".md')},
    "files without a text": {"text": None, "asks": None, "files": ("src/lamp.py",)},
    "a question of members": {"openness": Openness.MEMBERS, "text": None, "asks": True},
    "a reply in a thread": {"kind": Kind.REPLIED, "thread": "t"},
    "a reply to a person": {"kind": Kind.REPLIED, "parent_author": "k3"},
    "thanks for a message": {"kind": Kind.THANKED, "replies_to": "m"},
    "a guess": {"known_how": KnownHow.INFERRED, "probability": 0.25},
    "a strong tie": {"kind": Kind.NAMED, "addressed": ("k1",), "strength": 5.0, "at": None},
    "someone addressed who was forgotten": {"addressed": ("", "k1")},
    "everything": {
        "kind": Kind.REPLIED,
        "addressed": ("k1", "k2"),
        "copied": ("k3",),
        "mentioned": ("k4", "k5"),
        "thread": "t",
        "replies_to": "m",
        "parent_author": "k1",
        "link": "https://example.org/it's",
        "edited_at": MORNING + timedelta(days=1, microseconds=1),
    },
}


@pytest.mark.parametrize("case", KEPT)
def test_a_row_comes_back_as_it_was_given(record, case):
    row = said(1, **KEPT[case])

    record.append([said(0), row, said(2)])

    assert record.find(row.source, row.external_id) == row
