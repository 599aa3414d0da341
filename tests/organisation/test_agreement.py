"""The works council's page says what the tables say that the code obeys, and changes when they do."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.actions import company

from crosstie.actions import agreeing, retention
from crosstie.actions.consent import AgreedPlace, Consent
from crosstie.actions.organisation import gate, kinds, letter_kinds, powers
from crosstie.actions.organisation.agreement import (
    Section,
    agreement,
    concluding,
    impact_assessment,
    running,
    seeing,
    works_agreement,
)
from crosstie.errors import NotAllowed, NotShown
from crosstie.network.acts import ACTS
from crosstie.network.metrics.registry import every_metric
from crosstie.people import Role, Viewer
from crosstie.privacy.forbidden import FORBIDDEN
from crosstie.record import Openness
from crosstie.record.kept import KEPT
from crosstie.sources import Mode
from crosstie.sources.conditions import CONDITIONS, SAYS, Condition
from crosstie.store.models import Member

pytestmark = pytest.mark.anywhere


def words(section: Section) -> str:
    """All words of a section."""
    cells = [cell for table in section.tables for row in (table.head, *table.rows) for cell in row]
    return "\n".join([section.title, *section.said, *section.points, *cells])


@pytest.fixture
def said(firm, ada):
    """Return what a section of the page says now."""

    def saying(name: str) -> str:
        (section,) = [one for one in agreement(firm, ada).sections if one.name == name]
        return words(section)

    return saying


def test_another_condition_on_which_a_place_is_read_is_said(said, monkeypatch):
    assert SAYS[Condition.ALL_OPTED_IN] in said("read")
    monkeypatch.setitem(CONDITIONS[Mode.ORGANISATION], Openness.DIRECT, Condition.NEVER)
    assert SAYS[Condition.ALL_OPTED_IN] not in said("read")


def test_a_word_added_to_the_places_never_read_is_said(said, firm):
    assert "kita" not in said("read")
    agreeing.keep(firm, Consent(refused_words=frozenset({"kita"})))
    assert "kita" in said("read")


def test_who_agreed_to_a_place_is_said_and_not_once_they_opted_out(said, firm, join):
    place = AgreedPlace(
        name="board", agreed_by="Ben Olu", agreed_on="2026-10-01", members_told_on="2026-10-03"
    )
    agreeing.keep(firm, Consent(agreed_places=(place,)))
    assert "Ben Olu" in said("read")
    from crosstie.actions import opting

    opting.opt_out(firm, company.address("Ben Olu"))
    assert "Ben Olu" not in said("read")
    assert "someone who opted out" in said("read")


def test_what_is_kept_of_which_place_is_said(firm, ada):
    def row() -> tuple[str, ...]:
        (section,) = [one for one in agreement(firm, ada).sections if one.name == "kept"]
        return next(row for row in section.tables[0].rows if row[0] == "The words")

    text = next(one for one in KEPT if "text" in one.fields)
    assert row()[1:4] == ("yes", "no", "no")
    object.__setattr__(text, "where", frozenset(Openness))
    try:
        assert row()[1:4] == ("yes", "yes", "yes")
    finally:
        object.__setattr__(text, "where", frozenset({Openness.OPEN}))


def test_the_limit_on_how_long_is_kept_is_said(said, firm):
    assert "No limit is set yet" in said("kept")
    retention.retain(firm, months=24)
    assert "kept for 24 months" in said("kept")
    assert "kept for 24 months" in said("set-here")


def test_the_smallest_group_set_here_is_said(said, firm):
    assert "from 10 people on" in said("seen")
    firm.store.set_fact("set:network.smallest_group", "25")
    assert "from 25 people on" in said("seen")
    assert "25 people" in said("set-here")


def test_every_act_figure_power_letter_and_forbidden_use_is_said(said):
    for one in ACTS:
        assert one.reason in said("ties")
    for metric in every_metric().values():
        assert metric.question in said("figures")
    for power in powers.POWERS:
        assert power.says in said("roles")
    for sentence in letter_kinds.LETTER_KINDS.values():
        assert sentence in said("letters")
    for forbidden in FORBIDDEN:
        assert forbidden.says in said("forbidden")


def test_a_new_power_a_new_letter_and_a_new_rule_are_said(said, monkeypatch):
    new = powers.Power(role=Role.STEWARD, says="Paint the walls.")
    monkeypatch.setattr(seeing, "POWERS", (*powers.POWERS, new))
    monkeypatch.setattr(running, "LETTER_KINDS", {**letter_kinds.LETTER_KINDS, "new": "About walls."})
    monkeypatch.setattr(seeing, "FORBIDDEN", (replace(FORBIDDEN[0], says="Nobody licks the walls."),))
    assert "Paint the walls." in said("roles")
    assert "About walls." in said("letters")
    assert FORBIDDEN[0].says not in said("forbidden")
    assert "Nobody licks the walls." in said("forbidden")


def test_an_act_whose_weight_is_set_to_nothing_tells_nothing(said, firm):
    firm.store.set_fact("set:act.mentioned.contact", "0")
    firm.store.set_fact("set:act.mentioned.turned_to", "0")
    (row,) = [row for row in concluding.acts(firm).tables[0].rows if row[0] == "A mentions B"]
    assert row[1] == "nothing"


def test_each_kind_of_work_is_said_in_words():
    assert set(kinds.KINDS) == set(running.WORK)


def test_a_role_alone_has_the_powers_that_the_page_says(firm, ada, join):
    ben, fay = join("Ben Olu"), join("Fay Lind", Role.FACILITATOR)
    for power in powers.POWERS:
        assert gate.acting(firm, ada, power)
        with pytest.raises(NotAllowed):
            gate.acting(firm, ben, power)
        if power.role is Role.STEWARD:
            with pytest.raises(NotAllowed):
                gate.acting(firm, fay, power)


def test_a_letter_that_no_line_declares_is_not_written():
    from crosstie.actions.organisation import letters

    with pytest.raises(LookupError):
        letters.write(key="k", kind="advertisement", subject="s", text="t", address="a@b.example")


def test_an_outsider_reads_nothing_of_it(firm, ada):
    for verb in (agreement, works_agreement, impact_assessment):
        with pytest.raises(NotShown):
            verb(firm, Viewer(person=ada.person))


@pytest.mark.parametrize("template", [works_agreement, impact_assessment])
def test_the_templates_hold_what_the_page_says_and_say_that_they_are_no_legal_advice(firm, ada, template):
    written = template(firm, ada)
    assert "no legal advice" in written
    assert "[name]" in written
    for one in FORBIDDEN:
        assert f"- {one.says}" in written
    assert SAYS[Condition.ALL_OPTED_IN] in written
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", written, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert "Ada" not in written


def test_every_member_finds_the_page_from_the_foot_of_every_page(firm, ada, join, site):
    join("Ben Olu")
    browser = site()
    browser.force_login(Member.objects.get(email=company.address("Ben Olu")))
    for path in ("/", "/ask", "/sources", "/me"):
        assert '<a href="/agreement"' in browser.get(path).content.decode(), path
    page = browser.get("/agreement")
    assert page.status_code == 200
    text = html.unescape(page.content.decode())
    assert all(one.says in text for one in FORBIDDEN)
    download = browser.get("/agreement/works-agreement.md")
    assert download["Content-Type"] == "text/markdown; charset=utf-8"
    assert browser.get("/agreement/other.md").status_code == 404


def test_every_power_that_the_gate_is_asked_for_is_on_the_page():
    declared = {name for name, value in vars(powers).items() if isinstance(value, powers.Power)}
    assert {id(getattr(powers, name)) for name in declared} == {id(one) for one in powers.POWERS}
    code = Path(powers.__file__).parent
    asked = {
        name
        for file in code.rglob("*.py")
        for name in re.findall(r"acting\([^)]*\b([A-Z]+(?:_[A-Z]+)*)\)", file.read_text("utf-8"))
    }
    assert asked == declared


def test_every_letter_that_is_written_is_declared_and_every_declared_one_is_written():
    code = Path(powers.__file__).parents[2]
    written = {
        kind
        for file in code.rglob("*.py")
        for kind in re.findall(
            r"(?:letters\.write|Letter\.objects\.create)\((?:[^()]|\([^()]*\))*?\bkind=\"([\w-]+)\"",
            file.read_text("utf-8"),
        )
    }
    assert written == set(letter_kinds.LETTER_KINDS)


def test_that_others_than_members_are_read_in_the_open_and_how_they_opt_out_is_said(said):
    assert "crosstie opt-out" in said("purpose")
    assert "no member and writes in open places" in said("seen")


def test_everything_that_leaves_this_machine_is_said(said):
    assert all(way in said("background") for way in ("mail", "webhooks", "access token"))


def test_everyone_reads_who_the_stewards_are(firm, ben, join):
    said = {one.name: words(one) for one in agreement(firm, ben).sections}["stewards"]
    assert "The steward here is Ada Berg." in said
    join("Cleo Marti", Role.STEWARD)
    assert "The stewards here are Ada Berg and Cleo Marti." in words(seeing.whom_to_turn_to())
