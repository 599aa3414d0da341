"""*Ask*: what was answered before, and who is likely to help, from open places alone and through the gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from crosstie.actions import failures, looking, snapshots
from crosstie.actions.advice_views import Answered, Helper
from crosstie.actions.asked_places import open_now, place_of, places
from crosstie.actions.home import Home
from crosstie.actions.pages.called import called
from crosstie.actions.prepared import Prepared, at_hand
from crosstie.actions.reasons import path_to, reasons_for
from crosstie.actions.views import Original, PersonCard
from crosstie.config import AdviceSettings
from crosstie.errors import NotShown, UsageRefused
from crosstie.ideas import Answered as EarlierAnswer
from crosstie.ideas import Asked, Index
from crosstie.ideas.found import is_work
from crosstie.ideas.paths import named_in, speaking
from crosstie.ideas.requests import only_asks
from crosstie.people import Person, Persons, Viewer

if TYPE_CHECKING:
    from crosstie.advice.experts import Expert

MOST_BEFORE = 3
"""How many earlier questions are shown."""
MOST_ANSWERS = 2
"""How many answers are shown with each."""


def who_can_help(
    home: Home,
    viewer: Viewer | str | None,
    text: str,
    place: str = "",
    k: int = 3,
    *,
    only: Collection[str] | None = None,
    excluded: Collection[str] = (),
    asked_lately: Mapping[str, int] | None = None,
) -> tuple[Helper, ...]:
    """Return the people likeliest to help with a question, likeliest first; nobody before `is_ready`.

    Args:
        home: the workspace.
        viewer: who asks; they are never among those suggested.
        text: the question.
        place: key or name of the open place it belongs to; "": the one that questions like it were asked in.
        k: how many people at most.
        only: keys of the people who may be suggested, e.g. those who joined; everyone, if not given.
        excluded: keys of people who may not: asked to be left alone, asked often enough.
        asked_lately: how often someone was asked of late, by key; the busy step back.

    Raises:
        NotShown: nobody looks.
        UsageRefused: there is no text.
    """
    from crosstie.advice.experts import suggest
    from crosstie.advice.touched import voted_on

    who, ready, text = admitted(home, viewer), at_hand(home), said(text)
    if ready is None:
        return ()
    with ready.index() as index:
        voted = voted_on(index, text, number_of=ready.number_of, at=ready.activity.at)
        there = place_of(home, ready, place or voted.place)
        found = suggest(
            ready.activity,
            voted,
            weights=ready.weights,
            settings=AdviceSettings(),
            most=k,
            asker=ready.number_of.get(who.person),
            place=there,
            excluded=barred(home, ready, only, excluded),
            asked_lately=asked_lately_of(ready, asked_lately),
        )
        return helpers(home, ready, who, found, text, index=index, there=there)


def helpers(
    home: Home,
    ready: Prepared,
    who: Viewer,
    found: Sequence[Expert],
    text: str,
    *,
    index: Index,
    there: int | None,
) -> tuple[Helper, ...]:
    """Return people an advisor found as the viewer may see them, with why them and the way to them.

    Args:
        home: the workspace.
        ready: what the advice rests on.
        who: the viewer, admitted.
        found: the people, none of whom is barred.
        text: what they were looked for with: of the files they changed, those are named that have its words.
        index: the index, open.
        there: the number of the place the question belongs to.
    """
    persons = snapshots.persons(home)
    asked = index.questions({answer.question for one in found for answer in one.answers})
    changes = {
        number
        for number, rows in index.answers_to(list(asked)).items()
        if any(is_work(asked[number], row) for row in rows)
    }
    rows: list[Asked | EarlierAnswer] = [answer for one in found for answer in one.answers]
    texts = index.originals([*rows, *(asked[number] for number in changes)])
    wanted = index.telling(text) if changes else frozenset()
    touched = index.files(asked[number] for number in changes)
    files = {number: speaking(paths, wanted, named_in(text)) for number, paths in touched.items()}
    names = called(home)
    places = open_now(home, ready)
    where = "" if there is None else places.get(ready.places[there], "")
    made = []
    for one in found:
        person = persons.by_key[ready.people[one.person]]
        shown = tuple(
            replace(
                _change(asked[answer.question], answer, places[asked[answer.question].place], texts, persons),
                files=files.get(answer.question, ()),
            )
            if answer.question in changes
            else original(answer, places[asked[answer.question].place], texts, person.name)
            for answer in one.answers
            if asked[answer.question].place in places
            and (asked[answer.question] if answer.question in changes else answer).external_id in texts
        )
        made.append(
            Helper(
                person=PersonCard(
                    key=person.key, name=names.get(person.key, person.name), groups=dict(person.groups)
                ),
                reasons=reasons_for(one, shown, where),
                path=path_to(snapshots.current(home), persons, names, who.person, person.key),
                evidence=shown,
            )
        )
    return tuple(made)


def answered_before(home: Home, viewer: Viewer | str | None, text: str) -> tuple[Answered, ...]:
    """Return earlier questions like this one that were answered, nearest first; none before `is_ready`.

    Raises:
        NotShown: nobody looks.
        UsageRefused: there is no text.
    """
    admitted(home, viewer)
    ready, by_key, text = at_hand(home), snapshots.persons(home).by_key, said(text)
    if ready is None:
        return ()
    with ready.index() as index:
        # A few more, as what is not open any more falls out below.
        found = index.similar(text, most=2 * MOST_BEFORE, best_answers=3 * MOST_ANSWERS)
        replies = index.answers_to([one.asked.number for one in found])
        rows: list[Asked | EarlierAnswer] = [one.asked for one in found]
        rows += [answer for one in found for answer in one.answers]
        texts = index.originals(rows)
    places = open_now(home, ready)
    shown = []
    for one in found:
        answers = [row for row in one.answers if row.external_id in texts and row.author in by_key]
        # Who asks back uses the words of the question, and so seems to be the nearest.
        telling = [row for row in answers if not only_asks(texts[row.external_id][0])]
        answers = (telling or answers)[:MOST_ANSWERS]
        place = places.get(one.asked.place)
        if place is not None and one.asked.external_id in texts and one.asked.asker in by_key and answers:
            shown.append(
                Answered(
                    question=original(one.asked, place, texts, by_key[one.asked.asker].name),
                    answers=tuple(original(row, place, texts, by_key[row.author].name) for row in answers),
                    more=len(replies[one.asked.number]) - len(answers),
                )
            )
    return tuple(shown[:MOST_BEFORE])


def said(text: str) -> str:
    """Return a question's text without what surrounds it, or refuse it.

    Raises:
        UsageRefused: it is empty.
    """
    text = text.strip()
    if not text:
        raise UsageRefused(_("The question is empty."), hint=_("Write what you are working on."))
    return text


def named_place(home: Home, viewer: Viewer, given: str) -> str:
    """Return the key of the open place that somebody says a question belongs to; "" for none.

    Raises:
        NotShown: nobody looks, or there is no such place where questions were answered.
    """
    admitted(home, viewer)
    if not given:
        return ""
    found = next((key for key, name in places(home) if given in {key, name}), None)
    if found is None:
        raise NotShown(
            _('No question was answered in an open place called "%(place)s".') % {"place": given},
            hint=_("Leave it out; then the place where questions like it were asked is taken."),
        )
    return found


def is_ready(home: Home) -> bool:
    """Say whether there can be advice: a worker makes what it rests on after something was read."""
    return at_hand(home) is not None


def has_failed(home: Home) -> bool:
    """Say whether making what advice rests on failed when it was last tried, so that nobody waits for it."""
    return failures.has_failed(home, "snapshot", "advice")


def admitted(home: Home, who: Viewer | str | None) -> Viewer:
    """Return the viewer, if they may ask.

    Raises:
        NotShown: nobody looks.
    """
    viewer = looking.as_viewer(home, who)
    # A member of whom nothing was read yet may ask like everybody else.
    if not (viewer.person or viewer.member):
        raise NotShown(
            _("Only someone who takes part can ask."), hint=_("Say who you are with --as, or sign in.")
        )
    return viewer


def barred(
    home: Home, ready: Prepared, only: Collection[str] | None, excluded: Collection[str]
) -> NDArray[np.bool_]:
    """Say of each person whether they may not be suggested: gone from view, without a name, or as asked."""
    persons = snapshots.persons(home)
    on = datetime.fromtimestamp(ready.activity.at / 1_000_000, tz=UTC).date().isoformat()

    def is_barred(key: str) -> bool:
        person: Person | None = persons.by_key.get(key)
        if person is None or not person.name or (person.left_on and person.left_on <= on):
            return True
        return key in excluded or (only is not None and key not in only)

    return np.array([is_barred(key) for key in ready.people], dtype=np.bool_)


def asked_lately_of(ready: Prepared, asked_lately: Mapping[str, int] | None) -> NDArray[np.float64]:
    """Return (P,) how often each person was asked of late."""
    lately = asked_lately or {}
    return np.array([float(lately.get(key, 0)) for key in ready.people])


def _change(
    change: Asked, part: EarlierAnswer, place: str, texts: Mapping[str, tuple[str, str]], persons: Persons
) -> Original:
    """Return a change that somebody wrote or had a part in: its own words, at the time of their part."""
    author = persons.by_key.get(change.asker)
    shown = original(change, place, texts, author.name if author else "")
    at = datetime.fromtimestamp(part.at / 1_000_000, tz=UTC)
    return replace(shown, at=at, kind="wrote" if is_work(change, part) else "reviewed")


def original(
    row: Asked | EarlierAnswer, place: str, texts: Mapping[str, tuple[str, str]], who: str
) -> Original:
    """Return a question or an answer as it stands in an open place.

    Args:
        row: of the index.
        place: the name of the place, which is open now.
        texts: its text and link, by external id (`Index.originals`).
        who: the name of its author, who may be shown.
    """
    text, link = texts[row.external_id]
    person = row.asker if isinstance(row, Asked) else row.author
    return Original(
        id=row.external_id,
        at=datetime.fromtimestamp(row.at / 1_000_000, tz=UTC),
        place=place,
        link=link,
        kind="asked" if isinstance(row, Asked) else "answered",
        who=who,
        person=person if who else "",
        text=text,
    )
