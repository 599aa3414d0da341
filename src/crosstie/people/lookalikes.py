"""Names that look alike: letters of other scripts and shapes, signs that show nothing.

After the idea of Unicode's skeletons (Technical Standard 39), with a table of our own: letters of Greek,
Cyrillic, Armenian, Cherokee and Lisu that are drawn as Latin ones. What it does not know stands in
docs/explanation/asking.md.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DRAWN_AS: Final = {
    # Greek
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳαγεηικνορτυχωϲς", "ABEZHIKMNOPTYXCjayenikvoptuxwcc", strict=True)),
    # Cyrillic
    **dict(zip("АВЕЅІЈКМНОРСТУХҮҺԌԚԜӀЬ", "ABESIJKMHOPCTYXYHGQWIb", strict=True)),
    **dict(zip("авеѕіјкмнопрстухгүһԁԛԝӏьѵ", "abesijkmhonpctyxryhdqwlbv", strict=True)),
    # Armenian
    **dict(zip("ՍՕՏԼհոսօզցյ", "UOSLhnuoqgj", strict=True)),
    # Cherokee
    **dict(zip("ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃᎥ", "ABCDEGHIJKLMPRSTVWZi", strict=True)),
    # Lisu
    **dict(zip("ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEFGHIJKLMNOPRSTUVWXYZ", strict=True)),
    # Latin letters of other shapes, where their names do not say it
    **dict(zip("ɑɩɡɯ", "aigw", strict=True)),
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
}
_TABLE: Final = str.maketrans(_DRAWN_AS)
_SAME: Final = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o"})
_PAIRS: Final = (("rn", "m"), ("vv", "w"))
_OF_A_LETTER: Final = re.compile(
    r"(?:LATIN (?:CAPITAL|SMALL) LETTER (?:DOTLESS )?|LATIN LETTER SMALL CAPITAL |SYMBOL LETTER )"
    r"([A-Z])(?: WITH .*)?$"
)
"""How Unicode calls a letter that is drawn as one of the alphabet: with a stroke, in a square, as a flag."""

_WORD: Final = re.compile(r"[^\W_]+")
_OF_NO_SCRIPT: Final = frozenset({"MODIFIER", "FEMININE", "MASCULINE", "COMBINING"})
_NOTHING_TO_SEE: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_TOGETHER: Final = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)
"""Scripts that are written together, and whose letters are not drawn alike."""


def shown(text: str) -> str:
    r"""Return a text in plain shapes, without signs of no width or that turn the direction of writing.

    >>> shown("\uff21d\u200ba \ufb01ne")
    'Ada fine'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = unicodedata.normalize("NFKC", _NOTHING_TO_SEE.sub("", text))
    kept = (" " if one.isspace() else one for one in _NOTHING_TO_SEE.sub("", plain))
    return " ".join("".join(one for one in kept if one == " " or unicodedata.category(one)[0] != "C").split())


def words(text: str) -> list[str]:
    """Return the words of a text without case and accents.

    >>> words("Jürgen-O'Neil")
    ['jurgen', 'o', 'neil']
    """
    return _WORD.findall(_bare(shown(text).casefold()))


def drawn(text: str) -> list[str]:
    r"""Return the words of a text as they look: what is drawn alike comes out the same.

    >>> drawn("\u0410da B\u0435rg") == drawn("Ada Berg")
    True
    """
    latin = "".join(_latin(one) for one in _bare(shown(text)))
    folded = latin.translate(_TABLE).casefold().translate(_TABLE).casefold().translate(_SAME)
    for pair, one in _PAIRS:
        folded = folded.replace(pair, one)
    return _WORD.findall(folded)


def mixes_scripts(text: str) -> bool:
    """Say whether a text has letters of scripts that are not written together, as Latin and Cyrillic."""
    scripts = {
        unicodedata.name(one, "UNKNOWN").partition(" ")[0] for one in shown(text) if one.isalpha()
    } - _OF_NO_SCRIPT
    return len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)


def _bare(text: str) -> str:
    """Return a text in plain letters, their accents gone."""
    if text.isascii():
        return text
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def _latin(sign: str) -> str:
    """Return the letter of the alphabet that a sign is drawn as by its name; the sign, if that says none."""
    if sign.isascii():
        return sign
    found = _OF_A_LETTER.search(unicodedata.name(sign, ""))
    return found[1].lower() if found else sign


__all__ = ["drawn", "mixes_scripts", "shown", "words"]
