"""A quotation mark without a partner loses the line it stands in, and no other."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crosstie.errors import SourceRefused
from crosstie.sources.door import Door
from crosstie.sources.ledger import Ledger
from crosstie.sources.rows import open_table

STRAY = "row with a quotation mark that has no partner"
QUIETLY = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def reading(path: Path, text: str) -> tuple[list[list[str]], Ledger]:
    path.write_bytes(text.encode())
    ledger = Ledger()
    table = open_table(path, Door(ledger))
    return list(table.rows), ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ties.csv"


def _log(rows: int) -> list[str]:
    return [f"p{number}@x.example,q@x.example,2024-01-{number % 28 + 1:02}" for number in range(rows)]


def test_a_quote_that_never_ends_leaves_out_its_own_line(path: Path) -> None:
    lines = _log(300)
    lines[10] = '"Bob' + lines[10]

    rows, ledger = reading(path, "\n".join(["from,to,date", *lines, ""]))

    assert [row[0] for row in rows] == [f"p{number}@x.example" for number in range(300) if number != 10]
    assert dict(ledger.left_out) == {STRAY: 1}


def test_a_quote_that_a_quoted_cell_far_below_seems_to_end_leaves_out_its_own_line(path: Path) -> None:
    lines = _log(300)
    lines[10] = '"Bob' + lines[10]
    lines[200] = 'ann@x.example,"ben@x.example",2024-01-05'

    rows, ledger = reading(path, "\n".join(["from,to,date", *lines]))

    assert len(rows) == 299
    assert rows[199] == ["ann@x.example", "ben@x.example", "2024-01-05"]
    assert dict(ledger.left_out) == {STRAY: 1}


def test_two_strays_that_fit_one_another_do_not_take_what_stands_between(path: Path) -> None:
    rows, ledger = reading(path, 'from,to,date\n"ann,b,1\nc,d,2\ne,f,3\ng",h,4\n')

    assert rows == [["c", "d", "2"], ["e", "f", "3"], ['g"', "h", "4"]]
    assert dict(ledger.left_out) == {STRAY: 1}


def test_a_stray_quote_before_more_than_fits_into_a_cell_costs_one_line(path: Path) -> None:
    rows, ledger = reading(path, 'from,to\nann,ben\nann,"cleo\n' + "dan,eve\n" * 140_000)

    assert len(rows) == 140_001
    assert dict(ledger.left_out) == {STRAY: 1}


def test_a_last_row_that_is_cut_off_within_quotes_is_counted(path: Path) -> None:
    rows, ledger = reading(path, 'from,to\nann,ben\nann,"cle')

    assert rows == [["ann", "ben"]]
    assert dict(ledger.left_out) == {STRAY: 1}


def test_texts_of_several_lines_stay_whole(path: Path) -> None:
    text = 'Hello Ben,\n\nthe list is: a, b, c.\n"Good", said Cleo.\nAnn'
    file = io.StringIO()
    csv.writer(file).writerows([["from", "to", "date", "text"], ["a", "b", "2024-01-01", text]])

    rows, ledger = reading(path, file.getvalue())

    assert rows == [["a", "b", "2024-01-01", text]]
    assert not ledger.left_out


def test_a_text_whose_quotes_were_not_doubled_is_read_as_far_as_it_fits(path: Path) -> None:
    rows, _ = reading(path, 'from,to,text\na,b,"one line\nand a "second" one"\nb,a,short\n')

    assert [row[:2] for row in rows] == [["a", "b"], ["b", "a"]]


@pytest.mark.parametrize("rest", ["", "a,b,1\n" * 5])
def test_a_header_with_such_a_quote_is_refused(path: Path, rest: str) -> None:
    with pytest.raises(SourceRefused, match="never ends") as refused:
        reading(path, f'"from,to,date\n{rest}')
    assert refused.value.hint


_CELL = st.text(st.sampled_from('ab ,;"\n\r'), max_size=8)


@QUIETLY
@given(
    rows=st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), max_size=12)
    ),
    # Where lines end with "\n", a writer that quotes only what it must leaves a "\r" without.
    way=st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)]),
)
def test_what_a_writer_of_csv_writes_is_read_as_it_is(
    rows: list[list[str]], way: tuple[str, int], path: Path
) -> None:
    end, quoting = way
    width = len(rows[0]) if rows else 2
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]  # one of the two
    header = [f"column{number}" for number in range(width)]
    writer.writerows([header, header, *rows])
    for row in rows:
        written = io.StringIO(newline="")
        csv.writer(written, quoting=quoting).writerow(row)  # type: ignore[arg-type]  # as above
        lines = list(io.StringIO(written.getvalue(), newline=""))
        # A table within a cell, each line as wide as a row, is the one thing that is taken for rows.
        assume(len(lines) < 3 or any(line.count(",") != width - 1 for line in lines))

    found, ledger = reading(path, file.getvalue())

    assert found == [header, *(row for row in rows if any(row))]
    assert not ledger.left_out


@QUIETLY
@given(
    lines=st.lists(
        st.lists(st.sampled_from(["ann", "ben", "", "7"]), min_size=3, max_size=3).filter(any), max_size=20
    ),
    strays=st.lists(st.tuples(st.integers(0, 19), st.integers(0, 12)), max_size=4),
)
def test_no_other_line_is_lost_to_stray_quotes(
    lines: list[list[str]], strays: list[tuple[int, int]], path: Path
) -> None:
    written = [",".join([str(number), *cells]) for number, cells in enumerate(lines)]
    with_stray = {line for line, _ in strays if line < len(lines)}
    for line, place in strays:
        if line < len(written):
            written[line] = written[line][:place] + '"' + written[line][place:]

    rows, ledger = reading(path, "\n".join(["id,from,to,weight", "start,a,b,c", *written, ""]))

    whole = [[str(number), *cells] for number, cells in enumerate(lines) if number not in with_stray]
    assert [row for row in rows if row in whole] == whole
    assert len(whole) < len(rows) + ledger.read <= len(lines) + 1
