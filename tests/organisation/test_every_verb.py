"""Of all verbs: each asks the gate who comes, and none of them names to others who opted out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from tests.actions import company
from tests.organisation import postgresql
from tests.organisation.conftest import admitted, hash_quickly, signed_in
from tests.organisation.tried_verbs import QUEUE, TRIED
from tests.organisation.verbs import At, Tried, verbs

from crosstie.actions import prepared, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    asking,
    cohort,
    gate,
    held_rows,
    invitations,
    learning,
    leaving,
    looks,
    members,
    open_invitations,
    preferences,
    programmes,
    tokens,
    work,
    workshops,
)
from crosstie.actions.organisation.opening import open_organisation
from crosstie.actions.pages.originals import contact
from crosstie.errors import CrosstieError, NotShown
from crosstie.people import Role, Viewer
from crosstie.store.models import (
    Asked,
    Correction,
    Letter,
    Lifting,
    Mapped,
    Meeting,
    NotWith,
    Part,
    Question,
    Sampled,
)

pytestmark = pytest.mark.anywhere

BEN = "Ben Olu"

INSIDE = {
    "looking.as_viewer": "the gate itself: it says of nobody who is a member that they are one",
    "pages.sight.sight": "what verbs look through, not what they show",
    "pages.sight.sight_of": "likewise",
}
"""What takes a viewer and is no verb."""

OPEN_TO_ALL = {
    "pages.network_map.network_map": "groups, each large enough; people and ties to members alone",
    "pages.sources.sources": "what is read here, as the works council may read it; nobody is named",
    "organisation.looks.note": "keeps who was shown whom, and shows nothing",
    "organisation.looks.note_all": "likewise",
}
"""Verbs that refuse nobody: what they answer names nobody then. The pages ask who signed in before."""

NAMED_ALL_THE_SAME = {
    "organisation.members.members": "stewards see who takes part, and let in no more whom they have to",
    "organisation.programmes.mine": "a row as it is kept, for the other verbs of programmes",
    "organisation.programmes_seen.programme": "the draw as made, by accounts: so it can be drawn again",
}

GATE = ("Only members may do this.", "Only someone who takes part can ask.", "A circle is shown to its own")
"""How the gate refuses; whatever else is refused, is refused to members."""


def prepared_firm(home: Home) -> At:
    """Return the firm, where Ben has a part in everything that there is."""
    ada = signed_in(home, company.address("Ada Berg"))
    ben, cleo, dan, *_more, gone = (
        admitted(home, ada, name)
        for name in ("Ben Olu", "Cleo Marti", "Dan Wu", "Eve Ros", "Fay Lind", "Gil Amado", "Hana Sato")
    )
    at = At(home=home, ada=ada, ben=ben, cleo=cleo, dan=dan, gone=gone)
    at.numbers["programme"] = programmes.make(home, ada, name="Autumn", everyone=True)
    members.change_role(home, ada, gone.member, Role.STEWARD)
    members.suspend(home, ada, gone.member, active=False)
    _ask_and_learn(at)
    _correct(at)
    _meet(at)
    _take_part(at)
    at.numbers["failed"] = Letter.objects.filter(account=ada.account).values_list("pk", flat=True)[0]
    work.work_once(home)
    Letter.objects.filter(pk=at.numbers["failed"]).update(state="failed")
    at.numbers["trace of ben"] = contact(home, ada, ben.person)[1][0].id
    at.numbers["trace"] = next(held_rows.every_row(home, ada)).id
    prepared.prepared(home)
    return at


def _ask_and_learn(at: At) -> None:
    home, ada, ben, cleo, number = at.home, at.ada, at.ben, at.cleo, at.numbers
    number["bens"] = asking.ask(home, ben, QUEUE, {ada.person: ["You do."]})
    number["asked"] = Asked.objects.get(account=ada.account).pk
    number["adas"] = asking.ask(home, ada, "Does it fill up?", {ben.person: [f"{BEN} knows."]})
    number["bens answer"] = asking.answer(home, ben, number["adas"], "On Mondays.")
    for what, asker, lifted_by in (
        ("hidden", ben, ()),
        ("shown to two", ben, (ada, cleo)),
        ("lifted", cleo, (ada, ben)),
    ):
        number[what] = Question.objects.create(
            account=asker.account, alias="A colleague", crowd=9, text="Is it me?", asked_at=timezone.now()
        ).pk
        for one in lifted_by:
            Lifting.objects.create(question_id=number[what], account=one.account, reason="It has to be.")
    number["thanks"] = learning.acknowledge(home, ada, ben.person)
    learning.acknowledge(home, ben, ada.person, f"How to ask. {BEN}")
    month = timezone.localdate().strftime("%Y-%m")
    number["sampled"] = Sampled.objects.create(
        account=ada.account, other=ben.person, month=month, known_how="stated"
    ).pk


def _correct(at: At) -> None:
    """Let Cleo say of Ben what can be said: it takes him from her circle, and not from Ada's."""
    ben, cleo = at.ben, at.cleo
    at.numbers["corrected"] = Correction.objects.create(
        account=cleo.account, verb="no_longer", other=ben.person
    ).pk
    at.numbers["mapped"] = Mapped.objects.create(
        account=cleo.account, other=ben.account, verb="missing", said_at=timezone.now()
    ).pk
    at.numbers["apart"] = NotWith.objects.create(
        account=cleo.account, other=ben.account, said_by=cleo.account
    ).pk


