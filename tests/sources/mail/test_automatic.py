"""Mail that no person wrote, and mail that was thrown away."""

from __future__ import annotations

import pytest
from tests.sources.mail import samples
from tests.sources.mail.reader import read_bytes

from crosstie.sources.mail.automatic import is_machine, label


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"headers": "Auto-Submitted: auto-replied\n"}, "automatic mail"),
        ({"headers": "X-Autoreply: yes\n"}, "automatic mail"),
        ({"sender": "no-reply@example.org"}, "automatic mail"),
        ({"sender": "Mail Delivery <MAILER-DAEMON@example.org>"}, "automatic mail"),
        ({"sender": "bounces+12=ada@example.org"}, "automatic mail"),
        ({"sender": "Ben <notifications@example.com>"}, "automatic mail"),
        ({"sender": "Calendar <calendar-notification@example.com>"}, "automatic mail"),
        ({"sender": "Reading Machine <reader@noreply.example.com>"}, "automatic mail"),
        ({"sender": "kernel test robot <lab@example.org>"}, "automatic mail"),
        ({"sender": "update[bot] <u@example.org>"}, "automatic mail"),
        ({"headers": "Precedence: bulk\n"}, "bulk mail"),
        ({"headers": "List-Unsubscribe: <https://example.org/u>\n"}, "newsletter"),
        ({"headers": "List-Id: <n.example.org>\nList-Post: NO\n"}, "newsletter"),
        ({"headers": "List-Id: <n.example.org>\nFeedback-ID: 1:2\n"}, "newsletter"),
        ({"headers": "Content-Type: multipart/report; boundary=x\n"}, "delivery report"),
        ({"headers": "X-Gmail-Labels: Spam,Unread\n"}, "spam"),
        ({"headers": 'X-Gmail-Labels: "Roses, red",Papierkorb\n'}, "thrown away by its owner"),
        ({"headers": "X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=\n"}, "draft, never sent"),
        ({"headers": "X-Gmail-Labels: Chat\n"}, "chat, not mail"),
        ({"headers": "X-Mozilla-Status: 0009\n"}, "thrown away by its owner"),
        ({"sender": "bogus@does.not.exist.com ()"}, "no sender"),
        ({"sender": ""}, "no sender"),
    ],
)
def test_such_a_mail_becomes_nobody_and_is_counted_with_its_reason(tmp_path, changes, reason):
    outcome = read_bytes(tmp_path, samples.mail(1, **changes), viewer="ben@example.org")
    assert (outcome.ledger.used, dict(outcome.ledger.left_out)) == (0, {reason: 1})
    assert outcome.accounts == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": "Auto-Submitted: no\n"},
        {"headers": "Precedence: list\n"},
        {"headers": samples.LIST_HEADERS + "List-Unsubscribe: <https://example.org/u>\n"},
        {"headers": "X-Gmail-Labels: Inbox,Spam stories\n"},
        {"headers": "X-Mozilla-Status: 0001\n"},
        {"sender": "Abbott <abbott@example.org>"},
        {"sender": "Ada <12+ada@users.noreply.github.com>"},
        {"sender": "Rob Botman <robot.builder@example.org>"},
    ],
)
def test_a_mail_that_only_resembles_these_is_used(tmp_path, changes):
    outcome = read_bytes(tmp_path, samples.mail(1, **changes), viewer="ben@example.org")
    assert outcome.ledger.used == 1


def test_machines_among_the_recipients_are_nobody(tmp_path):
    mails = samples.mail(
        1, to="ben@example.org, noreply@example.org, syzbot+12@example.org, r@no-reply.example.com"
    )
    outcome = read_bytes(tmp_path, mails, viewer="ben@example.org")
    assert outcome.interactions[0].addressed == ("ben@example.org",)
    assert outcome.ledger.notes["recipient that is a machine, not counted as a person"] == 3


def test_people_are_not_taken_for_machines():
    assert not is_machine("ada@example.org", "Ada Talbot")
    assert not is_machine("botond@example.org", "Botond B")
    assert is_machine("ci-bot@example.org", "")


def test_folders_are_known_by_their_names_in_several_languages():
    assert label("[Gmail]") == label("Roses") == ""
    assert label(".Sent") == label("Gesendet") == label("Messages envoyés") == "sent"
    assert label(".INBOX.Trash") == "trash"
