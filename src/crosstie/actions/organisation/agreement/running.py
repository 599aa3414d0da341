"""What is set here, what runs by itself, and what is written to people."""

from __future__ import annotations

from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import mail_settings
from crosstie.actions.organisation.agreement.parts import Section, Table
from crosstie.actions.organisation.agreement.reading import how_long
from crosstie.actions.organisation.agreement.seeing import smallest_group
from crosstie.actions.organisation.kinds import KINDS, PERIODIC, Periodic
from crosstie.actions.organisation.letter_kinds import LETTER_KINDS
from crosstie.actions.speaking import spoken
from crosstie.saying import mark, say_count
from crosstie.store.models import Member

WORK = {
    "circle-check": mark("Work out what a word to each person about their circle rests on."),
    "digest-monthly": mark("Write the digest to those who want it once a month."),
    "digest-weekly": mark("Write the digest to those who want it every week."),
    "did-you-meet": mark("Ask those who were to meet whether they did."),
    "introductions": mark("Look for introductions worth making, for those who welcome them."),
    "lapse": mark("Let suggested introductions go that did not come about; who said no is forgotten."),
    "programme": mark("Bring the pairs of a facilitator's programme together, with a mail to each."),
    "record": mark("Take into the record what was said here: a question, an answer, thanks."),
    "retention": mark("Let what is older than the limit fall out."),
    "snapshot": mark("Work out the network anew."),
    "workshops": mark("Open the week of each workshop, and write its activity to those who take part."),
    "tidy": mark(
        "Remove the words of letters that were sent, links and sessions that hold no more, and revoked"
        " tokens."
    ),
}
"""What each kind of work does, in words; a test holds that none is left out."""


def as_set_here(home: Home) -> Section:
    """Say what was set for this organisation."""
    return Section(
        name="set-here",
        title=_("As it is set here"),
        tables=(
            Table(
                caption=_("The settings that matter"),
                head=(_("What"), _("As set")),
                rows=(
                    (_("How long is kept"), how_long(home)),
                    (
                        _("Smallest group that is shown"),
                        spoken(say_count("%(count)s person", "%(count)s people", smallest_group(home))),
                    ),
                    (_("What was read so far"), _readings(home)),
                    (_("Where letters go out"), _mail(home)),
                    (
                        _("Who takes part"),
                        spoken(
                            say_count(
                                "%(count)s member",
                                "%(count)s members",
                                Member.objects.filter(is_active=True).count(),
                            )
                        ),
                    ),
                ),
            ),
        ),
    )


def _readings(home: Home) -> str:
    found = [
        _("%(source)s, on %(day)s")
        % {"source": spoken(one.label), "day": date_format(one.read_at, "DATE_FORMAT")}
        for one in home.store.readings.all()
    ]
    return "; ".join(found) or _("Nothing yet.")


def _mail(home: Home) -> str:
    server = mail_settings.kept(home).sending
    if server is None:
        return _("By mail nowhere yet: letters wait. To webhooks that members set themselves.")
    return _("Through the mail server %(host)s, and to webhooks that members set themselves.") % {
        "host": server.host
    }


def background() -> Section:
    """Say what runs by itself, and when."""
    when = {one.kind: _when(one) for one in PERIODIC}
    return Section(
        name="background",
        title=_("What runs by itself"),
        said=(
            _(
                "Times are UTC. What leaves this machine are letters, by mail and to webhooks that members"
                " set for themselves, and what a program fetches with an access token: a member makes it, and"
                " it opens no more than that member may see and do."
            ),
        ),
        tables=(
            Table(
                caption=_("Work behind the pages"),
                head=(_("What"), _("When")),
                rows=tuple(
                    (spoken(WORK.get(kind, kind)), when.get(kind, _("when there is something to do")))
                    for kind in sorted(KINDS)
                ),
            ),
        ),
    )


def _when(one: Periodic) -> str:
    at = {"at": time_format(time(one.hour))}
    if one.weekday is not None:
        return _("%(weekday)s at %(at)s") % {**at, "weekday": WEEKDAYS[one.weekday]}
    if one.day is not None:
        return _("on day %(day)d of the month at %(at)s") % {**at, "day": one.day}
    return _("every day at %(at)s") % at


def letters() -> Section:
    """Say which letters are written."""
    return Section(
        name="letters",
        title=_("What is written to people"),
        said=(
            _("No other letter is written. Nobody but its reader gets one; there are no copies to managers."),
        ),
        points=tuple(spoken(said) for said in LETTER_KINDS.values()),
    )
