"""What a connection to the record shows: its files and their rows, and rows held in memory without texts."""

from __future__ import annotations

from tests.record.rows import said

from crosstie.record import Record
from crosstie.record.content import content, files
from crosstie.record.query import hold, show_again, show_held, show_only


def test_it_names_its_files_and_says_what_lies_in_each(record: Record) -> None:
    record.append(said(number) for number in range(5))
    record.append(said(number) for number in range(5, 8))
    with record.connect() as connection:
        found = files(connection)
        each = content(connection, found.values())
        assert each.keys() == found.keys()
        assert sorted(rows.number for rows in each.values()) == [3, 5]
        assert content(connection, []) == {}


def test_it_shows_some_files_alone_and_all_where_one_of_them_is_there_no_more(record: Record) -> None:
    for first in (0, 5, 10):
        record.append(said(number) for number in range(first, first + 5))

    def shown(only: list[str]) -> list[str]:
        with record.connect(only=only) as connection:
            found = connection.execute('SELECT external_id FROM interactions ORDER BY "at"').fetchall()
        return [external_id for (external_id,) in found]

    with record.connect() as connection:
        query = "SELECT DISTINCT parse_filename(filename) FROM recorded WHERE external_id IN (?, ?)"
        names = [name for (name,) in connection.execute(query, ["message-1", "message-12"]).fetchall()]
    assert shown(names) == [f"message-{number}" for number in [*range(5), *range(10, 15)]]
    assert shown([]) == []
    record.compact()
    assert shown(names) == [f"message-{number}" for number in range(15)]


def test_what_is_held_is_shown_without_texts_and_all_again(record: Record) -> None:
    record.append(said(number, text="words") for number in range(3))
    record.append([said(7, text="words")])
    with record.connect() as connection:
        every = files(connection).values()
        show_only(connection, every, condition="LIMIT 2")
        hold(connection)
        assert connection.execute("SELECT text FROM interactions").fetchall() == [(None,), (None,)]
        show_again(connection)
        show_only(connection, every)
        assert connection.execute("SELECT count(text) FROM interactions").fetchall() == [(4,)]
        show_held(connection)
        assert connection.execute("SELECT text FROM interactions").fetchall() == [(None,), (None,)]
