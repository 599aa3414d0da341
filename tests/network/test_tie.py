from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from tests.network.record import NOON, act, id_of, network_of, persons_of, record_of, row

from crosstie.errors import UsageRefused
from crosstie.network.network import NO_TIME
from crosstie.record.interaction import Interaction, Kind, KnownHow, Openness

EVERYONE = "ada ben cleo dan eve"


def test_a_message_to_three_recipients_makes_three_ties_of_a_third() -> None:
    network = network_of([act("m1", Kind.SAID, "ada", addressed=("ben", "cleo", "dan"))], EVERYONE)
    assert len(network.ties) == 6
    for other in ("ben", "cleo", "dan"):
        assert row(network, "ada", other)["contact"] == pytest.approx(1 / 3)
        assert row(network, other, "ada")["contact"] == row(network, "ada", other)["contact"]
        assert row(network, other, "ada")["learned"] == 0


def test_the_copied_count_half_of_the_addressed_and_a_crowd_of_them_no_more_than_one() -> None:
    network = network_of([act("m1", Kind.SAID, "ada", addressed=("ben", "cleo"), copied=("dan",))], EVERYONE)
    assert row(network, "ada", "dan")["contact"] == pytest.approx(0.25)
    crowd = network_of(
        [act("m1", Kind.SAID, "ada", addressed=("ben",), copied=("cleo", "dan", "eve"))], EVERYONE
    )
    assert row(crowd, "ada", "eve")["contact"] == pytest.approx(0.5 / 3)


def test_ten_questions_without_an_answer_teach_nobody() -> None:
    questions = [act(f"q{n}", Kind.SAID, "ada", addressed=("ben",), asks=True) for n in range(10)]
    network = network_of(questions, EVERYONE)
    tie = row(network, "ada", "ben")
    assert tie["turned_to"] == pytest.approx(3.0)
    assert tie["contact"] == pytest.approx(10.0)
    assert network.ties.learned.sum() == 0
    assert row(network, "ben", "ada")["turned_to"] == 0


def test_a_question_to_two_people_turns_to_neither() -> None:
    network = network_of([act("q", Kind.SAID, "ada", addressed=("ben", "cleo"), asks=True)], EVERYONE)
    assert network.ties.turned_to.sum() == 0


def test_a_newsletter_is_no_teacher() -> None:
    readers = tuple(f"reader{n}" for n in range(40))
    issues = [act(f"i{n}", Kind.SAID, "ada", addressed=readers) for n in range(52)]
    network = network_of(issues, " ".join(("ada", *readers)))
    assert network.ties.learned.sum() == 0
    assert row(network, "reader7", "ada")["contact"] == pytest.approx(52 / 40)


def test_who_is_answered_has_turned_to_and_learned_from_the_one_who_replies() -> None:
    network = network_of(
        [act("m", Kind.SAID, "ada"), act("r", Kind.REPLIED, "ben", replies_to="m")], EVERYONE
    )
    tie = row(network, "ada", "ben")
    assert (tie["learned"], tie["turned_to"], tie["contact"]) == (1.0, 1.0, 1.0)
    back = row(network, "ben", "ada")
    assert (back["learned"], back["turned_to"], back["contact"]) == (0.0, 0.0, 1.0)
    assert tie["evidence"] == id_of("r")


def test_the_author_named_by_the_reader_goes_before_the_one_looked_up() -> None:
    network = network_of(
        [
            act("m", Kind.SAID, "ada"),
            act("r", Kind.REPLIED, "ben", replies_to="m", parent_author="cleo", thread="t"),
        ],
        EVERYONE,
    )
    assert row(network, "ben", "ada") == {}
    assert row(network, "cleo", "ben")["learned"] == 1.0


def test_an_id_answered_in_one_source_is_not_looked_up_in_another() -> None:
    network = network_of(
        [act("m", Kind.SAID, "ada", source="other"), act("r", Kind.REPLIED, "ben", replies_to="m")], EVERYONE
    )
    assert len(network.ties) == 0


def test_a_reply_in_a_thread_without_a_parent_answers_the_first_message_by_another() -> None:
    later = NOON + timedelta(minutes=5)
    network = network_of(
        [
            act("r1", Kind.REPLIED, "ben", thread="t", at=later),
            act("m", Kind.SAID, "ada", thread="t"),
            act("r2", Kind.REPLIED, "ada", thread="t", at=later + timedelta(minutes=1)),
            act("r3", Kind.REPLIED, "cleo", thread="t", at=later + timedelta(minutes=2)),
        ],
        EVERYONE,
        as_of=later,
    )
    assert row(network, "ada", "ben")["learned"] == 1.0
    everything = network_of(
        [
            act("m", Kind.SAID, "ada", thread="t"),
            act("r1", Kind.REPLIED, "ben", thread="t", at=later),
            act("r2", Kind.REPLIED, "ada", thread="t", at=later),
            act("r3", Kind.REPLIED, "cleo", thread="t", at=later),
        ],
        EVERYONE,
    )
    assert row(everything, "ben", "ada")["learned"] == 1.0
    assert row(everything, "ada", "cleo")["learned"] == 1.0
    assert row(everything, "cleo", "ben") == {}


