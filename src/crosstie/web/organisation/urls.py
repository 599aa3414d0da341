"""The addresses of an organisation's pages: the pages of everyone, and those behind the login."""

from __future__ import annotations

from django.urls import include, path

from crosstie.web import urls as everyones
from crosstie.web.organisation import (
    account_urls,
    agreement,
    asking,
    behind,
    circle,
    entering,
    letters,
    me_urls,
    meet_urls,
    panel,
    practice_urls,
    routine,
    stewards,
    tokens,
)

urlpatterns = [
    path("set-up", entering.set_up, name="set-up"),
    path("join/<str:token>", entering.join, name="join"),
    path("sign-in", entering.ask_for_link, name="ask-for-link"),
    path("sign-in/<str:token>", entering.follow_link, name="follow-link"),
    path("account/", include(account_urls)),
    path("members", stewards.all_members, name="members"),
    path("members/journal", stewards.what_was_done, name="journal"),
    path("members/letters", letters.failed_letters, name="failed-letters"),
    path("members/letters/<int:number>", letters.settle_letter, name="settle-letter"),
    path("members/invite", stewards.invite, name="invite"),
    path("members/link", stewards.invite_by_link, name="invite-by-link"),
    path("members/invitations/<int:number>", stewards.change_invitation, name="change-invitation"),
    path("members/<int:number>/role", stewards.change_role, name="change-role"),
    path("members/<int:number>/suspend", stewards.suspend, name="suspend"),
    path("members/tokens", tokens.limit, name="token-limit"),
    path("me/tokens", tokens.tokens, name="tokens"),
    path("me/tokens/<int:number>/revoke", tokens.revoke, name="revoke-token"),
    path("", circle.circle, name="circle"),
    path("contact/<anything:key>", circle.contact, name="contact"),
    path("trace/<anything:trace>", circle.trace, name="trace"),
    path("ask", asking.ask, name="ask"),
    path("ask/send", asking.send, name="send"),
    path("ask/panel", panel.panel, name="panel"),
    path("ask/panel/send", panel.ask_panel, name="ask-panel"),
    path("ask/again", routine.again, name="again"),
    path("ask/again/choose", routine.choose, name="choose-first-reply"),
    path("map/knowledge", routine.knowledge, name="knowledge"),
    path("questions/<int:number>", asking.question, name="question"),
    path("questions/<int:number>/answer", asking.answer, name="answer"),
    path("questions/<int:number>/accept/<int:answered>", asking.accept, name="accept"),
    path("questions/<int:number>/asked/<int:asked>", asking.settle, name="settle"),
    path("questions/<int:number>/close", asking.close, name="close"),
    path("questions/<int:number>/show-myself", asking.show_myself, name="show-myself"),
    path("questions/<int:number>/lift", asking.lift, name="lift"),
    *meet_urls.urlpatterns,
    *me_urls.urlpatterns,
    *practice_urls.urlpatterns,
    path("agreement", agreement.whole, name="agreement"),
    path("agreement/<str:name>.md", agreement.template, name="agreement-template"),
    path("ideas", behind.ideas, name="ideas"),
    path("sources", behind.sources, name="sources"),
    *everyones.urlpatterns,
]
handler400 = handler500 = "crosstie.web.middleware.failed"
handler404 = "crosstie.web.middleware.not_found"
