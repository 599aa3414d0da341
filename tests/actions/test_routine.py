"""*What comes again*: open places alone, people through the gate, one's own share for oneself alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.actions import company
from tests.advice.recurring import ANSWERS, RECURRING, put

from crosstie.actions import forgetting, opting, reading, routine_files, settings, snapshots
from crosstie.actions.home import Home
from crosstie.actions.prepared import prepared
from crosstie.actions.routine import recurring
from crosstie.actions.routine_shares import own_share, shares
from crosstie.errors import NotShown
from crosstie.ideas.threads import Question
from crosstie.record import Interaction, Kind, Openness, Trace

FIRST = tuple(name.split()[0] for name in company.NAMES)
ADA = company.address("Ada Berg")


def asking(*, place: str = "open", times: int = 400) -> Iterator[Trace]:
    """A question a day; "badge" and "vpn" come again, and of "vpn" an asker gives thanks for the answer."""
    yield from company.accounts()
    yield from company.places()
    last = {}
    for one in put(FIRST, times=times):
        message = one.message
        day = message.at / 86_400_000_000
        act = company.said(0, message.author, place=place, days=day)
        act = replace(act, external_id=message.external_id, thread=message.thread, text=message.text)
        if isinstance(one, Question):
            last[one.number] = act
        else:
            root = last[one.question]
            act = replace(
                act, kind=Kind.REPLIED, replies_to=root.external_id, parent_author=root.actor, asks=False
            )
        act = replace(act, link=message.link)
        yield act if place == "open" else replace(act, text=None, link="", openness=Openness(place))
    yield _thanks("vpn-2-a", last)


def _thanks(answer: str, asked: dict[int, Interaction]) -> Interaction:
    root = next(one for one in asked.values() if answer.startswith(one.external_id))
    act = company.said(0, root.actor, place=root.place, days=399)
    return replace(
        act,
        external_id="thanks",
        kind=Kind.THANKED,
        replies_to=answer,
        parent_author="",
        text=None,
        asks=None,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with all of it, compared; nobody changes it."""
    folder = tmp_path_factory.mktemp("routine") / "workspace"
    with Home(folder) as home:
        reading.read(home, company.plan(list(asking())), viewer=ADA)
        routine_files.current(home)
    return folder


@pytest.fixture
def asked(made: Path, tmp_path: Path) -> Iterator[Home]:
    with Home(shutil.copytree(made, tmp_path / "workspace")) as home:
        yield home


def _key(home: Home, name: str) -> str:
    return next(key for key, one in snapshots.persons(home).by_key.items() if one.name == name)


def test_what_comes_again_stands_with_how_often_since_when_where_and_what_settled_it(asked: Home):
    seen = recurring(asked, _key(asked, "Ada Berg"))
    assert seen.is_ready
    assert [one.times for one in seen.questions] == [5, 4]
    badge, vpn = seen.questions
    assert badge.question.text in RECURRING["badge"]
    assert {one.text for one in badge.others} | {badge.question.text} == set(RECURRING["badge"])
    assert badge.places == ("questions",)
    assert badge.since < badge.last_at
    assert badge.answer.text == ANSWERS["badge"]
    assert badge.settled.startswith("Nobody said which answer settled it")
    assert vpn.answer.id == _external(asked, "vpn-2-a")
    assert vpn.settled.startswith("Whoever asked accepted this answer or gave thanks")


def test_who_asks_back_settles_nothing(home: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ANSWERS, "badge", "Which badge does the turnstile refuse? And who can renew it?")
    reading.read(home, company.plan(list(asking())), viewer=ADA)
    routine_files.current(home)
    (vpn,) = recurring(home, _key(home, "Ada Berg")).questions
    assert vpn.answer.id == _external(home, "vpn-2-a")


def test_who_quotes_the_question_and_says_little_settles_nothing(home: Home, monkeypatch: pytest.MonkeyPatch):
    quoting = "\n".join(f"> {one}" for one in RECURRING["badge"])
    monkeypatch.setitem(ANSWERS, "badge", f"{quoting}\n\nI have that too.")
    reading.read(home, company.plan(list(asking())), viewer=ADA)
    routine_files.current(home)
    (vpn,) = recurring(home, _key(home, "Ada Berg")).questions
    assert vpn.answer.id == _external(home, "vpn-2-a")


