"""Walk all pages as one person, and look at what they say."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.actions import company

CHANGES = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|csrftoken=\w+|nonce="\w+"')
"""What is another in every answer."""

FILLED = {"int": "1", "str": "x"}


def paths(key: str) -> list[str]:
    """Return every address of the pages, with something for each of its parts; `key` for a person's."""
    return sorted(
        {"/" + re.sub(r"<(\w+):\w+>", lambda part: FILLED.get(part[1], key), one) for one in _routes()}
    )


def _routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern).lstrip("^").rstrip("$").replace("\\Z", "")
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        elif isinstance(one, URLPattern) and "(?P" not in route:
            yield route


def walked(browser: Client, key: str, query: str = "") -> dict[str, str]:
    """Return what each page says, by its address, for those that are shown at all."""
    said = {}
    for path in paths(key):
        answer = browser.get(path + query)
        if answer.status_code == 200 and not answer.streaming:
            said[path] = CHANGES.sub("", html.unescape(answer.content.decode("utf-8", "replace")))
    return said


def names_in(text: str) -> set[str]:
    """Return who of the firm is named, by name or address."""
    return {name for name in company.NAMES if name in text or company.address(name) in text}


class _Lists(HTMLParser):
    """Collects the names within each list, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[list[str]] = []
        self.found: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol", "dl", "table", "select"}:
            self.open.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol", "dl", "table", "select"} and self.open:
            self.found.append(self.open.pop())

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1] += [name for name in company.NAMES if name in data]


def unordered_lists(page: str) -> list[list[str]]:
    """Return the lists of three people and more that do not stand in the order of the alphabet."""
    reader = _Lists()
    reader.feed(page)
    found = [list(dict.fromkeys(names)) for names in reader.found]
    return [names for names in found if len(names) > 2 and names != sorted(names)]


def figures_of_others(said: Any, me: str) -> list[str]:
    """Return the numbers that stand beside somebody else's name in an answer of the API."""
    found = []
    if isinstance(said, dict):
        named = [said.get("name"), *(one.get("name") for one in said.values() if isinstance(one, dict))]
        if any(name in company.NAMES and name != me for name in named):
            found += [
                f"{key}: {value}"
                for key, value in said.items()
                if isinstance(value, int | float)
                and not isinstance(value, bool)
                and key not in {"number", "id"}
            ]
        for one in said.values():
            found += figures_of_others(one, me)
    if isinstance(said, list):
        for one in said:
            found += figures_of_others(one, me)
    return found


def as_json(answer: Any) -> Any:
    """Return what an answer says."""
    return json.loads(answer.content or b"null")