@pytest.mark.parametrize("named", [{}, {"replies_to": "r"}, {"parent_author": "ben"}])
def test_who_asked_and_writes_back_answers_nobody(named: dict[str, str]) -> None:
    question, answer, back = (
        act("m", Kind.SAID, "ada", thread="t", asks=True),
        act("r", Kind.REPLIED, "ben", thread="t", at=NOON + timedelta(minutes=5)),
        act("b", Kind.REPLIED, "ada", thread="t", at=NOON + timedelta(minutes=9), **named),
    )
    network = network_of([question, answer, back], EVERYONE, as_of=NOON + timedelta(minutes=9))
    assert row(network, "ada", "ben")["learned"] == pytest.approx(1.0, rel=1e-3)
    assert row(network, "ada", "ben")["turned_to"] == pytest.approx(1.3, rel=1e-3)
    assert row(network, "ben", "ada")["learned"] == row(network, "ben", "ada")["turned_to"] == 0.0
    assert row(network, "ben", "ada")["contact"] == pytest.approx(2.0, rel=1e-3)


@pytest.mark.parametrize(
    "begun",
    [
        act("m", Kind.SAID, "ada", thread="t"),  # who announces something does answer
        act("m", Kind.SAID, "ada", thread="t", asks=True, at=NOON + timedelta(minutes=5)),  # in Ben's thread
        act("m", Kind.REPLIED, "ada", thread="t", asks=True),  # how it began is not there
    ],
)
def test_who_did_not_begin_with_a_question_answers_in_their_own_thread_too(begun: Interaction) -> None:
    messages = [
        begun,
        act("r", Kind.REPLIED, "ben", thread="t", at=NOON + timedelta(minutes=4)),
        act("b", Kind.REPLIED, "ada", thread="t", at=NOON + timedelta(minutes=9)),
    ]
    network = network_of(messages, EVERYONE)
    assert row(network, "ben", "ada")["learned"] == pytest.approx(1.0, rel=1e-3)


def test_a_reply_whose_parent_is_outside_the_archive_falls_back_to_its_thread_else_to_nothing() -> None:
    messages = [
        act("m", Kind.SAID, "ada", thread="t"),
        act("r", Kind.REPLIED, "ben", replies_to="lost", thread="t"),
        act("s", Kind.REPLIED, "cleo", replies_to="lost"),
    ]
    network = network_of(messages, EVERYONE)
    assert row(network, "ada", "ben")["learned"] == 1.0
    assert len(network.ties) == 2


def test_nobody_answers_a_message_that_was_written_later() -> None:
    network = network_of(
        [
            act("r", Kind.REPLIED, "ben", thread="t"),
            act("m", Kind.SAID, "ada", thread="t", at=NOON + timedelta(hours=1)),
        ],
        EVERYONE,
    )
    assert len(network.ties) == 0


def test_thanks_teach_who_thanks() -> None:
    network = network_of(
        [act("m", Kind.SAID, "ben"), act("t", Kind.THANKED, "ada", replies_to="m")], EVERYONE
    )
    tie = row(network, "ada", "ben")
    assert (tie["learned"], tie["turned_to"], tie["contact"]) == (1.0, 0.0, 0.5)
    assert row(network, "ben", "ada")["learned"] == 0.0


def test_saying_that_one_learned_is_the_best_evidence() -> None:
    network = network_of([act("k", Kind.ACKNOWLEDGED, "ada", addressed=("ben",))], EVERYONE)
    assert row(network, "ada", "ben")["learned"] == 2.0
    assert row(network, "ben", "ada")["learned"] == 0.0


def test_a_review_teaches_the_reviewed_most() -> None:
    network = network_of([act("v", Kind.REVIEWED, "ben", addressed=("ada",))], EVERYONE)
    author, reviewer = row(network, "ada", "ben"), row(network, "ben", "ada")
    assert (author["learned"], author["turned_to"]) == (1.0, 1.0)
    assert reviewer["learned"] == pytest.approx(0.3)
    assert reviewer["turned_to"] == 0.0


