"""What is concluded from what is read: ties from acts, a person's own figures, and advice."""

from __future__ import annotations

from django.utils.translation import gettext as _

from crosstie.actions import settings
from crosstie.actions.home import Home
from crosstie.actions.organisation.agreement.parts import Section, Table
from crosstie.actions.speaking import spoken
from crosstie.advice.registry import every_advisor
from crosstie.network.acts import Act
from crosstie.network.metrics.registry import every_metric
from crosstie.saying import Number, say


def acts(home: Home) -> Section:
    """Say what each kind of act tells about contact, turning to someone, and learning."""
    chosen = settings.chosen(home)
    return Section(
        name="ties",
        title=_("What is concluded: ties"),
        said=(
            spoken(
                say(
                    "Two people are tied by what they did with one another. It counts half after %(days)s"
                    " days, and fades further; what is stated and what is concluded is always told apart.",
                    days=Number(chosen.network.half_life_days),
                )
            ),
        ),
        tables=(
            Table(
                caption=_("What an act between A and B tells"),
                head=(_("Act"), _("It tells of"), _("Why so")),
                rows=tuple((spoken(one.when), _tells(one), spoken(one.reason)) for one in chosen.acts),
            ),
        ),
    )


def _tells(act: Act) -> str:
    told = {
        _("contact"): act.contact,
        _("turning to someone"): act.turned_to + act.turned_to_back,
        _("learning"): act.learned + act.learned_back,
    }
    return ", ".join(word for word, weight in told.items() if weight) or _("nothing")


def figures() -> Section:
    """Say which figures there are of a circle; each is shown to its own person alone."""
    return Section(
        name="figures",
        title=_("What is concluded: figures"),
        said=(
            _(
                "These are all the figures there are of a person's circle. Those of My circle are shown to"
                " that person alone, in words, with what they rest on and with their caution. The others"
                " stand in the library only, beside opaque keys and without names."
            ),
        ),
        tables=(
            Table(
                caption=_("The figures of one's own circle"),
                head=(_("Figure"), _("What it asks"), _("What it does not say"), _("Where")),
                rows=tuple(
                    (
                        spoken(one.label),
                        spoken(one.question),
                        spoken(one.caution),
                        _("My circle") if one.on_page else _("library"),
                    )
                    for one in every_metric().values()
                ),
            ),
        ),
    )


def advice() -> Section:
    """Say which advice there is, and how it is made."""
    return Section(
        name="advice",
        title=_("What is concluded: advice"),
        said=(_("Advice comes with its reasons. People decide whether to follow it, and can correct it."),),
        tables=tuple(
            Table(
                caption=spoken(one.label),
                head=(_("Question"), spoken(one.question)),
                rows=(
                    (_("How it is made"), spoken(one.how)),
                    (_("What it rests on"), spoken(one.evidence)),
                    (_("What it does not say"), " ".join(spoken(caution) for caution in one.cautions)),
                ),
            )
            for one in every_advisor().values()
        ),
    )
