"""What is held about oneself: all of it, to oneself alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.actions import company
from tests.organisation.conftest import PASSWORD
from tests.record.rows import said

from crosstie.actions import opting, reading
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    asking,
    finding_rows,
    held_rows,
    held_tables,
    learning,
    looks,
    seen_of_me,
    work,
)
from crosstie.errors import NotShown
from crosstie.people import Role, Viewer
from crosstie.record import Entry, Kind, Trace
from crosstie.store.models import Member

pytestmark = pytest.mark.anywhere

BEN = company.address("Ben Olu")


def sign_in(browser, name: str = "Ada Berg"):
    browser.post("/account/login/", {"login": company.address(name), "password": PASSWORD})
    return browser


@pytest.fixture
def browser(site, firm):
    return sign_in(site())


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    said: str = answer.content.decode()
    return said


def test_every_row_that_involves_one_is_there_and_no_other(firm, ada, ben):
    with firm.record.connect() as connection:
        everything = connection.execute(
            "SELECT external_id, actor, parent_author, addressed FROM interactions"
        ).fetchall()
    mine = {row[0] for row in everything if ben.person in (row[1], row[2], *row[3])}
    assert 0 < len(mine) < len(everything)
    assert {row.id for row in held_rows.every_row(firm, ben)} == mine
    assert held_rows.number(firm, ben) == len(mine)


def test_pages_of_rows_follow_one_another_newest_first_without_a_gap(firm, ada, monkeypatch):
    whole = [row.id for row in held_rows.every_row(firm, ada)]
    monkeypatch.setattr(held_rows, "ROWS_AT_ONCE", 7)
    paged = list(held_rows.every_row(firm, ada))
    assert [row.id for row in paged] == whole
    times = [row.at for row in paged if row.at]
    assert len(times) == len(paged)
    assert times == sorted(times, reverse=True)


def test_pages_follow_one_another_over_all_files_of_the_record_and_where_they_are_joined_meanwhile(firm, ada):
    for first in range(0, 40, 10):
        firm.record.append(said(number, actor=ada.account) for number in range(first, first + 10))
    whole = [row.id for row in held_rows.every_row(firm, ada)]
    assert len(finding_rows.times(firm, firm.persons().by_key[ada.person]).files) > 4

    page = held_rows.rows(firm, ada, most=7)
    paged = [row.id for row in page.rows]
    while page.next:
        firm.record.compact()
        page = held_rows.rows(firm, ada, page.next, most=7)
        paged += [row.id for row in page.rows]

    assert paged == whole


@pytest.mark.parametrize("after", ["x", "x:y", "12", ":", "99999999999999999999:x"])
def test_a_page_that_never_was_is_refused_in_words(browser, after):
    assert browser.get("/me/rows", {"after": after}).status_code == 400


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 100])
def test_rows_of_one_moment_are_neither_lost_nor_shown_twice_between_pages(firm, ada, monkeypatch, size):
    at = company.START + timedelta(days=400)
    told: list[Trace] = [
        *company.accounts(),
        *company.places(),
        *(company.said(9000 + number, "Ada", at=at) for number in range(7)),
        *(company.said(9100 + number, "Ada", at=None) for number in range(2)),
    ]
    reading.read(firm, company.plan(told), agreed=Consent(domains=frozenset({"firm.example"})))
    with firm.record.connect() as connection:
        mine = connection.execute(
            "SELECT external_id FROM interactions WHERE list_contains([actor, parent_author], ?)"
            ' ORDER BY "at" DESC NULLS LAST, external_id',
            [ada.person],
        ).fetchall()
    monkeypatch.setattr(held_rows, "ROWS_AT_ONCE", size)
    assert [row.id for row in held_rows.every_row(firm, ada)] == [row for (row,) in mine]


def test_a_row_without_a_time_comes_last_and_is_not_lost(home, firm, ada, monkeypatch):
    timeless = [company.said(9000 + n, "Ada", at=None, text=f"Old {n}") for n in range(3)]
    told: list[Trace] = [*company.accounts(), *company.places(), *timeless]
    reading.read(firm, company.plan(told), agreed=Consent(domains=frozenset({"firm.example"})))
    monkeypatch.setattr(held_rows, "ROWS_AT_ONCE", 2)
    assert [row.text for row in held_rows.every_row(firm, ada)][-3:] == [
        row.text
        for row in sorted((row for row in held_rows.every_row(firm, ada) if not row.at), key=lambda r: r.id)
    ]


def test_a_row_says_what_where_with_whom_and_where_it_came_from(firm, ben):
    row = next(held_rows.every_row(firm, ben))
    assert (row.what, row.people, row.place, row.openness) == (
        "You answered Ada Berg",
        ("Ada Berg",),
        "questions",
        "open",
    )
    assert row.link.startswith("https://chat.firm.example/")
    assert row.text.startswith("Message")
    assert row.is_stated


def test_the_files_of_a_change_are_told_with_it(firm, ada, browser):
    change = company.said(9100, "Ada", days=400, asks=None, text="Tidy", files=("src/lamp.c", "src/<b>.c"))
    told: list[Trace] = [*company.accounts(), *company.places(), change]
    reading.read(firm, company.plan(told), agreed=Consent(domains=frozenset({"firm.example"})))
    row = next(held_rows.every_row(firm, ada))
    assert (row.text, row.files) == ("Tidy", ("src/lamp.c", "src/<b>.c"))
    assert "Files: src/lamp.c, src/&lt;b&gt;.c" in text(browser.get("/me/rows"))


def test_who_opted_out_is_named_in_nobody_elses_rows(firm, ada, ben):
    assert any("Ben Olu" in row.people for row in held_rows.every_row(firm, ada))
    opting.opt_out(firm, BEN)
    assert not any("Ben Olu" in row.people for row in held_rows.every_row(firm, ada))
    assert held_rows.number(firm, ben) > 0, "they see what is held of them all the same"


def test_the_tables_show_what_one_did_here(firm, ada, ben):
    question = asking.ask(firm, ada, "How?", {ben.person: ["You know it."]})
    asking.answer(firm, ben, question, "So.")
    learning.acknowledge(firm, ada, ben.person, "That.")
    of_ben = {one.name: one for one in held_tables.tables(firm, ben)}
    assert {"member", "account", "asked", "answer", "acknowledgement", "letter"} <= set(of_ben)
    assert "question" not in of_ben
    assert "So." in of_ben["answer"].rows[0]
    assert of_ben["acknowledgement"].rows[0][:3] == ("Ada Berg", "Ben Olu", "That.")


def test_no_secret_is_shown(browser, firm, ada):
    member = text(browser.get("/me/held/member"))
    assert company.address("Ada Berg") in member
    assert "md5$" not in member
    assert PASSWORD not in member


def test_a_long_table_goes_on_on_further_pages(firm, ada, ben, monkeypatch):
    monkeypatch.setattr(held_tables, "ROWS_A_PAGE", 2)
    for number in range(5):
        learning.acknowledge(firm, ada, ben.person, f"Line {number}")
    lines, page = [], 1
    while page:
        found = held_tables.table(firm, ada, "acknowledgement", page)
        lines += [row[2] for row in found.rows]
        page = found.next
    assert lines == [f"Line {number}" for number in (4, 3, 2, 1, 0)]
    with pytest.raises(NotShown):
        held_tables.table(firm, ada, "nosuchtable")


def test_one_reads_who_looked_and_oneself_is_not_among_them(firm, site, ada, ben):
    browser = sign_in(site())
    browser.get(f"/contact/{ben.person}")
    seen, following = looks.who_looked(firm, ben)
    assert [(one.who.name, one.what) for one in seen] == [("Ada Berg", "your page in their circle")]
    assert following == 0
    assert looks.who_looked(firm, ada) == ((), 0)


def test_the_directorys_word_on_oneself_is_among_it(firm, ada):
    entry = Entry(source="directory:hr", id="1", name="Ada Berg", address=company.address("Ada Berg"),
                  groups={"department": "Sales"}, manager="2")  # fmt: skip
    reading.read(firm, company.plan([entry]), agreed=Consent(domains=frozenset({"firm.example"})))
    found = held_tables.table(firm, ada, "entry")
    assert {"department": "Sales"} in found.rows[0]
    assert seen_of_me.seen_of_me(firm, ada).groups == ("Sales",)


PAGES = ["/me", "/me/rows", "/me/looks", "/me/shown", "/me/held/member", "/me/held/letter"]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_shown_to_its_own_person(browser, firm, ada, ben, path):
    learning.acknowledge(firm, ada, ben.person)
    work.work_once(firm)
    assert 'aria-current="page">About me</a>' in text(browser.get(path))


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_them_without_signing_in(site, firm, path):
    answer = site().get(path)
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]


@pytest.mark.parametrize("role", list(Role))
def test_no_role_finds_what_is_held_about_someone_else(site, firm, ada, join, role):
    """Whatever is asked for, in addresses and parameters alike, the answer is the asker's own."""
    secret = "known to Lea alone"
    lea = join("Lea Moreau")
    asking.ask(firm, lea, "Who knows?", {})
    learning.acknowledge(firm, lea, join("Ben Olu").person, secret)
    other = join("Cleo Marti", role=role)
    browser = site()
    browser.force_login(
        Member.objects.get(pk=other.member), backend="django.contrib.auth.backends.ModelBackend"
    )
    for path in (*PAGES, "/me/held/acknowledgement", "/me/held/question", "/thanks"):
        for query in ("", f"?person={lea.person}", f"?member={lea.member}", f"?account={lea.account}"):
            said = browser.get(path + query).content.decode()
            if path == "/thanks":  # there is a list of everyone, from whom one may have learned
                assert re.search(r"<option[^>]*>Lea Moreau</option>", said)
                said = re.sub(r"<select.*?</select>", "", said, flags=re.DOTALL)
            assert secret not in said
            assert "Lea Moreau" not in said
    for path in (f"/me/{lea.person}", f"/me/held/{lea.member}", f"/as/{lea.person}/me"):
        assert browser.get(path).status_code in {403, 404}


