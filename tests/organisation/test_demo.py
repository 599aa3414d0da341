"""The invented company as an organisation: everyone joined, some asked, and it is made once."""

from __future__ import annotations

from functools import partial

import pytest
from tests.organisation import postgresql
from tests.organisation.conftest import signed_in

from crosstie.actions import reading, settings
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import checking, demo, learning, questions
from crosstie.actions.pages import circle
from crosstie.advice import routine
from crosstie.advice.routine import RoutineSettings
from crosstie.config import PROPOSED_MONTHS
from crosstie.demo import Company
from crosstie.errors import WorkspaceRefused
from crosstie.people import Viewer
from crosstie.record import Entry
from crosstie.store.models import Letter, Member, Question

pytestmark = [pytest.mark.anywhere, pytest.mark.long]


@pytest.mark.skipif(
    bool(postgresql.SERVER), reason="a minute long, and made of verbs that are tried one by one"
)
def test_its_people_joined_asked_and_thanked_and_it_is_made_once(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Which of the year's 1,400 questions come again is not looked at here, and takes ten seconds.
    monkeypatch.setattr(routine, "RoutineSettings", partial(RoutineSettings, most_questions=300))
    worth_being = demo.make(home)
    assert Member.objects.count() > 200
    steward, facilitator, *others = (signed_in(home, one.address) for one in worth_being)
    assert (steward.role.value, facilitator.role.value) == ("steward", "facilitator")
    assert {one.role.value for one in others} == {"member"}
    shrinking = checking.check(home, others[0])  # in open places alone there is too little of it
    assert shrinking.findings == ()
    assert "in about six weeks of each" in str(shrinking.withheld)
    assert Member.objects.get(account=steward.account).check_password(demo.PASSWORD)
    asked = questions.questions(home, steward)
    assert len(asked.open) == 3
    answered = Question.objects.get(text__startswith="Readings of our test rig")
    assert answered.state == "answered"
    asker = signed_in(home, Member.objects.get(account=answered.account).email)
    (thanks,), _received = learning.thanks(home, asker)
    assert thanks.who.key in {one.person.key for one in circle(home, asker).contacts}
    assert not Letter.objects.filter(state="waiting").exists()  # nobody of them exists
    assert settings.chosen(home).record.keep_months == PROPOSED_MONTHS
    rows = home.record.count()
    assert demo.make(home) == worth_being
    assert (home.record.count(), Question.objects.count()) == (rows, 5)
    with pytest.raises(WorkspaceRefused, match="seed 20"):
        demo.make(home, seed=21)


def test_a_real_organisation_is_left_alone(firm: Home, ada: Viewer) -> None:
    with pytest.raises(WorkspaceRefused, match="organisation"):
        demo.make(firm)


def test_only_what_is_open_comes_in(home: Home, kestrel: Company) -> None:
    entries = sum(isinstance(trace, Entry) for trace in kestrel.traces())
    done = reading.read(home, demo._plan(kestrel), agreed=Consent(domains=frozenset({demo.DOMAIN})))
    assert done.used == sum(done.places.values()) + entries
    assert set(done.places) == {"open"}
    assert done.left_out["direct place without agreement"] > 1000
    with home.record.connect() as connection:
        found = connection.execute("SELECT DISTINCT openness FROM interactions").fetchall()
    assert found == [("open",)]
