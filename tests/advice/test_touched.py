"""Who changed the very file that is named comes first; a text that names none finds whom it found before."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.ideas.said import DAY, said, thread

from crosstie.advice.touched import put_first, voted_on
from crosstie.advice.votes import Near, Votes, votes
from crosstie.ideas import Answered, NewIndex
from crosstie.ideas.threads import Act, Message, questions_and_answers

HUB, OTHER = "drivers/usb/hub.c", "lib/hub.c"
NUMBER_OF = {"ada": 0, "ben": 1, "cleo": 2, "dan": 3}
NOW = 1_000 * DAY
STEP = 0.15


def _change(number: int, author: str, day: int, file: str, reviewer: str = "") -> Iterator[Message]:
    wrote = said(number, author, "Tidy up", day=day, thread=f"t{number}")
    yield wrote._replace(act=Act.WROTE, files=(file, "README.md"))
    if reviewer:
        yield said(number + 1, reviewer, "", day=day, thread=f"t{number}")._replace(act=Act.REVIEWED)


@pytest.fixture
def index():
    told = [
        *_change(1, "ben", 10, HUB),
        *_change(3, "cleo", 900, HUB, "dan"),
        *_change(5, "ben", 990, OTHER),
        *thread(7, "ada", "Where is the hub of drivers?", ("dan", "usb"), day=995),
    ]
    with NewIndex(":memory:") as made:
        made.add(questions_and_answers(told))
        made.settle()
        yield made


def _weights(index: NewIndex, text: str, at: int = NOW) -> list[float]:
    return [float(one) for one in voted_on(index, text, number_of=NUMBER_OF, at=at).touched]


@pytest.mark.parametrize("text", [HUB, "Who knows ./drivers/usb/hub.c:12?", "see `usb/hub.c`, please"])
def test_changes_and_reviews_of_the_very_file_count_by_how_lately_they_were(index, text):
    assert _weights(index, text) == pytest.approx([0, 0, 2 ** (-100 / 365), 2 ** (-100 / 365)], abs=0.01)


def test_who_touched_the_file_longer_ago_than_a_year_has_something_near_and_comes_first_no_more(index):
    voted = voted_on(index, HUB, number_of=NUMBER_OF, at=1_500 * DAY)
    assert not voted.touched.any()
    assert {one.person for one in voted.near} >= {1, 2, 3}


def test_the_name_alone_means_every_file_of_that_name_and_nothing_later_counts(index):
    ben, cleo = 1, 2
    assert _weights(index, "hub.c")[ben] > _weights(index, HUB)[ben]
    assert _weights(index, HUB, at=500 * DAY)[cleo] == 0


@pytest.mark.parametrize(
    "text",
    [
        "the hub of usb drivers",
        "hub",
        "drivers/usb",
        "sb/hub.c",
        "https://a.example/drivers/usb/hub.c",
        "e.g. lamps",
        "..",
        "",
    ],
)
def test_a_text_that_names_no_file_is_told_what_it_was_before(index, text):
    before, now = votes(index, text, number_of=NUMBER_OF), voted_on(index, text, number_of=NUMBER_OF, at=NOW)
    scores = np.array([0.3, -1.0, 2.0, 0.1])

    assert now.near == before.near
    assert now.votes.tolist() == before.votes.tolist()
    assert not now.touched.any()
    assert put_first(scores, now, np.arange(4), step=STEP) is scores


def test_what_was_done_to_the_file_speaks_before_all_else_the_latest_first(index):
    near = voted_on(index, HUB, number_of=NUMBER_OF, at=NOW).near
    first = sorted(near, key=lambda one: -one.nearness)

    assert [one.person for one in first[:2]] in ([2, 3], [3, 2])
    assert first[2].person == 1


def _voted(touched: list[float], near: set[int]) -> Votes:
    people = len(touched)
    behind = tuple(
        Near(person=one, answer=Answered(one, one, f"m{one}", f"p{one}", 0), nearness=1.0)
        for one in sorted(near)
    )
    return Votes(
        votes=np.zeros((people, 3)), like=np.zeros(people), near=behind, place="", touched=np.array(touched)
    )


@given(
    some.lists(
        some.tuples(some.floats(-5, 5), some.sampled_from([0, 0, 0.01, 1, 4]), some.booleans()), min_size=1
    )
)
def test_first_who_touched_it_then_who_has_something_near_and_each_group_as_it_stood(rows):
    scores = np.array([score for score, _, _ in rows])
    touched = [float(weight) for _, weight, _ in rows]
    near = {row for row, (_, weight, is_near) in enumerate(rows) if is_near or weight}
    if not any(touched):
        touched = [*touched, 1.0]
        scores, near = np.append(scores, -9.0), {*near, len(rows)}
    made = put_first(scores, _voted(touched, near), np.arange(len(scores)), step=STEP)

    def group(row: int) -> int:
        return 2 if touched[row] else 1 if row in near else 0

    for one in range(len(scores)):
        for other in range(len(scores)):
            if group(one) > group(other):
                # Wide enough that whoever answers much of their own accord does not step out of it.
                assert made[one] - made[other] > STEP
            elif group(one) == group(other) == 2:
                ratio = np.log(touched[one] / touched[other])
                assert made[one] - made[other] == pytest.approx(scores[one] - scores[other] + ratio)
            elif group(one) == group(other):
                assert made[one] - made[other] == pytest.approx(scores[one] - scores[other])


def test_of_two_alike_whoever_did_more_to_the_file_or_did_it_later_comes_first():
    made = put_first(np.zeros(3), _voted([4.0, 1.0, 0.0], {0, 1}), np.arange(3), step=STEP)

    assert made[0] - made[1] == pytest.approx(np.log(4))
