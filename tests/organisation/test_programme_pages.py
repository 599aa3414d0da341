"""*Programmes* as a facilitator's browser sees them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.actions.organisation import work
from crosstie.people import Role, Viewer
from crosstie.practice.waitlist import draw
from crosstie.store.models import Letter, Member, NotWith, Programme

pytestmark = pytest.mark.anywhere

PEOPLE = company.NAMES[1:8]


@pytest.fixture
def group(join) -> dict[str, Viewer]:
    """Seven people who joined; Fay facilitates."""
    roles = {"Fay Lind": Role.FACILITATOR}
    return {name: join(name, roles.get(name, Role.MEMBER)) for name in PEOPLE}


def entered(site: Callable[[], Client], viewer: Viewer) -> Client:
    member = Member.objects.get(pk=viewer.member)
    member.set_password(PASSWORD)
    member.save()
    browser = site()
    browser.post("/account/login/", {"login": member.email, "password": PASSWORD})
    return browser


@pytest.fixture
def fay(site, group) -> Client:
    """The facilitator's browser."""
    return entered(site, group["Fay Lind"])


def made(browser: Client, group: dict[str, Viewer], **more) -> str:
    people = [viewer.person for viewer in group.values()]
    given = {"name": "Autumn", "whom": "names", "person": people, "group": "", "capacity": "", **more}
    return browser.post("/meet/programmes", given).headers["Location"]


def test_from_choosing_people_to_the_letters(home, fay, group):
    assert "Programmes" in fay.get("/meet").content.decode()
    page = fay.get("/meet/programmes").content.decode()
    assert "Ben Olu" in page
    assert "about one introduction in ten lasted" in page
    address = made(fay, group)
    page = fay.get(address).content.decode()
    assert page.count("Not these two") == 2  # seven people: two pairs and a trio
    version = re.search(r'name="version" value="(\w+)"', page)
    assert version
    page = fay.post(f"{address}/change", {"what": "send", "version": version[1]}, follow=True)
    assert "The letters wait until a steward has set up mail" in page.content.decode()
    work.work_once(home)
    assert Letter.objects.filter(kind="meeting").count() == len(group)
    page = fay.get(address).content.decode()
    assert "Too few to say: counts are shown of 10 people and more." in page
    assert "Not these two" not in page


def test_the_draw_is_shown_drawn_again_and_handed_out_by_keys(fay, group):
    address = made(fay, group, capacity="5")
    page = fay.get(f"{address}/draw").content.decode()
    assert "the same order, and nothing in it was changed" in page
    file = json.loads(fay.get(f"{address}/draw.json").content)
    assert "Ben" not in json.dumps(file)
    again = draw(file["people"], capacity=file["capacity"], seed=file["seed"])
    assert list(again.order) == file["order"]
    assert again.digest == file["digest"]
    row = Programme.objects.get()
    row.draw["order"] = row.draw["order"][::-1]
    row.save()
    assert "Something in the stored draw was changed." in fay.get(f"{address}/draw").content.decode()


def test_two_are_kept_apart_and_released_again(fay, group):
    address = made(fay, group)
    pair = {"one": group["Ben Olu"].person, "other": group["Cleo Marti"].person}
    page = fay.post(f"{address}/change", {"what": "apart", **pair}, follow=True).content.decode()
    assert "neither is told" in page
    page = fay.get("/meet/programmes").content.decode()
    (number,) = re.findall(r"/meet/programmes/apart/(\d+)/release", page)
    fay.post(f"/meet/programmes/apart/{number}/release")
    assert "release" not in fay.get("/meet/programmes").content.decode()


def test_a_click_says_not_these_two(fay, group):
    address = made(fay, group)
    pairs = re.compile(r'name="pair" value="(\S+ \S+)"')
    shown = pairs.findall(fay.get(address).content.decode())
    page = fay.post(f"{address}/change", {"pair": shown[0]}, follow=True).content.decode()
    assert "neither is told" in page
    assert shown[0] not in pairs.findall(page)
    assert NotWith.objects.count() == 1


def test_pairing_again_dropping_and_a_word_that_means_nothing(fay, group):
    address = made(fay, group)
    assert fay.post(f"{address}/change", {"what": "again"}).headers["Location"] == address
    assert fay.post(f"{address}/change", {"what": "?"}).status_code == 400
    assert fay.post(f"{address}/change", {"what": "drop"}).headers["Location"] == "/meet/programmes"
    assert fay.get(address).status_code == 403


def test_too_few_people_are_refused_beside_the_form_and_what_was_chosen_stays(fay, group):
    page = fay.post(
        "/meet/programmes", {"name": "Two", "whom": "names", "person": [group["Ben Olu"].person]}
    ).content.decode()
    assert "Fewer than 5 of these people" in page
    assert f'value="{group["Ben Olu"].person}" checked' in page


def test_a_member_reads_no_programme(site, fay, group):
    address = made(fay, group)
    ben = entered(site, group["Ben Olu"])
    assert "Programmes" not in ben.get("/meet").content.decode()
    for path in ("/meet/programmes", address, f"{address}/draw", f"{address}/draw.json"):
        assert ben.get(path).status_code == 403
        assert "/account/login/" in site().get(path).headers["Location"]
    assert ben.post(f"{address}/change", {"what": "drop"}).status_code == 403


def test_any_two_can_be_chosen_to_be_kept_apart(fay, group):
    address = made(fay, group)
    page = fay.get(f"{address}/apart").content.decode()
    assert group["Ben Olu"].person in page
    assert f'action="{address}/change"' in page
