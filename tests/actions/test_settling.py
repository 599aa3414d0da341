"""Who the viewer is, settled over all that is about to be read and before any of it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.actions import company

from crosstie.actions import looking, opting, reading
from crosstie.actions.course import Plan
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.actions.settling import settle
from crosstie.errors import PersonUnclear, WorkspaceRefused

ANN, BEN = "ann@firm.example", "ben@firm.example"
PEOPLE = (("U1", "Ann Able", ANN), ("U2", "Ben Best", BEN), ("U3", "Cal Cole", ""))
WORDS = ("U1", "Ann Able", "ann  ABLE", ANN)


def slack(folder: Path, people: tuple[tuple[str, str, str], ...] = PEOPLE) -> Plan:
    """Write an export with a word in the open and two in conversations of two."""
    path = folder / "slack"
    told: dict[str, Any] = {
        "users.json": [
            {"id": id_, "team_id": "T1", "name": id_, "profile": {"real_name": name, "email": address}}
            for id_, name, address in people
        ],
        "channels.json": [{"id": "C1", "name": "general", "members": ["U1", "U2", "U3"]}],
        "dms.json": [{"id": "D1", "members": ["U1", "U3"]}, {"id": "D2", "members": ["U2", "U3"]}],
        "general/2026-03-02.json": [said("U2", 1)],
        "D1/2026-03-02.json": [said("U3", 2)],
        "D2/2026-03-02.json": [said("U3", 3)],
    }
    for name, content in told.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(json.dumps(content))
    return reading.plan(str(path))


def said(user: str, second: int) -> dict[str, str]:
    return {"type": "message", "user": user, "ts": f"177244920{second}.000100", "text": "Hello"}


def mail(folder: Path, *pairs: tuple[str, str], name: str = "box.mbox") -> Plan:
    path = folder / name
    path.write_text(
        "".join(
            f"From x@y Mon Mar  2 00:00:00 2026\nMessage-ID: <{number}.{name}@x>\nFrom: {sender}\n"
            f"To: {to}\nDate: Mon, 2 Mar 2026 10:0{number}:00 +0000\n\nhello\n\n"
            for number, (sender, to) in enumerate(pairs)
        )
    )
    return reading.plan(str(path))


def inbox(folder: Path) -> Plan:
    return mail(
        folder, ("Zoe Zest <zoe@x.example>", f"A. Able <{ANN}>"), ("zoe@x.example", f"Ben Best <{BEN}>")
    )


def table(folder: Path) -> Plan:
    path = folder / "log.csv"
    path.write_text("from,to,at\n10,11,2026-03-02\n11,12,2026-03-02\n")
    return reading.plan(f"table:{path}")


def staff(folder: Path) -> Plan:
    path = folder / "staff.csv"
    path.write_text(
        f"id,name,email,department\n10,Ann Able,{ANN},Paint\n11,Ben Best,{BEN},Press\n12,Cal,,Stock\n"
    )
    return reading.plan(f"directory:{path}")


def direct(home: Home, plans: list[Plan], given: str) -> list[int]:
    """Read these, and return how much of what is direct was read of each."""
    who = settle(home, plans, given)
    return [reading.read(home, one, viewer=who).places.get("direct", 0) for one in plans]


@pytest.mark.parametrize("given", WORDS)
@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_the_accounts_of_one_person_count_in_all_sources_whatever_the_order(
    home: Home, tmp_path: Path, given: str, order: slice
):
    assert direct(home, [slack(tmp_path), inbox(tmp_path)][order], given) == [1, 1]
    assert looking.viewer(home).person == looking.find(home, "U1").key
    with pytest.raises(WorkspaceRefused, match=f'is that of "{ANN}"'):
        looking.viewer(home, "Ben Best")


@pytest.mark.parametrize("given", WORDS)
def test_what_the_workspace_knows_counts_too(home: Home, tmp_path: Path, given: str):
    direct(home, [slack(tmp_path)], given)
    key = looking.viewer(home).person
    for word in (given, key):
        assert direct(home, [inbox(tmp_path)], word) == [1]
    assert direct(home, [slack(tmp_path)], key) == [1], "read again, by the key it was told"


@pytest.mark.parametrize("given", ["10", "Ann Able", ANN])
def test_an_id_that_only_a_directory_explains_counts_in_a_table(home: Home, tmp_path: Path, given: str):
    assert direct(home, [table(tmp_path), staff(tmp_path)], given) == [1, 0]


def test_whoever_has_the_same_id_in_another_place_is_another(home: Home, tmp_path: Path):
    reading.read(home, slack(tmp_path), viewer=ANN)
    other = tmp_path / "other"
    other.mkdir()
    people = (("U1", "Zoe Zest", "zoe@x.example"), *PEOPLE[1:])
    plan = slack(other, people)
    users = other / "slack" / "users.json"
    users.write_text(users.read_text().replace("T1", "T2"))
    assert direct(home, [plan], looking.viewer(home).person) == [0]


def test_a_name_of_several_is_refused_before_anything_is_read(tmp_path: Path):
    plans = [slack(tmp_path), mail(tmp_path, ("Ann Able <able@x.example>", "zoe@x.example"))]
    for order in (plans, plans[::-1]):
        with pytest.raises(PersonUnclear, match="More than one") as refused:
            settle(None, order, "Ann Able")
        assert sorted(refused.value.near) == ["Ann Able <able@x.example>", f"Ann Able <{ANN}>"]


def test_a_name_of_nobody_is_refused_with_near_ones(tmp_path: Path):
    with pytest.raises(PersonUnclear, match="Nobody") as refused:
        settle(None, [slack(tmp_path), inbox(tmp_path)], "Ann Abel")
    assert refused.value.near[0] == f"Ann Able <{ANN}>"


def test_names_alone_join_nobody(home: Home, tmp_path: Path):
    # Cal has no address in the chat: the Cal Cole of the mail may be anybody.
    post = mail(tmp_path, ("zoe@x.example", "Cal Cole <cal@x.example>"))
    with pytest.raises(PersonUnclear, match="More than one") as refused:
        settle(home, [slack(tmp_path), post], "Cal Cole")
    assert set(refused.value.near) == {"Cal Cole (U3)", "Cal Cole <cal@x.example>"}
    assert direct(home, [slack(tmp_path), post], "U3") == [2, 0]


def counting(plan: Plan, read: list[str]) -> Plan:
    def told(*given: Any) -> Any:
        for one in plan.source.read(*given):
            read.append(type(one).__name__)
            yield one

    return replace(plan, source=replace(plan.source, read=told))


@pytest.mark.parametrize(("make", "most"), [(slack, 4), (inbox, 2)])
def test_an_address_and_a_key_need_no_look_and_lists_are_left_once_they_are_told(
    home: Home, tmp_path: Path, make: Callable[[Path], Plan], most: int
):
    reading.read(home, slack(tmp_path), viewer=ANN)
    read: list[str] = []
    plan = counting(make(tmp_path), read)
    for given in (ANN, looking.viewer(home).person):
        settle(home, [plan], given)
    assert read == []
    settle(home, [plan], "U1")
    assert 0 < len(read) <= most
    assert read.count("Interaction") in {0, 2}, (
        "a list's source is left at the first place, mail is looked through"
    )


def test_a_name_that_somebody_in_no_list_has_as_well_is_refused(tmp_path: Path):
    plan = slack(tmp_path)
    guest = {**said("U9", 5), "user_profile": {"real_name": "Ann Able"}}
    (tmp_path / "slack" / "general" / "2026-03-02.json").write_text(json.dumps([said("U2", 1), guest]))
    with pytest.raises(PersonUnclear, match="More than one") as refused:
        settle(None, [plan], "Ann Able")
    assert refused.value.near == (f"Ann Able <{ANN}>", "Ann Able (U9)")
    assert settle(None, [plan], "U1").addresses == {ANN}


def test_whom_no_list_names_is_found_all_the_same(home: Home, tmp_path: Path):
    assert direct(home, [slack(tmp_path, PEOPLE[:2])], "U3") == [2]


def test_whoever_opted_out_is_neither_suggested_nor_anybodys_viewer(home: Home, tmp_path: Path):
    plans = [slack(tmp_path), inbox(tmp_path)]
    for plan in plans:
        reading.read(home, plan)
    opting.opt_out(home, BEN)
    with pytest.raises(PersonUnclear) as refused:
        settle(home, plans, "Ben Bestt")
    assert refused.value.near == ()
    for word in ("Ben Best", "U2", BEN):
        assert settle(home, plans, word).accounts == frozenset()
        assert direct(home, plans, word) == [0, 0]


def test_whoever_was_forgotten_is_not_suggested(home: Home, tmp_path: Path):
    plans = [slack(tmp_path), inbox(tmp_path)]
    reading.read(home, plans[0])
    forget(home, looking.find(home, "U2").key)
    with pytest.raises(PersonUnclear) as refused:
        settle(home, plans, "Ben Best")
    assert not any("Ben" in one for one in refused.value.near)


def test_where_nobody_may_look_alone_no_source_is_looked_at(home: Home):
    home.store.set_fact("audience", "organisation")
    with pytest.raises(WorkspaceRefused, match="for an organisation"):
        settle(home, [company.plan()], "Ada Berg")
