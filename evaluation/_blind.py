"""Ours beside whoever is recently active, for questions drawn by a seed, judged blind from the evidence.

    .venv/bin/python -m evaluation._blind --key key.json > sheets.txt
    .venv/bin/python -m evaluation._blind --key key.json --judged judged.txt

The sheets show a question and two lists of three people, A and B, shuffled. People are letters, names are
taken out of the texts, and of everyone the same is shown: their two earlier answers nearest to the question.
Which list is whose stands in the key alone. A line of what was judged is ``1 A a half sentence``, with A, B
or = for equal; with it the second command tells how often which list was taken, and whether somebody of it
then answered.

Drawn from the test part of question routing (its last 20 %), among questions that somebody who could be asked
then answered, and where the two lists are not the same people.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import ascii_uppercase

import numpy as np

from crosstie.advice.experts import suggest
from crosstie.advice.history import History, Moment, moments, weights
from crosstie.config import AdviceSettings
from crosstie.ideas import NewIndex
from crosstie.ideas.threads import Answer, Question
from evaluation._rolled import Told, told_in
from evaluation.task import DATA as FOLDER

DRAWN = {"zulip-lean-questions": 10, "zulip-ncar": 5, "stackexchange-quantum": 5}
SEED = 21
TEST = 0.8
LEARNED_FROM, TRIED = 300, 4
SIDES = ("ours", "recently active")
ANSWERS, LETTERS = 2, 450


def sheets(archive: Path, count: int, dice: np.random.Generator) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield a sheet and its key for each question drawn."""
    told, settings = told_in(archive), AdviceSettings()
    texts = {one.number: one.message.text for one in told.rows if isinstance(one, Question)}
    with NewIndex(":memory:", names=told.names) as index:
        index.add(told.rows)
        index.settle()
        history = History.of(index)
        first = int(told.questions * TEST) + 1
        answered = sorted(set(history.answers.question.tolist()))
        later = [number for number in answered if number >= first]
        drawn = dice.permutation(later)[: TRIED * count].tolist()
        before = [number for number in answered if number < first][-LEARNED_FROM:]
        seen = list(
            moments(history, {*before, *drawn}, lambda one: texts[one.number], lambda _: index, settings)
        )
        mix, _learned_from = weights([one.choice for one in seen if one.asked.number < first], settings)
        made = 0
        tested = [one for one in seen if one.asked.number >= first]
        for one in sorted(tested, key=lambda one: drawn.index(one.asked.number)):
            found = suggest(
                one.activity,
                one.voted,
                weights=mix,
                settings=settings,
                asker=one.asker,
                place=one.place,
            )
            ours = [expert.person for expert in found]
            active = one.people[np.argsort(-one.activity.recent[one.people, 0], kind="stable")[:3]].tolist()
            if set(ours) == set(active) or made == count:
                continue
            made += 1
            yield _sheet(told, one, texts[one.asked.number], (ours, active), dice)


def _sheet(
    told: Told,
    one: Moment,
    text: str,
    lists: tuple[list[int], list[int]],
    dice: np.random.Generator,
) -> tuple[str, dict[str, object]]:
    people = sorted({*lists[0], *lists[1]})
    letter = dict(zip(dice.permutation(people).tolist(), ascii_uppercase[::-1], strict=False))
    swapped = bool(dice.integers(2))
    shown = [sorted(letter[person] for person in group) for group in lists]
    if swapped:
        shown.reverse()
    lines = [f"QUESTION ({len(one.people)} could be asked): {_short(told, text, 2 * LETTERS)}"]
    lines += [f"LIST {side}: {', '.join(letters)}" for side, letters in zip("AB", shown, strict=True)]
    said = {row.message.external_id: row.message.text for row in told.rows if isinstance(row, Answer)}
    questions = {row.number: row.message.text for row in told.rows if isinstance(row, Question)}
    for person, name in sorted(letter.items(), key=lambda pair: pair[1]):
        near = [(near.nearness, near.answer) for near in one.voted.near if near.person == person]
        best = sorted(near, key=lambda pair: -pair[0])[:ANSWERS]
        lines.append(f"  {name}: " + ("no earlier answer near this question" if not best else ""))
        for nearness, answer in best:
            days = (one.asked.at - answer.at) // 86_400_000_000
            about = _short(told, questions[answer.question], LETTERS // 3)
            lines.append(f"     {days} days before, near {nearness:.2f}; asked: {about}")
            lines.append(f"       said: {_short(told, said[answer.external_id], LETTERS)}")
    right = set(one.people[one.answered].tolist())
    key: dict[str, object] = {
        "A": SIDES[1] if swapped else SIDES[0],
        "B": SIDES[0] if swapped else SIDES[1],
        "answered": [name for name, group in zip(SIDES, lists, strict=True) if right & set(group)],
    }
    return "\n".join(lines), key


def _short(told: Told, text: str, most: int) -> str:
    words = " ".join(told.names.without(text).split())
    return words if len(words) <= most else words[:most] + " …"


def unblinded(keys: list[dict[str, object]], judged: str) -> str:
    """Return the table of what was judged, a row a question, and the counts."""
    rows = ["| question | taken | why | of which list somebody then answered |", "| --- | --- | --- | --- |"]
    counts: Counter[str] = Counter()
    for line in judged.splitlines():
        number, side, *why = line.split(" ", 2)
        key = keys[int(number) - 1]
        taken = "equal" if side == "=" else str(key[side])
        counts[taken] += 1
        answered = key["answered"]
        assert isinstance(answered, list)
        rows.append(f"| {number} | {taken} | {' '.join(why)} | {', '.join(answered) or 'neither'} |")
    return "\n".join(rows) + "\n\n" + ", ".join(f"{taken} {count}" for taken, count in counts.items())


def main() -> None:
    """Print the sheets and write the key, or tell what was judged."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=FOLDER)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--judged", type=Path)
    given = parser.parse_args()
    if given.judged:
        print(unblinded(json.loads(given.key.read_text()), given.judged.read_text().strip()))
        return
    dice, keys = np.random.default_rng(SEED), []
    for name, count in DRAWN.items():
        for sheet, key in sheets(given.data / f"{name}.tar.xz", count, dice):
            keys.append(key)
            print(f"=== {len(keys)}\n{sheet}\n")
    given.key.write_text(json.dumps(keys, indent=1))


if __name__ == "__main__":
    main()
