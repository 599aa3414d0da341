"""Django's settings for the pages: the store's, and what the pages add to them.

A workspace is opened before its pages are served, so Django usually runs already; `apply` then adds these.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings as django_settings
from django.template import engines
from django.template.engine import Engine

from crosstie.store.settings import *  # noqa: F403 - the pages' settings are the store's and a few more

_log = logging.getLogger("django.request")

HERE = Path(__file__).resolve().parent

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "crosstie.web.urls"
APPEND_SLASH = False
MIDDLEWARE = PERSONAL = [
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "crosstie.web.middleware.speak",
]
BEHIND_LOGIN = [
    "crosstie.web.organisation.api.door.apart",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "crosstie.web.organisation.middleware.arrive",
    "crosstie.web.middleware.speak",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]
"""What an organisation's pages need: sessions, forms, logins."""

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "crosstie.web.words", "crosstie.web.rows"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "crosstie.web.pages.every_page",
            ],
        },
    },
]

if importlib.util.find_spec("allauth") is not None:
    # Where people sign in; personal pages have no use for it, and no need.
    INSTALLED_APPS = [
        *INSTALLED_APPS,  # noqa: F405 - the store's
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
    ]
    # allauth looks for its own at once; which list holds is said when the pages are made.
    MIDDLEWARE = BEHIND_LOGIN
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
EMAIL_BACKEND = "crosstie.web.organisation.accounts.Outbox"
DEFAULT_FROM_EMAIL = "crosstie"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "circle"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ACCOUNT_ADAPTER = "crosstie.web.organisation.accounts.Adapter"
ACCOUNT_FORMS = {"login": "crosstie.web.organisation.signing_in.SignIn"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody asks crosstie to write to strangers
ACCOUNT_SESSION_REMEMBER = True
PASSWORD_RESET_TIMEOUT = 60 * 60  # a letter with a way in is not good for days; the text says so, too

_ADDED = (
    "DEBUG",
    "ALLOWED_HOSTS",
    "ROOT_URLCONF",
    "APPEND_SLASH",
    "TEMPLATES",
)


def apply(secret: str = "") -> None:
    """Start Django with these settings, or add them to a Django that the store has started.

    Args:
        secret: the signing key; without one the store's own stays.
    """
    if not django_settings.configured:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", __name__)
    if not apps.ready:
        django.setup()
    for name in _ADDED:
        setattr(django_settings, name, globals()[name])
    django_settings.MIDDLEWARE = PERSONAL
    if secret:
        django_settings.SECRET_KEY = secret
    # Without DEBUG Django would mail its errors to nobody; the terminal is where they belong.
    _log.setLevel(logging.ERROR)
    if not _log.handlers:
        _log.addHandler(logging.StreamHandler())
    # Engines that were asked for before know no folder of templates: forget them, as Django's own tests do.
    vars(engines).pop("templates", None)
    vars(engines).update(_templates=None, _engines={})
    Engine.get_default.cache_clear()  # type: ignore[attr-defined]  # an lru_cache, which the stubs do not say
