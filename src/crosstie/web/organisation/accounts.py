"""How django-allauth behaves here: nobody signs up without an invitation, and its mails are our letters."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crosstie.actions.organisation import letters
from crosstie.store.models import Member


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # it ships no types
    """Closes the sign-up; there are invitations."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "This was tried too often. Wait some minutes, and try again."
        ),
        "email_password_mismatch": gettext_lazy("The address or the password is not right."),
        "rate_limited": gettext_lazy("This was tried too often. Wait a minute, and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        del request
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the path alone: a letter gets the site's address, not what a browser says it is."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return path.replace("UID-KEY", quote(key))

    def format_email_subject(self, subject: str) -> str:
        """Return it as it is: who writes stands in the sender's name."""
        return subject

    def send_password_reset_mail(self, user: Member, email: str, context: dict[str, Any]) -> None:
        """Write it in our words, and in the language of whoever it goes to."""
        with translation.override(user.language or letters.LETTERS_SPEAK):
            text = _(
                "Someone, most likely you, asked for a new password on the page where one signs in.\n\n"
                "Choose it here, within %(minutes)d minutes:\n%(path)s\n\n"
                "If that was not you, do nothing: your password stays as it is."
            ) % {"path": context["password_reset_url"], "minutes": settings.PASSWORD_RESET_TIMEOUT // 60}
            mail.send_mail(_("A new password"), text, from_email=None, recipient_list=[email])


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
