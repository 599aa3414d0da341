"""One workspace, one day file: what becomes of each message."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crosstie.record import Kind, KnownHow

PEOPLE = [
    {
        "id": "UADA",
        "team_id": "T1",
        "name": "ada",
        "profile": {"real_name": "Ada  Alvarez", "email": " Ada@Example.org"},
    },
    {"id": "UBEN", "team_id": "T1", "name": "ben", "real_name": "Ben Bauer", "profile": {}},
    {"id": "UCLEO", "team_id": "T1", "name": "cleo"},
    {"id": "UAPP", "team_id": "T1", "name": "app", "is_bot": True},
]
CHANNELS = [{"id": "C1", "name": "general", "members": ["UADA", "UBEN"]}]


@pytest.fixture
def day(tmp_path, read) -> Callable[..., Any]:
    """Read one day file of #general that holds these messages."""

    def reading(*messages: Any, content: bytes | None = None, **settings: Any) -> Any:
        write(tmp_path / "users.json", PEOPLE)
        write(tmp_path / "channels.json", CHANNELS)
        (tmp_path / "general").mkdir(exist_ok=True)
        path = tmp_path / "general" / "2024-05-01.json"
        if content is None:
            write(path, list(messages))
        else:
            path.write_bytes(content)
        return read(tmp_path, **settings)

    return reading


def write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content))


def said(
    text: str = "hello", ts: str = "1714550400.000100", user: str | None = "UADA", **more: Any
) -> dict[str, Any]:
    return {"type": "message", "ts": ts, "text": text, "user": user, **more}


def only(reading: Any) -> Any:
    (act,) = reading.acts.values()
    return act


def test_a_message_is_said_to_its_channel(day):
    act = only(day(said("Anyone?"), site="https://example.slack.com/"))

    assert act.source == "slack:T1"
    assert act.external_id == "C1/1714550400.000100"
    assert act.kind is Kind.SAID
    assert act.at == datetime(2024, 5, 1, 8, 0, 0, 100, tzinfo=UTC)
    assert (act.actor, act.place, act.thread) == ("UADA", "C1", "C1/1714550400.000100")
    assert act.text == "Anyone?"
    assert act.asks is True
    assert act.link == "https://example.slack.com/archives/C1/p1714550400000100"
    assert (act.addressed, act.replies_to, act.parent_author) == ((), "", "")


def test_without_a_site_there_is_no_link(day):
    assert only(day(said())).link == ""


def test_microseconds_are_kept_exactly(day):
    for micros in ("000001", "454599", "999999"):
        act = only(day(said(ts=f"1786475649.{micros}")))
        assert act.at.microsecond == int(micros)


def test_a_reply_names_its_thread_and_whom_it_answers(day):
    reading = day(
        said(thread_ts="1714550400.000100"),
        said("yes", "1714550500.0", "UBEN", thread_ts="1714550400.000100", parent_user_id="UADA"),
    )

    act = reading.acts["C1/1714550500.0"]
    assert act.kind is Kind.REPLIED
    assert act.known_how is KnownHow.STATED
    assert act.replies_to == act.thread == "C1/1714550400.000100"
    assert act.parent_author == "UADA"


def test_a_reply_whose_root_is_not_in_the_export_keeps_its_author(day):
    act = only(day(said(thread_ts="1600000000.000000", parent_user_id="UGONE")))

    assert act.kind is Kind.REPLIED
    assert act.parent_author == "UGONE"


def test_a_reply_without_a_parent_still_names_the_message(day):
    act = only(day(said(thread_ts="1600000000.000000")))

    assert (act.kind, act.parent_author) == (Kind.REPLIED, "")
    assert act.replies_to == "C1/1600000000.000000"


def test_a_reply_to_a_bot_names_no_parent(day):
    assert only(day(said(thread_ts="1600000000.0", parent_user_id="UAPP"))).parent_author == ""


def test_a_reply_sent_to_the_channel_too_is_one_reply_to_the_author_of_its_root(day):
    act = only(
        day(
            said(
                subtype="thread_broadcast",
                thread_ts="1600000000.0",
                root={"user": "UBEN", "ts": "1600000000.0", "text": "root"},
            )
        )
    )

    assert (act.kind, act.parent_author) == (Kind.REPLIED, "UBEN")


