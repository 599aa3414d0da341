"""Who sees what, what a role may do, what nobody can do, and what everyone can do for themselves."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosstie.actions import settings
from crosstie.actions.home import Home
from crosstie.actions.organisation import members
from crosstie.actions.organisation.agreement.parts import Section, Table
from crosstie.actions.organisation.powers import POWERS
from crosstie.actions.organisation.proposing import SMALLEST_CROWD
from crosstie.actions.speaking import spoken
from crosstie.people import Role
from crosstie.privacy import SMALLEST_EVER
from crosstie.privacy.forbidden import FORBIDDEN
from crosstie.saying import listed


def who_sees_what(home: Home) -> Section:
    """Say what is shown to whom."""
    sizes = {"smallest": smallest_group(home), "side": SMALLEST_EVER, "crowd": SMALLEST_CROWD}
    return Section(
        name="seen",
        title=_("Who sees what"),
        tables=(
            Table(
                caption=_("What is shown to whom"),
                head=(_("What"), _("To whom")),
                rows=(
                    (
                        _("One's own circle, figures, traces, and who looked"),
                        _("To that person alone. No role opens it to anybody else."),
                    ),
                    (
                        _("A tie between two others"),
                        _("To those to whom all its traces are open. Else to nobody."),
                    ),
                    (
                        _("Another person"),
                        _(
                            "Name and groups; what they wrote in open places, where it speaks for asking"
                            " them; “free” or “ask later”."
                        ),
                    ),
                    (
                        _("Someone who is no member and writes in open places"),
                        _("The same as of another person, until they opt out. They are sent nothing."),
                    ),
                    (
                        _("Groups"),
                        _(
                            "To everyone alike, from %(smallest)d people on; between two groups with at least"
                            " %(side)d people on each side and nobody for more than half of it."
                        )
                        % sizes,
                    ),
                    (
                        _("Questions and answers asked here"),
                        _(
                            "To every member. Under an alias, where at least %(crowd)d members could have"
                            " asked, without who asked."
                        )
                        % sizes,
                    ),
                    (
                        _("That someone was shown by name"),
                        _("To the one who was shown, with who looked and when."),
                    ),
                ),
            ),
        ),
    )


def smallest_group(home: Home) -> int:
    """Return the size of the smallest group that is shown here."""
    return max(settings.chosen(home).network.smallest_group, SMALLEST_EVER)


def roles() -> Section:
    """Say what each role may do beside what every member may."""
    names = {Role.FACILITATOR: _("A facilitator may"), Role.STEWARD: _("A steward may")}
    return Section(
        name="roles",
        title=_("What a role may do"),
        said=(
            _(
                "A facilitator may do what a member may, a steward what both may. No role sees more of a"
                " person."
            ),
        ),
        tables=tuple(
            Table(
                caption=caption,
                head=(_("What"),),
                rows=tuple((spoken(one.says),) for one in POWERS if one.role is role),
            )
            for role, caption in names.items()
        ),
    )


def whom_to_turn_to() -> Section:
    """Say who the stewards are."""
    stewards = members.stewards()
    return Section(
        name="stewards",
        title=_("Whom to turn to"),
        said=(
            ngettext("The steward here is %(names)s.", "The stewards here are %(names)s.", len(stewards))
            % {"names": spoken(listed(stewards))},
        ),
    )


def forbidden() -> Section:
    """Say what nobody can do."""
    return Section(
        name="forbidden",
        title=_("What nobody can do"),
        said=(
            _(
                "Not because a page does not offer it: it is left out of the code, and tests try each of"
                " these."
            ),
        ),
        points=tuple(spoken(one.says) for one in FORBIDDEN),
    )


def rights() -> Section:
    """Say what everyone can do for themselves, at any time and without asking anybody."""
    return Section(
        name="rights",
        title=_("What everyone can do, without asking anybody"),
        points=(
            _(
                "See everything that is held about them, where it comes from, what others see, and who"
                " looked."
            ),
            _("Correct it: “this is not me”, “we do not know each other any more”."),
            _(
                "Opt out: from then on nothing of them is read, and they are gone from every view and"
                " suggestion."
            ),
            _("Take everything along, as a file."),
            _("Be forgotten: their rows go, from the disk too, and reading again does not bring them back."),
            _("Pause, be asked less or never, meet nobody, and get no digest."),
        ),
    )
