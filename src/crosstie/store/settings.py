"""Django's settings: SQLite in the workspace by default. Configured late, by `crosstie.store.start`."""

from __future__ import annotations

SECRET_KEY = "set-by-crosstie.store.start"  # noqa: S105 - replaced by the workspace's own before anything is served
INSTALLED_APPS = ["crosstie.store"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
