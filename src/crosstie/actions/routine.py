"""*What comes again*: questions that were asked again and again, with what settled them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import get_language

from crosstie.actions import advising, asked_places, failures, routine_files, snapshots
from crosstie.actions.home import Home
from crosstie.actions.prepared import Prepared, at_hand, prepared
from crosstie.actions.routine_page import draft_page
from crosstie.actions.speaking import spoken
from crosstie.actions.views import Original
from crosstie.ideas import Answered, Asked, Index
from crosstie.ideas.requests import only_asks
from crosstie.ideas.topics.wording import unquoted
from crosstie.people import Viewer

SHOWN = 30
"""How many recurring questions are shown."""
WORDINGS = 5
"""In how many of the ways it was put one is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A question that comes again.

    Attributes:
        ids: of all the questions it is made of, the one in whose words it stands first.
        question: as one asker put it.
        others: other ways it was put, the latest first.
        times: how often it was asked.
        since, last_at: when first, and when last.
        places: where, by name.
        answer: what settled it.
        settled: how that is known, in words.
        draft: a page made of it, in Markdown.
    """

    ids: tuple[str, ...]
    question: Original
    others: tuple[Original, ...]
    times: int
    since: datetime
    last_at: datetime
    places: tuple[str, ...]
    answer: Original
    settled: str
    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineView:
    """*What comes again*.

    Attributes:
        questions: what was asked most often first.
        looked_at: how many questions were compared.
        is_ready: whether they are compared already.
        has_failed: where they are not: whether comparing them failed when it was last tried.
        how, measured, cautions: how it was made, how good it is, and what it does not say.
    """

    questions: tuple[Recurring, ...]
    looked_at: int
    is_ready: bool
    has_failed: bool
    how: str
    measured: str
    cautions: tuple[str, ...]


def recurring(home: Home, viewer: Viewer | str | None) -> RoutineView:
    """Return the questions that come again; all of it was said in open places.

    Raises:
        NotShown: nobody looks.
    """
    advising.admitted(home, viewer)
    found = routine_files.at_hand(home)
    if found is None:
        failed = failures.has_failed(home, "snapshot", "advice", "routine")
        return _view((), 0, is_ready=False, has_failed=failed)
    name = f"questions that come again, {get_language()}"
    return _view(
        home.once(name, lambda: _all(home, found), of=found), len(found.links.looked_at), is_ready=True
    )


def like(home: Home, text: str) -> frozenset[str]:
    """Return the ids of earlier questions that a text is like, as much as those are that come again.

    It is looked at one way only: the text is not among the questions yet.
    """
    from crosstie.advice.routine import RoutineSettings

    chosen, ready = RoutineSettings(), at_hand(home)
    if ready is None:
        return frozenset()
    with ready.index() as index:
        near = dict(index.nearest_questions(text))
        found = index.similar(text, most=chosen.most_earlier, least=chosen.least)
    return frozenset(
        one.asked.external_id for one in found if near.get(one.asked.number, 0.0) >= chosen.each_way
    )


def _all(home: Home, found: routine_files.Alike) -> tuple[Recurring, ...]:
    from crosstie.advice.routine import RoutineSettings, gathered

    ready, least = prepared(home), RoutineSettings().least_times
    made: list[Recurring] = []
    with ready.index() as index:
        for group in gathered(found.links):
            # The largest come first, and of none more may be shown than there are.
            if len(group) < max(
                least, sorted(one.times for one in made)[-SHOWN] if len(made) >= SHOWN else 0
            ):
                break
            one = _recurring(home, ready, index, found, group)
            if one is not None:
                made.append(one)
    made.sort(key=lambda one: (-one.times, -one.last_at.timestamp(), one.ids))
    return tuple(made[:SHOWN])


def _own_words(text: str) -> float:
    """Return how much of an answer is no word of the question; to ask back or to quote it settles nothing."""
    return 0.0 if only_asks(text) else len(unquoted(text).strip()) / max(len(text), 1)


def _recurring(
    home: Home, ready: Prepared, index: Index, found: routine_files.Alike, group: Collection[int]
) -> Recurring | None:
    from crosstie.advice.routine import RoutineSettings, middle, settled_by

    by_key, places = snapshots.persons(home).by_key, asked_places.open_now(home, ready)
    rows = index.questions(group)
    texts = index.originals(rows.values())
    shown = [
        rows[number]
        for number in middle(group, found.links)
        if rows[number].asker in by_key and rows[number].place in places and rows[number].external_id in texts
    ]
    chosen = RoutineSettings()
    if len(shown) < chosen.least_times or len({one.asker for one in shown}) < chosen.least_askers:
        return None
    asked = {one.number: one for one in shown}
    answers = [one for each in index.answers_to(list(asked)).values() for one in each if one.author in by_key]
    said = index.originals(answers)
    own_words = {
        one.number: _own_words(said[one.external_id][0]) for one in answers if one.external_id in said
    }
    nearest = index.nearest_answers(texts[shown[0].external_id][0])
    best = settled_by(
        [one for one in answers if one.external_id in said],
        accepted=frozenset(
            one.number
            for one in answers
            if asked[one.question].asker in found.thanks.get(one.external_id, ())
        ),
        thanked={one.number: _thanks(found, one, by_key) for one in answers},
        nearness={number: near * own_words.get(number, 0.0) for number, near in nearest},
    )
    if best is None:
        return None

    def original(row: Asked | Answered, place: str, known: dict[str, tuple[str, str]]) -> Original:
        who = row.asker if isinstance(row, Asked) else row.author
        return advising.original(row, places[place], known, by_key[who].name)

    question = original(shown[0], shown[0].place, texts)
    answer = original(best[0], asked[best[0].question].place, said)
    settled = spoken(best[1])
    others = sorted(shown[1:], key=lambda one: -one.number)[:WORDINGS]
    named = tuple(sorted({places[one.place] for one in shown} - {""}, key=str.casefold))
    times, since = len(shown), _moment(min(one.at for one in shown))
    return Recurring(
        ids=tuple(one.external_id for one in shown),
        question=question,
        others=tuple(original(one, one.place, texts) for one in others),
        times=times,
        since=since,
        last_at=_moment(max(one.at for one in shown)),
        places=named,
        answer=answer,
        settled=settled,
        draft=draft_page(question, answer, settled, times=times, since=since, places=named),
    )


def _thanks(found: routine_files.Alike, answer: Answered, here: Collection[str]) -> int:
    """Count who gave thanks for an answer, of the people who may be shown, but for its author."""
    return sum(key in here and key != answer.author for key in found.thanks.get(answer.external_id, ()))


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, tz=UTC)


def _view(
    questions: tuple[Recurring, ...], looked_at: int, *, is_ready: bool, has_failed: bool = False
) -> RoutineView:
    from crosstie.advice.routine import ADVISOR, MEASURED

    return RoutineView(
        questions=questions,
        looked_at=looked_at,
        is_ready=is_ready,
        has_failed=has_failed,
        how=spoken(ADVISOR.how),
        measured=spoken(MEASURED),
        cautions=tuple(spoken(one) for one in ADVISOR.cautions),
    )


__all__ = ["Recurring", "RoutineView", "like", "recurring"]
