"""Addresses behind which nobody stands, whichever source they are met in: few rules, and sure ones."""

from __future__ import annotations

import re

_SAYS_SO = re.compile(r"@no-?reply\.")
_HIDES_A_PERSON = re.compile(r"@noreply\.(?!github\.com$)")
_NOTIFIER = re.compile(r"^(?:[^@+]*[-_.])?notifications?(?:\+[^@]*)?@")


def is_notifier(address: str) -> bool:
    """Say whether an address in lower case is one that only notifies, such as "calendar-notification@"."""
    return "notification" in address and _NOTIFIER.match(address) is not None


def takes_no_mail(address: str) -> bool:
    """Say whether the host of an address in lower case is one that takes no mail: "noreply.example.org".

    At "users.noreply.…" GitHub and GitLab hide people, so that is none.
    """
    return "reply." in address and _SAYS_SO.search(address) is not None


def may_hide_a_person(address: str) -> bool:
    """Say whether a forge may have written an address of such a host for a person who hides theirs.

    Gitea and Forgejo write "ada@noreply.forge.example" into commits, for whoever wants it.
    """
    return _HIDES_A_PERSON.search(address) is not None
