"""Letters that came to no good end, for stewards: only they send such a letter again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crosstie.actions.organisation import outbox
from crosstie.errors import UsageRefused
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.pages import page


@require_GET
def failed_letters(request: HttpRequest) -> HttpResponse:
    """Show what failed, is unclear or could not go out yet; never its words, nor whom it is for."""
    found = outbox.failed_letters(site_of(request).home, viewer_of(request))
    return page(request, "organisation/letters.html", letters=found, here="members")


@require_POST
def settle_letter(request: HttpRequest, number: int) -> HttpResponse:
    """Send a letter again, or drop it."""
    home, viewer = site_of(request).home, viewer_of(request)
    what = request.POST.get("what", "")
    if what == "again":
        outbox.send_again(home, viewer, number)
        messages.success(request, _("It goes out again."))
    elif what == "drop":
        outbox.drop(home, viewer, number)
        messages.success(request, _("Dropped: it never goes out."))
    else:
        raise UsageRefused(_("Say what to do with the letter."), hint=_("Send it again, or drop it."))
    return HttpResponseRedirect(reverse("failed-letters"))
