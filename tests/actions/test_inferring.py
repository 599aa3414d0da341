"""Who answers whom in a flat channel: inferred for a tying, marked, and never of those who are not to be
shown."""

from __future__ import annotations

from dataclasses import replace as changed
from pathlib import Path

import msgspec
import pytest
from tests.actions import company

from crosstie.actions import inferring, looking, opting, pages, reading, settings, snapshots
from crosstie.actions.corrections import standing
from crosstie.actions.home import Home
from crosstie.record import Interaction, Openness, Trace

ADA, BEN, CLEO, DAN = "Ada", "Ben", "Cleo", "Dan"
FLAT = "slack:firm"
TALK = (
    (0, ADA, "hi, does anyone know why the printer in Oslo prints no duplex?", ()),
    (1, BEN, "Ada: did you install the new driver?", (ADA,)),
    (2, ADA, "no, where is the driver for the printer?", ()),
    (3, BEN, "on the intranet, search for printer", ()),
    (60, CLEO, "hello, how do I mount a share from the archive server?", ()),
    (61, DAN, "Cleo: which archive server, the old one?", (CLEO,)),
    (62, CLEO, "yes the old archive one", ()),
    (63, DAN, "then mount it by its old name", ()),
)


def as_flat(trace: Trace) -> Trace:
    return msgspec.structs.replace(trace, source=FLAT)


def told() -> list[Trace]:
    acts = [
        company.said(number, actor, days=minute / 1440, text=text, mentioned=named)
        for number, (minute, actor, text, named) in enumerate(TALK, start=1)
    ]
    traces: list[Trace] = [*company.accounts(), *company.places(), *acts]
    return [as_flat(one) for one in traces]


def links(home: Home, least: float = 0.3) -> list[tuple[str, str, float]]:
    """Who is held to answer whom, and how likely."""
    who = snapshots.persons(home)
    chosen = settings.chosen(home)
    chosen = changed(chosen, network=changed(chosen.network, inferred_from=least))
    with inferring.with_inferred(home, standing(home, who), chosen) as connection:
        rows = connection.execute(
            "SELECT actor, parent_author, probability FROM interactions WHERE known_how = 'inferred'"
            ' ORDER BY "at"'
        ).fetchall()
    names = {account: person.name.split()[0] for person in who.by_key.values() for account in person.accounts}
    return [(names.get(one, "?"), names.get(other, "?"), chance) for one, other, chance in rows]


@pytest.fixture
def channel(home: Home) -> Home:
    reading.read(home, company.plan(told()))
    return home


def test_answers_in_a_flat_channel_are_inferred_with_their_probability(channel: Home):
    found = links(channel)
    assert {(one, other) for one, other, _ in found} >= {(BEN, ADA), (ADA, BEN), (DAN, CLEO), (CLEO, DAN)}
    assert all(0.3 <= chance <= 1 for *_, chance in found)


