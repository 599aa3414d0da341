"""*Who knows* by the files that people changed: in a made-up repository where each folder has its owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.actions import company
from tests.sources.git.histories import Made, build

from crosstie.actions import opting, pages, panels, reading, snapshots
from crosstie.actions.advice_views import Helper
from crosstie.actions.advising import who_can_help
from crosstie.actions.course import Plan
from crosstie.actions.home import Home
from crosstie.actions.reasons import reasons_for
from crosstie.actions.views import Original
from crosstie.advice.activity import NEVER
from crosstie.advice.experts import Expert
from crosstie.errors import NotShown
from crosstie.sources.git import SOURCE

ADA = "Ada Berg <ada.berg@firm.example>"
OWNERS = {
    "drivers/usb/core": ("Ben Olu", "Cleo Marti"),
    "lib/BlockReader": ("Dan Wu", "Eve Ros"),
    "web/print_queue": ("Fay Lind", "Gil Amado"),
}
ASKED = {
    "drivers/usb/core/hub.c": "drivers/usb/core",
    "usb hub driver": "drivers/usb/core",
    "Who has worked with block readers?": "lib/BlockReader",
    "lib/BlockReader/hub.c": "lib/BlockReader",
    "the queue for printing": "web/print_queue",
    "print_queue": "web/print_queue",
}
"""What is asked, and whose folder it is about."""


def _hand(name: str) -> str:
    return f"{name} <{company.address(name)}>"


def commits() -> Iterator[Made]:
    """Each owner changes files of their folder, another reviews; the messages say nothing of where."""
    yield Made(message="Begin\n", author=ADA, authored="1700000000 +0000")
    at = 1_700_000_000
    for week in range(8):
        at += 7 * 86_400
        for folder, (owner, reviewer) in OWNERS.items():
            yield Made(
                message=f"Tidy up a little\n\nReviewed-by: {_hand(reviewer)}\n",
                author=_hand(owner),
                authored=f"{at} +0000",
                files={f"{folder}/{'hub.c' if week % 2 else f'part{week}.c'}": f"{at}"},
            )


def read(home: Home, path: Path, **chosen: str) -> Home:
    plan = Plan(path=path, source=SOURCE, settings={**SOURCE.defaults(), **chosen})
    reading.read(home, plan, viewer=company.address("Ada Berg"))
    return home


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return build(tmp_path / "widgets", list(commits()))


@pytest.fixture
def named(home: Home, clone: Path) -> Home:
    """The repository, read with the names of its files."""
    return read(home, clone)


def _ada(home: Home) -> str:
    return next(key for key, one in snapshots.persons(home).by_key.items() if one.name == "Ada Berg")


def _found(home: Home, text: str) -> tuple[Helper, ...]:
    return who_can_help(home, _ada(home), text, k=2)


@pytest.mark.parametrize(("text", "folder"), ASKED.items())
def test_who_changed_or_reviewed_the_files_is_found_by_path_and_by_words(named, text, folder):
    found = _found(named, text)

    owner, reviewer = OWNERS[folder]
    assert {one.person.name for one in found} == {owner, reviewer}
    for one in found:
        assert one.evidence
        assert all(file.startswith(folder) for original in one.evidence for file in original.files)
        did = "Changed" if one.person.name == owner else "Reviewed or helped with changes of"
        assert one.reasons[0].startswith(f"{did} {folder}/")
        assert " in widgets, the last such change on " in one.reasons[0]


def test_without_the_files_nobody_is_found_for_it(home, clone):
    read(home, clone, files="none")

    for text in ASKED:
        assert not any(one.evidence for one in _found(home, text))


def test_a_path_names_that_very_file_first(named):
    ben = next(one for one in _found(named, "drivers/usb/core/hub.c") if one.person.name == "Ben Olu")

    assert ben.evidence[0].files == ("drivers/usb/core/hub.c",)
    assert ben.evidence[0].text.startswith("Tidy up a little")


def test_read_again_with_the_files_what_was_read_without_them_tells_them(home, clone):
    read(home, clone, files="none")
    before = home.record.count()
    assert not any(one.evidence for one in _found(home, "usb hub driver"))

    read(home, clone)

    assert home.record.count() == before
    assert {one.person.name for one in _found(home, "usb hub driver")} == set(OWNERS["drivers/usb/core"])


def test_the_page_of_a_change_lists_all_its_files(home, tmp_path):
    files = {f"src/part{number}.c": "x" for number in range(4)}
    path = build(tmp_path / "widgets", [*commits(), Made(message="Several\n", author=ADA, files=files)])
    read(home, path)
    with home.record.connect() as connection:
        ((change,),) = connection.execute(
            "SELECT external_id FROM interactions WHERE text = 'Several'"
        ).fetchall()

    shown = pages.trace(home, _ada(home), change)

    assert shown.files == tuple(files)


def test_own_changes_are_no_load_and_reviews_are_as_before(named):
    from crosstie.actions.prepared import prepared

    ready = prepared(named)
    loads = dict(zip(ready.people, ready.activity.to_others, strict=True))
    by_name = {one.name: loads.get(key) for key, one in snapshots.persons(named).by_key.items()}
    assert by_name["Ben Olu"] == 0
    assert (by_name["Cleo Marti"] or 0) > 0


def test_whoever_changed_it_lately_comes_before_whoever_did_long_ago(home, tmp_path):
    commits = [Made(message="Begin\n", author=ADA, authored="1640000000 +0000")]
    for number in range(12):
        name = "Ben Olu" if number < 6 else "Cleo Marti"
        commits.append(
            Made(
                message="Tidy up\n",
                author=_hand(name),
                authored=f"{1_650_000_000 + number * 86_400 + (number >= 6) * 400 * 86_400} +0000",
                files={"src/lamp.c": str(number)},
            )
        )
    read(home, build(tmp_path / "widgets", commits))

    assert [one.person.name for one in _found(home, "src/lamp.c")] == ["Cleo Marti", "Ben Olu"]


def _one_file(tmp_path: Path) -> Path:
    """Ben changed a file once, and Cleo reviewed it; since then Dan and Eve are at work around it."""
    commits = [Made(message="Begin\n", author=ADA, authored="1700000000 +0000")]
    at = 1_700_000_000
    for number, (name, file) in enumerate(
        [("Ben Olu", "src/lamp/lamp.c"), ("Ben Olu", "doc/a.txt"), *[("Dan Wu", "src/lamp/bulb.c")] * 9]
    ):
        at += 86_400
        reviewer = "Cleo Marti" if number < 2 else "Eve Ros"
        commits.append(
            Made(
                message=f"Make the lamp glow\n\nReviewed-by: {_hand(reviewer)}\n",
                author=_hand(name),
                authored=f"{at} +0000",
                files={file: str(number)},
            )
        )
    return build(tmp_path / "widgets", commits)


def test_whoever_touched_the_very_file_comes_before_those_at_work_around_it(home, tmp_path):
    read(home, _one_file(tmp_path))
    touched = {"Ben Olu", "Cleo Marti"}
    by_words = {one.person.name for one in _found(home, "the lamp that glows")}

    assert by_words == {"Dan Wu", "Eve Ros"}
    for text in ("src/lamp/lamp.c", "lamp/lamp.c", "Who can tell me about lamp.c?"):
        found = _found(home, text)
        assert {one.person.name for one in found} == touched
        assert all("src/lamp/lamp.c in widgets, on 15 November 2023." in one.reasons[0] for one in found)
    seats = panels.panel(home, _ada(home), "src/lamp/lamp.c", seats=2).seats
    # A panel is of people from different sides; but it is not without those.
    assert {one.helper.person.name for one in seats} & touched
    assert {one.brings for one in seats} == {("Has worked on this in widgets.",)}


def test_whoever_opted_out_or_is_left_out_does_not_come_first_for_their_file(home, tmp_path):
    read(home, _one_file(tmp_path))
    by_name = {one.name: key for key, one in snapshots.persons(home).by_key.items()}
    found = who_can_help(home, _ada(home), "src/lamp/lamp.c", excluded={by_name["Ben Olu"]})
    assert found[0].person.name == "Cleo Marti"
    assert "Ben Olu" not in {one.person.name for one in found}

    opting.opt_out(home, by_name["Cleo Marti"])

    names = [one.person.name for one in _found(home, "src/lamp/lamp.c")]
    assert names[0] == "Ben Olu"
    assert "Cleo Marti" not in names


def _reviews(home: Home) -> list[tuple[str, str]]:
    with home.record.connect() as connection:
        return connection.execute(
            "SELECT external_id, thread FROM interactions WHERE kind = 'reviewed' AND known_how = 'stated'"
            ' ORDER BY "at"'
        ).fetchall()


def test_the_page_of_a_review_shows_the_change_that_was_reviewed(home, tmp_path):
    read(home, _one_file(tmp_path))
    review, _thread = _reviews(home)[0]

    shown = pages.trace(home, _ada(home), review)

    assert shown.who == "Cleo Marti"
    assert shown.text.startswith("Make the lamp glow")
    assert shown.files == ("src/lamp/lamp.c",)
    assert shown.is_of_change


def test_a_review_in_a_place_that_is_not_open_is_not_shown_to_others(home, tmp_path):
    read(home, _one_file(tmp_path), openness="members")
    ada = _ada(home)
    for review, _thread in _reviews(home):
        with pytest.raises(NotShown):
            pages.trace(home, ada, review)


def test_the_words_of_whoever_opted_out_are_not_shown_with_a_review_of_them(home, tmp_path):
    read(home, _one_file(tmp_path))
    by_name = {one.name: key for key, one in snapshots.persons(home).by_key.items()}
    opting.opt_out(home, by_name["Ben Olu"])
    review, _thread = _reviews(home)[0]

    shown = pages.trace(home, by_name["Ada Berg"], review)
    assert (shown.who, shown.text, shown.files) == ("Cleo Marti", "", ())
    assert not re.search(r"\bBen\b", f"{shown}")


def test_of_a_long_path_a_reason_has_the_end():
    expert = Expert(person=1, score=0.0, answers=(), near=1, last_at=NEVER, here=0.0)
    at = datetime(2026, 3, 2, tzinfo=UTC)
    change = Original(
        id="1", at=at, place="widgets", link="", kind="wrote", who="", whom="", text="",
        is_stated=True, files=("deep/" * 100 + "hub.c",),
    )  # fmt: skip
    (reason,) = reasons_for(expert, (change,), "")
    assert "/deep/hub.c" in reason
    assert len(reason) < 160
