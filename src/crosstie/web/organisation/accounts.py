"""How django-allauth behaves here: nobody signs up without an invitation, and its mails are our letters."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.http import HttpRequest

from crosstie.actions.organisation import letters


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # it ships no types
    """Closes the sign-up; there are invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        del request
        return False


class Outbox(BaseEmailBackend):
    """Where Django's mails go: they become letters, which a worker sends and can tell the fate of."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write a letter for each recipient."""
        written = 0
        for message in email_messages:
            for address in message.recipients():
                written += letters.write(
                    key=f"account:{secrets.token_hex(16)}",
                    kind="account",
                    address=address,
                    subject=str(message.subject),
                    text=str(message.body),
                )
        return written


def sign_in(request: HttpRequest, number: int) -> None:
    """Sign a member in, who proved by a link that the address is theirs.

    Args:
        request: of the one who followed the link.
        number: the member's.
    """
    from django.contrib.auth import get_user_model, login

    member = get_user_model()._default_manager.get(pk=number)  # noqa: SLF001 - Django's own way
    login(request, member, backend="django.contrib.auth.backends.ModelBackend")
