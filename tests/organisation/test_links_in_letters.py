"""Links in letters lead to where people reach the pages; until that is known, it is said that they do not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from tests.organisation.mail_server import Taken, smtp

from crosstie import web
from crosstie.actions.home import Home
from crosstie.actions.organisation import mail_settings
from crosstie.cli import main
from crosstie.people import Viewer
from crosstie.store.models import Member

pytestmark = pytest.mark.anywhere

SENDER = "crosstie@firm.example"
WARNED = "Letters have no usable links until crosstie serve is given --address"
HERE = "http://127.0.0.1:8123"
THERE = "https://crosstie.firm.example"


@pytest.fixture
def post(firm: Home) -> Iterator[Taken]:
    with smtp() as (taken, port):
        mail_settings.keep(firm, sending=f"smtp://127.0.0.1:{port}", sender=SENDER)
        yield taken


def run(home: Home, *command: str) -> Result:
    done = CliRunner().invoke(main, [*command, "--workspace", str(home.folder)])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs `crosstie serve` up to where it would answer."""
    monkeypatch.setattr(web, "serve_organisation", lambda _home, *, listening, **_: listening.close())
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    return lambda home, *more: run(home, "serve", "--no-work", "--port", "0", *more)


def test_every_command_of_mail_warns_until_the_address_is_known(
    firm: Home, post: Taken, serve: Callable[..., Result]
) -> None:
    commands = (("mail", "set", "--from", SENDER), ("mail", "test", "a@b.example"), ("work", "--once"))
    for command in commands:
        assert WARNED in run(firm, *command).stderr
    assert len(post.mails) == 1
    assert f"{WARNED}: until then they lead to http://127.0.0.1:" in serve(firm).stderr
    assert WARNED not in serve(firm, "--address", THERE).stderr
    for command in commands:
        assert WARNED not in run(firm, *command).stderr
    assert WARNED not in serve(firm).stderr  # it is kept
    assert mail_settings.site_address(firm) == THERE


@pytest.mark.parametrize(
    "address",
    [
        "crosstie.firm.example",
        "htps://crosstie.firm.example",
        "https:/crosstie.firm.example",
        "https://",
        "https://crosstie firm.example",
        "https://crosstie.firm.example:seven",
        "https://crosstie.firm.example:0",
        "https://crosstie.firm.example/pages",
        "https://crosstie.firm.example?a=1",
        "https://crosstie.firm.example/#here",
        "https://ada:secret@crosstie.firm.example",
        "https://<crosstie>",
    ],
)
def test_what_is_no_address_of_pages_is_refused_and_nothing_is_kept(
    firm: Home, tmp_path: Path, address: str
) -> None:
    mail_settings.keep_site_address(firm, THERE)
    new = tmp_path / "new"
    for folder in (firm.folder, new):
        said = ["serve", "--no-work", "--port", "0", "--address", address, "--workspace", str(folder)]
        done = CliRunner().invoke(main, said)
        assert done.exit_code == 2, done.output
        assert "is no address at which people reach these pages" in done.stderr
        assert "It looks like https://crosstie.example.org" in done.stderr
    assert mail_settings.site_address(firm) == THERE
    assert not new.exists()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (f"{THERE}/", THERE),
        ("http://127.0.0.1:8123", HERE),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://lernen.büro.example", "https://lernen.büro.example"),
        ("http://intranet", "http://intranet"),
    ],
)
def test_an_address_of_pages_is_kept(firm: Home, address: str, kept: str) -> None:
    mail_settings.keep_site_address(firm, address)
    assert mail_settings.site_address(firm) == kept


def test_where_no_mail_goes_out_serving_warns_of_nothing(firm: Home, serve: Callable[..., Result]) -> None:
    assert WARNED not in serve(firm).stderr
    assert mail_settings.site_address(firm).startswith("http://127.0.0.1:")


def test_links_lead_to_this_machine_where_nothing_else_is_known_and_members_says_so(
    firm: Home, post: Taken, ada: Viewer, site: Callable[[], Client]
) -> None:
    steward = site()
    steward.force_login(Member.objects.get(pk=ada.member))
    assert WARNED in steward.get("/members").content.decode()
    mail_settings.keep_listening(firm, HERE)
    invited = {"addresses": "new@firm.example", "role": "member"}
    page = steward.post("/members/invite", invited).content.decode()
    assert f"{WARNED}: until then they lead to {HERE}," in page
    assert "The links also go out by mail:" in page
    assert "as soon as mail is set up" not in page
    run(firm, "work", "--once")
    assert any(f"{HERE}/join/".encode() in one for one in post.mails)
    mail_settings.keep_site_address(firm, THERE)
    assert WARNED not in steward.get("/members").content.decode()


def test_before_mail_is_set_up_members_says_that_letters_wait(
    ada: Viewer, site: Callable[[], Client]
) -> None:
    steward = site()
    steward.force_login(Member.objects.get(pk=ada.member))
    page = steward.post("/members/invite", {"addresses": "new@firm.example", "role": "member"})
    assert "as soon as mail is set up:" in page.content.decode()
    assert WARNED not in page.content.decode()