def test_co_writing_and_meeting_teach_both() -> None:
    network = network_of(
        [
            act("w", Kind.CO_WROTE, "ada", addressed=("ben",)),
            act("e", Kind.MET, "cleo", addressed=("dan", "eve")),
        ],
        EVERYONE,
    )
    for one, other, weight in (("ada", "ben", 0.5), ("cleo", "dan", 0.5), ("eve", "cleo", 0.5)):
        for tie in (row(network, one, other), row(network, other, one)):
            assert (tie["learned"], tie["contact"]) == (weight, weight)
    # A reader gives one row for each who meets, so dan and eve have no tie from cleo's row alone.
    assert row(network, "dan", "eve") == {}


def test_a_survey_counts_by_its_scale_and_does_not_fade() -> None:
    network = network_of(
        [
            act("s", Kind.NAMED, "ada", addressed=("ben",), strength=4.0, at=None),
            act("m", Kind.SAID, "dan", addressed=("eve",)),
        ],
        EVERYONE,
    )
    tie = row(network, "ada", "ben")
    assert (tie["learned"], tie["turned_to"], tie["contact"]) == (4.0, 4.0, 4.0)
    assert (tie["first_at"], tie["last_at"]) == (NO_TIME, NO_TIME)
    assert row(network, "ben", "ada")["learned"] == 0.0


def test_only_the_strongest_act_counts_for_one_message_and_one_pair() -> None:
    network = network_of(
        [
            act("m", Kind.SAID, "ada"),
            act(
                "r", Kind.REPLIED, "ben", replies_to="m", addressed=("ada", "cleo"), mentioned=("ada", "cleo")
            ),
        ],
        EVERYONE,
    )
    tie = row(network, "ada", "ben")
    assert (tie["learned"], tie["turned_to"], tie["contact"]) == (1.0, 1.0, 1.0)
    # Mentioned 0.3 + 0.3 is more than told 1/2.
    assert row(network, "ben", "cleo")["contact"] == pytest.approx(0.3)


def test_two_accounts_of_one_person_are_one_recipient_of_one_message() -> None:
    network = network_of(
        [act("m", Kind.SAID, "ada@work", addressed=("ben@work", "ben@home", "ada@home"))],
        {"ada@work": "ada", "ada@home": "ada", "ben@work": "ben", "ben@home": "ben"},
    )
    assert len(network.ties) == 2
    assert row(network, "ada", "ben")["contact"] == pytest.approx(1 / 3)


def test_accounts_of_no_person_are_left_out_and_counted() -> None:
    network = network_of(
        [
            act("m", Kind.SAID, "robot", addressed=("ada",)),
            act("n", Kind.SAID, "ada", addressed=("ben", "list")),
            act("o", Kind.REPLIED, "ben", parent_author="robot"),
        ],
        EVERYONE,
    )
    assert network.unknown_accounts == 2
    assert row(network, "ada", "ben")["contact"] == pytest.approx(0.5)
    assert len(network.ties) == 2


def test_nobody_is_tied_to_themselves() -> None:
    network = network_of(
        [
            act("m", Kind.SAID, "ada", addressed=("ada",), mentioned=("ada",)),
            act("r", Kind.REPLIED, "ada", replies_to="m"),
        ],
        EVERYONE,
    )
    assert len(network.ties) == 0
    assert list(network.persons) == sorted(EVERYONE.split())


def test_an_inferred_reply_counts_by_its_probability_and_what_it_says_in_full() -> None:
    network = network_of(
        [
            act("m", Kind.SAID, "ada"),
            act(
                "r",
                Kind.REPLIED,
                "ben",
                replies_to="m",
                mentioned=("cleo",),
                known_how=KnownHow.INFERRED,
                probability=0.4,
            ),
        ],
        EVERYONE,
    )
    guessed, said = row(network, "ada", "ben"), row(network, "ben", "cleo")
    assert guessed["learned"] == pytest.approx(0.4)
    assert (guessed["stated"], guessed["known"]) == (False, False)
    assert said["contact"] == pytest.approx(0.3)
    assert (said["stated"], said["known"]) == (True, True)


def test_weight_halves_with_every_half_life() -> None:
    network = network_of(
        [
            act("m", Kind.ACKNOWLEDGED, "ada", addressed=("ben",), at=NOON - timedelta(days=60)),
            act("n", Kind.SAID, "cleo", addressed=("dan",)),
        ],
        EVERYONE,
    )
    tie = row(network, "ada", "ben")
    assert tie["learned"] == pytest.approx(1.0)
    assert tie["contact"] == pytest.approx(0.5)
    assert tie["known_contact"] == 1.0


