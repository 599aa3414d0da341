"""The words of a message that say what it is about: no code, no quotation, no address, nobody's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosstie.ideas.naming import Names

LONGEST_WORD = 30
"""Letters; what is longer is a key or a path."""

_FENCES = re.compile(r"(?:```|~~~).*?(?:```|~~~|\Z)", re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_LINKED = re.compile(r"\]\([^)\s]*\)|https?://\S+|www\.\S+|:[a-z][\w+-]*:")
# Not from the middle of "0x3fa9" or "17th": what begins with a digit is no word to its end.
_WORD = re.compile(r"(?<![^\W_])[^\W\d_](?:[^\W_]|(?<=\w)-(?=[^\W\d_]))+")
_KEY = re.compile(r"(?<![^\W_])(?=[a-f]*\d)[\da-f]{6,}(?![^\W_])|(?:\d+[^\W\d]+){3}")


def plain(text: str) -> str:
    """Return a text without code, quotations, the addresses of links and emoji names.

    >>> plain("Look at `x = 1` on https://example.org :smile:").split()
    ['Look', 'at', 'on']
    """
    if "```" in text or "~~~" in text:
        text = _FENCES.sub(" ", text)
    if "`" in text:
        text = _CODE.sub(" ", text)
    text = unquoted(text)
    return _LINKED.sub(" ", text) if ":" in text or "](" in text or "www." in text else text


def unquoted(text: str) -> str:
    r"""Return a text without the lines that quote others.

    >>> unquoted("> Does it leak?\nOil it.").strip()
    'Oil it.'
    """
    return _QUOTED.sub(" ", text) if ">" in text else text


def words_of(text: str, names: Names | None = None) -> list[str]:
    """Return the words of a text in small letters, in order, of two letters or more.

    Keys are no words: the number of a commit or of a place in memory (six hexadecimal digits or more), and
    whatever goes from letters to digits and back three times.

    Args:
        text: as it was written.
        names: taken out, with mentions and mail addresses.

    >>> words_of("The works council met twice in 2024: <@U1> was there.")
    ['the', 'works', 'council', 'met', 'twice', 'in', 'was', 'there']
    >>> words_of("Broken since e1b1ae66b240 on ipv6, and on the 17th at 0xffff888a.")
    ['broken', 'since', 'on', 'ipv6', 'and', 'on', 'the', 'at']
    """
    from crosstie.ideas.naming import Names as NoNames

    bare = (names or NoNames()).without(plain(text))
    # Most words are letters alone, and those are told without looking at each.
    return [
        word
        for word in _WORD.findall(bare.lower())
        if len(word) <= LONGEST_WORD and (word.isalpha() or not _KEY.search(word))
    ]
