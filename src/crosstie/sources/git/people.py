"""Who a committer is to the record: an account by address, or nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from crosstie.record import Account
from crosstie.sources.door import Door
from crosstie.sources.encoded import decoded
from crosstie.sources.git.mailmap import Mailmap
from crosstie.sources.git.trailers import contacts
from crosstie.sources.machines import is_notifier, may_hide_a_person, takes_no_mail
from crosstie.sources.writers import of_name, writer_of

MOST_REMEMBERED = 50_000

_BOT_NAME = re.compile(r"\[bot\]|\(bot\)|[-_]bot\b|\brobot$|^bot\b")
_BOT_LOCAL_PART = re.compile(
    r"\[bot\]$|[-_+]bot$|^bot\b|^(no-?reply|do-?not-?reply|nobody|daemon|cron|jenkins|ci|build|builder)$"
    r"|^(project|group)_\d+_bot(_|$)|^service_account_"  # GitLab's, at noreply.HOST among people's
)
_ACCOUNT_NUMBER = re.compile(r"^\d+-")  # before the name where GitLab hides an address; GitHub writes "+"
_BOTS = frozenset({
    "dependabot", "dependabot-preview", "renovate", "renovate bot", "github-actions", "github actions",
    "gitea-actions", "github", "web-flow", "copilot", "greenkeeper", "snyk-bot", "codecov", "syzbot",
    "jenkins", "weblate", "bors", "travis ci", "gitlab", "buildbot", "pre-commit-ci", "allcontributors",
    "imgbot", "mergify",
})  # fmt: skip


def is_bot(name: str, address: str) -> bool:
    """Say whether a committer is no person: a bot, a hosting service, an automatic address.

    >>> is_bot("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")
    True
    >>> is_bot("Jan Bot", "jan.bot@example.org"), is_bot("Ada", "12345+ada@users.noreply.github.com")
    (False, False)
    """
    address = address.lower()
    if is_notifier(address) or (takes_no_mail(address) and not may_hide_a_person(address)):
        return True
    local_part = address.partition("@")[0]
    folded = name.casefold()
    if folded in _BOTS or _ACCOUNT_NUMBER.sub("", local_part.rpartition("+")[2]) in _BOTS:
        return True
    return ("bot" in folded and bool(_BOT_NAME.search(folded))) or bool(_BOT_LOCAL_PART.search(local_part))


class Hands(NamedTuple):
    """Whose hands a commit went through, and what is to be noted of them each time.

    Attributes:
        author: the account's id; "" for nobody and None for a bot.
        committer: the account's id; "" unless a person, and another one.
        notes: what is to be noted.
    """

    author: str | None
    committer: str
    notes: tuple[str, ...] = ()


class People:
    """The accounts of one history.

    Attributes:
        pending: those met but not yet yielded, by id.
        hands: those known, by how they are written; never where a list stands for one of them.
    """

    def __init__(self, source: str, door: Door, mailmap: Mailmap) -> None:
        self.pending: dict[str, Account] = {}
        self.hands: dict[str, Hands] = {}
        self._source = source
        self._door = door
        self._mailmap = mailmap
        self._known: set[str] = set()
        self._plainly: dict[tuple[str, str], str | None] = {}  # ids by name and address, where these tell all

    def find_hands(self, written: str, trailers: str) -> Hands:
        """Return author and committer, written one a line as "Name <address>"; trailers tell of them too."""
        first, _, second = written.partition("\n")
        one = _contact(first)
        other = one if second == first else _contact(second)

        def beside() -> Iterable[tuple[str, str]]:
            return (*contacts(trailers), one, other)

        author, note = self.account(*one, beside)
        committer, other_note = self.account(*other, beside) if other != one else (author, note)
        is_plain = not note and not other_note
        if committer is None or committer == author:
            committer = other_note = ""
        found = Hands(author, committer, () if is_plain else tuple(filter(None, (note, other_note))))
        if is_plain:
            if len(self.hands) >= MOST_REMEMBERED:
                self.hands.clear()
            self.hands[written] = found
        return found

    def account(
        self, name: str, address: str, beside: Callable[[], Iterable[tuple[str, str]]]
    ) -> tuple[str | None, str]:
        """Return an account's id, and what is to be noted each time it is met.

        The id is the address in lower case, or the name; "" for nobody, None for a bot.

        Args:
            name: as it is written.
            address: as it is written.
            beside: who else stands in the commit, asked for where a list stands for a person.
        """
        written = name, address
        if written in self._plainly:
            return self._plainly[written], ""
        key, note = self._account(name, address, beside)
        if not note:
            if len(self._plainly) >= MOST_REMEMBERED:
                self._plainly.clear()
            self._plainly[written] = key
        return key, note

    def _account(
        self, name: str, address: str, beside: Callable[[], Iterable[tuple[str, str]]]
    ) -> tuple[str | None, str]:
        name, address = _plain(*self._mailmap.mapped(name, address))
        writer = writer_of(name, address, lambda wanted: of_name(wanted, beside()))
        if writer is None:
            return "", ""
        key = address or name
        if writer.rewritten:
            name, own = _plain(*self._mailmap.mapped(writer.name, writer.address))
            key, address = own or f"{address}/{name.casefold()}", own
        if is_bot(name, address):
            return None, writer.note
        if key and key not in self._known:
            self._known.add(key)
            has_domain = "@" in address.strip("@")
            if not has_domain and not writer.rewritten:
                self._door.ledger.note("committer whose address has no domain")
            found = Account(source=self._source, id=key, name=name, address=address if has_domain else "")
            self._door.is_viewer(found)
            self.pending[key] = found
        return key, writer.note


def _contact(hand: str) -> tuple[str, str]:
    name, _, address = hand.removesuffix(">").rpartition("<")
    return decoded(name.strip()), address.strip()


def _plain(name: str, address: str) -> tuple[str, str]:
    return " ".join(name.split()), "".join(address.split()).lower()
