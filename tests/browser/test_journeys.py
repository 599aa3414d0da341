"""Whole ways through an organisation's pages, in a real browser, with mail going out and coming back."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from tests.actions import company
from tests.browser.conftest import _Silent, _Threaded
from tests.browser.looking import axe_finds_nothing
from tests.organisation import conftest as of_organisations
from tests.organisation.conftest import PASSWORD
from tests.organisation.mail_server import Mailbox, Taken, imap, smtp

from crosstie.actions import reading
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import mail_settings, work
from crosstie.people import Viewer

pytestmark = pytest.mark.browser

empty_workspace, firm_workspace, home = (
    of_organisations.empty_workspace,
    of_organisations.firm_workspace,
    of_organisations.home,
)
firm, ada, join = of_organisations.firm, of_organisations.ada, of_organisations.join
OWN = "crosstie@firm.example"


@pytest.fixture
def post(home: Home) -> Iterator[Taken]:
    """A mail server that takes what the worker sends."""
    with smtp() as (taken, port):
        mail_settings.keep(home, sending=f"smtp://127.0.0.1:{port}", sender=OWN, plus=True)
        yield taken


@pytest.fixture
def mailbox(home: Home) -> Iterator[Mailbox]:
    """A mailbox that answers arrive in."""
    with imap() as box:
        mail_settings.keep(home, receiving=f"imap://crosstie:secret@127.0.0.1:{box.port}")
        yield box


@pytest.fixture
def served(home: Home) -> Iterator[str]:
    """Serve the pages of the organisation; yield their address."""
    from crosstie.web.organisation import organisation_app, site_of

    pages = organisation_app(site_of(home))
    with make_server("127.0.0.1", 0, pages, server_class=_Threaded, handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        mail_settings.keep_site_address(home, address)
        yield address
        server.shutdown()
        thread.join()


Someone = Callable[..., Any]


@pytest.fixture
def someone(chromium: Any, served: str) -> Iterator[Someone]:
    """Return a function that opens a browser of someone's own, signed in where a name is given."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_browser(name: str = "", *, width: int = 1280) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=served)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda trouble: complaints.append(str(trouble)))
        page.goto("/")
        if name:
            page.get_by_label("Your e-mail address").fill(company.address(name))
            page.get_by_label("Your password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert complaints == []


def let_sign_in(name: str) -> None:
    """Give a member the password of all."""
    from crosstie.store.models import Member

    member = Member.objects.get(email=company.address(name))
    member.set_password(PASSWORD)
    member.save()


def mail_to(post: Taken, name: str) -> EmailMessage:
    """Return the newest mail to someone."""
    mails = [message_from_bytes(raw, policy=policy.default) for raw in post.mails]
    return [mail for mail in mails if company.address(name) in str(mail["To"])][-1]


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+(/\S+)", mail.get_content())
    assert found, mail.get_content()
    return found[1]


def test_from_the_first_visit_by_an_invitation_to_someones_first_circle(
    home: Home, someone: Someone, post: Taken
) -> None:
    reading.read(home, company.plan(), agreed=Consent(domains=frozenset({"firm.example"})))
    page = someone()
    assert page.url.endswith("/set-up")
    axe_finds_nothing(page)
    page.get_by_label("organisation").fill("Firm")
    page.get_by_label("Your name").fill("Ada Berg")
    page.get_by_label("E-mail").fill(company.address("Ada Berg"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button").last.click()
    assert page.url.endswith("/members")
    axe_finds_nothing(page)
    page.get_by_label("E-mail addresses").fill(company.address("Ben Olu"))
    page.get_by_role("button", name="Invite").click()
    work.work_once(home)
    invited = someone()
    invited.goto(link_in(mail_to(post, "Ben Olu")))
    axe_finds_nothing(invited)
    invited.get_by_label("Your name").fill("Ben Olu")
    invited.get_by_role("button").last.click()
    assert invited.locator("h1").inner_text()
    assert invited.get_by_role("link", name="Ada Berg").first.is_visible()
    axe_finds_nothing(invited)


def test_from_a_question_by_mail_to_an_accepted_answer_and_thanks_seen_in_the_circle(  # noqa: PLR0917 - everyone plays a part
    firm: Home, ada: Viewer, join: Callable[[str], Viewer], someone: Someone, post: Taken, mailbox: Mailbox
) -> None:
    for name in ("Ben Olu", "Cleo Marti", "Dan Wu"):
        join(name)
    page = someone("Ada Berg")
    page.goto("/ask")
    page.get_by_label("What are you working on?").fill("Who knows how message 4 of Ada came about?")
    page.get_by_role("button", name="Look who could help").click()
    axe_finds_nothing(page)
    for box in page.get_by_role("checkbox", name=re.compile("^Ask ")).all():
        box.set_checked("Ben" in box.evaluate("each => each.parentElement.innerText"))
    page.get_by_role("button", name="Send").click()
    assert "on its way" in page.get_by_role("status").inner_text()
    question = page.url
    work.work_once(firm)
    asked = mail_to(post, "Ben Olu")
    assert "Ada Berg" in str(asked["Subject"])
    assert "questions" in asked.get_content()  # the place that speaks for him: why him
    reply = EmailMessage()
    reply["From"], reply["To"] = company.address("Ben Olu"), str(asked["Reply-To"])
    reply["Subject"], reply["Message-ID"] = f"Re: {asked['Subject']}", "<reply@firm.example>"
    reply["In-Reply-To"] = str(asked["Message-ID"])
    reply.set_content("Restart the queue, then count again.\n\nBen\n\n> Who knows how message 4 …\n")
    away = EmailMessage()
    away["From"], away["To"] = company.address("Ben Olu"), str(asked["Reply-To"])
    away["Subject"], away["Auto-Submitted"] = "Out of office", "auto-replied"
    away.set_content("I am away.")
    for mail in (away, reply):
        mailbox.put(mail.as_bytes())
    work.work_once(firm)
    page.goto(question)
    answers = page.get_by_role("article").all_inner_texts()
    assert len(answers) == 1
    assert "Restart the queue" in answers[0]
    page.get_by_role("button", name="This helped").click()
    page.get_by_role("button", name=re.compile("I learned this from Ben Olu")).click()
    axe_finds_nothing(page)
    work.work_once(firm)
    subjects = [str(message_from_bytes(raw, policy=policy.default)["Subject"]) for raw in post.mails]
    assert "Ada Berg learned something from you" in subjects
    assert not [raw for raw in post.mails if b"Out of office" in raw]  # a machine is never answered
    page.goto("/thanks")
    assert page.get_by_role("region", name="What you said").get_by_text("Ben Olu").first.is_visible()
    page.goto("/")
    assert page.get_by_role("link", name="Ben Olu").first.is_visible()


def test_a_steward_reads_the_ledger(firm: Home, ada: Viewer, someone: Someone) -> None:
    page = someone("Ada Berg")
    page.get_by_role("link", name="Sources").click()
    assert page.get_by_text("Made-up firm").first.is_visible()
    assert page.get_by_text("without agreement").first.is_visible()
    axe_finds_nothing(page)


def test_an_introduction_is_sent_once_both_said_yes(
    firm: Home, join: Callable[[str], Viewer], someone: Someone, post: Taken
) -> None:
    for name in ("Ben Olu", "Cleo Marti"):
        join(name)
        let_sign_in(name)
    ben = someone("Ben Olu")
    ben.get_by_role("link", name="Meet", exact=True).click()
    ben.get_by_role("button", name="Look for people to meet").click()
    axe_finds_nothing(ben)
    card = ben.get_by_role("article").filter(has_text="Cleo Marti")
    assert "Ada Berg" in card.inner_text()  # the mutual contact
    card.get_by_role("button", name="Yes, introduce us").click()
    assert ben.get_by_text("you said yes").is_visible()
    work.work_once(firm)
    assert [mail for mail in post.mails if b"text/calendar" in mail] == []
    cleo = someone("Cleo Marti", width=390)
    cleo.goto("/meet")
    assert not cleo.get_by_text("you said yes").is_visible()
    cleo.get_by_role("button", name="Yes, introduce us").click()
    axe_finds_nothing(cleo)
    work.work_once(firm)
    for name in ("Ben Olu", "Cleo Marti"):
        mail = mail_to(post, name)
        (calendar,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        assert "BEGIN:VEVENT" in calendar.get_content()
    work.work_once(firm)
    assert len([mail for mail in post.mails if b"text/calendar" in mail]) == 2


def test_who_opts_out_vanishes_at_once(
    firm: Home, ada: Viewer, join: Callable[[str], Viewer], someone: Someone, post: Taken
) -> None:
    for name in ("Ben Olu", "Cleo Marti", "Dan Wu"):
        join(name)
    let_sign_in("Ben Olu")
    page = someone("Ada Berg")
    assert page.get_by_role("link", name="Ben Olu").first.is_visible()
    ben = someone("Ben Olu")
    ben.get_by_role("link", name="About me").click()
    ben.get_by_role("link", name="Leave", exact=True).click()
    axe_finds_nothing(ben)
    ben.get_by_role("button", name="Opt out").click()
    for path in ("/", "/map", "/meet", "/thanks", "/members"):
        page.goto(path)
        if path != "/members":  # a steward still sees who may sign in
            assert "Ben Olu" not in page.content(), path
    page.goto("/ask")
    page.get_by_label("What are you working on?").fill("Who knows how message 4 of Ada came about?")
    page.get_by_role("button", name="Look who could help").click()
    assert "Cleo Marti" in page.content()
    assert "Ben Olu" not in page.content()
