"""What an organisation's pages add to Django's settings: sessions, forms, logins."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings as django_settings
from django.core.cache import caches

from crosstie.web.organisation.attempts import FILE, Attempts
from crosstie.web.settings import BEHIND_LOGIN


def apply(*, hosts: Sequence[str], is_https: bool, folder: Path) -> None:
    """Set what the pages of an organisation need beside the apps that `crosstie.web.settings` installs.

    Args:
        hosts: the names under which these pages may be asked for.
        is_https: whether people reach them by https, so that cookies go no other way.
        folder: of the workspace; how often somebody tried to sign in is counted there.
    """
    for name, value in {
        "MIDDLEWARE": BEHIND_LOGIN,
        "ROOT_URLCONF": "crosstie.web.organisation.urls",
        "CSRF_FAILURE_VIEW": "crosstie.web.middleware.form_refused",
        "ALLOWED_HOSTS": list(hosts),
        "SESSION_COOKIE_SECURE": is_https,
        "CSRF_COOKIE_SECURE": is_https,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if is_https else None,
        "CSRF_TRUSTED_ORIGINS": [f"https://{host}" for host in hosts] if is_https else [],
    }.items():
        setattr(django_settings, name, value)
    kept = f"{Attempts.__module__}.{Attempts.__qualname__}"
    caches.settings = {"default": {"BACKEND": kept, "LOCATION": str(folder / FILE)}}
    with suppress(AttributeError):  # nothing was counted yet
        del caches["default"]