@pytest.mark.parametrize("half_life_days", [60.0, 7.0, 33.3])
def test_one_reply_within_two_half_lives_is_active_and_a_minute_earlier_is_not(half_life_days: float) -> None:
    from crosstie.config import NetworkSettings

    def active(age: timedelta) -> bool:
        network = network_of(
            [act("r", Kind.REPLIED, "ben", parent_author="ada", at=NOON - age)],
            EVERYONE,
            as_of=NOON,
            settings=NetworkSettings(half_life_days=half_life_days),
        )
        tie = row(network, "ben", "ada")
        assert tie["known"]
        return bool(tie["active"])

    two = timedelta(days=2 * half_life_days)
    assert active(two)
    assert not active(two + timedelta(minutes=1))


def test_an_archive_of_2001_gives_the_same_network_as_moved_to_2026() -> None:
    def archive(start: datetime) -> list[object]:
        return [
            act("m", Kind.SAID, "ada", addressed=("ben", "cleo"), at=start),
            act("r", Kind.REPLIED, "ben", replies_to="m", at=start + timedelta(days=3)),
            act("s", Kind.REPLIED, "cleo", replies_to="r", at=start + timedelta(days=200)),
        ]

    old = network_of(archive(datetime(2001, 5, 1, tzinfo=UTC)), EVERYONE)  # type: ignore[arg-type]
    new = network_of(archive(datetime(2026, 1, 1, tzinfo=UTC)), EVERYONE)  # type: ignore[arg-type]
    for name in old.ties.__slots__:
        if name not in {"first_at", "last_at"}:
            assert np.array_equal(getattr(old.ties, name), getattr(new.ties, name)), name
    assert old.ties.active.sum() == 2
    moved = new.ties.first_at - old.ties.first_at
    assert len(set(moved.tolist())) == 1


def test_what_came_after_the_date_is_not_known_at_the_date() -> None:
    messages = [
        act("m", Kind.SAID, "ada", addressed=("ben",)),
        act("n", Kind.SAID, "ada", addressed=("cleo",), at=NOON + timedelta(days=1)),
    ]
    assert row(network_of(messages, EVERYONE, as_of=NOON), "ada", "cleo") == {}
    assert row(network_of(messages, EVERYONE), "ada", "cleo")["contact"] == 1.0


def test_a_tie_is_open_only_if_every_piece_of_its_evidence_is() -> None:
    network = network_of(
        [
            act("m", Kind.SAID, "ada", addressed=("ben", "cleo")),
            act("n", Kind.SAID, "ben", addressed=("ada",), openness=Openness.DIRECT),
        ],
        EVERYONE,
    )
    assert not row(network, "ada", "ben")["is_open"]
    assert not row(network, "ben", "ada")["is_open"]
    assert row(network, "ada", "cleo")["is_open"]


def test_the_evidence_is_the_latest_of_the_strongest_acts_in_its_direction() -> None:
    network = network_of(
        [
            act("r1", Kind.REPLIED, "ben", parent_author="ada", at=NOON - timedelta(days=2)),
            act("r2", Kind.REPLIED, "ben", parent_author="ada", at=NOON - timedelta(days=1)),
            act("m", Kind.SAID, "ada", addressed=("ben",)),
        ],
        EVERYONE,
    )
    assert row(network, "ada", "ben")["evidence"] == id_of("r2")
    assert row(network, "ben", "ada")["evidence"] == id_of("m")
    tie = row(network, "ada", "ben")
    assert tie["first_at"] == int((NOON - timedelta(days=2)).timestamp()) * 1_000_000
    assert tie["last_at"] == int(NOON.timestamp()) * 1_000_000


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(UsageRefused, match="time zone"):
        network_of([], EVERYONE, as_of=datetime(2026, 1, 1))  # noqa: DTZ001 - that is what is refused


def test_an_account_given_to_two_persons_is_refused_and_nothing_is_left_behind() -> None:
    from arro3.core import Array, DataType, Table

    from crosstie.config import NetworkSettings
    from crosstie.network.tie import tie

    connection = record_of([])
    doubled = Table.from_pydict(
        {
            "account": Array(["a", "a"], DataType.utf8()),
            "person": Array(["ada", "ben"], DataType.utf8()),
        }
    )
    with pytest.raises(UsageRefused, match='"a"'):
        tie(connection, persons=doubled, settings=NetworkSettings())
    assert tie(connection, persons=persons_of({"a": "ada"}), settings=NetworkSettings()).index_of("ada") == 0


def test_an_empty_record_and_no_persons_give_an_empty_network() -> None:
    network = network_of([], {})
    assert (len(network.persons), len(network.ties)) == (0, 0)