def test_reactions_thank_at_the_time_of_the_message(day):
    reading = day(said(reactions=[{"name": "clap::skin-tone-2", "users": ["UBEN", "UCLEO"], "count": 2}]))

    first, second = reading.kinds(Kind.THANKED)
    assert first.external_id == "C1/1714550400.000100/+clap::skin-tone-2/UBEN"
    assert (first.actor, second.actor) == ("UBEN", "UCLEO")
    assert first.replies_to == "C1/1714550400.000100"
    assert first.parent_author == "UADA"
    assert first.at == reading.acts["C1/1714550400.000100"].at
    assert first.text is None
    assert reading.ledger.used == reading.ledger.read == 3


def test_reactions_of_oneself_of_bots_and_of_nobody_are_left_out(day):
    reading = day(
        said(reactions=[{"name": "eyes", "users": ["UADA", "UAPP", None, "USLACKBOT"], "count": 6}])
    )

    assert reading.ledger.left_out == {"reaction to one's own message": 1, "bot": 2, "no user": 1}
    assert reading.ledger.notes["reaction whose giver Slack does not name"] == 2


def test_people_who_left_may_still_have_reacted(day):
    reading = day(said(reactions=[{"name": "eyes", "users": ["UGONE"]}]))

    assert reading.kinds(Kind.THANKED)[0].actor == "UGONE"
    assert reading.accounts["UGONE"].name == ""


def test_mentions_are_read_from_the_text(day):
    act = only(
        day(said("<@UBEN> and <@UCLEO|cleo>, not <@UADA>, <@UAPP>, <!here> or <#C2|other>; <@UBEN> again"))
    )

    assert act.mentioned == ("UBEN", "UCLEO")


def test_mentions_are_read_from_the_blocks_where_there_are_any(day):
    blocks = [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "UBEN"}]}
                    ],
                }
            ],
        }
    ]

    assert only(day(said("hidden", blocks=blocks))).mentioned == ("UBEN",)


def test_a_message_whose_words_stand_in_its_blocks_only_has_a_text(day):
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Plan"}},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "who knows, "},
                        {"type": "user", "user_id": "UBEN"},
                        {"type": "text", "text": "?"},
                    ],
                }
            ],
        },
    ]

    act = only(day(said("", blocks=blocks)))

    assert "who knows, @Ben Bauer?" in (act.text or "")
    assert act.asks is True


@pytest.mark.parametrize(
    "blocks", [None, [], "text", [3], [{"type": 5}], [{"elements": [{"user_id": ["U"]}]}]]
)
def test_strange_blocks_do_not_lose_the_message(day, blocks):
    assert only(day(said("<@UBEN>", blocks=blocks))).mentioned == ("UBEN",)


def test_text_is_readable(day):
    text = (
        "R&amp;D &lt;b&gt; <@UBEN> <@UGONE|gone> <@UWHO> <#C2|howto> "
        "<!channel> <!subteam^S1|@leads> <https://a.org/x?y=1|here> <https://b.org>"
    )

    assert only(day(said(text))).text == (
        "R&D <b> @Ben Bauer @gone @someone #howto @channel @leads here (https://a.org/x?y=1) https://b.org"
    )


def test_a_question_mark_in_an_address_asks_nothing(day):
    assert only(day(said("<https://a.org/?q=1>"))).asks is False


def test_a_message_with_nothing_but_a_file_is_said(day):
    act = only(day(said("", files=[{"id": "F1", "mode": "tombstone"}], subtype="file_share")))

    assert (act.kind, act.asks) == (Kind.SAID, None)


def test_an_edit_is_dated(day):
    act = only(day(said(edited={"user": "UADA", "ts": "1714560000.000000"})))

    assert act.edited_at == datetime(2024, 5, 1, 10, 40, tzinfo=UTC)


