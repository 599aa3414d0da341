"""What people themselves called a conversation: its title, where its first message or its link says so."""

from __future__ import annotations

import re
from urllib.parse import unquote

LONGEST = 100
"""Signs; a longer first line is no title."""

_ZULIP = re.compile(r"#narrow/(?:stream|channel)/[^/]+/topic/([^/]+)")
_RESOLVED = "\u2714 "


def title_of(text: str, link: str) -> str:
    r"""Return the title of a conversation by its first message, "" where nothing tells.

    Zulip's links hold the name of the topic. Questions, posts and commits begin with their title on a line of
    its own; a line that ends as a sentence does is none, but for a question.

    >>> title_of("anyone?", "https://chat.example/#narrow/stream/3-dev/topic/slow.20tests/near/7")
    'slow tests'
    >>> title_of("How to hold the shaft?\nIt slips when I tighten it.", "")
    'How to hold the shaft?'
    >>> title_of("Hello everybody.\nIt slips.", "")
    ''
    """
    named = _ZULIP.search(link)
    if named:
        return unquote(named[1].replace(".", "%")).removeprefix(_RESOLVED).strip()
    first, has_more, rest = text.strip().partition("\n")
    first = first.strip()
    if has_more and rest.strip() and 0 < len(first) <= LONGEST and first[-1] not in ".,:;!":
        return first
    return ""
