"""What is written to people about meetings: suggestions, the meeting itself, that it is off, did you meet?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import letters, meeting_reasons, working_days, zone
from crosstie.actions.organisation.calendar_file import attachment, calendar_file
from crosstie.actions.organisation.meeting_reasons import Shown
from crosstie.actions.organisation.meeting_rules import LAPSES
from crosstie.actions.organisation.proposing import is_away
from crosstie.actions.speaking import spoken
from crosstie.practice.half_hour import half_hour
from crosstie.store.models import Meeting, Member, Part

ASKED_AFTER = timedelta(days=3)
"""How long after the half hour proposed people are asked whether they met."""

_ASKED_AFTER_UNTIMED = timedelta(days=21)


def tell(home: Home, accounts: Iterable[str]) -> None:
    """Tell people of introductions suggested to them that they have not answered: one letter a week at most.

    It is written when introductions are found and never when somebody answers, so that nobody can read from
    it what the other one said.
    """
    year, week, _day = timezone.localdate().isocalendar()
    shown = meeting_reasons.shown_now(home)
    for account in accounts:
        member = Member.objects.filter(account=account, is_active=True, meets=True).first()
        open_to_them = Part.objects.filter(
            account=account,
            answer="",
            meeting__programme=None,
            meeting__state__in=("suggested", "declined"),
            meeting__agreed_at=None,
            meeting__made_at__gt=timezone.now() - LAPSES,
        ).order_by("pk")
        meetings = [part.meeting for part in open_to_them.select_related("meeting")]
        if member is None or not meetings or not shown.person(account):
            continue
        with letters.language_of(account):
            letters.write(
                key=f"suggested:{year}-{week:02}:{account}",
                kind="suggested",
                account=account,
                subject=_("Someone worth meeting"),
                text=_(
                    "You have not met yet, and might like to:\n\n%(people)s\n\n"
                    "Say yes or no here. Only if you both say yes do you hear from one another, and nobody is"
                    " told who said no:\n\n%(link)s\n"
                )
                % {
                    "people": "\n".join(_line(shown, meeting, account) for meeting in meetings),
                    "link": "/meet",
                },
            )


def _line(shown: Shown, meeting: Meeting, account: str) -> str:
    others = _others(meeting, account)
    why = meeting_reasons.said_to(
        shown, meeting, shown.person(account), [shown.person(one) for one in others]
    )
    return f"- {shown.names(others)}. {' '.join(why[:1])}"


def bring_together(home: Home, meeting: Meeting) -> None:
    """Write to everyone in a meeting that they meet, with a half hour and a calendar file.

    Call it within the transaction in which the meeting came about.
    """
    meeting.agreed_at = timezone.now()
    meeting.state = "agreed"
    parts = list(meeting.parts.exclude(answer="no").order_by("pk"))
    members = list(Member.objects.filter(account__in=[part.account for part in parts]))
    meeting.starts_at = _half_hour(home, meeting, members)
    meeting.save(update_fields=["agreed_at", "state", "starts_at"])
    write(home, meeting)


def write(home: Home, meeting: Meeting) -> None:
    """Write of a meeting that came about to those in it who are shown, if two are."""
    shown = meeting_reasons.shown_now(home)
    parts = meeting.parts.exclude(answer="no").values_list("account", flat=True)
    here = Member.objects.filter(account__in=list(parts)).order_by("pk")
    members = [one for one in here if shown.person(one.account)]
    for member in members if len(members) > 1 else ():
        with letters.language_of(member.account):
            others = [one for one in members if one.pk != member.pk]
            lines = _about(shown, meeting, member.account)
            letters.write(
                key=f"meeting:{meeting.pk}:{member.account}",
                kind="meeting",
                account=member.account,
                subject=_("Meet %(names)s") % {"names": shown.names([one.account for one in others])},
                text=_letter(home, shown, meeting, others, lines),
                attachments=_attached(home, shown, meeting, member.account, lines),
            )


def _letter(
    home: Home, shown: Shown, meeting: Meeting, others: Sequence[Member], lines: Sequence[str]
) -> str:
    if meeting.programme is None:
        begins = _("You both said yes to meeting.")
        leave = _("If it does not suit you after all, say so here:")
    else:
        begins = _("You are brought together in “%(name)s”.") % {"name": meeting.programme.name}
        leave = _("You are free to decline, without a reason, and who brought you together is not told:")
    return "\n\n".join(
        [
            begins,
            "\n".join(lines),
            _when(home, meeting),
            "\n".join(f"{shown.card(one.account).name}: {one.email}" for one in others),
            leave,
            "/meet\n",
        ]
    )


def _about(shown: Shown, meeting: Meeting, account: str) -> list[str]:
    """Return what a meeting is about, from one person's side: why, and what to do together."""
    others = _others(meeting, account)
    why = meeting_reasons.said_to(
        shown, meeting, shown.person(account), [shown.person(one) for one in others]
    )
    task = meeting_reasons.task_of(meeting)
    return [
        *why,
        _("Something to do together (%(minutes)s): %(task)s")
        % {"minutes": meeting_reasons.minutes(task), "task": spoken(task.text)},
        spoken(task.reason),
    ]


def _when(home: Home, meeting: Meeting) -> str:
    if meeting.starts_at is None:
        return _("No half hour was found in which all of you are there; write to one another.")
    return _(
        "Proposed: %(when)s. It is in the calendar file; nobody's calendar is known here, so move it as it"
        " suits you, by writing to one another:"
    ) % {"when": moment(home, meeting)}


