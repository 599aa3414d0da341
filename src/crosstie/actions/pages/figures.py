"""The figures of a circle: in words first, technical names last, withheld where there is little to say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosstie.actions.pages.sight import Sight, moment
from crosstie.actions.speaking import spoken
from crosstie.actions.views import Contact, Figure
from crosstie.network.jackknife import errors, intervals
from crosstie.network.metrics.registry import every_metric, measure
from crosstie.saying import Number, Share, say

FEWEST_CONTACTS = 5
"""With fewer active contacts only counts are shown: structure and shares would be noise (Burt's measures
move by more than half when one of four contacts is missed)."""

FEWEST_MONTHS = 2
"""With less evidence nothing is estimated: a first month of traces fills up by chance."""

_COUNTS = frozenset({"size", "get", "give", "turned_to", "was_turned_to"})
_FLOWS = frozenset({"get", "give", "turned_to", "was_turned_to"})
_FIRST = ("size", "group_diversity", "get", "give", "turned_to", "was_turned_to", "reciprocity")
DAYS_A_MONTH = 30.44
_HALF = 0.5


def figures(seen: Sight, contacts: Sequence[Contact]) -> tuple[Figure, ...]:
    """Return the figures that the page shows of the viewer's circle, from what the viewer may see."""
    active = sum(contact.is_active for contact in contacts)
    scores, likely = _scores(seen)
    if not seen.network.groups:
        # Without a directory there are no groups to be spread over: that is no lack of contacts.
        scores = {name: value for name, value in scores.items() if not every_metric()[name].needs}
    names = [name for name in _FIRST if name in scores] + [name for name in scores if name not in _FIRST]
    span = _span(seen)
    made = []
    for name in names:
        metric = every_metric()[name]
        value = scores[name]
        enough = not math.isnan(value) and (name in _COUNTS or active >= FEWEST_CONTACTS)
        short = metric.jackknifed and 0 < span < FEWEST_MONTHS
        if math.isnan(value) and active >= FEWEST_CONTACTS:
            withheld = _("This has no value %(when)s.") % {"when": spoken(metric.undefined)}
        elif enough and short:
            withheld = _("Over less than two months such a figure would say more of chance than of you.")
        else:
            withheld = ngettext(
                "With %(count)s active contact such a figure would say more of chance than of you.",
                "With %(count)s active contacts such a figure would say more of chance than of you.",
                active,
            ) % {"count": active}
        enough = enough and not short
        made.append(
            Figure(
                name=name,
                label=spoken(metric.label),
                value=value if enough else None,
                shown=_shown(value, metric.unit) if enough else _("not enough to say"),
                sentence=spoken(metric.sentence(value)) if enough else withheld,
                # What was got and given fades, but does not stop where a contact is no longer active.
                basis=_likely(
                    _basis(len(contacts) if name in _FLOWS else active, span),
                    likely.get(name) if enough else None,
                    metric.unit,
                ),
                caution=spoken(metric.caution),
                question=spoken(metric.question),
            )
        )
    return tuple(made)


def _span(seen: Sight) -> int:
    """Return how many months the viewer's own evidence spans, to the nearest whole one; 0 without a time."""
    mine = (seen.network.ties.learner == seen.me) | (seen.network.ties.teacher == seen.me)
    known = [at for at in map(moment, seen.network.ties.first_at[mine].tolist()) if at]
    if not known:
        return 0
    return max(1, round((seen.network.as_of - min(known)).days / DAYS_A_MONTH))


def _scores(seen: Sight) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Return the viewer's scores, and between what they likely lie where they are estimated.

    The snapshot's if the viewer sees it all, else measured on what is seen.
    """
    me = seen.me
    shown = [name for name, metric in every_metric().items() if metric.on_page]
    network = seen.network
    if seen.is_whole:
        scores, unsure = seen.snapshot.scores, seen.snapshot.errors
    else:
        # What is derived on the way is a viewer's own, and as large as the network: it is not kept.
        network = replace(network)
        scores = measure(network, shown)
        unsure = errors(network, shown, people=np.array([me]))
    unsure = {name: column for name, column in unsure.items() if name in shown}
    likely = intervals(network, scores, unsure)
    return {name: float(scores[name][me]) for name in shown if name in scores}, {
        name: (float(one.low[me]), float(one.high[me])) for name, one in likely.items()
    }


def unsaid(figures: Sequence[Figure]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each reason for which figures are withheld, said once, with the labels of those figures."""
    reasons: dict[str, list[str]] = {}
    for figure in figures:
        if figure.value is None:
            reasons.setdefault(figure.sentence, []).append(figure.label)
    return tuple((reason, tuple(labels)) for reason, labels in reasons.items())


def _shown(value: float, unit: str) -> str:
    if unit.startswith("recent "):
        if 0 < value < _HALF:
            return _("less than 1")
        return spoken(say("about %(amount)s", amount=Number(value))) if value else "0"
    if unit == "share":
        return spoken(say("%(share)s", share=Share(value)))
    digits = 0 if value == round(value) else 2 if abs(value) < 1 else 1
    return spoken(say("%(amount)s", amount=Number(value, digits)))


def _basis(contacts: int, months: int) -> str:
    """Return on how much a figure rests; of no contacts, or without times, over how long is not said."""
    on = ngettext("on %(count)s contact", "on %(count)s contacts", contacts) % {"count": contacts}
    if not months or not contacts:
        return on
    return ngettext("%(on)s over %(count)s month", "%(on)s over %(count)s months", months) % {
        "on": on,
        "count": months,
    }


def _likely(basis: str, interval: tuple[float, float] | None, unit: str) -> str:
    """Return the basis with between what the figure lies nine times in ten, where that is known."""
    if interval is None or math.isnan(interval[0]):
        return basis
    low, high = (_shown(value, unit) for value in interval)
    if low == high:
        return basis
    return _("%(basis)s, likely between %(low)s and %(high)s") % {"basis": basis, "low": low, "high": high}
