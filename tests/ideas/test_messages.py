"""The messages of a record, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

import duckdb
import msgspec
import pytest

from crosstie.ideas.messages import messages, messages_and_work
from crosstie.ideas.threads import Answer, Message, Question, questions_and_answers
from crosstie.record import Interaction, Kind, Openness
from crosstie.record.columns import columns_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
Reading = Callable[[duckdb.DuckDBPyConnection, Mapping[str, str]], Iterator[Message]]


def post(external_id: str, kind: Kind, actor: str, at: datetime) -> Interaction:
    return Interaction(
        source="forum",
        external_id=external_id,
        kind=kind,
        at=at,
        actor=actor,
        place="hall",
        openness=Openness.OPEN,
        thread="t",
        replies_to="" if kind is Kind.SAID else "z",
        text="How do I resize a queue?",
        asks=True,
    )


@pytest.mark.parametrize("read", [messages, messages_and_work])
def test_a_question_comes_before_the_answer_its_asker_wrote_at_the_same_time(read: Reading) -> None:
    rows = [
        post("a", Kind.REPLIED, "ada", NOON),  # before it by its id, which says nothing
        post("z", Kind.SAID, "ada", NOON),
        post("b", Kind.REPLIED, "ben", NOON + timedelta(hours=1)),
    ]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("told", columns_of(rows, [0] * len(rows)))
        connection.execute("CREATE TEMP TABLE interactions AS SELECT * FROM told")
        read_in_order = list(read(connection, {"ada": "ada", "ben": "ben"}))
    assert [one.external_id for one in read_in_order] == ["z", "a", "b"]
    told = list(questions_and_answers(read_in_order))
    assert [type(one) for one in told] == [Question, Answer]
    assert [one.message.author for one in told] == ["ada", "ben"]


def test_the_files_of_a_change_come_beside_its_words_and_only_to_who_asks_for_work():
    fields = {"asks": None, "text": "Mend it", "files": ("src/lamp.py", "src/oven.py")}
    change = msgspec.structs.replace(post("c", Kind.SAID, "ada", NOON), **fields)
    review = msgspec.structs.replace(
        post("c/reviewed", Kind.REVIEWED, "ben", NOON), asks=None, text=None, addressed=("ada",)
    )
    with duckdb.connect() as connection:
        connection.register("told", columns_of([change, review], [0, 0]))
        connection.execute("CREATE TEMP TABLE interactions AS SELECT * FROM told")
        work = list(messages_and_work(connection, {"ada": "ada", "ben": "ben"}))
        (said,) = messages(connection, {"ada": "ada"})
    assert [(one.text, one.files) for one in work] == [("Mend it", ("src/lamp.py", "src/oven.py")), ("", ())]
    assert (said.text, said.files) == ("Mend it", ())
    told = list(questions_and_answers(work))
    assert [one.message.files for one in told] == [("src/lamp.py", "src/oven.py"), (), ()]
