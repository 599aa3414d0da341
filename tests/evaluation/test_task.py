"""Running one task of the evaluation."""

import json

import pytest
from evaluation.comparing import Difference
from evaluation.task import Cell, Result, Table, Task, main


def run(data, development):
    if not (data / "it").exists():
        raise FileNotFoundError(2, "No such file", str(data / "it"))
    rows: dict[str, dict[str, Cell]] = {
        "chance": {"MRR": 0.1, "ours": Difference(0.2, 0.1, 0.3)},
        "ours": {"MRR": 0.3, "ours": None},
    }
    return Result(
        tables=[Table(title="one place, 3 questions", rows=rows)],
        facts={"questions": 3},
        verdicts=["better than chance: +0.200"] if not development else [],
        predictions=['{"question": 1}', '{"question": 2}'],
    )


TASK = Task(name="made_up", question="Does it work?", splits="The last fifth is the test.", run=run)


@pytest.fixture
def data(tmp_path):
    (tmp_path / "it").touch()
    return tmp_path


def test_tables_are_printed_with_what_was_aimed_at(data, capsys):
    main(TASK, ["--data", str(data)])
    said = capsys.readouterr().out
    assert "The last fifth is the test." in said
    assert "| chance | 0.100 | +0.200 (+0.100 to +0.300), better |" in said
    assert "- better than chance: +0.200" in said
    assert "part test" in said


def test_json_holds_everything_and_predictions_are_written(data, capsys, tmp_path):
    main(TASK, ["--data", str(data), "--json", "--out", str(tmp_path / "out"), "--development"])
    found = json.loads(capsys.readouterr().out)
    assert found["facts"]["part"] == "development"
    assert found["tables"][0]["rows"]["chance"]["ours"]["verdict"] == "better"
    assert (tmp_path / "out").read_text() == '{"question": 1}\n{"question": 2}\n'


def test_missing_data_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit, match="no folder"):
        main(TASK, ["--data", str(tmp_path / "nowhere")])
    with pytest.raises(SystemExit, match="it"):
        main(TASK, ["--data", str(tmp_path)])
