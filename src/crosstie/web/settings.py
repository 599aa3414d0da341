"""Django's settings for the pages: the store's, and what the pages add to them.

A workspace is opened before its pages are served, so Django usually runs already; `apply` then adds these.
"""

from __future__ import annotations

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
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "crosstie.web.middleware.speak"]
USE_I18N = True
LANGUAGE_CODE = "en"
LOCALE_PATHS = [HERE / "locale"]
USE_THOUSAND_SEPARATOR = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {"builtins": ["django.templatetags.i18n", "crosstie.web.words"]},
    },
]

_ADDED = (
    "DEBUG",
    "ALLOWED_HOSTS",
    "ROOT_URLCONF",
    "APPEND_SLASH",
    "MIDDLEWARE",
    "USE_I18N",
    "LANGUAGE_CODE",
    "LOCALE_PATHS",
    "USE_THOUSAND_SEPARATOR",
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
