"""*Ask*: what was answered before, who could help and why; the questions, and the answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crosstie.actions.organisation import (
    aliases,
    asking,
    being_asked,
    choosing,
    learning,
    mail_settings,
    newcomers,
    proposing,
    questions,
)
from crosstie.errors import UsageRefused
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.pages import page


class Chosen(forms.Select):
    """A list to choose from, written in one go: Django fills a template a line, and places are many."""

    def render(
        self, name: str, value: object, attrs: dict[str, Any] | None = None, renderer: object = None
    ) -> SafeString:
        """Return the list as HTML."""
        del renderer
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if key == value else "", label) for key, label in self.choices),
        )
        said = flatatt(self.build_attrs(self.attrs, {"name": name} | (attrs or {})))
        return format_html("<select{}>{}</select>", said, lines)


class Write(forms.Form):
    """What one is working on."""

    text = forms.CharField(
        label=gettext_lazy("What are you working on?"),
        help_text=gettext_lazy(
            "Say what you want to do and where you are stuck; a few sentences are enough."
        ),
        max_length=proposing.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where would you ask it otherwise? (optional)"),
        help_text=gettext_lazy("Whoever answers there comes forward."),
        required=False,
        widget=Chosen,
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["place"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = [("", _("I do not know")), *places]


class Words(forms.Form):
    """An answer, or a reason."""

    text = forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """*Ask*: write, then see at once what was answered before and who could help. Nothing is sent yet."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Write(request.POST or None, places=proposing.places(home, viewer))
    draft, thankable = None, frozenset[str]()
    outside = "yes" in {request.GET.get("outside"), request.POST.get("outside")}
    if request.method == "POST" and form.is_valid():
        draft = proposing.draft(home, viewer, **form.cleaned_data, outside=outside)
        first = [draft.first_reply.answer] if draft.first_reply else []
        answers = chain(first, *(one.answers for one in draft.before))
        helpers = (one.helper.person.key for one in draft.candidates)
        people = chain((one.person for one in answers), helpers)
        thankable = learning.may_be_thanked(home, viewer, people)
    return page(
        request,
        "organisation/ask.html",
        form=form,
        draft=draft,
        thankable=thankable,
        chosen=_first_choice(draft) if draft else "",
        may_tick=draft is not None and any(one.is_free for one in draft.candidates),
        outside=outside,
        lists=None if draft else questions.questions(home, viewer),
        promise=None if draft else newcomers.promise(home, viewer),
        here="ask",
    )


def _first_choice(draft: proposing.Draft) -> str:
    """Return who is ticked to begin with: the first who is free and answered such a question; "" if none."""
    likely = (one for one in draft.candidates if one.is_free and one.helper.evidence)
    return next((one.helper.person.key for one in likely), "")


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send the question to those chosen."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Write(request.POST, places=proposing.places(home, viewer))
    if not form.is_valid():
        raise UsageRefused(_("The question is empty."), hint=_("Write what you are working on."))
    wanted = request.POST.getlist("person")
    alias = request.POST.get("alias", "") if request.POST.get("hidden") else ""
    outside = request.POST.get("outside") == "yes"
    number = choosing.ask_chosen(
        home, viewer, people=wanted, alias=alias, outside=outside, **form.cleaned_data
    )
    return sent(request, number, asked=bool(wanted))


def sent(request: HttpRequest, number: int, *, asked: bool) -> HttpResponse:
    """Say where a question is now, and show it."""
    messages.success(
        request,
        _("Your question stands open.")
        if not asked
        else _("Your question is on its way.")
        if mail_settings.sends(site_of(request).home)
        else _("Your question stands on their page; letters wait until a steward has set up mail."),
    )
    return _to(number)


@require_GET
def question(request: HttpRequest, number: int) -> HttpResponse:
    """Show one question with its answers."""
    home, viewer = site_of(request).home, viewer_of(request)
    view = questions.question(home, viewer, number)
    pass_to = proposing.may_pass_to(home, viewer) if view.me_asked else ()
    thanked = learning.thanked_answers(home, viewer, number)
    liftings = aliases.liftings(home, viewer, number) if view.alias else ()
    return page(
        request,
        "organisation/question.html",
        view=view,
        pass_to=pass_to,
        thanked=thanked,
        liftings=liftings,
        here="ask",
    )


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a question."""
    asking.answer(site_of(request).home, viewer_of(request), number, request.POST.get("text", ""))
    messages.success(request, _("Thank you. The answer is with the one who asked."))
    return _to(number)


@require_POST
def accept(request: HttpRequest, number: int, answered: int) -> HttpResponse:
    """Accept an answer."""
    counts = asking.accept(site_of(request).home, viewer_of(request), answered)
    messages.success(
        request,
        _("Accepted: it counts as learned, and they are told.")
        if counts
        else _("Accepted: they are told. It counts for nothing as long as you ask under an alias."),
    )
    return _to(number)


@require_POST
def settle(request: HttpRequest, number: int, asked: int) -> HttpResponse:
    """Pass a question on, put it off, or say that it is not one's subject."""
    home, viewer = site_of(request).home, viewer_of(request)
    what = request.POST.get("what", "")
    if what == "pass":
        being_asked.pass_on(home, viewer, asked, request.POST.get("person", ""))
        messages.success(request, _("Passed on."))
    elif what == "later":
        again = being_asked.later(home, viewer, asked)
        messages.success(
            request, _("You are reminded on %(day)s.") % {"day": date_format(again, "DATE_FORMAT")}
        )
    elif what == "not_mine":
        being_asked.not_mine(home, viewer, asked)
        messages.success(request, _("Noted: you are not suggested for questions like this one."))
    else:
        raise UsageRefused(_("Say what to do with the question."), hint=_("Pass it on, later, or not yours."))
    return _to(number)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close one's own question."""
    asking.close(site_of(request).home, viewer_of(request), number)
    return _to(number)


@require_POST
def show_myself(request: HttpRequest, number: int) -> HttpResponse:
    """Take off one's own alias."""
    aliases.show_myself(site_of(request).home, viewer_of(request), number)
    return _to(number)


@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Agree that an alias be lifted."""
    who = aliases.lift(site_of(request).home, viewer_of(request), number, request.POST.get("text", ""))
    if who is None:
        messages.success(request, _("Noted. A second steward has to agree."))
    return _to(number)


def _to(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("question", args=[number]))
