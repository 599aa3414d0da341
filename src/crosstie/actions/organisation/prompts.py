"""Every day: send the week's prompt to those who take part, and measure what the last week looks back on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import before_after, gate, letters
from crosstie.actions.organisation.cohort import taking_part
from crosstie.actions.organisation.proposing import is_away
from crosstie.actions.organisation.weeks import WEEKS, Week, week_on
from crosstie.store.models import Member, Workshop


def daily(home: Home, payload: Mapping[str, Any]) -> None:
    """Do what is due in each workshop today. A prompt is sent once; of weeks that were missed, the last."""
    del payload
    today = timezone.localdate()
    for workshop in Workshop.objects.filter(change={}).order_by("pk"):
        number = week_on(workshop.starts_on, today)
        state = "planned" if not number else "running" if number <= len(WEEKS) else "over"
        Workshop.objects.filter(pk=workshop.pk).exclude(state=state).update(state=state)
        if state == "running":
            _send(home, workshop, WEEKS[number - 1])
        if number >= len(WEEKS):
            before_after.measure(home, workshop)


def _send(home: Home, workshop: Workshop, week: Week) -> None:
    here = {member.account: member for member in gate.joined(home).values()}
    today = timezone.localdate()
    for one in taking_part(workshop):
        member = here.get(one.account)
        if member is not None and not is_away(member, today):
            _prompt(workshop, week, member)


def _prompt(workshop: Workshop, week: Week, member: Member) -> None:
    with transaction.atomic(), letters.language_of(member.account):
        letters.write(
            key=f"workshop:{workshop.pk}:week:{week.number}:{member.account}",
            kind="workshop",
            account=member.account,
            subject=_("Week %(number)d: %(title)s") % {"number": week.number, "title": week.title},
            text=_(
                "Hello %(name)s,\n\n%(prompt)s It takes about %(minutes)d minutes:\n\n%(link)s\n\nWhy:"
                " %(why)s\n\nThis is week %(number)d of 4 of “%(workshop)s”. You may leave it at any"
                " time:\n\n%(cohort)s\n"
            )
            % {
                "name": member.name,
                "prompt": week.prompt,
                "minutes": week.takes,
                "why": week.why,
                "number": week.number,
                "workshop": workshop.name,
                "link": f"/workshops/{workshop.pk}/weeks/{week.number}",
                "cohort": f"/workshops/{workshop.pk}",
            },
        )
