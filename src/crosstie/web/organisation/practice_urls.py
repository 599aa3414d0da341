"""The addresses of what members choose, of digests and workshops, and of the promise to newcomers."""

from __future__ import annotations

from django.urls import path

from crosstie.web.organisation import newcomers, preferences, stopping

urlpatterns = [
    path("me/preferences", preferences.choices, name="preferences"),
    path("me/preferences/webhook", preferences.webhook, name="webhook"),
    path("me/preferences/webhook/secret", preferences.rotate, name="rotate-secret"),
    path("digest/stop/<str:token>", stopping.stop, name="stop-digest"),
    path("members/working-time", newcomers.working_time, name="working-time"),
]
