"""Letters that speak of several people are written anew to the others, without someone who opted out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from django.utils import timezone

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import letters, meetings_sent, workshops
from crosstie.actions.organisation.meeting_rules import LAPSES
from crosstie.store.models import Letter, Meeting, Member, Part, Run, Workshop

SPEAK_OF_PEOPLE: Final = ("suggested", "meeting", "called-off", "as-two", "did-you-meet")
"""Kinds that are written from what the network shows."""


def suggest(home: Home, account: str) -> None:
    """Tell of the other introductions anew, or of none; somebody may be named as whom two both know, too."""
    waiting = letters.unsent(["suggested"])
    readers = waiting.values_list("account", flat=True)
    meetings = Meeting.objects.filter(
        programme=None, made_at__gt=timezone.now() - LAPSES, parts__account__in=list(readers)
    ).distinct()
    naming = [one for one in meetings.prefetch_related("parts") if _is_of(home, one, account)]
    told = set(Part.objects.filter(meeting__in=naming).values_list("account", flat=True))
    taken = [one for one in waiting if one.account in told]
    letters.take_back_to_rewrite("suggested", [one.key for one in taken])
    meetings_sent.tell(home, [one.account for one in taken if one.account != account])


def bring_together(home: Home, account: str) -> None:
    """Write of a meeting anew to the others, if two of them are left, and to who opted out no more."""
    for meeting, _readers in _taken_back(home, "meeting", account):
        if meeting.state == "agreed":
            meetings_sent.write(home, meeting)


def call_off(home: Home, account: str) -> None:
    """Write anew that a meeting is off: whoever was told of it must not go there."""
    _write_anew(home, "called-off", account, meetings_sent.call_off)


def meet_as_two(home: Home, account: str) -> None:
    """Write to none of the two that they meet as two, where one of them opted out."""
    _write_anew(home, "as-two", account, meetings_sent.meet_as_two)


def ask_whether_met(home: Home, account: str) -> None:
    """Ask the others anew whether they met, if two of them are left."""
    _write_anew(home, "did-you-meet", account, meetings_sent.ask)


def invite_to_workshops(home: Home, account: str) -> None:
    """Invite to a workshop anew without the name of who facilitates it; the week's activities name nobody."""
    for workshop in Workshop.objects.filter(facilitator=account):
        waiting = letters.unsent(["workshop"]).filter(key__startswith=f"workshop:{workshop.pk}:invited:")
        taken = list(waiting)
        letters.take_back_to_rewrite("workshop", [one.key for one in taken])
        for member in Member.objects.filter(account__in=[one.account for one in taken]):
            workshops.write_invitation(home, workshop, member)


def digest(home: Home, account: str) -> None:
    """Have the digests to others made anew, by the worker: each says what many people did and wrote."""
    del home
    taken = list(letters.unsent(["digest"]).exclude(account=account))
    letters.take_back_to_rewrite("digest", [one.key for one in taken])
    for rhythm, day in {tuple(one.key.split(":")[1:3]) for one in taken}:
        made = Run.objects.filter(kind=f"digest-{rhythm}", key__startswith=f"digest-{rhythm}:{day}")
        made.exclude(done_at=None).update(done_at=None, due_at=timezone.now(), tries=0)


def _write_anew(
    home: Home, kind: str, account: str, write: Callable[[Home, Meeting, Sequence[str]], None]
) -> None:
    for meeting, readers in _taken_back(home, kind, account):
        write(home, meeting, [one for one in readers if one != account])


def _taken_back(home: Home, kind: str, account: str) -> list[tuple[Meeting, list[str]]]:
    """Take the letters of one kind back that are about meetings of somebody's; return these, and to whom."""
    found: dict[int, list[Letter]] = {}
    for letter in letters.unsent([kind]):
        found.setdefault(int(letter.key.split(":")[1]), []).append(letter)
    meetings = Meeting.objects.filter(pk__in=found).select_related("programme").prefetch_related("parts")
    naming = [one for one in meetings.order_by("pk") if _is_of(home, one, account)]
    letters.take_back_to_rewrite(kind, [letter.key for one in naming for letter in found[one.pk]])
    return [(one, [letter.account for letter in found[one.pk]]) for one in naming]


def _is_of(home: Home, meeting: Meeting, account: str) -> bool:
    """Say whether somebody is in a meeting, or is named as whom its people know."""
    person = snapshots.persons(home).everyone.person_of.get(account, account)
    is_named = person in meeting.reasons.get("mutual", ())
    return is_named or account in {part.account for part in meeting.parts.all()}
