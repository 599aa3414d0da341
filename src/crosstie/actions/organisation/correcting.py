"""Correct what is held: "not me" of a row or an account, "we don't know each other any more" of a contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.actions.organisation.finding_rows import involves
from crosstie.actions.organisation.members import SOURCE
from crosstie.actions.pages.circle import contacts_of
from crosstie.actions.pages.sight import sight
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.corrections import CorrectionVerb
from crosstie.store.models import Account, Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One correction as the one who made it sees it.

    Attributes:
        number: of the correction, to take it back.
        verb: a `CorrectionVerb`.
        what: whom or what it is about, in words.
        trace: the row it is about, "" for others.
        at: when it was made.
    """

    number: int
    verb: str
    what: str
    trace: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """An account that is taken for the viewer's."""

    key: str
    source: str
    name: str
    id: str
    is_membership: bool  # made by joining here; it cannot be somebody else's


def not_me(home: Home, viewer: Viewer, trace: str) -> None:
    """Say of a row of the record that it is not oneself: from then on it counts as nobody's.

    What others answered or thanked in it counts as said to nobody, too.

    Args:
        home: the workspace.
        viewer: who corrects.
        trace: the row's id.

    Raises:
        NotShown: nobody signed in, or there is no such row of theirs.
        NotAllowed: it is something they did here.
    """
    me = gate.acting(home, viewer)
    with home.record.connect() as connection:
        found = connection.execute(
            "SELECT source FROM interactions WHERE external_id = ?"  # noqa: S608 - quoted
            f" AND {involves(gate.own_person(home, me).accounts)} LIMIT 1",
            [trace],
        ).fetchone()
    if found is None:
        raise NotShown(_("There is no such trace of yours."), hint="")
    if found[0] == SOURCE:
        raise NotAllowed(
            _("This was done here, under your name."),
            hint=_("Take back thanks under Thanks; sign in anew if someone else used your place."),
        )
    Correction.objects.get_or_create(account=me.account, verb=CorrectionVerb.NOT_ME, trace=trace)


def not_my_account(home: Home, viewer: Viewer, account: str) -> None:
    """Say of an account that it is somebody else's: it becomes a person of its own.

    Raises:
        NotShown: nobody signed in, or it was not taken for theirs.
        NotAllowed: it is the account of their membership.
    """
    me = gate.acting(home, viewer)
    if account == me.account:
        raise NotAllowed(_("That is your membership."), hint=_("You can leave altogether."))
    if account not in gate.own_person(home, me).accounts:
        raise NotShown(_("There is no such account of yours."), hint="")
    Correction.objects.get_or_create(account=me.account, verb=CorrectionVerb.NOT_ME, trace="", other=account)


def no_longer(home: Home, viewer: Viewer, person: str) -> None:
    """Say that oneself and a contact do not know each other any more; later contact counts again.

    It holds for both, as contact has no direction. Nobody is told.

    Raises:
        NotShown: nobody signed in, or this person is not in their circle.
    """
    me = gate.acting(home, viewer)
    if person not in {one.person.key for one in contacts_of(sight(home, viewer))}:
        raise NotShown(_("This person is not in your circle."), hint=_("Go back to your circle."))
    with transaction.atomic():
        # Said anew, it ends what came since as well.
        _said_of(home, me.account, person).delete()
        Correction.objects.create(account=me.account, verb=CorrectionVerb.NO_LONGER, other=person)


def take_back(home: Home, viewer: Viewer, number: int) -> None:
    """Take a correction back: everything counts as it did before.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
    """
    me = gate.acting(home, viewer)
    gone, _tables = Correction.objects.filter(pk=number, account=me.account).delete()
    if not gone:
        raise NotShown(_("There is no such correction of yours."), hint="")


def corrections(home: Home, viewer: Viewer) -> tuple[Corrected, ...]:
    """Return what the viewer corrected, newest first.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    rows = list(Correction.objects.filter(account=me.account).order_by("-pk"))
    apart = [one.other for one in rows if one.verb == CorrectionVerb.NOT_ME and not one.trace]
    accounts = {one.key: one for one in Account.objects.filter(key__in=apart)}
    return tuple(
        Corrected(
            number=one.pk,
            verb=one.verb,
            what=_what(home, one, accounts.get(one.other)),
            trace=one.trace,
            at=one.made_at,
        )
        for one in rows
    )


def ended_with(home: Home, viewer: Viewer, person: str) -> int:
    """Return the number of the viewer's correction that they and a person know each other no more, or 0.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    return _said_of(home, me.account, person).values_list("pk", flat=True).first() or 0


def own_accounts(home: Home, viewer: Viewer) -> tuple[OwnAccount, ...]:
    """Return the accounts that are taken for the viewer's.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    rows = Account.objects.filter(key__in=gate.own_person(home, me).accounts).order_by("pk")
    return tuple(
        OwnAccount(
            key=one.key,
            source=one.source,
            name=one.name,
            id=one.outside_id,
            is_membership=one.key == me.account,
        )
        for one in rows
    )


def _said_of(home: Home, account: str, person: str) -> QuerySet[Correction]:
    found = snapshots.persons(home).by_key.get(person)
    accounts = found.accounts if found else (person,)
    return Correction.objects.filter(account=account, verb=CorrectionVerb.NO_LONGER, other__in=accounts)


def _what(home: Home, one: Correction, account: Account | None) -> str:
    if one.verb == CorrectionVerb.NO_LONGER:
        return gate.card_of(home, one.other).name
    if account is not None:
        return f"{account.name or account.outside_id} ({account.source})"
    return _("a trace")
