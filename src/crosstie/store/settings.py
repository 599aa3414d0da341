"""Django's settings for the command and the library: no pages, no default database.

Every workspace is a database of its own, added under an alias by `crosstie.store.database`.
The pages have more settings on top of these (`crosstie.web.settings`).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

# A notebook's thread runs an event loop, and Django would refuse every query there. Ours are plain calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SECRET_KEY = secrets.token_hex()
"""Signs nothing that outlives the process: there are no logins and no cookies yet."""

INSTALLED_APPS = ["crosstie.store.apps.StoreConfig"]
AUTH_USER_MODEL = "store.Member"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Letters are written in their reader's language by workers that know no pages, so languages stand here.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
FORMAT_MODULE_PATH = "crosstie.locale"
USE_THOUSAND_SEPARATOR = True
