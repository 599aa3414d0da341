"""What is read of which place, and what is kept of it."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crosstie.actions import agreeing, settings, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation.agreement.parts import Section, Table
from crosstie.actions.speaking import spoken
from crosstie.record import Openness
from crosstie.record.kept import KEPT
from crosstie.saying import say_count
from crosstie.sources import Mode, every_source
from crosstie.sources.conditions import CONDITIONS, OPENNESS, SAYS, Condition
from crosstie.store.held import HELD


def what_is_read(home: Home) -> Section:
    """Say of each kind of place on what condition it is read, and what never is."""
    conditions = CONDITIONS[Mode.ORGANISATION]
    rows = [(spoken(OPENNESS[openness]), spoken(SAYS[conditions[openness]])) for openness in Openness]
    words = ", ".join(agreeing.refused_words(home))
    refused = _("Places whose name holds one of these words: %(words)s") % {"words": words}
    agreed = agreeing.agreed_places(home)
    tables = [
        Table(
            caption=_("On what condition a place is read"),
            head=(_("Place"), _("Whether it is read")),
            rows=(*rows, (refused, spoken(SAYS[Condition.NEVER]))),
        ),
        Table(
            caption=_("What each source reads, and what it drops at once"),
            head=(_("Source"), _("What it reads"), _("What it drops")),
            rows=tuple(
                (spoken(one.label), spoken(one.reads), "; ".join(spoken(drop) for drop in one.drops))
                for one in every_source().values()
            ),
        ),
    ]
    if agreed:
        tables.append(
            Table(
                caption=_("Places for members that may be read"),
                head=(_("Place"), _("Who agreed"), _("When"), _("Its members were told")),
                rows=tuple(
                    (one.name, _named(home, one.agreed_by), _day(one.agreed_on), _day(one.members_told_on))
                    for one in agreed
                ),
            )
        )
    return Section(
        name="read",
        title=_("What is read"),
        said=(
            _("Before anything is read, a dry run says what would be, by kind of place and by number."),
            _(
                "Every record that was met is counted: used, or left out for a reason that the page Sources"
                " shows."
            ),
        ),
        tables=tuple(tables),
    )


def what_is_kept(home: Home) -> Section:
    """Say of each field of which places it is kept, and for how long."""
    return Section(
        name="kept",
        title=_("What is kept, and for how long"),
        said=(
            how_long(home),
            _(
                "Names and addresses are kept once, apart from it. In it stand keys that say nothing by"
                " themselves."
            ),
        ),
        tables=(
            Table(
                caption=_("What is kept of what people did"),
                head=(_("What"), _("open"), _("members"), _("direct"), _("What for")),
                rows=tuple(
                    (
                        spoken(one.says),
                        *(_("yes") if openness in one.where else _("no") for openness in Openness),
                        spoken(one.why),
                    )
                    for one in KEPT
                ),
            ),
        ),
    )


def how_long(home: Home) -> str:
    """Say the limit that is set here, or that none is."""
    months = settings.chosen(home).record.keep_months
    if not months:
        return _("No limit is set yet on how long it is kept: a steward should set one.")
    return spoken(
        say_count(
            "It is kept for %(count)s month. What is older falls out every night, from the disk too: of it"
            " remains that two people were in touch, and when first and last, and that is shown to these two"
            " alone.",
            "It is kept for %(count)s months. What is older falls out every night, from the disk too: of it"
            " remains that two people were in touch, and when first and last, and that is shown to these two"
            " alone.",
            months,
        )
    )


def what_is_held_of_members() -> Section:
    """Say what is held of members beside the record, column by column."""
    return Section(
        name="held",
        title=_("What else is held of members"),
        said=(
            _(
                "What members do here, and what is needed to know them. Each sees all of their own rows on"
                " the page About me, and can take them along."
            ),
        ),
        tables=(
            Table(
                caption=_("The tables, and what stands in them"),
                head=(_("Table"), _("What stands in it")),
                rows=tuple((str(one.title), ", ".join(map(str, one.shown.values()))) for one in HELD),
            ),
        ),
    )


def _named(home: Home, name: str) -> str:
    """Return who agreed; who opted out since is named nowhere."""
    gone = snapshots.persons(home).opted_out.values()
    return _("someone who opted out") if any(one.name == name for one in gone) else name


def _day(written: str) -> str:
    return date_format(date.fromisoformat(written), "DATE_FORMAT")
