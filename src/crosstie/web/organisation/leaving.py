"""Opt out and in, take everything along, be forgotten."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from crosstie.actions.organisation import leaving, taking_along
from crosstie.errors import CrosstieError
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.navigation import ABOUT_ME
from crosstie.web.pages import page


class ForgetMe(forms.Form):
    """One's own address, typed."""

    address = forms.CharField(
        label=gettext_lazy("Your e-mail address, to confirm"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """*Take along, leave*: every way out, and what each does."""
    return _ways(request, ForgetMe())


def _ways(request: HttpRequest, form: ForgetMe) -> HttpResponse:
    standing = leaving.standing(site_of(request).home, viewer_of(request))
    return page(request, "organisation/me_leave.html", standing=standing, form=form, menu=ABOUT_ME, here="me")


@require_GET
def take_along(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out all that is held about oneself, as it is read."""
    pieces = taking_along.export(site_of(request).home, viewer_of(request))
    name = f"crosstie-{timezone.localdate().isoformat()}.zip"
    return StreamingHttpResponse(
        pieces,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def forget_me(request: HttpRequest) -> HttpResponse:
    """Forget who asks, for good, and sign them out."""
    form = ForgetMe(request.POST)
    if not form.is_valid():
        return _ways(request, form)
    try:
        is_erased = leaving.forget_me(site_of(request).home, viewer_of(request), form.cleaned_data["address"])
    except CrosstieError as refused:
        form.add_error("address", f"{refused.message} {refused.hint}")
        return _ways(request, form)
    logout(request)
    return HttpResponseRedirect(reverse("forgotten") + ("" if is_erased else "?waits=yes"))


@login_not_required
@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say that someone was forgotten, to nobody any more."""
    return page(request, "organisation/forgotten.html", waits=request.GET.get("waits") == "yes")


@require_POST
def opt_out(request: HttpRequest) -> HttpResponse:
    """Opt out."""
    leaving.opt_out(site_of(request).home, viewer_of(request))
    messages.success(request, _("You opted out. You are shown, named and suggested nowhere any more."))
    return HttpResponseRedirect(reverse("me-leave"))


@require_POST
def opt_in(request: HttpRequest) -> HttpResponse:
    """Opt in again."""
    leaving.opt_in(site_of(request).home, viewer_of(request))
    messages.success(request, _("You opted in again. What was read before is shown again in a moment."))
    return HttpResponseRedirect(reverse("me-leave"))
