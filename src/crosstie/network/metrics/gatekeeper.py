"""How often one passes knowledge on from other groups into one's own."""

from __future__ import annotations

from crosstie.network.groups import KINDS
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say_count


def compute(network: Network) -> Scores:
    """Return how often each person passes knowledge on from another group into their own.

    One for each teacher and learner who are linked by the person and not directly, on active ties in which
    anybody learned (`crosstie.network.kernels.roles`). NaN without an own group or without any
    such tie.
    """
    from crosstie.network.kernels.roles import roles_of  # loads numba

    return roles_of(network).gatekeeper


def sentence(value: float) -> str:
    """Say how often."""
    return say_count(
        "One person of your group learns through you from someone of another.",
        "%(count)s times, somebody of your group learns through you from someone of another.",
        round(value),
    )


METRIC = Metric(
    name="gatekeeper",
    label="Bringing into the group",
    question="For how many pairs do I bring knowledge of another group into mine?",
    unit="pairs of others",
    on_page=False,
    smallest_group=10,
    needs=KINDS,
    high="Much of what your group learns from others comes through you.",
    low="No or few such pairs were recorded lately.",
    caution="It rises with the square of the circle, and two who seem apart may talk where nothing is read.",
    undefined="without a group of one's own, or where no learning was recorded",
    references=(
        "Gould, R. V. and Fernandez, R. M. (1989). Structures of mediation. Sociological Methodology 19.",
    ),
    compute=compute,
    sentence=sentence,
)
