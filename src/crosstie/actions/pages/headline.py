"""One true thing worth knowing about a circle, in plain words, with its original."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.pages.originals import best_between, last_between
from crosstie.actions.pages.sight import Sight
from crosstie.actions.views import Contact, Headline, Month

LOOK_BACK_MONTHS = 6
SHRUNK_TO = 0.6
FEWEST_BEFORE = 8
NEARLY_ALL = 0.9
SMALL_PART = 0.1
"""Contact that stays within a unit is news only where the unit is a small part of all people."""
CLEARLY_MORE = 1.5
"""One is ahead of all others only by so much: a few days of fading must not decide who."""
FEWEST_ANSWERS = 1.5
"""And from so much on, in recent answers: more than one."""


def headline(home: Home, seen: Sight, contacts: Sequence[Contact], months: Sequence[Month]) -> Headline:
    """Return the first finding that is true.

    The circle has shrunk; it stays within one unit; it hangs on one person towards a group; someone
    is turned to most, or turns to the viewer most, by a clear margin; they are in touch, or were; or
    there is nothing yet.
    """
    for finding in (_shrunk, _closed, _only_link, _turned_to_most, _turned_to_me):
        found = finding(home, seen, contacts, months)
        if found is not None:
            return found
    if not contacts:
        return Headline(sentence=_("So far nothing that was read ties you to anyone."))
    if not any(contact.is_active for contact in contacts):
        return _all_lapsed(home, seen, contacts)
    ahead = clearly_first(contacts, lambda one: one.contact)
    if ahead is not None:
        return _about(home, seen, ahead, _("You are in touch with %(name)s more than with anyone else."))
    return _about(
        home, seen, contacts[0], _("%(name)s is among those you have been in touch with the most lately.")
    )


def _all_lapsed(home: Home, seen: Sight, contacts: Sequence[Contact]) -> Headline:
    most = max(contacts, key=lambda one: (one.known_contact, one.person.key))
    if most.last_at is None:
        return Headline(sentence=_("Nobody in your circle is active now."))
    return Headline(
        sentence=_(
            "Nobody in your circle is active now. You have been in touch with %(name)s the most, the last"
            " time in %(month)s."
        )
        % {"name": most.person.name, "month": date_format(most.last_at, "YEAR_MONTH_FORMAT")},
        original=last_between(home, seen, most.person.key),
    )


def clearly_first(contacts: Sequence[Contact], amount: Callable[[Contact], float]) -> Contact | None:
    """Return the contact with the largest amount, if it is not small and far above every other's; else None.

    Args:
        contacts: in any order.
        amount: in recent answers.
    """
    ordered = sorted(contacts, key=amount, reverse=True)
    if not ordered or amount(ordered[0]) < FEWEST_ANSWERS:
        return None
    return (
        ordered[0] if all(amount(ordered[0]) >= CLEARLY_MORE * amount(one) for one in ordered[1:2]) else None
    )


_Finding = Callable[[Home, Sight, Sequence[Contact], Sequence[Month]], Headline | None]


def _shrunk(home: Home, seen: Sight, contacts: Sequence[Contact], months: Sequence[Month]) -> Headline | None:
    if len(months) <= LOOK_BACK_MONTHS:
        return None
    before, now = months[-1 - LOOK_BACK_MONTHS], months[-1]
    # A circle that shrinks with everyone's (holidays, an archive that fades out) is no news about the viewer.
    totals = seen.snapshot.months.contacts.sum(axis=1)
    everyone = totals[-1] / max(int(totals[-1 - LOOK_BACK_MONTHS]), 1)
    mine = now.contacts / max(before.contacts, 1)
    if before.contacts < FEWEST_BEFORE or mine > SHRUNK_TO or mine > SHRUNK_TO * everyone:
        return None
    lapsed = [contact for contact in contacts if not contact.is_active]
    most = max(lapsed, key=lambda one: one.known_contact, default=None)
    sentence = _(
        "Your active circle has shrunk from %(before)d people at the end of %(month)s to %(now)d."
    ) % {
        "before": before.contacts,
        "month": date_format(before.month, "YEAR_MONTH_FORMAT"),
        "now": now.contacts,
    }
    if most is None:
        return Headline(sentence=sentence)
    return Headline(
        sentence=sentence
        + " "
        + _("Of those you lost touch with, %(name)s was the nearest.") % {"name": most.person.name},
        original=last_between(home, seen, most.person.key),
    )


def _closed(
    home: Home, seen: Sight, contacts: Sequence[Contact], _months: Sequence[Month]
) -> Headline | None:
    """Say that nearly all contact stays within the viewer's own unit, the smallest of which that is true."""
    active = [contact for contact in contacts if contact.is_active]
    everyone = len(seen.network.persons)
    found: list[tuple[int, str, float, Contact]] = []
    for kind, units in seen.network.groups.items():
        own = seen.card(seen.me).groups.get(kind, "")
        size = int((units == own).sum())
        outside = [contact for contact in active if contact.person.groups.get(kind, "") != own]
        whole = sum(contact.contact for contact in active)
        share = 1 - sum(contact.contact for contact in outside) / whole if whole else 0.0
        if own and outside and size <= SMALL_PART * everyone and share >= NEARLY_ALL:
            found.append((size, own, share, max(outside, key=lambda one: (one.contact, one.person.key))))
    if not found or len(active) < FEWEST_BEFORE:
        return None
    _size, own, share, nearest = min(found, key=lambda one: one[:2])
    return Headline(
        sentence=_(
            "%(percent)d%% of your contact stays within %(group)s. The nearest to you from elsewhere is"
            " %(name)s."
        )
        % {"percent": round(100 * share), "group": own, "name": nearest.person.name},
        original=best_between(home, seen, nearest.person.key),
    )