def moment(home: Home, meeting: Meeting) -> str:
    """Say when a meeting is proposed to be, in the organisation's time zone; "" if no time is."""
    if meeting.starts_at is None:
        return ""
    where = zone.zone(home)
    local = timezone.localtime(meeting.starts_at, where)
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": date_format(local, "l, j F Y"),
        "time": date_format(local, "H:i"),
        "zone": where.key,
    }


def _attached(
    home: Home,
    shown: Shown,
    meeting: Meeting,
    account: str,
    lines: Sequence[str],
    *,
    called_off: bool = False,
) -> list[dict[str, str]]:
    if meeting.starts_at is None:
        return []
    everyone = [part.account for part in meeting.parts.exclude(answer="no").order_by("pk")]
    others = [one for one in everyone if one != account and shown.person(one)]
    title = shown.names([account, *others])
    return [attachment(calendar_file(home, meeting, title=title, lines=lines, called_off=called_off))]


def file_for(home: Home, meeting: Meeting, account: str) -> str:
    """Return the calendar file of a meeting once more; "" where no time is proposed."""
    shown = meeting_reasons.shown_now(home)
    found = _attached(home, shown, meeting, account, _about(shown, meeting, account))
    return found[0]["text"] if found else ""


def call_off(home: Home, meeting: Meeting, accounts: Sequence[str], shown: Shown | None = None) -> None:
    """Write to people that a meeting does not take place; never who said so, nor why."""
    shown = shown or meeting_reasons.shown_now(home)
    for account in accounts:
        with letters.language_of(account):
            letters.write(
                key=f"called-off:{meeting.pk}:{account}",
                kind="called-off",
                account=account,
                subject=_("A meeting does not take place"),
                text=_("This meeting does not take place:\n\n%(names)s\n%(when)s\n\n%(link)s\n")
                % {
                    "names": shown.names(_others(meeting, account)),
                    "when": moment(home, meeting),
                    "link": "/meet",
                },
                attachments=_attached(home, shown, meeting, account, (), called_off=True),
            )


def meet_as_two(home: Home, meeting: Meeting, accounts: Sequence[str], shown: Shown | None = None) -> None:
    """Write to the two who are left of three that they meet as two."""
    shown = shown or meeting_reasons.shown_now(home)
    for account in accounts:
        others = [one for one in _others(meeting, account) if shown.person(one)]
        if not others:
            continue  # nobody is left whom they could meet
        with letters.language_of(account):
            letters.write(
                key=f"as-two:{meeting.pk}:{account}",
                kind="as-two",
                account=account,
                subject=_("You meet as two"),
                text=_("One of you three cannot come. You still meet: %(names)s.\n%(when)s\n\n%(link)s\n")
                % {
                    "names": shown.names(others),
                    "when": moment(home, meeting),
                    "link": "/meet",
                },
            )


def ask_whether_met(home: Home, _payload: dict[str, Any]) -> None:
    """Ask people whether they met, some days after the half hour proposed; once a meeting."""
    now = timezone.now()
    due = Q(starts_at__lte=now - ASKED_AFTER) | Q(starts_at=None, agreed_at__lte=now - _ASKED_AFTER_UNTIMED)
    for meeting in Meeting.objects.filter(due, state="agreed", asked_at=None).order_by("pk"):
        with transaction.atomic():
            parts = meeting.parts.filter(met="").exclude(answer="no")
            ask(home, meeting, list(parts.values_list("account", flat=True)))
            Meeting.objects.filter(pk=meeting.pk, asked_at=None).update(asked_at=now)


def ask(home: Home, meeting: Meeting, accounts: Sequence[str]) -> None:
    """Ask people whether they met, as far as they and somebody they could have met are shown."""
    shown = meeting_reasons.shown_now(home)
    for account in accounts:
        others = [one for one in _others(meeting, account) if shown.person(one)]
        if not others or not shown.person(account):
            continue
        with letters.language_of(account):
            letters.write(
                key=f"did-you-meet:{meeting.pk}:{account}",
                kind="did-you-meet",
                account=account,
                subject=_("Did you meet?"),
                text=_(
                    "You and %(names)s were brought together. Did you meet? One click says it; it is"
                    " counted, and your answer is shown to nobody:\n\n%(link)s\n"
                )
                % {"names": shown.names(others), "link": f"/meet#met-{meeting.pk}"},
            )


def _others(meeting: Meeting, account: str) -> list[str]:
    """Return the accounts of the others; of a meeting that came about, those who did not decline it since."""
    parts = meeting.parts.exclude(account=account).order_by("pk")
    if meeting.state == "agreed":
        parts = parts.exclude(answer="no")
    return list(parts.values_list("account", flat=True))


def _half_hour(home: Home, meeting: Meeting, members: Sequence[Member]) -> Any:
    today = timezone.localdate()
    theirs = Meeting.objects.filter(
        state="agreed", starts_at__gte=timezone.now(), parts__account__in=[one.account for one in members]
    )

    def someone_is_away(day: date) -> bool:
        return any(is_away(member, day) for member in members)

    return half_hour(
        after=today,
        zone=zone.zone(home),
        is_away=someone_is_away,
        taken=[at for at in theirs.values_list("starts_at", flat=True) if at is not None],
        free=working_days.working_hours(home).free,
        seed=meeting.uid,
    )
