"""Letters that came to no good end: stewards see that, and send them again or drop them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.organisation.api_clients import Program

from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    invitations,
    journal,
    learning,
    leaving,
    letters,
    open_invitations,
    outbox,
)
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Role, Viewer
from crosstie.store.models import Letter, Member

REFUSED = "The mail server said 550 5.1.1 <gone@firm.example>: no such user"
VERBS = (
    lambda home, who, _: outbox.failed_letters(home, who),
    outbox.send_again,
    outbox.drop,
)


def ended(state: str = "failed", trouble: str = REFUSED, **more: str) -> int:
    """Write a letter that came to an end, and return its number."""
    given = {"address": "gone@firm.example", "subject": "Hello", "text": "Secret words."} | more
    letters.write(key=f"test:{Letter.objects.count()}", kind="test", **given)  # type: ignore[arg-type]  # texts
    letter = Letter.objects.latest("pk")
    Letter.objects.filter(pk=letter.pk).update(state=state, trouble=trouble)
    return letter.pk


def state(number: int) -> str:
    return Letter.objects.get(pk=number).state


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.FACILITATOR])
def test_a_steward_alone_may(
    firm: Home, ben: Viewer, verb: Callable[[Home, Viewer, int], object], role: Role
) -> None:
    number = ended()
    Member.objects.filter(pk=ben.member).update(role=role)
    for who, refusal in ((ben, NotAllowed), (Viewer(person=ben.person), NotShown)):
        with pytest.raises(refusal):
            verb(firm, who, number)
    assert state(number) == "failed"


def test_neither_its_words_are_told_nor_whom_it_is_for(firm: Home, ada: Viewer) -> None:
    number, unclear, waits = ended(), ended("unclear"), ended("waiting")
    ended("sent", ""), ended("waiting", "")
    found = outbox.failed_letters(firm, ada)
    assert [(one.number, one.state) for one in found] == [
        (waits, "waiting"),
        (unclear, "unclear"),
        (number, "failed"),
    ]
    assert found[0].what == "A test of the mail settings, to the address that a steward names."
    assert found[0].why == "The mail server said 550 5.1.1 <…>: no such user"
    assert "gone" not in str(found)
    assert "Secret" not in str(found)


def test_what_is_dropped_never_goes_out_keeps_no_words_and_is_in_the_journal(firm: Home, ada: Viewer) -> None:
    again, dropped, waits = ended(), ended("unclear"), ended("waiting")
    outbox.send_again(firm, ada, again)
    outbox.drop(firm, ada, dropped)
    assert (state(again), state(dropped)) == ("waiting", "dropped")
    assert Letter.objects.get(pk=dropped).text == ""
    assert [one.number for one in outbox.failed_letters(firm, ada)] == [waits]
    for verb in (outbox.send_again, outbox.drop):
        for number in (again, dropped, waits, 999):
            with pytest.raises(NotShown):
                verb(firm, ada, number)
    assert [(one.what, one.why) for one in journal.journal(firm, ada)[:2]] == [
        ("dropped a letter", str(dropped)),
        ("sent a letter again", str(again)),
    ]


@pytest.mark.parametrize("how", ["failed", "unclear"])
def test_what_names_someone_who_opted_out_cannot_be_sent_again(
    firm: Home, ada: Viewer, ben: Viewer, cleo: Viewer, how: str
) -> None:
    learning.acknowledge(firm, ben, cleo.person)
    Letter.objects.filter(kind="thanks").update(state=how, trouble=REFUSED)
    leaving.opt_out(firm, ben)
    assert outbox.failed_letters(firm, ada) == ()
    assert not Letter.objects.filter(kind="thanks").exists()


def test_an_invitation_that_was_taken_back_cannot_be_sent_again(firm: Home, ada: Viewer) -> None:
    invitations.invite(firm, ada, ["new@firm.example"])
    Letter.objects.filter(address="new@firm.example").update(state="failed", trouble=REFUSED)
    (invited,) = open_invitations.open_invitations(firm, ada)
    open_invitations.take_back(firm, ada, invited.number)
    assert outbox.failed_letters(firm, ada) == ()


def test_the_page_sends_again_and_drops(ada: Viewer, ben: Viewer, site: Callable[[], Client]) -> None:
    again, dropped, waits = ended(), ended("unclear"), ended("waiting")
    steward, other = site(), site()
    steward.force_login(Member.objects.get(pk=ada.member))
    other.force_login(Member.objects.get(pk=ben.member))
    assert 'href="/members/letters"' in steward.get("/members").content.decode()
    page = steward.get("/members/letters").content.decode()
    for said in ("It did not arrive.", "It may have arrived.", "It is tried again by itself."):
        assert said in page
    assert f'action="/members/letters/{waits}"' not in page
    assert "gone@" not in page
    assert other.get("/members/letters").status_code == 403
    assert other.post(f"/members/letters/{again}", {"what": "drop"}).status_code == 403
    assert steward.post(f"/members/letters/{again}", {"what": "burn"}).status_code == 400
    steward.post(f"/members/letters/{again}", {"what": "again"})
    page = steward.post(f"/members/letters/{dropped}", {"what": "drop"}, follow=True).content.decode()
    assert "Dropped: it never goes out." in page
    assert (state(again), state(dropped)) == ("waiting", "dropped")


def test_a_program_of_a_steward_does_it_too(
    ada: Viewer, ben: Viewer, program: Callable[..., Program]
) -> None:
    again, dropped = ended(), ended("unclear")
    ask, other = program(ada), program(ben)
    assert [one["number"] for one in ask("GET", "letters/failed").json()] == [dropped, again]
    assert ask("POST", f"letters/{again}/again").status_code == 204
    assert ask("POST", f"letters/{dropped}/drop").status_code == 204
    assert ask("GET", "letters/failed").json() == []
    for method, path in (
        ("GET", "letters/failed"),
        ("POST", f"letters/{again}/again"),
        ("POST", f"letters/{again}/drop"),
    ):
        assert other(method, path).status_code == 403