def test_the_draft_page_has_the_askers_words_the_answer_its_author_and_its_link(asked: Home):
    badge = recurring(asked, _key(asked, "Ada Berg")).questions[0]
    assert badge.draft.startswith("# ")
    assert f"> {badge.question.text}" in badge.draft
    assert f"## Answer\n\n{ANSWERS['badge']}" in badge.draft
    assert f"— [{badge.answer.who}, questions, " in badge.draft
    assert f"]({badge.answer.link})" in badge.draft
    assert "Asked 5 times since 12 March 2026, in questions." in badge.draft


def test_who_opted_out_is_neither_counted_nor_quoted(asked: Home):
    ada = _key(asked, "Ada Berg")
    before = recurring(asked, ada).questions[0]
    for name in {before.question.who, before.answer.who} - {"Ada Berg"}:
        opting.opt_out(asked, _key(asked, name))
        after = recurring(asked, ada)
        assert name not in str(after.questions)
    assert all(one.times < before.times for one in after.questions)


def test_who_is_forgotten_is_in_no_file_of_it(asked: Home):
    ada, dan = _key(asked, "Ada Berg"), _key(asked, "Dan Wu")
    recurring(asked, ada)
    folder = prepared(asked).file.parent.parent
    accounts = snapshots.persons(asked).by_key[dan].accounts
    forgetting.forget(asked, dan)
    assert not folder.exists()
    assert "Dan Wu" not in str(recurring(asked, ada))
    files = [file for file in prepared(asked).file.parent.parent.rglob("*") if file.is_file()]
    assert {"links.npz", "thanks.json"} <= {file.name for file in files}
    assert not any(key.encode() in file.read_bytes() for file in files for key in accounts)


def test_nobody_who_looks_is_shown_no_question_and_nobody_anothers_share(asked: Home):
    for show in (recurring, own_share):
        with pytest.raises(NotShown):
            show(asked, None)
        with pytest.raises(NotShown):
            show(asked, _key(asked, "Ben Olu"))


def test_what_is_asked_in_closed_places_does_not_come_again(home: Home):
    reading.read(home, company.plan(list(asking(place="members"))), viewer=ADA)
    seen = recurring(home, _key(home, "Ada Berg"))
    assert seen.questions == ()
    assert seen.looked_at == 0


def test_ones_own_share_counts_the_questions_one_answered_and_no_name(asked: Home):
    own = own_share(asked, _key(asked, "Ada Berg"))
    assert own is not None
    assert (own.repeated, own.answered) == (1, 33)
    assert not any(name in own.sentence for name in FIRST)


def test_the_share_of_everybody_stands_by_quarter_without_anybody(asked: Home):
    seen = shares(asked)
    assert seen is not None
    assert [one.begins_on.isoformat() for one in seen.quarters] == ["2026-10-01", "2027-01-01"]
    assert all(one.share == 0.0 and (one.high or 0.0) > 0 for one in seen.quarters)
    assert seen.a_year is None
    assert not any(name in str(seen) for name in FIRST)


def test_below_the_smallest_group_the_share_is_withheld(asked: Home):
    settings.keep(asked, {"network.smallest_group": "13"})
    seen = shares(asked)
    assert seen is not None
    assert {one.share for one in seen.quarters} == {None}


def test_what_one_person_asks_again_and_again_is_not_everybodys(home: Home):
    told = [
        replace(one, actor="Hana")
        if isinstance(one, Interaction) and one.external_id in {f"badge-{row}" for row in range(5)}
        else one
        for one in asking(times=120)
    ]
    reading.read(home, company.plan(told), viewer=ADA)
    seen = recurring(home, _key(home, "Ada Berg"))
    assert [one.times for one in seen.questions] == [4]


def test_it_is_made_once_a_snapshot(asked: Home):
    routine_files.current(asked)
    (file,) = asked.folder.rglob("links.npz")
    made = file.stat().st_mtime_ns
    with Home(asked.folder) as again:
        assert len(routine_files.current(again).links.question) == len(
            routine_files.current(asked).links.question
        )
    assert file.stat().st_mtime_ns == made


def _external(home: Home, answer: str) -> str:
    return home.keyring.hashed("message", company.SOURCE, answer)
