from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import duckdb
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.record.rows import MORNING, said

from crosstie.record import Appended, Forgotten, Interaction, Kind, Openness, Record, new_key, parts
from crosstie.record.forget import BLANK, Forgetting
from crosstie.record.rules import digest_of

ADA, BEN = "ada2key3ada4", "ben5key6ben7"
WORDS = {ADA: ["Ada Made-Up", "ada@example.org", "@ada-up"]}

TRACES = (
    ADA,
    "Ada Made-Up",
    "Made-Up",
    "ada@example.org",
    "@ada-up",
    "my own secret plan",
    "ada-direct-place",
)
"""What must be nowhere after forgetting: her key, her names, her own words, her places."""


def company() -> list[Interaction]:
    """Return a record's worth of rows in which Ada stands in every column that can hold a person."""
    return [
        said(1, actor=ADA, text="This is my own secret plan", addressed=(BEN,)),
        said(2, actor=ADA, place="ada-direct-place", openness=Openness.DIRECT, text=None, addressed=(BEN,)),
        said(3, actor=BEN, addressed=(ADA, "k3"), copied=("k4", ADA), text="Ask Ada, Ada Made-Up!"),
        said(4, actor=BEN, mentioned=(ADA, "k5"), text="_@ada-up_ knows.\nADA\n  made-up, that is"),
        said(5, actor=BEN, kind=Kind.REPLIED, parent_author=ADA, replies_to="message-1", thread="t1"),
        said(6, actor=BEN, kind=Kind.NAMED, addressed=(ADA,), strength=4.0, at=None, text=None, asks=None),
        said(7, actor=BEN, kind=Kind.MET, addressed=(ADA, "k3"), text=None),
        said(8, actor=BEN, text="Nobody spoke of ada@example.org here", link="https://example.org/@ada-up/8"),
        *(said(number, actor=f"k{number % 5}") for number in range(9, 200)),
    ]


def texts_in(folder: Path) -> dict[Path, str]:
    """Return everything that the files of a folder say: each file's bytes, and what they say when decoded."""
    texts: dict[Path, str] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        said_by_file = [path.name, content.decode("latin-1"), content.decode("utf-16-le", "replace")]
        if content.startswith(b"PAR1"):
            with duckdb.connect() as connection:
                for query in (
                    "SELECT * FROM read_parquet(?)",
                    "SELECT * FROM parquet_metadata(?)",
                    "SELECT key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata(?)",
                ):
                    said_by_file += [repr(row) for row in connection.execute(query, [str(path)]).fetchall()]
        if path.suffix in {".json", ".crc"}:
            # Values inside values: a Delta log keeps its statistics as JSON in a string.
            for line in content.decode().splitlines():
                said_by_file += map(repr, _inside(line))
        if content.startswith(b"\x1f\x8b"):
            said_by_file.append(gzip.decompress(content).decode("latin-1"))
        texts[path] = "\n".join(said_by_file)
    return texts


