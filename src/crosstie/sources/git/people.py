"""Who a committer is to the record: an account by address, or nobody."""

from __future__ import annotations

import re

from crosstie.record import Account
from crosstie.sources.door import Door

_BOT_NAME = re.compile(r"\[bot\]|\(bot\)|[-_]bot\b|\brobot$|^bot\b")
_BOT_LOCAL_PART = re.compile(
    r"\[bot\]$|[-_+]bot$|^bot\b|^(no-?reply|do-?not-?reply|nobody|daemon|cron|jenkins|ci|build|builder)$"
)
_BOTS = frozenset({
    "dependabot", "dependabot-preview", "renovate", "renovate bot", "github-actions", "github actions",
    "github", "web-flow", "copilot", "greenkeeper", "snyk-bot", "codecov", "syzbot", "jenkins", "weblate",
    "bors", "travis ci", "gitlab", "buildbot", "pre-commit-ci", "allcontributors", "imgbot", "mergify",
})  # fmt: skip


def is_bot(name: str, address: str) -> bool:
    """Say whether a committer is no person: a bot, a hosting service, an automatic address.

    >>> is_bot("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")
    True
    >>> is_bot("Jan Bot", "jan.bot@example.org"), is_bot("Ada", "12345+ada@users.noreply.github.com")
    (False, False)
    """
    local_part = address.lower().partition("@")[0]
    folded = name.casefold()
    if folded in _BOTS or local_part.rpartition("+")[2] in _BOTS:
        return True
    return ("bot" in folded and bool(_BOT_NAME.search(folded))) or bool(_BOT_LOCAL_PART.search(local_part))


class People:
    """The accounts of one history; `pending` holds those met but not yet yielded, by id."""

    def __init__(self, source: str, door: Door) -> None:
        self.pending: dict[str, Account] = {}
        self._source = source
        self._door = door
        self._known: set[str] = set()

    def account(self, name: str, address: str) -> str | None:
        """Return the account's id: the address in lower case, or the name; "" for nobody, None for a bot."""
        name = " ".join(name.split())
        address = "".join(address.split()).lower()
        if is_bot(name, address):
            return None
        key = address or name
        if key and key not in self._known:
            self._known.add(key)
            has_domain = "@" in address.strip("@")
            if not has_domain:
                self._door.ledger.note("committer whose address has no domain")
            found = Account(source=self._source, id=key, name=name, address=address if has_domain else "")
            self._door.is_viewer(found)
            self.pending[key] = found
        return key