def test_times_written_as_numbers_are_read(day):
    act = only(day(said(ts=1714550400.5, thread_ts=1714550400)))  # type: ignore[arg-type]

    assert act.external_id == "C1/1714550400.500000"
    assert act.replies_to == "C1/1714550400.000000"


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (said(subtype="channel_join"), "joining or leaving"),
        (said(subtype="group_leave"), "joining or leaving"),
        (said(subtype="channel_topic"), "notice of the system"),
        (said(subtype="pinned_item"), "notice of the system"),
        (said(subtype="bot_add", bot_id="B1"), "bot"),
        (said(subtype="bot_message", user=None, bot_id="B1"), "bot"),
        (said(bot_id="B1"), "bot"),
        (said(user="UAPP"), "bot"),
        (said(user="USLACKBOT"), "Slack itself"),
        (said(user="U00"), "Slack itself"),
        (said(user="U00", subtype="channel_name"), "notice of the system"),
        (said(user=None), "no user"),
        (said(user=""), "no user"),
        (said(subtype="hologram"), "unknown subtype"),
        ({"type": "message", "user": "UADA", "text": "x"}, "no time"),
        (said(ts=""), "no time"),
        (said(ts="yesterday"), "unreadable time"),
        (said(ts="nan"), "unreadable time"),
        (said(ts="-5"), "date before 1980 or in the future"),
        (said(ts="4070908800.000100"), "date before 1980 or in the future"),
        (said(ts="1e300"), "unreadable time"),
        (said(user=["UADA"]), "unreadable message"),  # type: ignore[arg-type]
        (said(reactions={"name": "eyes"}), "unreadable message"),
        (7, "unreadable message"),
        (None, "unreadable message"),
        ([], "unreadable message"),
    ],
)
def test_what_is_nobodys_message_is_left_out_with_its_reason(day, message, reason):
    reading = day(message, said("still read", "1714550401.0"))

    assert reading.ledger.left_out == {reason: 1}
    assert list(reading.acts) == ["C1/1714550401.0"]
    assert reading.ledger.read == 2


def test_an_unknown_subtype_is_named(day):
    assert day(said(subtype="hologram")).ledger.notes == {"subtype: hologram": 1}


def test_reactions_to_what_is_left_out_are_counted_too(day):
    reading = day(said(bot_id="B1", reactions=[{"name": "eyes", "users": ["UADA", "UBEN"]}]))

    assert reading.ledger.left_out == {"bot": 1, "reaction to a message that was left out": 2}


@pytest.mark.parametrize(("field", "subtype"), [("file", "file_share"), ("comment", "file_comment")])
def test_in_old_exports_the_author_stands_in_the_file_or_the_comment(day, field, subtype):
    nested: dict[str, Any] = {field: {"user": "UBEN"}}

    assert only(day(said(user=None, subtype=subtype, **nested))).actor == "UBEN"


def test_guests_of_shared_channels_have_the_name_that_their_message_carries(day):
    reading = day(said(user="UGUEST", user_profile={"real_name": "Gus Guest"}))

    assert reading.accounts["UGUEST"].name == "Gus Guest"


def test_names_and_addresses_are_folded(day):
    account = day(said()).accounts["UADA"]

    assert (account.name, account.address) == ("Ada Alvarez", "ada@example.org")


def test_people_who_take_no_part_are_not_yielded(day):
    assert set(day(said()).accounts) == {"UADA"}


def test_the_viewer_is_yielded_even_without_a_message(day):
    assert "UBEN" in day(said(), viewer="Ben Bauer").accounts


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[{]", b'{"messages": []}', b"\xff\xfe", b"[" * 100_000, b'[{"text": "\xff\xfe"}'],
)
def test_a_file_that_cannot_be_read_is_counted(day, content):
    reading = day(content=content)

    assert reading.ledger.left_out == {"unreadable file": 1}
    assert reading.acts == {}


def test_absurd_nesting_in_one_message_does_no_harm(day):
    deep = (
        b'{"ts": "1714550400.0", "user": "UADA", "text": "x", "blocks": '
        + b"[" * 50_000
        + b"]" * 50_000
        + b"}"
    )

    reading = day(content=b"[" + deep + b"]")

    assert reading.ledger.read == 1


def test_an_empty_day_is_nothing(day):
    assert day(content=b"[]").ledger.read == 0
