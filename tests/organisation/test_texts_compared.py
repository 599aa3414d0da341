"""Open texts are compared only of those who agreed; nobody is shown what comes of it; it goes at once."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from django.test import Client
from numpy.typing import NDArray

from crosstie.actions import forgetting, opting, panels, prepared, snapshots, viewpoints
from crosstie.actions.home import Home
from crosstie.actions.organisation import convening, held_tables, preferences, taking_along
from crosstie.people import Viewer
from crosstie.store.models import Member

pytestmark = pytest.mark.anywhere

TEXT = "Message 0 of Ada?"
KNOW = ("Ben Olu", "Cleo Marti", "Dan Wu", "Eve Ros", "Fay Lind", "Gil Amado")


@pytest.fixture
def seen(monkeypatch) -> list[str]:
    """Put a model in place that remembers what it was given; every text counts as one on work."""
    texts: list[str] = []

    def encode(given: Sequence[str]) -> NDArray[np.float32]:
        texts.extend(given)
        dice = np.random.default_rng(len(texts))
        return dice.normal(size=(len(given), 8)).astype(np.float32)

    monkeypatch.setattr("crosstie.ideas.viewpoint.encoder", lambda: encode)
    monkeypatch.setattr("crosstie.ideas.viewpoint.LEAST_WORDS", 1)
    return texts


@pytest.fixture
def members(join):
    return {name: join(name) for name in KNOW}


def _agree(home: Home, viewer: Viewer, *, yes: bool = True) -> None:
    now = preferences.preferences(home, viewer)
    preferences.choose(home, viewer, replace(now, texts_compared=yes))


def _files(home: Home) -> list[dict[str, NDArray[Any]]]:
    """Decode every file of viewpoints there is."""
    found = []
    for file in home.folder.rglob("viewpoints*.npz"):
        with np.load(file, allow_pickle=False) as columns:
            found.append({name: columns[name] for name in columns.files})
    return found


def _renew(home: Home) -> None:
    snapshots.renewed(home, also=prepared.make)


def test_nobody_is_compared_who_did_not_agree(firm, members, seen):
    assert not preferences.preferences(firm, members["Ben Olu"]).texts_compared
    _renew(firm)
    assert seen == []
    assert _files(firm) == []


def _of(home: Home, members: dict[str, Viewer]) -> NDArray[np.float32] | None:
    ready = prepared.prepared(home)
    return viewpoints.of(home, ready.file.parent, [one.person for one in members.values()])


def test_only_open_texts_of_those_who_agreed_are_read(firm, members, seen):
    for name in ("Ben Olu", "Cleo Marti"):
        _agree(firm, members[name])
    _agree(firm, members["Gil Amado"])
    Member.objects.filter(pk=members["Gil Amado"].member).update(is_active=False)
    _renew(firm)
    assert len(seen) == 16
    (kept,) = _files(firm)
    assert set(kept["people"]) == {members["Ben Olu"].person, members["Cleo Marti"].person}
    compared = _of(firm, members)
    assert compared is not None
    assert (compared != 0).any(axis=1).tolist() == [True, True, False, False, False, False]


def test_taking_it_back_removes_it_from_every_file_at_once_and_another_ones_stays(firm, members, seen):
    for name in ("Ben Olu", "Cleo Marti"):
        _agree(firm, members[name])
    _renew(firm)
    _agree(firm, members["Ben Olu"], yes=False)
    (kept,) = _files(firm)
    assert set(kept["people"]) == {members["Cleo Marti"].person}
    _agree(firm, members["Cleo Marti"], yes=False)
    assert _files(firm) == []
    assert _of(firm, members) is None
    assert seen


def test_what_a_worker_wrote_meanwhile_is_not_read_and_goes_with_the_next_look(firm, members, seen):
    _agree(firm, members["Ben Olu"])
    _renew(firm)
    Member.objects.filter(pk=members["Ben Olu"].member).update(texts_compared=False)
    assert _files(firm)
    assert _of(firm, members) is None
    assert _files(firm) == []
    assert seen


@pytest.mark.parametrize("leave", [opting.opt_out, forgetting.forget])
def test_whoever_opts_out_or_is_forgotten_is_in_no_file_any_more(firm, members, seen, leave):
    _agree(firm, members["Ben Olu"])
    _renew(firm)
    assert _files(firm)
    leave(firm, members["Ben Olu"].person)
    assert _files(firm) == []
    assert seen


def test_it_takes_part_in_panels_and_is_told_to_nobody(firm, join, members, seen):
    hana = join("Hana Sato")
    for one in members.values():
        _agree(firm, one)
    _renew(firm)
    with_it = convening.convene(firm, hana, TEXT, seats=3)
    told = repr(asdict(with_it))
    for word in ("view", "compared", "vector", "array(", "cluster"):
        assert not re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}", told)  # within an id it means nothing
    assert seen
    # The reasons are the ones anybody would read who did not agree.
    for one in members.values():
        _agree(firm, one, yes=False)
    without = {
        one.helper.person.key: (one.brings[0], one.helper.reasons)
        for one in convening.convene(firm, hana, TEXT, seats=5).panel.seats
    }
    for one in with_it.panel.seats:
        if one.helper.person.key in without:
            assert (one.brings[0], one.helper.reasons) == without[one.helper.person.key]


def test_neither_what_is_held_nor_what_one_takes_along_tells_anything_but_ones_choice(firm, members, seen):
    ben = members["Ben Olu"]
    _agree(firm, ben)
    _renew(firm)
    told = repr(held_tables.tables(firm, ben))
    assert "Open texts are compared to put panels together" in told
    assert "viewpoint" not in told
    with zipfile.ZipFile(io.BytesIO(b"".join(taking_along.export(firm, ben)))) as taken:
        assert not [name for name in taken.namelist() if "view" in name]
        everything = b"".join(taken.read(name) for name in taken.namelist())
    assert b"texts_compared" in everything
    assert b"viewpoint" not in everything
    assert seen


def test_another_member_sees_no_trace_of_who_agreed(firm, site, members, seen):
    _agree(firm, members["Ben Olu"])
    _renew(firm)
    cleo: Client = site()
    cleo.force_login(
        Member.objects.get(pk=members["Cleo Marti"].member),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    before = cleo.get(f"/contact/{members['Ben Olu'].person}").content
    _agree(firm, members["Ben Olu"], yes=False)
    after = cleo.get(f"/contact/{members['Ben Olu'].person}").content
    assert _plain(before) == _plain(after)
    assert seen


def _plain(page: bytes) -> str:
    """Return a page without what is drawn anew for each request."""
    return json.dumps(
        [line for line in page.decode().splitlines() if "csrf" not in line and "nonce" not in line]
    )


def test_without_the_model_panels_go_on_by_groups_and_places(firm, join, members, monkeypatch):
    monkeypatch.setattr("crosstie.ideas.viewpoint.encoder", lambda: None)
    for one in members.values():
        _agree(firm, one)
    _renew(firm)
    assert _files(firm) == []
    assert len(convening.convene(firm, join("Hana Sato"), TEXT, seats=3).panel.seats) == 3
    assert panels.panel(firm, members["Ben Olu"], TEXT).is_ready
