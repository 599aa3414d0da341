"""Rows that are older than is kept leave the record and its files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.record.rows import MORNING, said
from tests.record.test_forget import texts_in

from crosstie.record import Dropped, Record

NOON = MORNING + timedelta(minutes=100)


def test_rows_from_before_a_time_are_gone_from_every_file(record: Record):
    record.append([said(number, text=f"words {number} end") for number in range(200)], batch_rows=50)
    assert any("words 99 end" in text for text in texts_in(record.folder).values())

    assert record.drop_before(NOON) == Dropped(removed=100, is_erased=True)

    texts = "".join(texts_in(record.folder).values())
    assert "words 99 end" not in texts
    assert "words 100 end" in texts
    assert record.count() == 100
    assert not record.holds_before(NOON)


def test_a_row_without_a_time_stays(record: Record):
    record.append([said(1), said(2, at=None)])

    assert record.drop_before(NOON) == Dropped(removed=1, is_erased=True)
    assert record.count() == 1


def test_dropping_again_changes_nothing_and_what_is_read_afterwards_is_new(record: Record):
    record.append([said(1), said(150)])
    record.drop_before(NOON)

    assert record.drop_before(NOON) == Dropped(removed=0, is_erased=True)
    assert record.append([said(1), said(150)])[:1] == (1,)


def test_a_reader_of_the_older_state_keeps_it_and_dropping_says_so(record: Record):
    record.append([said(1), said(150)])
    with record.connect() as connection:
        assert record.drop_before(NOON, patience_seconds=0) == Dropped(removed=1, is_erased=False)
        assert connection.execute("SELECT count(*) FROM interactions").fetchone() == (2,)
    assert record.drop_before(NOON).is_erased


@pytest.mark.parametrize("moment", ["commit", "clear"])
def test_cut_short_it_is_done_by_repeating_it(record: Record, monkeypatch: pytest.MonkeyPatch, moment: str):
    record.append([said(number) for number in range(200)])

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_short:
        cut_short.setattr(f"crosstie.record.parts.Parts.{moment}", fail)
        with pytest.raises(KeyboardInterrupt):
            record.drop_before(NOON)
    assert record.count() == (200 if moment == "commit" else 100)
    assert record.drop_before(NOON).is_erased
    assert record.count() == 100
    assert len(list(record.folder.glob("*.parquet"))) == 1
