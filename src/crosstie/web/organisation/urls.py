"""The addresses of an organisation's pages: the pages of everyone, and those behind the login."""

from __future__ import annotations

from django.urls import include, path

from crosstie.web import urls as everyones
from crosstie.web.organisation import entering, stewards

urlpatterns = [
    path("set-up", entering.set_up, name="set-up"),
    path("join/<str:token>", entering.join, name="join"),
    path("sign-in", entering.ask_for_link, name="ask-for-link"),
    path("sign-in/<str:token>", entering.follow_link, name="follow-link"),
    path("account/", include("allauth.account.urls")),
    path("members", stewards.all_members, name="members"),
    path("members/invite", stewards.invite, name="invite"),
    path("members/link", stewards.invite_by_link, name="invite-by-link"),
    path("members/<int:number>/role", stewards.change_role, name="change-role"),
    path("members/<int:number>/suspend", stewards.suspend, name="suspend"),
    *everyones.urlpatterns,
]
handler404 = "crosstie.web.middleware.not_found"
