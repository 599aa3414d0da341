"""Opening a record: whatever its folder is called, and not what is another's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from arro3.core import Table
from deltalake import write_deltalake
from tests.record.rows import MORNING, rows_in, said

from crosstie.errors import WorkspaceRefused
from crosstie.record import Appended, Record


@pytest.mark.parametrize("name", ["ein Ordner", "it's", "a[b]c*d?", "ü#1", "100% mine"])
def test_a_folder_may_have_an_odd_name(tmp_path, name):
    record = Record(tmp_path / name)
    record.append([said(1), said(2)])

    assert record.append([said(1, text="edited", edited_at=MORNING)]) == Appended(updated=1)
    assert len(rows_in(Record(tmp_path / name))) == 2


def test_a_folder_that_delta_would_misread_is_refused(tmp_path):
    with pytest.raises(WorkspaceRefused, match="per cent sign"):
        Record(tmp_path / "a%41b")


def test_a_table_of_something_else_is_refused(tmp_path):
    write_deltalake(str(tmp_path), Table.from_pydict({"a": np.arange(3)}))

    with pytest.raises(WorkspaceRefused, match="does not have the columns"):
        Record(tmp_path)


def test_importing_the_row_types_loads_no_library():
    code = (
        "import sys, crosstie.record; heavy = {'duckdb', 'deltalake', 'numpy'} & set(sys.modules);"
        " assert not heavy, heavy; crosstie.record.Record"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": "src"}, cwd=_repository())


def _repository() -> Path:
    return Path(__file__).resolve().parents[2]
