"""What the pages get, and what the gate keeps from them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.actions import company

from crosstie.actions import looking, pages, snapshots
from crosstie.actions.home import Home
from crosstie.errors import CrosstieError, NotShown, WorkspaceRefused
from crosstie.people import Viewer
from crosstie.record import Account, Openness, Place, Trace


def key(home: Home, name: str) -> str:
    return looking.find(home, company.address(name)).key


def test_my_circle_holds_everyone_i_have_to_do_with(firm: Home):
    seen = pages.circle(firm, looking.viewer(firm))
    assert sorted(contact.person.name for contact in seen.contacts) == [
        "Ben Olu", "Cleo Marti", "Dan Wu", "Eve Ros", "Fay Lind", "Gil Amado",
    ]  # fmt: skip
    assert seen.viewer.name == "Ada Berg"
    assert {contact.person.name for contact in seen.turned_to} >= {"Ben Olu", "Gil Amado"}
    assert seen.turned_to_me == ()


def test_get_is_what_i_learned_and_give_what_others_learned_from_me(firm: Home):
    figures = {figure.name: figure.value for figure in pages.circle(firm, looking.viewer(firm)).figures}
    assert figures["get"] is not None
    assert figures["get"] > 0
    assert figures["give"] == 0


def test_the_headline_leads_to_an_original(firm: Home):
    headline = pages.circle(firm, looking.viewer(firm)).headline
    assert headline.original is not None
    assert headline.original.link.startswith("https://chat.firm.example/") or headline.original.place


def test_every_figure_says_on_what_it_rests(firm: Home):
    for figure in pages.circle(firm, looking.viewer(firm)).figures:
        assert "contact" in figure.basis
        assert figure.caution
        assert figure.sentence


def test_a_figure_of_too_few_contacts_is_withheld(home: Home):
    from crosstie.actions import reading

    question = company.said(1, "Ada")
    told: list[Trace] = [
        *company.accounts(),
        *company.places(),
        question,
        company.answered(2, "Ben", question),
    ]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    figures = {one.name: one for one in pages.circle(home, looking.viewer(home)).figures}
    assert figures["constraint"].value is None
    assert figures["constraint"].shown == "not enough to say"
    assert figures["size"].value == 1


def test_nobody_else_can_look_at_a_circle(firm: Home):
    with pytest.raises(NotShown):
        pages.circle(firm, key(firm, "Ben Olu"))
    with pytest.raises(WorkspaceRefused):
        looking.viewer(firm, "Ben Olu")


def test_without_a_viewer_there_is_no_circle_and_no_person_on_the_map(open_firm: Home):
    with pytest.raises(NotShown):
        pages.circle(open_firm, looking.viewer(open_firm))
    seen = pages.network_map(open_firm, looking.viewer(open_firm))
    assert seen.people == ()
    assert seen.ties == ()


def test_in_the_invented_company_closed_ties_of_others_stay_closed(home: Home):
    from crosstie.actions import reading

    told = [*company.traces(), *(company.said(5000 + n, "Hana", days=n) for n in range(3))]
    reading.read(home, company.plan(told), viewer=company.address("Hana Sato"))
    home.store.set_fact("demo", "yes")
    ivo, ada = key(home, "Ivo Kral"), key(home, "Ada Berg")
    as_hana = pages.network_map(home, key(home, "Hana Sato"))
    as_ada = pages.network_map(home, ada)
    assert ivo in {person.key for person in as_hana.people}
    assert ivo not in {person.key for person in as_ada.people}


def test_a_made_up_key_sees_nothing(firm: Home):
    with pytest.raises(CrosstieError):
        pages.circle(firm, "nosuchkey")
    with pytest.raises(NotShown):
        pages.network_map(firm, Viewer(person="nosuchkey", read_everything=True))


def test_groups_under_the_smallest_size_are_hidden(firm: Home):
    seen = pages.network_map(firm, looking.viewer(firm))
    assert all(group.size >= seen.smallest_group for group in seen.groups)
    for kind, hidden in seen.hidden_groups.items():
        assert hidden == int(snapshots.current(firm).groups[kind].hidden) > 0
    assert seen.hidden_groups
    assert seen.everyone == len(snapshots.current(firm).network.persons)


def test_originals_between_two_are_newest_first_and_link_out(firm: Home):
    contact, originals = pages.contact(firm, looking.viewer(firm), key(firm, "Cleo Marti"))
    assert contact.person.name == "Cleo Marti"
    times = [original.at for original in originals if original.at]
    assert len(times) == len(originals)
    assert times == sorted(times, reverse=True)
    assert all(original.link for original in originals)


def test_a_direct_original_has_time_and_no_text_or_link(firm: Home):
    _, originals = pages.contact(firm, looking.viewer(firm), key(firm, "Ben Olu"))
    direct = [original for original in originals if original.place == "a direct conversation"]
    assert direct
    for original in direct:
        shown = pages.trace(firm, looking.viewer(firm), original.id)
        assert (shown.text, shown.link) == ("", "")


def test_someone_outside_my_circle_has_no_contact_page(firm: Home):
    with pytest.raises(CrosstieError):
        pages.contact(firm, looking.viewer(firm), "nosuchkey")


def test_sources_show_the_ledger(firm: Home):
    seen = pages.sources(firm, looking.nobody())
    (reading,) = seen.readings
    assert reading.read == reading.used + sum(reading.left_out.values())
    assert seen.interactions["said"] > 0


def test_sources_are_as_of_the_day_of_which_the_other_pages_are(firm: Home):
    latest = pages.sources(firm, looking.nobody()).as_of
    assert latest == pages.circle(firm, looking.viewer(firm)).as_of
    firm.as_of = company.START + timedelta(days=20)
    assert pages.sources(firm, looking.nobody()).as_of == firm.as_of
    assert pages.circle(firm, looking.viewer(firm)).as_of == firm.as_of


def test_sources_that_end_early_say_until_when_somebody_was_active(firm: Home):
    from crosstie.actions import reading

    assert pages.sources(firm, looking.nobody()).last_active is None
    of_late = company.said(7000, "Lea", days=900, source="other")
    place = Place(source="other", id="open", name="questions", openness=Openness.OPEN)
    reading.read(firm, company.plan([Account(source="other", id="Lea", name="Lea Moreau"), place, of_late]))
    seen = pages.sources(firm, looking.nobody())
    assert len(seen.ended_early) == 1
    assert seen.last_active == (company.START + timedelta(days=7 * 7)).date()


def test_my_months_begin_with_my_first_and_fill_up_only_where_the_record_begins(home: Home):
    from crosstie.actions import reading

    told: list[Trace] = [*company.accounts(), *company.places()]
    for number, (learner, teacher, days) in enumerate((("Cleo", "Dan", 0), ("Ada", "Ben", 400))):
        question = company.said(2 * number, learner, days=days)
        told += [question, company.answered(2 * number + 1, teacher, question, days=days + 0.1)]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    mine = pages.circle(home, looking.viewer(home))
    assert [(month.month, month.contacts) for month in mine.months] == [(date(2027, 4, 1), 1)]
    assert mine.filling_months == 0
    assert mine.stays_months > 0


def test_months_fill_up_where_the_record_begins(firm: Home):
    mine = pages.circle(firm, looking.viewer(firm))
    assert mine.months[0].month == date(2026, 3, 1)
    assert mine.filling_months == mine.stays_months > 0


def test_a_snapshot_is_made_once_and_again_when_something_is_new(firm: Home):
    from crosstie.actions import reading

    first = snapshots.current(firm).folder
    firm.loaded = None
    assert snapshots.current(firm).folder == first
    reading.read(firm, company.plan([*company.traces(), company.said(7000, "Lea", days=70)]))
    assert snapshots.current(firm).folder != first
    assert not first.exists()


def test_of_two_others_only_what_open_places_tell_is_shown(home: Home):
    from crosstie.actions import reading

    closed = [company.said(5000 + n, "Hana", place="members", addressed=("Ivo",), days=50) for n in range(9)]
    opened = company.said(6000, "Hana", addressed=("Ivo",), days=50)
    reading.read(
        home, company.plan([*company.traces(), *closed, opened]), viewer=company.address("Hana Sato")
    )
    home.store.set_fact("demo", "yes")

    def contact_as(name: str) -> float:
        seen = pages.network_map(home, key(home, name))
        place = {person.key: row for row, person in enumerate(seen.people)}
        pair = {place[key(home, "Hana Sato")], place[key(home, "Ivo Kral")]}
        (weight,) = [weight for one, other, weight in seen.ties if {one, other} == pair]
        return weight

    assert contact_as("Ada Berg") == pytest.approx(1.0, abs=0.2)
    assert contact_as("Hana Sato") > 9


def test_what_was_said_to_nobody_in_particular_is_found_by_its_viewer_and_by_nobody_else(home: Home):
    from crosstie.actions import reading

    told = [*company.traces(), company.said(9000, "Jun", link="")]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    said = home.keyring.hashed("message", company.SOURCE, "m9000")
    shown = pages.trace(home, looking.viewer(home), said)
    assert (shown.who, shown.whom, shown.text) == ("Jun Park", "", "Message 9000 of Jun?")
    for who in (None, "nosuchkey", key(home, "Ben Olu")):
        with pytest.raises(NotShown):
            pages.trace(home, who, said)
    home.store.set_fact("demo", "yes")
    assert pages.trace(home, key(home, "Lea Moreau"), said).who == "Jun Park"
    with pytest.raises(NotShown):
        pages.trace(home, "nosuchkey", said)
