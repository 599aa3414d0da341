"""*Ask a panel*: a few people who know the matter and come to it from different sides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from crosstie.actions.organisation import choosing, convening, learning, proposing
from crosstie.actions.organisation.passing import MOST_ASKED
from crosstie.errors import UsageRefused
from crosstie.web.organisation.asking import Write, sent
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.pages import page


class Wanted(Write):
    """What one is working on, and the panel one wants."""

    seats = forms.IntegerField(
        label=gettext_lazy("How many people"),
        min_value=2,
        max_value=MOST_ASKED,
        initial=MOST_ASKED,
        required=False,
    )
    quotas = forms.CharField(
        label=gettext_lazy("Numbers for groups (optional)"),
        help_text=gettext_lazy(
            "One a line: Sales=2 for two, Sales=1.. for at least one, Sales=..1 for at most one."
            " Groups of one kind, as the directory calls them."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def panel(self) -> dict[str, Any]:
        """Return what is wanted, as the actions take it."""
        return {
            "text": self.cleaned_data["text"],
            "place": self.cleaned_data["place"],
            "seats": self.cleaned_data["seats"] or MOST_ASKED,
            "quotas": self.cleaned_data["quotas"].splitlines(),
        }


@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest) -> HttpResponse:
    """*Ask a panel*: write, then see who could sit on it. Nothing is sent yet."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Wanted(_with_seats(request), places=proposing.places(home, viewer))
    convened = None
    if request.method == "POST" and form.is_valid():
        try:
            convened = convening.convene(home, viewer, **form.panel())
        except UsageRefused as refused:
            form.add_error("quotas", f"{refused.message} {refused.hint}")
    people = (one.helper.person.key for one in convened.panel.seats) if convened else ()
    return page(
        request,
        "organisation/panel.html",
        form=form,
        convened=convened,
        thankable=learning.may_be_thanked(home, viewer, people),
        quotas=form.cleaned_data["quotas"] if convened else "",
        here="ask",
    )


def _with_seats(request: HttpRequest) -> QueryDict | None:
    """Return what was written; whoever comes from *Ask* has not said how many, and finds the usual number."""
    if request.method != "POST":
        return None
    said = request.POST.copy()
    said.setdefault("seats", str(MOST_ASKED))
    return said


@require_POST
def ask_panel(request: HttpRequest) -> HttpResponse:
    """Send the question to those of the panel who are ticked."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Wanted(request.POST, places=proposing.places(home, viewer))
    if not form.is_valid():
        raise UsageRefused(_("The question is empty."), hint=_("Write what you are working on."))
    wanted = request.POST.getlist("person")
    alias = request.POST.get("alias", "") if request.POST.get("hidden") else ""
    number = choosing.ask_panel(home, viewer, people=wanted, alias=alias, **form.panel())
    return sent(request, number, asked=bool(wanted))