def _meet(at: At) -> None:
    now = timezone.now()
    for what, starts_at in (
        ("suggested", None),
        ("agreed", now + timedelta(days=3)),
        ("met", now - timedelta(days=1)),
    ):
        made = Meeting.objects.create(
            uid=what,
            made_at=now,
            state="agreed" if starts_at else "suggested",
            agreed_at=starts_at and now,
            starts_at=starts_at,
        )
        at.numbers[what] = made.pk
        for one in (at.ada, at.ben):
            Part.objects.create(meeting=made, account=one.account, answer="yes" if starts_at else "")


def _take_part(at: At) -> None:
    home, ada, ben, cleo, number = at.home, at.ada, at.ben, at.cleo, at.numbers
    for what in ("workshop", "empty"):
        number[what] = workshops.make(home, ada, "Widen your circle", timezone.localdate())
    workshops.invite(home, ada, number["workshop"], [ben.person, cleo.person])
    for one in (ben, cleo):
        workshops.accept(home, one, number["workshop"])
        looks.note(home, ben, ada.person, "contact")
    number["note"] = cohort.write(home, ada, number["workshop"], 1, "Well done.")
    cohort.write(home, ben, number["workshop"], 1, f"I asked. {BEN}")
    invitations.invite(home, ada, ["other@firm.example"])
    number["invited"] = open_invitations.open_invitations(home, ada)[0].number
    tokens.make(home, ada, "mine", ["ask:read"])
    number["token"] = tokens.tokens(home, ada)[0].number
    preferences.set_webhook(home, ada, "https://hook.example/here")


def answer_of(at: At, one: Tried, who: Viewer | None = None) -> str:
    """Return what a verb answers, also where it refuses; what it changed is taken back."""
    with transaction.atomic():
        try:
            return one.told(at, who or (at.cleo if one.as_cleo else at.ada))
        except CrosstieError as refused:
            return f"{refused.message} {refused.hint}"
        finally:
            transaction.set_rollback(True)


@contextmanager
def resolved_anew(home: Home) -> Iterator[None]:
    yield
    home.resolved = None


@pytest.fixture(scope="module")
def at(firm_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[At]:
    """The firm after Ben opted out, and what each verb said before: one for all tests here."""
    folder = tmp_path_factory.mktemp("verbs") / "workspace"
    shutil.copytree(firm_workspace, folder)
    with (
        pytest.MonkeyPatch.context() as patch,
        postgresql.copied(folder),
        open_organisation(folder) as home,
    ):
        hash_quickly(patch)
        firm = prepared_firm(home)
        for one in TRIED:
            firm.before[one.name] = answer_of(firm, one)
        leaving.opt_out(home, firm.ben)
        prepared.prepared(home)
        patch.setattr(snapshots, "dropped", resolved_anew)  # what a verb changes is taken back
        patch.setattr(snapshots, "_drop_others", lambda _folder: None)
        yield firm


def marks_of_ben(at: At, said: str) -> list[str]:
    me = gate.acting(at.home, at.ben)
    keys = gate.own_person(at.home, me).accounts
    return [mark for mark in (BEN, company.address(BEN), *keys) if mark in said]


def test_no_verb_is_left_out():
    names = [one.name for one in TRIED]
    assert len(names) == len(set(names))
    assert sorted(verbs()) == sorted({*names, *INSIDE})
    assert {*OPEN_TO_ALL, *NAMED_ALL_THE_SAME} <= set(names)


@pytest.mark.parametrize("one", TRIED, ids=lambda one: one.name)
def test_who_is_no_member_is_refused(at, one):
    never_joined = Viewer(person=at.ben.person, account=at.ben.account, role=Role.STEWARD)
    assert not at.before[one.name].startswith(GATE), "a member is let through"
    for outsider in (never_joined, at.gone):
        if one.name in OPEN_TO_ALL:
            said = answer_of(at, one, outsider)
            assert not [name for name in company.NAMES if name in said or company.address(name) in said]
            continue
        with transaction.atomic(), pytest.raises(NotShown) as refused:
            one.told(at, outsider)
        assert refused.value.message.startswith(GATE)


@pytest.mark.parametrize("one", TRIED, ids=lambda one: one.name)
def test_who_opted_out_is_named_to_nobody_else(at, one):
    assert bool(marks_of_ben(at, at.before[one.name])) is one.names, "the search finds what is there"
    found = marks_of_ben(at, answer_of(at, one))
    assert bool(found) is (one.name in NAMED_ALL_THE_SAME), found
