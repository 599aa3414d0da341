"""The addresses of *About me*: what is held, who looked, thanks."""

from __future__ import annotations

from django.urls import path

from crosstie.web.organisation import about_me, correcting, leaving, routine, thanking

urlpatterns = [
    path("me", about_me.held, name="me"),
    path("me/rows", about_me.rows, name="me-rows"),
    path("me/held/<str:name>", about_me.table, name="me-table"),
    path("me/looks", about_me.who_looked, name="me-looks"),
    path("me/shown", about_me.shown, name="me-shown"),
    path("me/answers", routine.mine, name="me-answers"),
    path("me/answers/offer", routine.offer, name="offer-to-pair"),
    path("me/not-me", correcting.not_me, name="not-me"),
    path("me/not-my-account", correcting.not_my_account, name="not-my-account"),
    path("me/no-longer", correcting.no_longer, name="no-longer"),
    path("me/corrections/<int:number>/take-back", correcting.take_back, name="take-correction-back"),
    path("me/leave", leaving.ways, name="me-leave"),
    path("me/opt-out", leaving.opt_out, name="opt-out"),
    path("me/opt-in", leaving.opt_in, name="opt-in"),
    path("me/all.zip", leaving.take_along, name="take-along"),
    path("me/forget", leaving.forget_me, name="forget-me"),
    path("forgotten", leaving.forgotten, name="forgotten"),
    path("thanks", thanking.thanks, name="thanks"),
    path("thanks/say", thanking.say, name="say-thanks"),
    path("thanks/<int:number>/take-back", thanking.take_back, name="take-back"),
    path("thanks/sample/<int:number>", thanking.judge, name="judge"),
]
