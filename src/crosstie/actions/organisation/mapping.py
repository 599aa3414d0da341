"""One's own map, made right: confirm a contact, say that it has ended, name who is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, recording
from crosstie.actions.pages.circle import contacts_of
from crosstie.actions.pages.sight import sight
from crosstie.actions.views import Contact, PersonCard
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.corrections import CorrectionVerb
from crosstie.store.models import Correction, Mapped

CONFIRMED, MISSING = "confirmed", "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedContact:
    """One contact, when the two were last in touch, and whether its owner confirmed it."""

    person: PersonCard
    is_active: bool
    last_at: datetime | None
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Someone of whom one said something, by a number with which it is taken back."""

    number: int
    person: PersonCard


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMap:
    """One's own map, all by name.

    Attributes:
        contacts: who is known to be in one's circle; active ones first.
        ended: of whom one said that they know each other no more; take it back by `correcting`.
        missing: whom one named; they may stand among the contacts already.
        others: whom one may name.
    """

    contacts: tuple[MappedContact, ...]
    ended: tuple[Said, ...]
    missing: tuple[Said, ...]
    others: tuple[PersonCard, ...]


def own_map(home: Home, viewer: Viewer) -> OwnMap:
    """Return the viewer's own map.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    mine = Mapped.objects.filter(account=me.account, taken_back_at=None).order_by("pk")
    confirmed = gate.cards_of(home, [one.other for one in mine if one.verb == CONFIRMED])
    right = {card.key for card in confirmed.values()}
    missing = [(one.pk, one.other) for one in mine if one.verb == MISSING]
    ended = _said(
        home,
        list(
            Correction.objects.filter(account=me.account, verb=CorrectionVerb.NO_LONGER).values_list(
                "pk", "other"
            )
        ),
    )
    over = {one.person.key for one in ended}
    contacts = _contacts(home, viewer)
    named = _said(home, missing)
    near = {one.person.key for one in contacts} | {one.person.key for one in named}
    near.add(gate.person_of(home, me.account))
    others = gate.cards_of(home, [key for key in gate.joined(home) if key not in near])
    return OwnMap(
        contacts=tuple(
            MappedContact(
                person=one.person,
                is_active=one.is_active,
                last_at=one.last_at,
                is_confirmed=one.person.key in right,
            )
            for one in sorted(contacts, key=lambda one: (not one.is_active, *_by_name(one.person)))
            if one.person.key not in over
        ),
        ended=ended,
        missing=named,
        others=tuple(sorted(others.values(), key=_by_name)),
    )


def colleagues(home: Home, viewer: Viewer) -> tuple[PersonCard, ...]:
    """Return by name the others who joined: whom one may say to have learned from.

    Raises:
        NotShown: nobody signed in.
    """
    mine = gate.person_of(home, gate.acting(home, viewer).account)
    cards = gate.cards_of(home, [key for key in gate.joined(home) if key != mine])
    return tuple(sorted(cards.values(), key=_by_name))


def confirm(home: Home, viewer: Viewer, person: str, *, right: bool = True) -> None:
    """Say of a contact that one is in touch, or take that back. Nobody else is told.

    Raises:
        NotShown: nobody signed in, or the person is not in one's circle.
    """
    me = gate.acting(home, viewer)
    if person not in {one.person.key for one in _contacts(home, viewer)}:
        raise NotShown(_("This person is not in your circle."), hint=_("Go back to your circle."))
    if right:
        Mapped.objects.update_or_create(
            account=me.account, other=person, verb=CONFIRMED, defaults={"said_at": timezone.now()}
        )
    else:
        Mapped.objects.filter(account=me.account, other=person, verb=CONFIRMED).delete()


def name_missing(home: Home, viewer: Viewer, person: str) -> None:
    """Name someone who joined and is missing from one's circle. It goes into the record, so they see it too.

    Raises:
        NotShown: nobody signed in, or the person did not join.
        NotAllowed: it is oneself, or one opted out.
    """
    me = gate.under_own_name(home, viewer)
    other = gate.member_of(home, person)
    if other is None:
        raise NotShown(_("This person does not take part."), hint=_("Invite them to join."))
    if other.account == me.account:
        raise NotAllowed(_("That is yourself."), hint=_("Who is missing?"))
    with transaction.atomic():
        made, is_new = Mapped.objects.get_or_create(
            account=me.account, other=other.account, verb=MISSING, defaults={"said_at": timezone.now()}
        )
        if not is_new and made.taken_back_at is None:
            return
        Mapped.objects.filter(pk=made.pk).update(taken_back_at=None)
        recording.due("named", made.pk)


def take_back(home: Home, viewer: Viewer, number: int) -> None:
    """Take back that someone is missing: from then on it ties nobody.

    Raises:
        NotShown: nobody signed in, or one named nobody so.
    """
    me = gate.acting(home, viewer)
    mine = Mapped.objects.filter(pk=number, account=me.account, verb=MISSING, taken_back_at=None)
    if not mine.update(taken_back_at=timezone.now()):
        raise NotShown(_("You named nobody so."), hint="")


def _contacts(home: Home, viewer: Viewer) -> list[Contact]:
    try:
        return contacts_of(sight(home, viewer))
    except NotShown:
        return []  # one is a member, and nothing that was read involves one yet


def _said(home: Home, rows: list[tuple[int, str]]) -> tuple[Said, ...]:
    cards = gate.cards_of(home, [other for _, other in rows])
    said = [Said(number=number, person=cards[other]) for number, other in rows]
    return tuple(sorted((one for one in said if one.person.key), key=lambda one: _by_name(one.person)))


def _by_name(card: PersonCard) -> tuple[str, str]:
    return card.name.casefold(), card.key
