"""The task about reply links, on a made-up log."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from evaluation._chat_logs import FIRST, log
from evaluation._reply_rules import by_rules
from evaluation.task import main

from evaluation import replies

TALK = (
    "[10:00] <Ann> why does the printer print no duplex?",
    "[10:00] <Bo> Ann: is the new driver there?",
    "=== Cy has joined #help",
    "[10:01] <Ann> Bo: no, where is it?",
    "=== Ann is now known as Ann2",
    "[10:01] * Ann2 waits",
    "[10:02] <Bo> Ann2: search the intranet for printer",
)
LINKS = ((0, 0), (0, 1), (2, 2), (1, 3), (4, 4), (3, 5), (3, 6))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Write a log whose last lines are annotated, and return the folder of data."""
    folder = tmp_path / "irc-ubuntu" / "test"
    folder.mkdir(parents=True)
    lines = [f"[{9 - at // 600:02}:{at % 60:02}] <Dee> earlier {at}" for at in range(FIRST)]
    (folder / "made-up.ascii.txt").write_text("\n".join([*lines, *TALK]) + "\n", "utf-8")
    links = [f"{FIRST + earlier} {FIRST + later} -\n" for earlier, later in LINKS]
    (folder / "made-up.annotation.txt").write_text("".join(links), "utf-8")
    with tarfile.open(tmp_path / "irc-ubuntu.tar.xz", "w:xz") as archive:
        archive.add(tmp_path / "irc-ubuntu", "irc-ubuntu")
    return tmp_path


def test_the_lines_of_the_server_are_no_messages_and_a_new_name_is_the_same_person(made: Path):
    one = log(made / "irc-ubuntu" / "test" / "made-up.annotation.txt")
    assert one.number[FIRST:] == (1000, 1001, 1003, 1005, 1006)
    ann, bo = one.stream.author[FIRST], one.stream.author[FIRST + 1]
    assert one.stream.author[FIRST:].tolist() == [ann, bo, ann, ann, bo]
    assert one.stream.named[one.stream.named_at[FIRST] :].tolist() == [ann, bo, ann]


def test_the_rules_answer_whom_is_named_and_else_go_on(made: Path):
    one = log(made / "irc-ubuntu" / "test" / "made-up.annotation.txt")
    assert [one.number[parent] for parent in by_rules(one.stream)[FIRST:]] == [1000, 1000, 1001, 1003, 1003]


def test_the_task_prints_all_ways_and_writes_links_as_the_official_scripts_read_them(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "links.txt"
    main(replies.TASK, ["--data", str(made), "--json", "--out", str(out)])
    told = json.loads(capsys.readouterr().out)
    rows = told["tables"][0]["rows"]
    assert list(rows) == ["previous message", "rules", "crosstie"]
    assert rows["crosstie"]["link F1"] > rows["previous message"]["link F1"]
    lines = out.read_text("utf-8").splitlines()
    assert len(lines) == len(TALK)
    assert "made-up:1000 1001 -" in lines
    assert "made-up:1002 1002 -" in lines


def test_probabilities_that_mean_what_they_say_have_no_error():
    assert replies._calibrated([0.5, 0.5, 1.0], [1, 0, 1])["error"] == 0
    assert replies._calibrated([0.9, 0.9], [0, 0])["error"] == pytest.approx(0.9)
