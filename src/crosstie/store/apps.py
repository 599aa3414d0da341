"""The store as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """What people decide, and the names behind the keys."""

    name = "crosstie.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
