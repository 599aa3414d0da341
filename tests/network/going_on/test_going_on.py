"""A tying that goes on from an earlier one ends as one from all rows, or refuses with the reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.network.going_on.both_ways import (
    SETTINGS,
    anew,
    assert_equal,
    people,
    record,
    step,
    step_beside,
    stepwise,
)
from tests.network.record import NOON, act, id_of, persons_of

from crosstie.network.going_on.keeping import Keeping
from crosstie.network.going_on.kept import Kept
from crosstie.network.going_on.refusals import Anew, CannotGoOn
from crosstie.network.tie import tie
from crosstie.record.interaction import Interaction, Kind

THREE = people("ann bob cy")
ONE_DAY = timedelta(days=1)


def day(number: float) -> dict[str, Any]:
    return {"at": NOON + number * ONE_DAY}


def question(**more: Any) -> Interaction:
    return act("q", Kind.SAID, "ann", thread="t", **more)


def refused(before: list[Interaction], since: list[Interaction], now: dict[str, str | None] = THREE) -> Anew:
    _, kept = step(None, before, THREE)
    with pytest.raises(CannotGoOn) as caught:
        step(kept, since, now)
    return caught.value.why


@pytest.mark.parametrize(
    "since",
    [
        pytest.param(
            [act("a", Kind.REPLIED, "bob", replies_to="q", **day(1))], id="an answer to an older message"
        ),
        pytest.param(
            [act("a", Kind.REPLIED, "bob", thread="t", **day(1))], id="an answer in an older thread"
        ),
        pytest.param([act("a", Kind.REPLIED, "ann", thread="t", **day(1))], id="going on in an own thread"),
        pytest.param(
            [
                act("s", Kind.SAID, "bob", thread="s", asks=True, **day(1)),
                act("a", Kind.REPLIED, "ann", thread="u", **day(2)),
                act("b", Kind.REPLIED, "bob", thread="s", parent_author="cy", **day(3)),
                act("c", Kind.REPLIED, "ann", thread="u", asks=True, replies_to="m", **day(4)),
            ],
            id="writing back where one asked now, and where one asked before",
        ),
        pytest.param(
            [
                act("a", Kind.REPLIED, "bob", thread="t", **day(1)),
                act("b", Kind.REPLIED, "ann", thread="t", **day(2)),
                act("c", Kind.REPLIED, "cy", thread="t", **day(3)),
            ],
            id="a conversation",
        ),
        pytest.param(
            [act("a", Kind.THANKED, "bob", replies_to="nowhere", **day(1))], id="thanks for what is not there"
        ),
        pytest.param(
            [act("a", Kind.NAMED, "bob", addressed=("cy",), at=None, strength=3.0)], id="without a time"
        ),
        pytest.param(
            [act("a", Kind.SAID, "bob", addressed=("cy", "robot"), **day(-30))],
            id="late, and nobody's answer",
        ),
        pytest.param([], id="nothing"),
    ],
)
def test_it_ends_as_from_all_rows(since: list[Interaction]) -> None:
    before = [
        question(),
        act("u", Kind.SAID, "ann", thread="u", asks=True, **day(-4)),
        act("m", Kind.SAID, "bob", addressed=("ann",), asks=True, **day(-3)),
        act("n", Kind.NAMED, "ann", addressed=("cy",), at=None, strength=2.0),
        act("l", Kind.SAID, "list", addressed=("ann",), **day(-2)),
    ]
    assert len(anew(before, THREE).ties) == 4
    whole = anew([*before, *since], THREE)
    assert_equal(stepwise([before, since], THREE), whole)
    assert_equal(stepwise([before, since[:1], since[1:]], THREE), whole)


def test_an_answer_to_an_older_message_is_tied() -> None:
    both = stepwise([[question()], [act("a", Kind.REPLIED, "bob", replies_to="q", **day(1))]], THREE)
    assert both.ties.evidence.tolist() == [id_of("a")] * 2


def test_new_people_come_among_those_there_are() -> None:
    before = [question(addressed=("cy",))]
    since = [
        act("a", Kind.REPLIED, "bob", replies_to="q", **day(1)),
        act("b", Kind.SAID, "aaron", addressed=("cy",)),
    ]
    _, kept = step(None, before, people("ann cy"))
    now = people("cy bob ann aaron")
    network, _ = step(kept, since, now)
    assert_equal(network, anew([*before, *since], now))


def test_a_new_account_of_someone_is_theirs() -> None:
    before, since = [question(addressed=("cy",))], [act("b", Kind.SAID, "ann2", addressed=("cy",), **day(1))]
    now = THREE | {"ann2": "ann"}
    _, kept = step(None, before, THREE)
    network, _ = step(kept, since, now)
    assert_equal(network, anew([*before, *since], now))
    assert network.ties.known_contact.tolist() == [2.0, 2.0]


def test_many_steps_stay_as_near_as_one() -> None:
    rows = [act(f"m{at}", Kind.SAID, "ann", addressed=("bob",), **day(at)) for at in range(120)]
    assert_equal(stepwise([rows[at : at + 10] for at in range(0, 120, 10)], THREE), anew(rows, THREE))


def test_what_has_all_but_faded_ends_as_nothing() -> None:
    rows = [
        act("a", Kind.REPLIED, "bob", parent_author="ann", **day(-4000)),
        act("b", Kind.SAID, "ann", addressed=("cy",), **day(-2000)),
        act("c", Kind.SAID, "ann", addressed=("cy",)),
    ]
    network = stepwise([[row] for row in rows], THREE)
    assert_equal(network, anew(rows, THREE))
    assert (network.ties.learned > 0).sum() == 0


def test_another_person_asks_for_all_anew() -> None:
    assert refused([question()], [], THREE | {"bob": "ann"}) is Anew.PERSONS
    assert refused([question()], [], THREE | {"bob": None}) is Anew.PERSONS
    assert refused([question()], [], people("ann cy")) is Anew.PERSONS


def test_an_account_met_before_it_was_known_asks_for_all_anew() -> None:
    assert refused([question(mentioned=("dee",))], [], THREE | people("dee")) is Anew.MET


def test_an_account_met_in_an_earlier_step_is_not_forgotten_in_the_next() -> None:
    _, kept = step(None, [question(mentioned=("dee",))], THREE)
    network, kept = step(kept, [act("a", Kind.SAID, "eve", addressed=("ann",), **day(1))], THREE)
    assert network.unknown_accounts == 2
    with pytest.raises(CannotGoOn):
        step(kept, [], THREE | people("dee"))


@pytest.mark.parametrize("at", [NOON - ONE_DAY, NOON, None])
def test_a_late_row_in_a_thread_asks_for_all_anew(at: Any) -> None:
    assert refused([question()], [act("a", Kind.SAID, "bob", thread="t", at=at)]) is Anew.LATE


def test_a_row_in_a_thread_of_rows_without_a_time_asks_for_all_anew() -> None:
    assert refused([question(at=None)], [act("a", Kind.SAID, "bob", thread="t", **day(1))]) is Anew.LATE


def test_a_row_before_what_the_one_writer_said_last_asks_for_all_anew() -> None:
    before = [question(), act("r", Kind.REPLIED, "ann", thread="t", **day(2))]
    since = [act("a", Kind.SAID, "bob", thread="t", **day(1))]
    assert refused(before, since) is Anew.LATE
    assert len(anew([*before, *since], THREE).ties) == 2  # the older reply answers the later row now


def test_a_row_before_the_latest_but_after_two_wrote_changes_nothing_of_before() -> None:
    before = [
        question(),
        *(act(who, Kind.REPLIED, who, thread="t", **day(n)) for n, who in ((1, "bob"), (5, "ann"))),
    ]
    since = [act("a", Kind.REPLIED, "cy", thread="t", **day(2))]
    assert_equal(stepwise([before, since], THREE), anew([*before, *since], THREE))


def test_a_row_that_an_older_one_answers_asks_for_all_anew() -> None:
    assert refused([act("a", Kind.REPLIED, "bob", replies_to="q")], [question(**day(1))]) is Anew.ANSWERED


def test_what_nobody_wrote_in_an_earlier_step_is_waited_for_in_the_next() -> None:
    _, kept = step(None, [question()], THREE)
    _, kept = step(kept, [act("a", Kind.REPLIED, "bob", replies_to="later", **day(1))], THREE)
    with pytest.raises(CannotGoOn) as caught:
        step(kept, [act("later", Kind.SAID, "cy", **day(2))], THREE)
    assert caught.value.why is Anew.ANSWERED


@pytest.mark.parametrize(
    ("row", "because"),
    [
        (act("s", Kind.SAID, "bob", thread="s", **day(1)), Anew.CHANGED),
        (act("a", Kind.SAID, "cy", thread="s", **day(0.5)), Anew.LATE),
        (act("later", Kind.SAID, "cy", **day(2)), Anew.ANSWERED),
        (act("q", Kind.SAID, "ann", thread="t"), Anew.CHANGED),
        (act("a", Kind.SAID, "cy", thread="t", **day(-1)), Anew.LATE),
    ],
)
def test_what_is_kept_beside_refuses_as_what_was_kept_at_first(row: Interaction, because: Anew) -> None:
    since = [
        act("s", Kind.SAID, "bob", thread="s", **day(1)),
        act("w", Kind.THANKED, "bob", replies_to="later", **day(1)),
    ]
    _, before = step_beside((), [question()], THREE)
    _, before = step_beside(before, since, THREE)
    with pytest.raises(CannotGoOn) as caught:
        step_beside(before, [row], THREE)
    assert caught.value.why is because


def test_what_came_since_can_be_put_to_what_was_kept_at_first() -> None:
    days = [[act(f"m{n}", Kind.REPLIED, "bob", thread="t", **day(n))] for n in range(1, 4)]
    _, before = step_beside((), [question()], THREE)
    _, before = step_beside(before, days[0], THREE)
    keeping = Keeping(*before)
    tie(record(days[1]), persons=persons_of(THREE), settings=SETTINGS, keeping=keeping)
    network, _ = step(keeping.kept(), days[2], THREE)
    assert_equal(network, anew([question(), *(row for some in days for row in some)], THREE))


def test_a_row_that_was_there_asks_for_all_anew() -> None:
    assert refused([question()], [question()]) is Anew.CHANGED


def test_a_refused_tying_leaves_nothing_behind() -> None:
    _, kept = step(None, [question()], THREE)
    connection = record([question()])
    with pytest.raises(CannotGoOn):
        tie(connection, persons=persons_of(THREE), settings=SETTINGS, keeping=Keeping(kept))
    assert_equal(
        tie(connection, persons=persons_of(THREE), settings=SETTINGS, keeping=Keeping()),
        anew([question()], THREE),
    )
    made = (
        "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
    )
    assert connection.execute(made).fetchall() == [("interactions",)]


@pytest.mark.parametrize("damage", ["turned", "cut", "gone"])
def test_a_damaged_file_is_not_gone_on_from(tmp_path: Path, damage: str) -> None:
    _, kept = step(None, [question(addressed=("bob",))], THREE)
    file = tmp_path / "kept"
    kept.save(file)
    assert Kept.load(file) is not None
    content = file.read_bytes()
    for at in (0, 9, 20, len(content) // 2, len(content) - 1):
        if damage == "gone":
            file.unlink(missing_ok=True)
        elif damage == "cut":
            file.write_bytes(content[:at])
        else:
            file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert Kept.load(file) is None, at
