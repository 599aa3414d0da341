"""The addresses of *Meet* and of the programmes under it."""

from __future__ import annotations

from django.urls import path

from crosstie.web.organisation import meet, programmes

urlpatterns = [
    path("meet", meet.meet, name="meet"),
    path("meet/look", meet.look, name="look-for-introductions"),
    path("meet/<int:number>/say", meet.say, name="say-to-introduction"),
    path("meet/<int:number>/call-off", meet.call_off, name="call-off"),
    path("meet/<int:number>/met", meet.met, name="say-met"),
    path("meet/<int:number>/calendar", meet.calendar, name="meeting-calendar"),
    path("meet/apart", meet.keep_apart, name="keep-apart"),
    path("meet/apart/<int:number>/release", meet.release, name="release"),
    path("meet/programmes", programmes.all_programmes, name="programmes"),
    path("meet/programmes/<int:number>", programmes.programme, name="programme"),
    path("meet/programmes/<int:number>/change", programmes.change, name="change-programme"),
    path("meet/programmes/<int:number>/apart", programmes.apart, name="programme-apart"),
    path("meet/programmes/<int:number>/draw", programmes.draw, name="programme-draw"),
    path("meet/programmes/<int:number>/draw.json", programmes.draw_file, name="programme-draw-file"),
    path("meet/programmes/apart/<int:number>/release", programmes.release, name="release-two"),
]
