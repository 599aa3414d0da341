"""*Thanks*: "I learned this from her", what others said they learned from me, and "is this right?"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crosstie.actions.organisation import learning, mapping
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.navigation import ABOUT_ME
from crosstie.web.organisation.numbers import number_in
from crosstie.web.pages import page


@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """*Thanks*: what I said and what others said, this month's sample, and how often such ties are right."""
    home, viewer = site_of(request).home, viewer_of(request)
    said, to_me = learning.thanks(home, viewer)
    return page(
        request,
        "organisation/thanks.html",
        said=said,
        to_me=to_me,
        colleagues=mapping.colleagues(home, viewer),
        sample=learning.sample(home, viewer),
        how_right=learning.how_right(home, viewer),
        menu=ABOUT_ME,
        here="me",
    )


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Say "I learned this from them", and go back to where one was."""
    person = request.POST.get("person", "")
    learning.acknowledge(
        site_of(request).home,
        viewer_of(request),
        person,
        request.POST.get("line", ""),
        answer=number_in(request.POST.get("answer", "")),
    )
    messages.success(request, _("Said, and they are told. Your circle shows it in a moment."))
    return _back(request, person)


def _back(request: HttpRequest, person: str) -> HttpResponse:
    """Go back to where one was: a question, a draft, a panel, an original, *Thanks*, or a contact."""
    question, trace = number_in(request.POST.get("question", "")), request.POST.get("trace", "")
    if question is not None:
        return HttpResponseRedirect(reverse("question", args=[question]))
    if request.POST.get("text"):  # a draft is kept nowhere, so the browser sends it again
        there = reverse("panel") + "#panel" if request.POST.get("seats") else reverse("ask") + "#before"
        return HttpResponseRedirect(there, preserve_request=True)
    if trace:
        return HttpResponseRedirect(reverse("trace", args=[trace]))
    if request.POST.get("by_name"):
        return HttpResponseRedirect(reverse("thanks"))
    return HttpResponseRedirect(reverse("contact", args=[person]))


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what one said."""
    learning.take_back(site_of(request).home, viewer_of(request), number)
    messages.success(request, _("Taken back: it counts no more."))
    return HttpResponseRedirect(reverse("thanks"))


@require_POST
def judge(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether a tie of this month's sample is right."""
    learning.judge(site_of(request).home, viewer_of(request), number, request.POST.get("verdict", ""))
    messages.success(request, _("Noted, for you alone."))
    return HttpResponseRedirect(reverse("thanks") + "#right")