def _only_link(
    home: Home, seen: Sight, contacts: Sequence[Contact], _months: Sequence[Month]
) -> Headline | None:
    active = [contact for contact in contacts if contact.is_active]
    kinds = tuple(seen.network.groups)
    if not kinds or len(active) < FEWEST_BEFORE:
        return None
    kind = kinds[0]
    own = seen.card(seen.me).groups.get(kind, "")
    by_group: dict[str, list[Contact]] = {}
    for contact in (one for one in active if one.got + one.given + one.turned_to + one.turned_to_me > 0):
        group = contact.person.groups.get(kind, "")
        if group and group != own:
            by_group.setdefault(group, []).append(contact)
    alone = {group: people[0] for group, people in by_group.items() if len(people) == 1}
    if not alone:
        return None
    group, contact = max(alone.items(), key=lambda item: (item[1].contact, item[0]))
    return Headline(
        sentence=_("%(name)s is your only active contact in %(group)s, your one bridge there.")
        % {"name": contact.person.name, "group": group},
        original=best_between(home, seen, contact.person.key),
    )


def _turned_to_most(
    home: Home, seen: Sight, contacts: Sequence[Contact], _months: Sequence[Month]
) -> Headline | None:
    most = clearly_first(contacts, lambda one: one.turned_to)
    if most is None:
        return None
    return _about(home, seen, most, _("You have turned to %(name)s more than to anyone else lately."))


def _turned_to_me(
    home: Home, seen: Sight, contacts: Sequence[Contact], _months: Sequence[Month]
) -> Headline | None:
    most = clearly_first(contacts, lambda one: one.turned_to_me)
    if most is None:
        return None
    return _about(home, seen, most, _("Nobody has turned to you more than %(name)s lately."))


def _about(home: Home, seen: Sight, contact: Contact, sentence: str) -> Headline:
    return Headline(
        sentence=sentence % {"name": contact.person.name},
        original=best_between(home, seen, contact.person.key),
    )
