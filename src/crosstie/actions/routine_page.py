"""A draft page of a question that comes again, in Markdown: for somebody to read, correct and put up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosstie.actions.views import Original

LONGEST_TITLE = 80


def draft_page(
    question: Original,
    answer: Original,
    settled: str,
    *,
    times: int,
    since: datetime,
    places: Sequence[str],
) -> str:
    """Return the page: the question in an asker's words, the answer with its author and where it stands.

    Args:
        question: as one asker put it.
        answer: what settled it.
        settled: how that is known, in words.
        times: how often it was asked.
        since: when first.
        places: where.
    """
    parts = ["# " + _title(question.text), _quoted(question.text), _where(question), "## " + _("Answer")]
    parts += [answer.text.strip(), _where(answer), settled]
    how_often = ngettext(
        "Asked %(times)d time since %(since)s", "Asked %(times)d times since %(since)s", times
    )
    told = how_often % {"times": times, "since": date_format(since, "DATE_FORMAT")}
    if places:
        told = _("%(told)s, in %(places)s") % {"told": told, "places": ", ".join(places)}
    return "\n\n".join([*parts, f"*{told}.*"]) + "\n"


def _title(text: str) -> str:
    first = " ".join(text.split("\n", 1)[0].split()).lstrip("#> ")
    return first if len(first) <= LONGEST_TITLE else first[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _where(original: Original) -> str:
    told = ", ".join(
        part
        for part in (
            original.who,
            original.place,
            date_format(original.at, "DATE_FORMAT") if original.at else "",
        )
        if part
    )
    return f"— [{told}]({original.link})" if original.link else f"— {told}"
