"""The addresses of what members choose, of digests and workshops, and of the promise to newcomers."""

from __future__ import annotations

from django.urls import path

from crosstie.web.organisation import newcomers, preferences, stopping, weeks, workshops

urlpatterns = [
    path("me/preferences", preferences.choices, name="preferences"),
    path("me/preferences/webhook", preferences.webhook, name="webhook"),
    path("me/preferences/webhook/secret", preferences.rotate, name="rotate-secret"),
    path("digest/stop/<str:token>", stopping.stop, name="stop-digest"),
    path("members/working-time", newcomers.working_time, name="working-time"),
    path("members/holidays", newcomers.holidays, name="holidays"),
    path("members/holidays/file", newcomers.holiday_file, name="holiday-file"),
    path("workshops", workshops.all_workshops, name="workshops"),
    path("workshops/<int:number>", workshops.workshop, name="workshop"),
    path("workshops/<int:number>/invite", workshops.invite, name="invite-to-workshop"),
    path("workshops/<int:number>/accept", workshops.accept, name="join-workshop"),
    path("workshops/<int:number>/leave", workshops.leave, name="leave-workshop"),
    path("workshops/<int:number>/notes", workshops.write, name="write-note"),
    path("workshops/<int:number>/notes/<int:note>/erase", workshops.erase, name="erase-note"),
    path("workshops/<int:number>/weeks/<int:week>", weeks.week, name="workshop-week"),
    path("workshops/<int:number>/weeks/<int:week>/done", weeks.mark, name="mark-week"),
    path("workshops/<int:number>/map", weeks.change_map, name="change-map"),
    path("workshops/<int:number>/thank", weeks.thank, name="thank-in-workshop"),
]
