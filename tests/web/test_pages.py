"""Every page is there, says what it must, and holds nothing a strict browser would refuse."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.web.made_up import ADA, MadeUp
from tests.web.made_up_counts import EVIL

CONTACT = MadeUp().circle(ADA).contacts[0].person
PAGES = ["/", "/map", "/ideas", "/map?kind=location", "/sources", f"/contact/{CONTACT.key}", "/trace/t-1"]
DEMO_PAGES = [*PAGES, "/look", "/as/p-010/", "/as/p-010/map"]


class Found(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", DEMO_PAGES)
def test_every_page_is_there_and_says_that_it_is_not_for_appraisal(ask_demo, path):
    answer = ask_demo(path)
    assert answer.status == 200
    assert "Not for appraisal." in answer.text


def test_ideas_say_what_groups_talk_of_and_in_which_languages(ask_demo):
    text = ask_demo("/ideas").text
    talk = text[
        text.index('<section aria-labelledby="talk">') : text.index('<section aria-labelledby="moved">')
    ]
    assert "feature flags, canary, rollback" in talk
    assert "Written in English, Portuguese." in text


@pytest.mark.parametrize("path", DEMO_PAGES)
def test_every_page_states_as_of_when(ask_demo, path):
    assert "As of 29 May 2026." in ask_demo(path).text


@pytest.mark.parametrize("path", [*DEMO_PAGES, "/nowhere"])
def test_no_page_has_an_inline_script_or_style(ask_demo, path):
    for tag, attributes in Found(ask_demo(path).text).tags:
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("path", [*DEMO_PAGES, "/nowhere", "/map.json"])
def test_every_answer_tells_the_browser_to_be_strict(ask_demo, path):
    headers = ask_demo(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", DEMO_PAGES)
def test_every_id_is_there_once_and_every_label_points_to_one(ask_demo, path):
    tags = Found(ask_demo(path).text).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in tags:
        assert set((attributes.get("aria-labelledby") or "").split()) <= set(ids)


@pytest.mark.parametrize("path", DEMO_PAGES)
def test_everything_a_page_loads_comes_from_here(ask_demo, path):
    for tag, attributes in Found(ask_demo(path).text).tags:
        for name in ("src", "href"):
            if tag in {"script", "link", "img"} and name in attributes:
                assert (attributes[name] or "").startswith("/static/")


def test_words_from_outside_are_never_markup(ask):
    for path in ("/sources", f"/contact/{CONTACT.key}"):
        text = ask(path).text
        assert EVIL not in text
        assert "&lt;script&gt;" in text


def test_a_link_that_is_not_a_web_address_is_never_followed(ask):
    text = ask(f"/contact/{CONTACT.key}").text
    assert "javascript:" not in text
    assert 'href="https://chat.example.org/c/1"' in text
    assert 'href="/trace/t-1"' in text


def test_the_headline_comes_first_and_leads_to_its_original(ask):
    text = ask("/").text
    assert re.search(r"<h1>Five people in Research turned to you", text)
    assert text.index("<h1>") < text.index("<svg")
    assert 'href="https://chat.example.org/c/search/p17"' in text


def test_figures_with_technical_names_come_last(ask):
    text = ask("/").text
    assert text.index("People in your circle") < text.index("Over time") < text.index("<code>turned_to")
    assert "not enough to say" in text


def test_people_were_turned_to_until_someone_said_that_they_learned(ask, made_up):
    assert "Whom you turned to" in ask("/").text
    assert "learned from" not in ask("/").text
    made_up.learned_words = True
    assert "Whom you learned from" in ask("/").text


def test_a_circle_of_nobody_is_still_a_page(ask, made_up):
    made_up.contacts = 0
    answer = ask("/")
    assert answer.status == 200
    assert "Nobody yet" in answer.text


def test_contacts_without_a_place_are_listed_and_not_drawn(ask, made_up):
    circle = MadeUp.circle

    def with_two_unplaced(self, viewer):
        from dataclasses import replace

        view = circle(self, viewer)
        unplaced = [replace(each, x=0.0, y=0.0) for each in view.contacts[-2:]]
        return replace(view, contacts=(*view.contacts[:-2], *unplaced))

    dots_before = ask("/").text.count('class="dot hue')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MadeUp, "circle", with_two_unplaced)
        text = ask("/").text
    assert text.count('class="dot hue') == dots_before - 4  # two people, in two pictures
    assert text.count('<th scope="row"><a') == 30


def test_a_figure_that_cannot_be_said_is_named_once_with_its_reason(ask):
    text = ask("/").text
    assert text.count("There are too few ties among your contacts to say.") == 1
    assert text.count("How closed your circle is") == 1


def test_active_and_known_are_explained_once_and_said_alike(ask):
    text = ask("/").text
    assert text.count("known: there was contact, but little of it counts by now") == 1
    assert "from earlier" not in text
    assert "An active contact." in ask(f"/contact/{CONTACT.key}").text


def test_what_is_inferred_is_marked_where_it_stands(ask):
    assert "inferred: no source says so" in ask("/").text
    assert " · inferred" in ask("/").text


def test_a_share_that_is_not_shown_says_why(ask, made_up):
    from dataclasses import replace

    whole = MadeUp.network_map

    def withholding(self, viewer):
        view = whole(self, viewer)
        held = [replace(each, inside=None, withheld="too few people behind 2 links") for each in view.groups]
        return replace(view, groups=tuple(held))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MadeUp, "network_map", withholding)
        text = ask("/map").text
    assert "not shown: too few people behind 2 links" in text
    assert "so that no subtraction finds the first" in text


def section(text: str, kind: str) -> str:
    """Return the half of the map that shows one kind of group."""
    return text.partition(f'aria-labelledby="side-{kind}"')[2].partition("</section>")[0]


def test_each_picture_says_how_many_groups_and_people_it_leaves_out_and_no_other(ask, made_up):
    text = ask("/map").text
    everyone = made_up.network_map(ADA).everyone
    of_all = f"{len(made_up.people)} of {everyone} people are in groups shown here."
    assert of_all in section(text, "department")
    assert "are not shown:" not in section(text, "department")
    assert f"{of_all}\n2 groups are not shown: they have fewer than 10 people." in section(text, "community")
    assert "Teams: none is shown. A group needs 10 people." in text


def test_of_a_group_that_would_tell_of_few_beside_another_a_least_size_is_said(ask, monkeypatch):
    whole = MadeUp.network_map

    def holding_back(self, viewer):
        view = whole(self, viewer)
        groups = tuple(
            replace(each, size=20, is_told=each.key != "community-3") if each.kind == "community" else each
            for each in view.groups
        )
        return replace(view, groups=groups)

    assert "Groups with a + have" not in ask("/map").text
    monkeypatch.setattr(MadeUp, "network_map", holding_back)
    text = ask("/map").text
    communities = section(text, "community")
    assert communities.count(">20+</text>") == 2  # for a wide window and for a phone
    assert communities.count('<td class="number">20 or more</td>') == 1
    assert "Groups with a + have at least that many people, and their links are not shown" in communities
    assert "people are in groups shown here" not in communities
    assert "Groups with a + have" not in section(text, "department")


@pytest.mark.parametrize("not_shown", ["", "community-3"])
def test_the_key_says_what_those_without_a_colour_are(ask, not_shown):
    whole = MadeUp.network_map

    def without_one(self, viewer):
        view = whole(self, viewer)
        return replace(view, groups=tuple(each for each in view.groups if each.key != not_shown))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MadeUp, "network_map", without_one)
        text = ask("/map").text
    assert ("in a community that is not shown" in text) == bool(not_shown)


def test_my_circle_says_that_the_command_knows_whom_to_ask(ask, made_up):
    assert "crosstie who-knows" in ask("/").text
    assert "crosstie panel" in ask("/").text
    made_up.contacts = 0
    assert "crosstie who-knows" not in ask("/").text


def test_my_circle_says_how_far_it_moves_with_the_weights(ask_demo):
    assert "It would hold between 17 and 26 people." in ask_demo("/").text


def test_a_contacts_page_says_what_it_was_about(ask):
    text = ask(f"/contact/{CONTACT.key}").text
    assert "You were last in touch on " in text
    assert "What it was about, in open places: bearings · glue" in text
    assert EVIL not in text


@pytest.mark.parametrize("path", ["/", f"/contact/{CONTACT.key}"])
def test_a_name_does_not_turn_the_sentence_around_it(ask, made_up, path):
    name = made_up.circle(ADA).contacts[0].person.name
    made_up.people = [
        replace(one, card=replace(one.card, name=one.card.name.replace(" ", "\u202e\x07\u2067 ")))
        for one in made_up.people
    ]
    text = ask(path).text
    assert name in text
    assert not re.search("[\x07\u202e\u2067]", text)


def test_those_about_to_be_lost_are_named_with_a_way_to_them_and_no_figure(ask, made_up):
    fading = made_up.circle(ADA).fading
    page = ask("/").text
    part = page[page.index('id="fading"') : page.index('id="time"')]
    assert [f"/contact/{one.person.key}" in part for one in fading] == [True, True]
    assert "last in touch on" in part
    assert not re.search(r"\d+ ?%|0\.\d", part)


def test_the_page_of_a_change_lists_its_files_and_folds_all_but_five(ask):
    few, many = ask("/trace/t-3").text, ask("/trace/t-12").text
    assert "Files it changed" not in ask("/trace/t-0").text
    assert few.count("<li>src/part") == 3
    assert "<details" not in few[few.index("Files it changed") : few.index("</section>")]
    before, _, folded = many[many.index("Files it changed") :].partition("<details")
    assert (before.count("<li>src/part"), folded.count("<li>src/part")) == (5, 7)
    assert "The other files" in folded


def test_the_page_of_a_review_shows_the_change_it_is_about_under_its_own_heading(ask, made_up):
    from dataclasses import replace

    heading, whole = "The change this is about", MadeUp.trace
    assert heading not in ask("/trace/t-1").text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            MadeUp,
            "trace",
            lambda self, viewer, one: replace(whole(self, viewer, one), is_of_change=True, kind="reviewed"),
        )
        text = ask("/trace/t-1").text
    assert text.index(heading) < text.index("It finds nothing on Mondays.")
