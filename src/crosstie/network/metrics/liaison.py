"""How often one passes knowledge on between two other groups."""

from __future__ import annotations

from crosstie.network.groups import KINDS
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say_count


def compute(network: Network) -> Scores:
    """Return how often each person passes knowledge on between two groups, none of which is theirs.

    One for each teacher and learner who are linked by the person and not directly, on active ties in which
    anybody learned (`crosstie.network.kernels.roles`). NaN without an own group or without any
    such tie.
    """
    from crosstie.network.kernels.roles import roles_of  # loads numba

    return roles_of(network).liaison


def sentence(value: float) -> str:
    """Say how often."""
    return say_count(
        "One person learns through you from someone of a third group.",
        "%(count)s times, somebody learns through you from someone of a third group.",
        round(value),
    )


METRIC = Metric(
    name="liaison",
    label="Linking two other groups",
    question="For how many pairs of two other groups do I pass knowledge on?",
    unit="pairs of others",
    on_page=False,
    smallest_group=10,
    needs=KINDS,
    high="You link groups to none of which you belong.",
    low="No or few such pairs were recorded lately.",
    caution="It rises with the square of the circle, and two who seem apart may talk where nothing is read.",
    undefined="without a group of one's own, or where no learning was recorded",
    references=(
        "Gould, R. V. and Fernandez, R. M. (1989). Structures of mediation. Sociological Methodology 19.",
    ),
    compute=compute,
    sentence=sentence,
)
