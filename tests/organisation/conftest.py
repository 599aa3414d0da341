"""An organisation for each test: the made-up firm read by consent, and its pages with sessions."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth.hashers import reset_hashers
from django.test import Client
from django.utils import timezone
from tests.actions import company
from tests.organisation import postgresql
from tests.organisation.api_clients import Program

from crosstie.actions import prepared, reading
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, introducing, invitations, members, tokens
from crosstie.actions.organisation.opening import open_organisation
from crosstie.actions.organisation.scopes import for_role
from crosstie.people import Role, Viewer
from crosstie.store.models import Letter, Meeting, Member

PASSWORD = "a long enough secret 7"


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An organisation's workspace, made once: its tables take a second."""
    folder = tmp_path_factory.mktemp("empty") / "workspace"
    if postgresql.SERVER:
        postgresql.create(postgresql.EMPTY)
    open_organisation(folder, database_url=postgresql.url(postgresql.EMPTY)).close()
    return folder


@pytest.fixture(scope="session")
def firm_workspace(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Path:
    """The made-up firm's workspace, read once, with its snapshot: see `firm`."""

    def read(home: Home) -> None:
        reading.read(home, company.plan(), agreed=Consent(domains=frozenset({"firm.example"})))
        members.set_up(
            home,
            organisation="Firm",
            name="Ada Berg",
            address=company.address("Ada Berg"),
            password=PASSWORD,
            keep_months=0,  # what the firm did grows older with the clock
        )
        prepared.prepared(home)

    return grown(empty_workspace, tmp_path_factory.mktemp("firm"), read)


def grown(workspace: Path, folder: Path, change: Callable[[Home], object]) -> Path:
    """Return a copy of a workspace in which something was done: made once, for many tests to begin with."""
    made = folder / "workspace"
    shutil.copytree(workspace, made)
    postgresql.copy(made)
    with pytest.MonkeyPatch.context() as patch, open_organisation(made) as home:
        hash_quickly(patch)
        change(home)
    return made


JOINING = {"ben": "Ben Olu", "cleo": "Cleo Marti"}
"""Whom most tests let join, by the fixture that asks for them."""


@pytest.fixture(scope="session")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, frozenset[str]], Path]:
    """Return a function that gives a firm's workspace after some of `JOINING` joined: each made once."""

    @cache
    def joining(workspace: Path, who: frozenset[str]) -> Path:
        def join(home: Home) -> None:
            steward = signed_in(home, company.address("Ada Berg"))
            for name in sorted(who):
                if not Member.objects.filter(email=company.address(JOINING[name])).exists():
                    admitted(home, steward, JOINING[name])
            prepared.prepared(home)

        return grown(workspace, tmp_path_factory.mktemp("joined"), join)

    return joining


@pytest.fixture
def home(
    request: pytest.FixtureRequest, tmp_path: Path, empty_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Home]:
    """An organisation's workspace: empty, or the firm's with who joined, where a test asks for that."""
    hash_quickly(monkeypatch)
    made = empty_workspace
    if "firm" in request.fixturenames:
        who = frozenset(JOINING).intersection(request.fixturenames)
        made = request.getfixturevalue("firm_workspace")
        if who:
            made = request.getfixturevalue("joined")(made, who)
    shutil.copytree(made, tmp_path / "workspace")
    with postgresql.copied(tmp_path / "workspace"), open_organisation(tmp_path / "workspace") as opened:
        Member.objects.update(joined_at=timezone.now())  # the firm was made when the first test ran
        yield opened


def hash_quickly(patch: pytest.MonkeyPatch) -> None:
    """Let passwords be hashed in no time, while `patch` holds."""
    patch.setattr(django_settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
    reset_hashers(setting="PASSWORD_HASHERS")


@pytest.fixture
def firm(home: Home) -> Home:
    """The made-up firm, read by consent: Ada Berg is its steward."""
    return home


@pytest.fixture
def ada(firm: Home) -> Viewer:
    """The steward."""
    return signed_in(firm, company.address("Ada Berg"))


Join = Callable[..., Viewer]


@pytest.fixture
def join(firm: Home, ada: Viewer) -> Join:
    """Return a function that lets one of the firm's people join."""

    def joining(name: str, role: Role = Role.MEMBER) -> Viewer:
        return admitted(firm, ada, name, role)

    return joining


def admitted(home: Home, steward: Viewer, name: str, role: Role = Role.MEMBER) -> Viewer:
    """Let one of the firm's people join."""
    address = company.address(name)
    path = invitations.invite(home, steward, [address], role=role)[address]
    return gate.viewer_of(home, invitations.accept(home, path.removeprefix("/join/"), name=name))


@pytest.fixture
def ben(firm: Home) -> Viewer:
    """Someone of the firm who joined."""
    return signed_in(firm, company.address(JOINING["ben"]))


@pytest.fixture
def cleo(firm: Home) -> Viewer:
    """Another one."""
    return signed_in(firm, company.address(JOINING["cleo"]))


@pytest.fixture
def introduced(firm: Home, ben: Viewer, cleo: Viewer) -> Meeting:
    """Ben looked for people to meet, and Cleo was found: both answer Ada in the open."""
    del cleo
    assert introducing.look(firm, ben) == 1
    return Meeting.objects.get()


def signed_in(home: Home, address: str) -> Viewer:
    """Return the viewer of a member."""
    from crosstie.store.models import Member

    return gate.viewer_of(home, Member.objects.get(email=address).pk)


@pytest.fixture
def site(home: Home) -> Callable[[], Client]:
    """Return a function that opens the pages anew, as another browser would."""
    from crosstie.web.organisation import site_of
    from crosstie.web.organisation.application import SITE

    site = site_of(home)
    carried: dict[str, Any] = {SITE: site, "HTTP_HOST": "127.0.0.1:8000"}
    return lambda: Client(**carried)


@pytest.fixture
def one_minute() -> Iterator[None]:
    """Let no minute end: what is counted by the minute begins anew with the next."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def program(firm: Home, site: Callable[[], Client]) -> Callable[..., Program]:
    """Return a function that makes a program for a member, with all scopes of their role or those given."""

    def making(who: Viewer, *scopes: str) -> Program:
        given = scopes or [one.name for one in for_role(who.role)]
        return Program(site(), tokens.make(firm, who, "a program", given))

    return making


def link_in_last_letter(address_or_account: str) -> str:
    """Return the path in the newest letter to someone."""
    letter = (
        Letter.objects.filter(address=address_or_account) | Letter.objects.filter(account=address_or_account)
    ).latest("pk")
    found = re.search(r"(/[\w/-]+)", letter.text)
    assert found, letter.text
    return found[1]
