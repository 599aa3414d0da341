"""A commit log as JSON lines."""

from __future__ import annotations

import gzip
import json
import re
from itertools import islice
from pathlib import Path

import pytest
from tests.sources.git import samples
from tests.sources.git.histories import git

from crosstie.errors import SourceRefused
from crosstie.record import Account, Interaction, Kind
from crosstie.sources import Door, Ledger
from crosstie.sources.git import SOURCE
from crosstie.sources.git.lines import CommitLog
from crosstie.sources.mending import BROKEN_SIGN

_FIELDS = ("sha", "parents", "an", "ae", "ad", "cn", "ce", "cd", "subject", "body")
_FORMAT = "%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%s%x1f%b%x1f%(trailers:only,unfold)%x1e"


def log_of(path: Path, to: Path) -> Path:
    """Write the log of a repository as JSON lines, as whoever published one did."""
    lines = []
    for record in git(path, "log", f"--format={_FORMAT}").split("\x1e\n")[:-1]:
        *fields, trailers = record.split("\x1f")
        line: dict[str, object] = dict(zip(_FIELDS, fields, strict=True))
        line["trailers"] = [list(trailer.split(": ", 1)) for trailer in trailers.splitlines()]
        line["parents"] = fields[1].split()
        lines.append(json.dumps(line))
    to.write_bytes(gzip.compress("\n".join([*lines, ""]).encode()))
    return to


def reading(path: Path) -> tuple[list[object], Ledger]:
    door = Door(ledger=Ledger())
    return list(SOURCE.read(path, SOURCE.defaults(), door)), door.ledger


