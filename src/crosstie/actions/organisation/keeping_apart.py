"""Who does not want to be brought together with whom; nobody but who said it is ever told."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, meeting_reasons, powers
from crosstie.actions.pages.circle import contacts_of
from crosstie.actions.pages.sight import sight
from crosstie.actions.views import PersonCard
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.models import NotWith


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Two people who are not brought together, for the one who said so."""

    number: int
    names: str  # the other; both, where a facilitator said it


def keep(account: str, other: str, *, said_by: str) -> None:
    """Keep that two are not to be brought together."""
    NotWith.objects.get_or_create(account=account, other=other, said_by=said_by)


def keep_apart(home: Home, viewer: Viewer, person: str) -> None:
    """Say that one does not want to be brought together with someone, now or later.

    Raises:
        NotShown: nobody signed in, or the person does not take part.
        NotAllowed: it is oneself.
    """
    me = gate.acting(home, viewer)
    other = gate.member_of(home, person)
    if other is None:
        raise NotShown(_("This person does not take part."), hint="")
    if other.account == me.account:
        raise NotAllowed(_("That is yourself."), hint=_("To meet nobody for a while, pause."))
    keep(me.account, other.account, said_by=me.account)


def keep_two_apart(home: Home, viewer: Viewer, one: str, other: str) -> None:
    """Say as a facilitator that two people are not to be brought together; neither is told.

    Raises:
        NotShown: nobody signed in, or one of them does not take part.
        NotAllowed: the viewer is no facilitator, or the two are one.
    """
    me = gate.acting(home, viewer, powers.KEEP_APART)
    members = [gate.member_of(home, person) for person in (one, other)]
    first, second = members
    if first is None or second is None:
        raise NotShown(_("This person does not take part."), hint="")
    if first.pk == second.pk:
        raise NotAllowed(_("These two are one person."), hint=_("Name two people."))
    keep(first.account, second.account, said_by=me.account)


def apart(home: Home, viewer: Viewer) -> tuple[Apart, ...]:
    """Return what the viewer said themselves, of themselves or as a facilitator; nobody else's word.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    shown = meeting_reasons.shown_now(home)
    return tuple(
        Apart(
            number=one.pk,
            names=shown.names([account for account in (one.account, one.other) if account != me.account]),
        )
        for one in NotWith.objects.filter(said_by=me.account).order_by("pk")
        if shown.person(one.account) and shown.person(one.other)
    )


def release(home: Home, viewer: Viewer, number: int) -> None:
    """Take one's own word back.

    Raises:
        NotShown: nobody signed in, or it is not their word.
    """
    me = gate.acting(home, viewer)
    if not NotWith.objects.filter(pk=number, said_by=me.account).delete()[0]:
        raise NotShown(_("You said no such thing."), hint="")


def may_keep_apart(home: Home, viewer: Viewer) -> tuple[PersonCard, ...]:
    """Return those in one's own circle who take part, by name.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    here = gate.joined(home)
    try:
        contacts = contacts_of(sight(home, viewer))
    except NotShown:
        return ()  # nothing that was read involves them yet
    cards = [one.person for one in contacts if one.person.key in here]
    return tuple(sorted(cards, key=lambda card: (card.name.casefold(), card.key)))