@pytest.mark.parametrize(
    "verb",
    [
        held_rows.rows,
        held_rows.number,
        lambda home, who: list(held_rows.every_row(home, who)),
        held_tables.tables,
        lambda home, who: held_tables.table(home, who, "member"),
        looks.who_looked,
        seen_of_me.seen_of_me,
    ],
)
def test_an_outsider_may_do_none_of_it(firm, ben, verb):
    with pytest.raises(NotShown):
        verb(firm, Viewer(person=ben.person, account=ben.account, role=Role.STEWARD))


def read_more(home: Home, done: Trace) -> None:
    told = [*company.accounts(), *company.places(), done]
    agreed = Consent(domains=frozenset({"firm.example"}))
    reading.read(home, company.plan(told, path="more.json"), agreed=agreed)


@pytest.mark.parametrize(
    ("act", "read"),
    [
        (Kind.REVIEWED, ("Ben Olu reviewed your work", "You reviewed the work of Ada Berg")),
        (Kind.THANKED, ("Ben Olu thanked you", "You thanked Ada Berg")),
        (Kind.MET, ("Ben Olu met you", "You met Ada Berg")),
    ],
)
def test_a_row_reads_as_a_whole_sentence_from_both_sides(firm, ada, ben, act, read):
    answers = {} if act is Kind.MET else {"parent_author": "Ada"}
    done = company.said(990, "Ben", days=60, kind=act, addressed=("Ada",), asks=None, **answers)
    read_more(firm, done)
    for viewer, sentence in zip((ada, ben), read, strict=True):
        assert sentence in [row.what for row in held_rows.every_row(firm, viewer)]


def test_who_was_only_mentioned_is_not_said_to_have_been_written_to(firm, ben):
    done = company.said(991, "Ben", days=60, addressed=("Ada",), mentioned=("Cleo",))
    read_more(firm, done)
    said = [row.what for row in held_rows.every_row(firm, ben)]
    assert "You wrote to Ada Berg; also named there: Cleo Marti" in said
