"""*What comes again* and *Knowledge at risk*, for everybody; *What hangs on you*, for oneself alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crosstie.actions import failures
from crosstie.actions.organisation import first_replies, pairing_up
from crosstie.actions.routine import recurring
from crosstie.actions.routine_shares import own_share, shares
from crosstie.people import Role
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.navigation import ABOUT_ME
from crosstie.web.pages import page


@require_GET
def again(request: HttpRequest) -> HttpResponse:
    """*What comes again*: questions asked again and again, what settled them, and how many there are."""
    home, viewer = site_of(request).home, viewer_of(request)
    return page(
        request,
        "organisation/again.html",
        view=recurring(home, viewer),
        chosen={one.ids[0] for one in first_replies.chosen(home, viewer)},
        everybody=shares(home),
        may_choose=viewer.role.covers(Role.FACILITATOR),
        here="ask",
    )


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Choose that an answer is shown first to whoever drafts such a question, or not any more."""
    yes = request.POST.get("answer") == "yes"
    first_replies.choose(site_of(request).home, viewer_of(request), request.POST.get("question", ""), yes=yes)
    messages.success(
        request,
        _("The answer is shown first to whoever drafts a question like it.")
        if yes
        else _("It is shown first no more."),
    )
    return HttpResponseRedirect(reverse("again"))


@require_GET
def knowledge(request: HttpRequest) -> HttpResponse:
    """*Knowledge at risk*: topics that hang on one person or two, and never on whom."""
    home = site_of(request).home
    return page(
        request,
        "organisation/knowledge.html",
        view=pairing_up.knowledge_at_risk(home, viewer_of(request)),
        has_failed=failures.has_failed(home, "snapshot", "topics"),
        here="map",
    )


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """*What hangs on you*: one's own share of repeated questions, and the topics one answers alone."""
    home, viewer = site_of(request).home, viewer_of(request)
    return page(
        request,
        "organisation/me_answers.html",
        own=own_share(home, viewer),
        topics=pairing_up.on_me(home, viewer),
        menu=ABOUT_ME,
        here="me",
    )


@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """Offer somebody to pair: an introduction, to which both are to say yes."""
    pairing_up.offer(site_of(request).home, viewer_of(request), request.POST.get("person", ""))
    messages.success(request, _("They are asked whether they would like to meet you; you said yes."))
    return HttpResponseRedirect(reverse("meet"))
