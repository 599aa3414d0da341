"""Rules without training: answer whom you name, else stay with your partner, else go on, else open."""

from __future__ import annotations

from crosstie.ideas.replies.stream import Stream

WINDOW = 100
MINUTES = 5.0
"""How long after one of two named the other they are partners, and how long one goes on with what one said;
on the development part 3 and 10 do no better."""


def by_rules(stream: Stream) -> list[int]:
    """Return the message that each message answers, itself where it opens."""
    last: dict[int, int] = {}
    called: dict[tuple[int, int], int] = {}
    partner: dict[int, tuple[int, float]] = {}
    parents = []
    for i, (who, now) in enumerate(zip(stream.author.tolist(), stream.minutes.tolist(), strict=True)):
        named = stream.named[stream.named_at[i] : stream.named_at[i + 1]].tolist()[:1]
        own, parent = last.get(who, -WINDOW), i
        if named:
            theirs = called.get((named[0], who), -WINDOW)
            if theirs > max(own, i - WINDOW) and now - stream.minutes[theirs] <= 3 * MINUTES:
                parent = theirs
            elif i - last.get(named[0], -WINDOW) < WINDOW:
                parent = last[named[0]]
        else:
            other, since = partner.get(who, (-1, 0.0))
            theirs = last.get(other, -1)
            names_nobody = theirs >= 0 and stream.named_at[theirs] == stream.named_at[theirs + 1]
            names_me = theirs >= 0 and called.get((other, who)) == theirs
            if theirs > own and now - since <= MINUTES and (names_nobody or names_me):
                parent = theirs
            elif i - own < WINDOW and now - stream.minutes[own] <= MINUTES:
                parent = own
        parents.append(parent)
        last[who] = i
        for one in named:
            called[who, one] = i
            partner[who], partner[one] = (one, now), (who, now)
    return parents
