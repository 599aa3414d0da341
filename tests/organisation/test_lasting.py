"""What became of introductions: counted over enough people, with what is small left out."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from tests.actions import company
from tests.organisation.conftest import Join

from crosstie.actions import opting
from crosstie.actions.home import Home
from crosstie.actions.organisation import lasting
from crosstie.people import Role, Viewer
from crosstie.store.models import Meeting, Part, Programme

pytestmark = pytest.mark.anywhere

LONG_AGO = datetime(2026, 1, 2, 9, tzinfo=UTC)  # nine weeks before Ada's questions of March
HELPERS = company.NAMES[1:7]
OTHERS = company.NAMES[6:]


@pytest.fixture
def fay(join: Join) -> Viewer:
    """A facilitator."""
    return join("Fay Lind", Role.FACILITATOR)


def introduced(
    home: Home, *pairs: tuple[str, str], agreed: bool = True, met: str = "", programme=None
) -> None:
    key = {person.name: person.key for person in home.persons().by_key.values()}
    for one, other in pairs:
        row = Meeting.objects.create(
            uid=f"{one}|{other}|{agreed}",
            state="agreed" if agreed else "lapsed",
            made_at=LONG_AGO,
            agreed_at=LONG_AGO if agreed else None,
            programme=programme,
        )
        for name in (one, other):
            Part.objects.create(meeting=row, account=key[name], met=met)


KNOWN = [("Ada Berg", name) for name in HELPERS]  # Ada asks them, in every week of March and April
STRANGERS = list(pairwise(OTHERS))


def test_what_lasted_is_what_still_lives_nine_weeks_on_with_its_interval(firm, fay):
    introduced(firm, *KNOWN, met="yes")
    introduced(firm, *STRANGERS)
    found = lasting.of_introductions(firm, fay)
    assert found.lasted.introduced is not None
    assert (found.lasted.introduced.lasted, found.lasted.introduced.pairs) == (6, 11)
    assert "6 of 11 pairs" in found.lasted.sentence
    assert found.lasted.introduced.low < 6 / 11 < found.lasted.introduced.high


def test_counts_are_of_all_who_were_suggested_agreed_and_met(firm, fay):
    introduced(firm, *KNOWN, met="yes")
    introduced(firm, *STRANGERS)
    introduced(firm, *[("Kim Dale", name) for name in HELPERS], agreed=False)
    found = lasting.of_introductions(firm, fay)
    assert found.suggested == lasting.Count(value=17)
    assert found.agreed == lasting.Count(value=11)
    assert found.met == lasting.Count(value=6)


def test_a_meeting_that_one_of_them_denies_is_not_counted(firm, fay):
    introduced(firm, *KNOWN, met="yes")
    introduced(firm, *STRANGERS)
    Part.objects.filter(account=Part.objects.filter(met="yes").last().account).update(met="no")  # type: ignore[union-attr]
    assert lasting.of_introductions(firm, fay).met == lasting.Count(value=5)


def test_a_few_and_all_but_a_few_are_not_told_apart(firm, fay):
    introduced(firm, *KNOWN, *STRANGERS)
    found = lasting.of_introductions(firm, fay)
    assert found.agreed == lasting.Count(value=None, is_nearly_all=True)
    assert found.met == lasting.Count(value=None, is_few=True)
    introduced(firm, ("Kim Dale", "Ada Berg"), agreed=False)
    assert lasting.of_introductions(firm, fay).agreed == found.agreed


def test_below_the_smallest_group_nothing_is_counted(firm, fay):
    introduced(firm, *KNOWN[:4], met="yes")
    found = lasting.of_introductions(firm, fay)
    assert found.suggested is found.agreed is found.met is None
    assert found.lasted.introduced is None
    assert found.lasted.sentence.startswith("Too few to say")
    assert found.smallest == 10


def test_a_programme_stands_beside_those_who_waited(firm, fay):
    key = {person.name: person.key for person in firm.persons().by_key.values()}
    programme = Programme.objects.create(
        name="Winter",
        facilitator=fay.account,
        state="sent",
        sent_at=LONG_AGO,
        compared=[[key[one], key[other]] for one, other in (*STRANGERS, *pairwise(HELPERS))],
    )
    introduced(firm, *KNOWN, *STRANGERS, programme=programme)
    found = lasting.of_programme(firm, fay, programme.pk)
    assert found.lasted.comparison is not None
    assert (found.lasted.comparison.lasted, found.lasted.comparison.pairs) == (0, 10)
    assert "Of 10 pairs who waited, 0 were" in found.lasted.sentence
    assert lasting.of_introductions(firm, fay).suggested is None


def test_who_opted_out_is_in_no_share(firm, fay):
    introduced(firm, *KNOWN, *STRANGERS, *pairwise(HELPERS[:3]))
    before = lasting.of_introductions(firm, fay).lasted.introduced
    opting.opt_out(firm, company.address("Kim Dale"))
    after = lasting.of_introductions(firm, fay).lasted.introduced
    assert before is not None
    assert after is not None
    assert before.pairs - after.pairs == 2
