"""Before anything was read: pages say how to begin, and show no figures of nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.organisation.conftest import PASSWORD

from crosstie.actions.home import Home
from crosstie.actions.organisation import asking, beginning, gate, invitations, members, recording
from crosstie.people import Viewer
from crosstie.store.models import Member, Run

ADDRESS = "ada@firm.example"


@pytest.fixture
def steward(home: Home) -> Viewer:
    members.set_up(
        home, organisation="Firm", name="Ada Berg", address=ADDRESS, password=PASSWORD, keep_months=0
    )
    return gate.viewer_of(home, Member.objects.get(email=ADDRESS).pk)


def of(site: Callable[[], Client], viewer: Viewer) -> Client:
    browser = site()
    browser.force_login(Member.objects.get(pk=viewer.member))
    return browser


def test_a_steward_is_told_how_to_begin_and_a_member_when_there_is_a_circle(
    home: Home, steward: Viewer, site: Callable[[], Client]
) -> None:
    path = invitations.invite(home, steward, ["ben@firm.example"])["ben@firm.example"]
    other = gate.viewer_of(home, invitations.accept(home, path.removeprefix("/join/"), name="Ben Olu"))
    how = f"crosstie try PATH --consent consent.toml --workspace {home.folder} --dry-run"
    for page in ("/", "/sources"):
        told = of(site, steward).get(page).content.decode()
        assert how in told
        assert 'href="/members"' in told
        calm = of(site, other).get(page).content.decode()
        assert "crosstie try" not in calm
        assert str(home.folder) not in calm
        assert "As soon as a place is read in which you take part, your circle is here" in calm
        for one in (told, calm):
            assert "Nothing" in one
            assert "1 accounts" not in one
            assert "On 0 contacts." not in one
    ideas = of(site, other).get("/ideas").content.decode()
    assert "Nothing was read yet, so there is nothing to show." in ideas
    assert "1970" not in ideas


def test_what_is_said_here_is_a_beginning_too(
    home: Home, steward: Viewer, site: Callable[[], Client]
) -> None:
    assert not beginning.has_begun(home)
    asking.ask(home, steward, "Where do we begin?", {})
    for run in Run.objects.filter(kind="record", done_at=None):
        recording.record(home, run.payload)
    assert beginning.has_begun(home)
    assert "Nothing was read yet" not in of(site, steward).get("/").content.decode()


def test_where_something_was_read_pages_are_as_ever(
    firm: Home, ada: Viewer, site: Callable[[], Client]
) -> None:
    assert beginning.has_begun(firm)
    assert "Nothing was read yet" not in of(site, ada).get("/").content.decode()
    assert "How large, how diverse" in of(site, ada).get("/").content.decode()
