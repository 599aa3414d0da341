"""Of all: no page and no command tells nobody a name, or ranks people."""

from __future__ import annotations

import inspect
import json

import pytest
from click.testing import CliRunner
from tests.actions import company

from crosstie.actions import looking, pages
from crosstie.actions.home import Home
from crosstie.actions.views import MapPerson, PersonCard
from crosstie.cli import main
from crosstie.cli.show import as_plain
from crosstie.errors import CrosstieError

FIGURELESS = {"key", "name", "x", "y", "group", "community", "groups", "is_viewer"}
WRITES = {
    "backup", "demo", "export", "forget", "mail", "opt-in", "opt-out", "restore", "retain", "serve", "try",
    "work",
}  # fmt: skip
"""Commands that show no view."""

MEASURES = {"measure"}
"""Arithmetic on a file of one's own, which knows no workspace."""

TEXT = "Message 0 of Ada?"
SHOWS: dict[str, tuple[str, ...]] = {
    "circle": (),
    "ideas": (),
    "ledger": (),
    "network": (),
    "panel": (TEXT,),
    "routine": (),
    "similar": (TEXT,),
    "who-knows": (TEXT,),
}
"""Commands that show something of a workspace, with what they are given."""

ASKED = [name for name in pages.__all__ if "home" in inspect.signature(getattr(pages, name)).parameters]
"""What asks a workspace; `unsaid` only sorts what somebody was shown already."""


def asked(home: Home, page: str, who: object) -> str:
    """What a page says, as JSON; "" where it refuses. Every person and one trace are tried as arguments."""
    verb = getattr(pages, page)
    names = list(inspect.signature(verb).parameters)[1:]
    arguments = [{"who": who} | dict.fromkeys(set(names) - {"who"}, value) for value in (values(home))]
    said = []
    for given in arguments:
        try:
            said.append(json.dumps(as_plain(verb(home, **{name: given[name] for name in names}))))
        except CrosstieError as refused:
            said.append(str(refused))
    return "".join(said)


def values(home: Home) -> list[str]:
    with home.record.connect() as connection:
        traces = connection.execute("SELECT external_id FROM interactions ORDER BY 1 LIMIT 3").fetchall()
    return [*(account.key for account in home.store.accounts.all()), *(trace for (trace,) in traces)]


def names_in(text: str) -> list[str]:
    return [word for name in company.NAMES for word in (name, company.address(name)) if word in text]


@pytest.mark.parametrize("page", ASKED)
def test_no_page_tells_nobody_a_name(firm: Home, page: str):
    assert names_in(asked(firm, page, None)) == []


def test_the_search_for_names_finds_what_is_shown(firm: Home):
    assert "Ben Olu" in names_in(asked(firm, "circle", looking.viewer(firm)))


@pytest.mark.parametrize("page", ASKED)
def test_no_page_is_made_for_anyone_but_the_viewer(firm: Home, page: str):
    if "who" not in inspect.signature(getattr(pages, page)).parameters:
        assert names_in(asked(firm, page, None)) == []
        return
    others = [person for name in company.NAMES[1:] for person in [looking.find(firm, name).key]]
    for other in others:
        assert names_in(asked(firm, page, other)) == [], other


def test_every_command_that_shows_something_is_looked_at():
    assert set(main.commands) - WRITES - MEASURES == set(SHOWS)


@pytest.mark.parametrize("command", SHOWS)
def test_no_command_tells_nobody_a_name(open_firm: Home, command: str):
    for form in ([], ["--json"]):
        given = [command, *SHOWS[command], "--workspace", str(open_firm.folder), *form]
        result = CliRunner().invoke(main, given)
        assert names_in(result.output) == []


def test_people_other_than_ones_own_contacts_carry_no_figure():
    for view in (PersonCard, MapPerson):
        assert set(view.__dataclass_fields__) <= FIGURELESS


def test_people_on_the_map_stand_in_an_order_that_no_figure_makes(firm: Home):
    people = [person.key for person in pages.network_map(firm, looking.viewer(firm)).people]
    assert people == sorted(people)