def test_a_log_gives_what_the_repository_gives_under_the_same_source(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    log = log_of(path, tmp_path / "widgets.log.jsonl.gz")

    from_log, ledger = reading(log)
    from_clone, expected = reading(path)

    assert SOURCE.recognises(log) > 0.9
    assert sorted(map(repr, from_log)) == sorted(map(repr, from_clone))
    assert ledger == expected


def test_the_mailmap_beside_a_log_is_used(tmp_path: Path) -> None:
    log = log_of(samples.make(tmp_path), tmp_path / "widgets.log.jsonl.gz")
    (tmp_path / "widgets.mailmap.gz").write_bytes(gzip.compress(b"<ada@new.example> <ada@example.org>\n"))

    traces, _ = reading(log)

    assert {trace.id for trace in traces if isinstance(trace, Account)} == {
        "ada@new.example", "ben@example.org", "cleo@example.org",
    }  # fmt: skip


def test_lines_that_are_no_commit_are_counted_and_a_cut_file_is_noted(tmp_path: Path) -> None:
    log = log_of(samples.make(tmp_path), tmp_path / "widgets.log.jsonl.gz")
    whole = gzip.decompress(log.read_bytes())
    plain = tmp_path / "plain.jsonl"
    plain.write_bytes(whole + b'{"sha": 7}\n{"sha"')
    cut = tmp_path / "cut.jsonl.gz"
    many = b"".join(
        whole.splitlines(keepends=True)[0].replace(b"Merge", f"{i:x}".encode()) for i in range(20_000)
    )
    cut.write_bytes(gzip.compress(many)[:-4_000])

    _, ledger = reading(plain)
    _, ledger_of_cut = reading(cut)

    assert ledger.read == samples.UNITS + 2
    assert ledger.left_out["unreadable line"] == 2
    assert ledger_of_cut.notes["file cut off or damaged"] == 1
    assert 0 < ledger_of_cut.read < 20_000


def test_other_json_lines_are_not_taken_for_a_log(tmp_path: Path) -> None:
    other = tmp_path / "x.jsonl"
    other.write_text('{"type": "version"}\n')

    assert SOURCE.recognises(other) == 0
    with pytest.raises(SourceRefused):
        reading(other)


@pytest.mark.parametrize(
    ("name", "commits", "trailers"),
    [
        ("ltp", 18_369, {"Reviewed-by": 6_492}),
        ("git", 81_966, {"Helped-by": 2_176, "Mentored-by": 854}),
    ],
)
def test_the_logs_of_two_projects_are_read_whole(
    shared_data: Path, name: str, commits: int, trailers: dict[str, int]
) -> None:
    path = shared_data / "git" / f"{name}.log.jsonl.gz"
    lines = 0
    counted = dict.fromkeys(trailers, 0)
    misspelt = dict.fromkeys(trailers, 0)
    slips = {
        "Reviewed-by": "reviwed-by",
        "Helped-by": "he(?:lpedy|led|pled|lpd)-by",
        "Mentored-by": "mentored-byy",
    }
    compounds = {"Reviewed-by": "reviewed-and-", "Helped-by": "helped-and-", "Mentored-by": "mentored-and-"}
    with gzip.open(path) as file:
        for line in file:
            lines += 1
            for label in trailers:
                counted[label] += len(re.findall(rf'\["{label}", "'.encode(), line, re.IGNORECASE))
                other = rf'\["(?:{slips[label]}|{compounds[label]}[a-z-]+)", "'
                misspelt[label] += len(re.findall(other.encode(), line, re.IGNORECASE))

    traces, ledger = reading(path)

    assert lines == ledger.read == commits
    assert counted == trailers
    bots = ledger.left_out["bot"]
    for label in trailers:
        assert counted[label] + misspelt[label] - bots <= ledger.notes[f"trailer {label}"]
        assert ledger.notes[f"trailer {label}"] <= counted[label] + misspelt[label]
    said = sum(isinstance(trace, Interaction) and trace.kind is Kind.SAID for trace in traces)
    assert said == ledger.used == commits - bots


def _lines(tmp_path: Path, *lines: dict[str, object]) -> Path:
    log = tmp_path / "widgets.log.jsonl"
    same = {"an": "Ada Berg", "ae": "ada@example.org", "cd": "2023-11-14T22:13:20+00:00"}
    written = [
        {"sha": f"{number:040x}", "parents": [f"{number + 1:040x}"], "subject": f"Change {number}"}
        | same
        | line
        for number, line in enumerate(lines, 1)
    ]
    log.write_text("\n".join(json.dumps({"ad": one["cd"]} | one) for one in written) + "\n")
    return log


def test_a_line_may_name_its_files(tmp_path: Path) -> None:
    many = [f"src/{number}.py" for number in range(31)]
    log = _lines(
        tmp_path,
        {"files": ["src/lamp.py", "docs/lamp.md"]},
        {"files": ["a", "b"], "parents": ["1" * 40, "2" * 40]},
        {"files": many},
        {"files": [{"name": "src/lamp.py"}]},
        {"files": ["old.py"], "cd": "2020-12-31T23:00:00+00:00"},
        {"files": ["new.py"], "cd": "2021-01-01T00:00:00+00:00"},
        {"parents": []},
    )

    traces, ledger = reading(log)

    files = {act.text: act.files for act in traces if isinstance(act, Interaction)}
    assert {text: files for text, files in files.items() if files} == {
        "Change 1": ("src/lamp.py", "docs/lamp.md"),
        "Change 6": ("new.py",),
    }
    assert ledger.used == 7
    assert dict(ledger.notes) == {
        "change of so many files that they say little, without their names": 1,
        "list of files that are not named by a text each": 1,
    }


def test_of_the_files_of_a_line_each_is_named_once_and_none_that_cannot_be_shown(tmp_path: Path) -> None:
    log = _lines(
        tmp_path,
        {"files": ["lamp.py", "", "tab\there", "lamp.py", "x" * 1_001, "exe\u202egnp", "y" * 1_000]},
        {"files": ["lamp.py", *(f"lamp{number}.py" for number in range(30))]},
        {"parents": []},
    )

    traces, ledger = reading(log)

    files = {act.text: act.files for act in traces if isinstance(act, Interaction)}
    assert files == {"Change 1": ("lamp.py", "y" * 1_000), "Change 2": (), "Change 3": ()}
    assert dict(ledger.notes) == {
        "name of a file with control characters, of more than 1,000 characters, or empty": 4,
        "change of so many files that they say little, without their names": 1,
    }


def test_a_log_is_read_line_by_line_however_long_they_are(tmp_path: Path) -> None:
    log = log_of(samples.make(tmp_path), tmp_path / "widgets.log.jsonl.gz")
    log.write_bytes(gzip.compress(gzip.decompress(log.read_bytes()) + b"no commit\n"))
    door = Door(ledger=Ledger())

    stretches = CommitLog(log).commits(door, files_since=None)

    assert {len(stretch.shas) for stretch in islice(stretches, 2)} == {1}
    assert not door.ledger.left_out
    assert list(stretches)
    assert door.ledger.left_out == {"unreadable line": 1}


def test_half_a_sign_loses_nothing_but_itself(tmp_path: Path) -> None:
    log = log_of(samples.make(tmp_path), tmp_path / "widgets.log.jsonl.gz")
    expected = reading(log)[1]
    lines = gzip.decompress(log.read_bytes()).replace(b"It shines.", rb"It shines \ud83d.")
    log.write_bytes(gzip.compress(lines.replace(b"Polish the lamp", b"Pol\xedsh the lamp")))

    traces, ledger = reading(log)

    texts = [trace.text or "" for trace in traces if isinstance(trace, Interaction)]
    assert any("It shines \ufffd." in text for text in texts)
    assert any(text.startswith("Pol\ufffdsh the lamp") for text in texts)
    assert ledger.used == expected.used
    assert ledger.notes == expected.notes | {BROKEN_SIGN: 2}


@pytest.mark.parametrize(
    "line", [b'{"sha": "\xff', b'{"sha": 5}', b"[" * 100_000, b'{"sha": "a", "x": ' + b"[" * 100_000]
)
def test_a_line_that_cannot_be_read_is_counted(tmp_path: Path, line: bytes) -> None:
    log = log_of(samples.make(tmp_path), tmp_path / "widgets.log.jsonl.gz")
    log.write_bytes(gzip.compress(gzip.decompress(log.read_bytes()) + line + b"\n"))

    assert reading(log)[1].left_out["unreadable line"] == 1
