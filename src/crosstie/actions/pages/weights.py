"""How far one's figures rest on the weights of acts, in one sentence, and how far everybody's do."""

from __future__ import annotations

import numpy as np

from crosstie.actions.pages.sight import Sight
from crosstie.actions.snapshots import Snapshot
from crosstie.actions.speaking import spoken
from crosstie.actions.views import Move, Moves
from crosstie.network.sensitivity import MEASURES
from crosstie.saying import Share, say, together


def moves(seen: Sight) -> Moves | None:
    """Return how far the viewer's circle moves with the weights; None where there is nobody in it."""
    found, me = seen.snapshot.moves, seen.me
    now, fewest, most = (
        int(column[me]) for column in (seen.snapshot.scores["size"], found.fewest, found.most)
    )
    if not now:
        return None
    if fewest == most:
        own = say("With any one of these weights halved or doubled, it would be as large.")
    else:
        own = say(
            "With any one of these weights halved or doubled, it would hold between %(fewest)s and %(most)s"
            " people instead of %(now)s.",
            fewest=fewest,
            most=most,
            now=now,
        )
    change = np.nanmax(found.change[:, 0], initial=-1.0)
    others = say("Half of all circles would change by no more than %(share)s.", share=Share(float(change)))
    return Moves(
        fewest=fewest,
        most=most,
        sentence=spoken(
            together(
                say("How much each kind of act counts in your circle is a judgement."),
                own,
                others if change >= 0 else "",
            )
        ),
    )


def moves_of_all(snapshot: Snapshot) -> tuple[Move, ...]:
    """Return how far figures move with each weight, over everybody; none where they are too few to say."""
    found = snapshot.moves
    return tuple(
        Move(
            act=act,
            factor=factor,
            order={name: None if np.isnan(one) else one for name, one in zip(MEASURES, order, strict=True)},
            change=dict(zip(MEASURES, change, strict=True)),
        )
        for act, factor, order, change in zip(
            found.act.tolist(),
            found.factor.tolist(),
            found.order.tolist(),
            found.change.tolist(),
            strict=True,
        )
        if not np.isnan(change).any()
    )