def _inside(value: object) -> Iterable[object]:
    """Yield a value and all that is inside it, JSON in strings included."""
    yield value
    if isinstance(value, str) and value[:1] in {"{", "["}:
        yield from _inside(json.loads(value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _inside(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _inside(inner)


def traces_in(folder: Path, traces: Iterable[str] = TRACES) -> dict[str, int]:
    """Return in how many files each trace is found, whatever its case."""
    texts = [text.casefold() for text in texts_in(folder).values()]
    return {trace: sum(trace.casefold() in text for text in texts) for trace in traces}


def test_nothing_of_a_forgotten_person_is_left_on_disk(record):
    record.append(company(), batch_rows=50)
    # An edit and a join leave files and log entries behind that know her too.
    record.append([said(3, actor=BEN, text="Ada Made-Up again", edited_at=MORNING + timedelta(days=1))])
    assert all(traces_in(record.folder).values()), "the search must find what is there"

    forgotten = record.forget([ADA], words=WORDS)

    assert forgotten.is_erased
    assert traces_in(record.folder) == dict.fromkeys(TRACES, 0)
    assert traces_in(record.folder, [BEN, "k3", "Ask"])[BEN] > 0, "and still finds the others"


def test_nothing_is_left_of_one_who_was_read_many_times_over(tmp_path, monkeypatch):
    monkeypatch.setitem(parts._CONFIGURATION, "delta.checkpointInterval", "4")
    record = Record(tmp_path / "record")
    for day in range(9):  # more versions than lie between two checkpoints of the log
        edited_at = MORNING + timedelta(days=day)
        record.append([said(1, actor=ADA, text=f"my own secret plan {day}", edited_at=edited_at)])
    record.append(company())
    assert list((record.folder / "_delta_log").glob("*.checkpoint.parquet"))

    record.forget([ADA], words=WORDS)

    assert not any(traces_in(record.folder).values())
    assert len(list((record.folder / "_delta_log").glob("*.json"))) == 1
    assert record.append([said(1000)]) == Appended(added=1)
    assert Record(record.folder).count() > 190


def test_values_never_reach_the_log(record):
    record.append(company())

    logs = "".join(text for path, text in texts_in(record.folder).items() if path.parent.name == "_delta_log")

    assert "numRecords" in logs
    assert not [word for word in (*TRACES, BEN, "slack:TMADEUP", "general", "2026-03") if word in logs]


def test_the_search_sees_through_compression(tmp_path):
    """Without this, the proof could pass because it looks at packed bytes only."""
    record = Record(tmp_path / "record")
    words = [f"secret {new_key()} plan" for _ in range(3000)]
    record.append(said(number, actor=ADA, text=text) for number, text in enumerate(words))
    # The footer repeats the first and the last word, so look for another.
    word = sorted(words)[1500]

    assert not any(word.encode() in path.read_bytes() for path in record.folder.rglob("*.parquet"))
    assert traces_in(record.folder, [word]) == {word: 1}


def test_the_rows_of_others_say_the_same_without_the_forgotten(record):
    record.append(company())

    counts = record.forget([ADA], words=WORDS)

    assert counts == Forgotten(removed=3, blanked=5, is_erased=True)
    assert record.count() == 196

    def find(number: int) -> Interaction | None:
        found: Interaction | None = record.find("slack:TMADEUP", f"message-{number}")
        return found

    assert find(1) is None
    assert find(2) is None
    assert find(3) == said(3, actor=BEN, addressed=("", "k3"), copied=("k4", ""), text=f"Ask Ada, {BLANK}!")
    assert find(4) == said(4, actor=BEN, mentioned=("", "k5"), text=f"_{BLANK}_ knows.\n{BLANK}, that is")
    assert find(5) == said(5, actor=BEN, kind=Kind.REPLIED, replies_to="message-1")
    assert find(6) is None, "naming nobody is no act"
    assert find(7) == said(7, actor=BEN, kind=Kind.MET, addressed=("", "k3"), text=None)
    assert find(8) == said(8, actor=BEN, text=f"Nobody spoke of {BLANK} here", link="")
    assert find(9) == said(9, actor="k4")


def test_forgetting_twice_changes_nothing(record):
    record.append(company())
    record.forget([ADA], words=WORDS)

    assert record.forget([ADA], words=WORDS) == Forgotten(removed=0, blanked=0, is_erased=True)
    assert record.forget([new_key()]) == Forgotten(removed=0, blanked=0, is_erased=True)
    assert record.count() == 196


def test_a_blank_account_forgets_nobody(record):
    record.append(company())
    record.forget([ADA])

    assert record.forget([""]) == Forgotten(removed=0, blanked=0, is_erased=True)
    assert record.count() == 196


def test_reading_again_what_was_blanked_changes_nothing(record):
    """The one who appends blanks the forgotten in the same way, and the record knows the rows again."""
    rows = company()
    record.append(rows)
    record.forget([ADA], words=WORDS)
    forgetting = Forgetting.of([ADA], WORDS)
    again = [row for row in map(forgetting.applied_to, rows) if row is not None]

    assert record.append(again) == Appended(unchanged=196)


def test_the_digest_of_a_blanked_row_tells_nothing_of_what_it_was(record):
    record.append(company())
    record.forget([ADA], words=WORDS)

    kept = record.find("slack:TMADEUP", "message-3")

    with duckdb.connect() as connection:
        stored = connection.execute(
            "SELECT digest FROM read_parquet(?) WHERE external_id = 'message-3'",
            [str(record.folder / "*.parquet")],
        ).fetchall()
    assert kept is not None
    assert stored == [(digest_of(kept),)]


def test_everybody_can_be_forgotten(record):
    record.append(company())

    record.forget([ADA, BEN, *(f"k{number}" for number in range(10))], words=WORDS)

    assert record.count() == 0
    assert not list(record.folder.glob("*.parquet"))
    assert record.append([said(1)]) == Appended(added=1)


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("Ada Made-Up's idea", f"{BLANK}'s idea"),
        ("*ADA MADE-UP*", f"*{BLANK}*"),
        ("Ada\n> Made-Up", BLANK),
        ("Ada\u00a0Made-Up, ADA\u2009MADE-UP and Ada\x0bMade-Up", f"{BLANK}, {BLANK} and {BLANK}"),
        ("Made-Up, Ada", BLANK),
        ("\u0130lker Kaya and ILKER KAYA", f"{BLANK} and {BLANK}"),
        ("Ask Joan, or Jo An", f"Ask Joan, or {BLANK}"),
        ("nevada made-up", "nevada made-up"),
        ("Ada Made-Upper", "Ada Made-Upper"),
        ("<mailto:ada@example.org>", f"<mailto:{BLANK}>"),
        ("ada@example.orgy", "ada@example.orgy"),
        ("@ada-up, @ada-upper", f"{BLANK}, @ada-upper"),
        ("René and Rene\u0301", f"{BLANK} and {BLANK}"),
        ("50% (c++) costs $1.50", f"50% {BLANK} costs $1.50"),
        ("it's", BLANK),
        ("12 of 30", "12 of 30"),
    ],
)
def test_words_are_blanked_as_whole_words_in_any_case(record, text, blanked):
    record.append([said(1, actor=BEN, text=text)])

    record.forget(
        [ADA], words={ADA: [*WORDS[ADA], "René", "Ilker Kaya", "Jo An", "(c++)", "it's", "12", " ", ""]}
    )

    found = record.find("slack:TMADEUP", "message-1")
    assert found is not None
    assert found.text == blanked


@settings(max_examples=60)
@given(
    some.lists(some.sampled_from([ADA, BEN, "k1", ""]), max_size=4),
    some.lists(some.sampled_from([ADA, BEN, "k1"]), max_size=3),
    some.sampled_from(["", ADA, BEN]),
    some.sampled_from([None, "", "Ada Made-Up", "of @ada-up and Ada Made-Up", "nothing"]),
    some.sampled_from([kind for kind in Kind if kind is not Kind.NAMED]),
)
def test_no_row_that_stays_names_the_forgotten(addressed, copied, parent, text, kind):
    row = said(1, actor=BEN, kind=kind, addressed=tuple(addressed), copied=tuple(copied), text=text)
    row = msgspec.structs.replace(row, parent_author=parent)

    after = Forgetting.of([ADA], WORDS).applied_to(row)

    if after is not None:
        assert not any(
            trace in msgspec.json.encode(after).decode() for trace in (ADA, "Ada Made-Up", "@ada-up")
        )
        assert len(after.addressed) == len(row.addressed)
        assert [account for account in after.addressed if account] == [
            account for account in addressed if account not in {ADA, ""}
        ]


@pytest.mark.parametrize(
    ("path", "blanked"),
    [
        ("people/ben-olu/plan.md", f"people/{BLANK}/plan.md"),
        ("people/ben_olu.md", f"people/{BLANK}.md"),
        ("src/BenOlu.py", f"src/{BLANK}.py"),
        ("by/olu/ben/x", f"by/{BLANK}/x"),
        ("notes/Ben  Olu.md", f"notes/{BLANK}.md"),
        ("home/ben.olu/x.c", f"home/{BLANK}/x.c"),
        ("mail/ben.olu%40firm.example.txt", f"mail/{BLANK}.txt"),
        ("benolution/columns.md", "benolution/columns.md"),
    ],
)
def test_files_lose_a_name_in_the_forms_that_paths_have_it_in(record, path, blanked):
    record.append([said(1, actor=BEN, files=(path,)), said(2, actor=ADA)])

    record.forget([ADA], words={ADA: {"Ben Olu", "ben.olu@firm.example"}})

    found = record.find("slack:TMADEUP", "message-1")
    assert found is not None
    assert found.files == (blanked,)


def test_files_named_after_the_forgotten_lose_the_name(record):
    mine, hers = "notes/ada@example.org.md", "notes/others.md"
    record.append([said(1, actor=BEN, text="Tidy", files=(hers, mine)), said(2, actor=ADA, files=(mine,))])

    counts = record.forget([ADA], words={ADA: {"ada@example.org"}})

    assert counts == Forgotten(removed=1, blanked=1, is_erased=True)
    assert record.find("slack:TMADEUP", "message-1") == said(
        1, actor=BEN, text="Tidy", files=(hers, f"notes/{BLANK}.md")
    )
    assert traces_in(record.folder, ["ada@example.org"]) == {"ada@example.org": 0}
