"""The form to sign in, in the words of the other pages."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignIn(LoginForm):  # type: ignore[misc]  # it ships no types
    """Address and password."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        for name, label in (("login", _("Your e-mail address")), ("password", _("Your password"))):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