def test_a_link_below_the_floor_is_left_out(channel: Home):
    every = links(channel, 0.1)
    floor = sorted(chance for *_, chance in every)[len(every) // 2]
    above = links(channel, floor)
    assert 0 < len(above) < len(every)
    assert above == [one for one in every if one[2] >= floor]


def test_it_can_be_switched_off(channel: Home):
    settings.keep(channel, {"network.inferred_from": "1"})
    network = snapshots.current(channel).network
    assert links(channel, 1.0) == []
    assert network.ties.learned.sum() == 0


def test_ties_weigh_what_is_inferred_by_its_probability_and_say_so(channel: Home):
    weighed = sum(chance for *_, chance in links(channel))
    settings.keep(channel, {"network.half_life_days": "1000000"})
    ties = snapshots.current(channel).network.ties
    assert ties.learned.sum() == pytest.approx(weighed, rel=1e-3)


def test_the_page_of_sources_says_how_many_are_inferred(channel: Home):
    assert pages.sources(channel, looking.nobody()).inferred_replies == 0, "there is no snapshot yet"
    snapshots.current(channel)
    assert pages.sources(channel, looking.nobody()).inferred_replies == len(links(channel)) > 0


def test_a_tie_that_is_only_inferred_is_marked(home: Home):
    nameless = [
        msgspec.structs.replace(one, mentioned=()) if isinstance(one, Interaction) else one for one in told()
    ]
    reading.read(home, company.plan(nameless), viewer=company.address("Ada Berg"))
    settings.keep(home, {"network.inferred_from": "0.1", "network.active_contact": "0.1"})
    circle = pages.circle(home, looking.viewer(home))
    assert [(one.person.name, one.is_stated) for one in circle.contacts] == [("Ben Olu", False)]
    _contact, originals = pages.contact(home, looking.viewer(home), circle.contacts[0].person.key)
    assert originals
    assert not any(one.is_stated for one in originals)


def test_who_opted_out_appears_in_no_link_and_no_other_stands_in_for_them(channel: Home):
    before = {pair[:2] for pair in links(channel)}
    opting.opt_out(channel, company.address("Ben Olu"))
    network = snapshots.current(channel).network
    names = {key: one.name.split()[0] for key, one in snapshots.persons(channel).by_key.items()}
    tied = {
        (names[network.persons[one]], names[network.persons[other]])
        for one, other, weight in zip(
            network.ties.learner, network.ties.teacher, network.ties.learned, strict=True
        )
        if weight
    }
    assert BEN not in names.values()
    assert tied == {(other, one) for one, other in before if BEN not in {one, other}}


def test_the_record_stays_as_it_was_read(channel: Home):
    snapshots.current(channel)
    with channel.record.connect() as connection:
        kinds = connection.execute("SELECT DISTINCT kind, known_how FROM interactions").fetchall()
    assert kinds == [("said", "stated")]


@pytest.mark.parametrize("place", ["members", "direct"])
def test_what_is_not_open_to_all_is_not_looked_at(home: Home, place: str):
    closed = [
        msgspec.structs.replace(one, place=place, openness=Openness(place), text=None, link="")
        if isinstance(one, Interaction)
        else one
        for one in told()
    ]
    reading.read(home, company.plan(closed), viewer=company.address("Ada Berg"))
    assert links(home, 0.1) == []


def test_a_source_that_says_what_answers_what_is_left_as_it_is(home: Home):
    reading.read(home, company.plan([msgspec.structs.replace(one, source="zulip:firm") for one in told()]))
    assert links(home, 0.1) == []


def test_only_a_place_in_which_something_changed_is_read_again(
    channel: Home, monkeypatch: pytest.MonkeyPatch
):
    first = links(channel)
    looked_at: list[str] = []
    whole = inferring._of_place

    def watched(connection, source, place, state):
        looked_at.append(place)
        return whole(connection, source, place, state)

    monkeypatch.setattr(inferring, "_of_place", watched)
    new = msgspec.structs.replace(company.said(90, "Eve", days=3), place="new")
    there = msgspec.structs.replace(next(company.places()), id="new", name="new")
    reading.read(channel, company.plan([*told(), as_flat(there), as_flat(new)]))
    assert links(channel) == first
    assert len(looked_at) == 1


def test_a_page_that_counts_them_need_not_load_every_source(channel: Home, monkeypatch: pytest.MonkeyPatch):
    found = len(links(channel))
    monkeypatch.setattr(inferring, "flat_sources", lambda: pytest.fail("this loads them"))
    assert inferring.counted(channel, settings.chosen(channel)) == found > 0


def test_what_is_kept_holds_no_text_and_goes_with_the_snapshots(channel: Home, tmp_path: Path):
    links(channel)
    (file,) = (channel.folder / inferring.FOLDER).iterdir()
    with channel.queries() as connection:
        values = str(connection.sql(f"SELECT * FROM read_parquet('{file}')").fetchall())
    assert "printer" not in values
    assert not any(key in values for key in snapshots.persons(channel).person_of)
    with snapshots.dropped(channel):
        assert not file.exists()
