"""What a history says about who wrote, reviewed and helped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.git import samples
from tests.sources.git.histories import Made, build, git
from tests.sources.git.reading import acts, reading

from crosstie.record import Account, Interaction, Kind, KnownHow
from crosstie.sources.git.history import APPLIED_IS_REVIEWED
from crosstie.sources.git.times import times

BEN = "Ben Holt <ben@example.org>"
CLEO = "Cleo Ito <cleo@example.org>"


def ties(path: Path) -> list[tuple[Kind, str, tuple[str, ...]]]:
    return [(act.kind, act.actor, act.addressed) for act in acts(path) if act.kind is not Kind.SAID]


def test_a_commit_is_said_by_its_author_and_its_trailers_are_acts_of_their_own(tmp_path: Path) -> None:
    path = samples.make(tmp_path)

    found = acts(path)

    second = [act for act in found if act.thread == found[1].external_id]
    assert [(act.kind, act.actor, act.addressed) for act in second] == [
        (Kind.SAID, "ada@example.org", ()),
        (Kind.CO_WROTE, "ada@example.org", ("ben@example.org",)),
        (Kind.REVIEWED, "cleo@example.org", ("ada@example.org",)),
    ]
    assert second[0].text is not None
    assert second[0].text.startswith("Add a lamp\n\nIt shines.")
    assert second[0].at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert [act.external_id.partition("/")[2] for act in second] == ["", "co", "reviewed/cleo@example.org"]


def test_the_author_acknowledges_who_helped_and_a_misspelt_trailer_is_understood_and_counted(
    tmp_path: Path,
) -> None:
    path = samples.make(tmp_path)

    _, ledger = reading(path)

    assert (Kind.ACKNOWLEDGED, "ben@example.org", ("ada@example.org",)) in ties(path)
    assert (Kind.REVIEWED, "ada@example.org", ("ben@example.org",)) in ties(path)
    assert ledger.notes["misspelt trailer"] == 1
    assert ledger.notes["trailer Reviewed-by"] == 2
    assert dict(ledger.left_out) == {"bot": 1}
    assert ledger.read == samples.UNITS == int(git(path, "rev-list", "--count", "HEAD"))


def test_whoever_applies_anothers_commit_has_reviewed_it_as_an_inference(tmp_path: Path) -> None:
    path = build(tmp_path / "x", [Made(message="One\n", committer=BEN, committed="1700086400 +0000")])

    (_, applied) = acts(path)

    assert (applied.kind, applied.actor, applied.addressed) == (
        Kind.REVIEWED, "ben@example.org", ("ada@example.org",),
    )  # fmt: skip
    assert (applied.known_how, applied.probability) == (KnownHow.INFERRED, APPLIED_IS_REVIEWED)
    assert applied.at == datetime(2023, 11, 15, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("committer", "trailer"),
    [
        ("GitHub <noreply@github.com>", ""),
        ("Ada Berg <ADA@example.org>", ""),
        (BEN, "\nReviewed-by: Ben Holt <BEN@example.org>\n"),
    ],
)
def test_nothing_is_inferred_from_a_forge_from_oneself_or_beside_a_stated_review(
    tmp_path: Path, committer: str, trailer: str
) -> None:
    path = build(tmp_path / "x", [Made(message=f"One\n{trailer}", committer=committer)])

    assert KnownHow.INFERRED not in {act.known_how for act in acts(path)}


def test_nobody_reviews_or_helps_themselves_and_nobody_counts_twice(tmp_path: Path) -> None:
    message = (
        "One\n\nReviewed-by: Ada Berg <ada@example.org>\nCo-authored-by: Ada <ada@example.org>\n"
        "Reviewed-by: Ben Holt <ben@example.org>\nAcked-by: Ben Holt <ben@example.org>\n"
    )

    assert ties(build(tmp_path / "x", [Made(message=message)])) == [
        (Kind.REVIEWED, "ben@example.org", ("ada@example.org",))
    ]


def test_trailers_that_name_no_exchange_make_no_tie(tmp_path: Path) -> None:
    message = (
        'One\n\nCc: Ben <ben@example.org>\nFixes: 1234567890 ("Two")\nLink: https://example.org\n'
        "Signed-off-by: Ben <ben@example.org>\nTested-by: Ben <ben@example.org>\n"
        "Reported-by: Ben <ben@example.org>\nHelped-by: Ben\n"
    )

    traces, ledger = reading(build(tmp_path / "x", [Made(message=message)]))

    assert [trace.id for trace in traces if isinstance(trace, Account)] == ["ada@example.org"]
    assert ledger.notes["trailer without an address"] == 1
    assert ledger.notes["trailer Signed-off-by"] == 1


def test_the_mailmap_holds_for_authors_and_in_trailers(tmp_path: Path) -> None:
    mailmap = (
        "Ada Berg <ada@example.org> <ada@old.example>\n"
        "Ben Holt <ben@example.org> Benny <shared@example.org>\n"
    )
    commits = [
        Made(message="One\n", author="ada <ada@old.example>", files={".mailmap": mailmap}),
        Made(
            message="Two\n\nReviewed-by: benny <Shared@example.org>\nHelped-by: X <ada@old.example>\n",
            author=CLEO,
        ),
    ]
    path = build(tmp_path / "x", commits)
    git(tmp_path, "clone", "--quiet", "--bare", str(path), "bare.git")

    for place in (path, tmp_path / "bare.git"):
        traces, _ = reading(place)
        assert {(trace.id, trace.name) for trace in traces if isinstance(trace, Account)} == {
            ("ada@example.org", "Ada Berg"), ("ben@example.org", "Ben Holt"),
            ("cleo@example.org", "Cleo Ito"),
        }  # fmt: skip


def test_a_mailmap_in_the_work_tree_counts_before_it_is_committed(tmp_path: Path) -> None:
    path = build(tmp_path / "x", [Made(message="One\n\nReviewed-by: Ben <ben@old.example>\n")])
    (path / ".mailmap").write_text(
        "<ada@new.example> <ada@example.org>\n<ben@new.example> <ben@old.example>\n"
    )

    assert ties(path) == [(Kind.REVIEWED, "ben@new.example", ("ada@new.example",))]


def test_bots_and_automatic_addresses_become_no_persons(tmp_path: Path) -> None:
    message = (
        "One\n\nCo-authored-by: Helper <noreply@model.example>\n"
        "Co-authored-by: renovate[bot] <bot@renovate.example>\n"
        "Reviewed-by: Reading Machine <reader@noreply.github.com>\n"
        "Co-authored-by: Ben <12345+ben@users.noreply.github.com>\n"
    )

    traces, ledger = reading(build(tmp_path / "x", [Made(message=message)]))

    assert {trace.id for trace in traces if isinstance(trace, Account)} == {
        "ada@example.org", "12345+ben@users.noreply.github.com",
    }  # fmt: skip
    assert ledger.notes["trailer that names a bot"] == 3


def test_an_author_without_a_domain_is_an_account_without_an_address(tmp_path: Path) -> None:
    commits = [Made(message="One\n", author="Dan <dlund>"), Made(message="Two\n", author="Eve <>")]

    traces, ledger = reading(build(tmp_path / "x", commits))

    assert [(trace.id, trace.address) for trace in traces if isinstance(trace, Account)] == [
        ("dlund", ""),
        ("Eve", ""),
    ]
    assert ledger.notes["committer whose address has no domain"] == 2


def test_dates_before_1980_and_in_the_future_are_not_believed(tmp_path: Path) -> None:
    commits = [
        Made(message="One\n", authored="0 +0000", committed="1700000000 +0000"),
        Made(message="Two\n", authored="0 +0000", committed="9999999999 +0000"),
        Made(message="Three\n", authored="1000000000 -1200"),
    ]

    traces, ledger = reading(build(tmp_path / "x", commits))

    times = [trace.at for trace in traces if isinstance(trace, Interaction)]
    assert times == [
        datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
        datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC),
    ]
    assert dict(ledger.left_out) == {"unreadable date, or one before 1980 or in the future": 1}
    assert ledger.notes["author's date not believable, the committer's taken"] == 1


def test_a_review_is_dated_by_the_author_where_the_committers_clock_is_not_believed(tmp_path: Path) -> None:
    commits = [
        Made(message="One\n", authored="1700000000 +0000", committer=BEN, committed="9999999999 +0000")
    ]

    (said, applied) = acts(build(tmp_path / "x", commits))

    assert applied.kind is Kind.REVIEWED
    assert applied.at == said.at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_one_time_that_cannot_be_read_spoils_no_other() -> None:
    assert times(["1700000000,", "99999999999999999999,0"]) == (
        [datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC), None],
        [None, datetime(1970, 1, 1, tzinfo=UTC)],
    )


def test_a_message_keeps_its_letters_in_whatever_encoding_it_was_written(tmp_path: Path) -> None:
    commits = [
        Made(message="Grüße\n", encoding="ISO-8859-1"),
        Made(message="broken \udcff byte\n"),
        Made(message="x" * 700_000 + "\n"),
    ]

    traces, ledger = reading(build(tmp_path / "x", commits))

    texts = [trace.text for trace in traces if isinstance(trace, Interaction)]
    assert texts[0] == "Grüße"
    assert texts[1] == "broken \ufffd byte"
    assert texts[2] == "x" * 700_000
    assert ledger.notes["stretch of the log in another encoding than it claims"] >= 1


def test_a_members_repository_gives_no_text_and_only_what_involves_the_viewer(tmp_path: Path) -> None:
    path = samples.make(tmp_path)

    traces, ledger = reading(
        path, viewer="cleo@example.org", openness="members", link="https://x.example/{sha}"
    )

    found = [trace for trace in traces if isinstance(trace, Interaction)]
    assert {act.thread for act in found} == {found[0].thread, found[-1].thread}
    assert all(act.text is None and act.link == "" for act in found)
    assert ledger.left_out["members place that does not involve the viewer"] == 3
