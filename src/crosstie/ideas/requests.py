"""Whether a sentence asks, and whether it requests something: rules in two languages, learned weights in one.

The weights (`requests.npz`) are numbers alone: each word and each pair of words falls, by its checksum, into
one of 32,768 places, and many share one, so no word can be read from them. `evaluation/_learning_requests.py`
learns them from the training sentences of Parakweet's EmailIntentDataSet (Apache-2.0). Without them, or in
another language than English, the rules decide.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.language import english_or_german
from crosstie.ideas.topics.wording import plain

PLACES = 1 << 15
"""Places that words and pairs of words fall into; a power of two."""

LEARNED_LANGUAGE = "en"
LIKELY = 0.5

_MOST_WORDS = 60
_TOKEN = re.compile(r"https?://\S+|\S+@\S+|[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[?!:;$•*>]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CLOSING = " \t)]}\"'*_~»”"
_POLITE = re.compile(
    r"\b(?:please|kindly|(?:can|could|would|will|won't|may) (?:you|we|i)|let (?:me|us) know|need (?:you|to)"
    r"|do you|are you|feel free|if you (?:could|would|can)"
    r"|bitte|(?:kannst|könntest|würdest|willst|magst) du|(?:können|könnten|würden) (?:sie|wir|ihr)"
    r"|sag(?:t|en sie)? mir|gib(?:t)? (?:mir |uns )?bescheid|ich brauche|wir brauchen"
    r"|kann (?:mir |uns )?jemand)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^\W*(?:(?:and|also|so|then|but|just|ok|okay|hi|hello|thanks|well|if so|und|dann|also|hallo|danke)\W+)*"
    r"(?:"
    r"add|advise|apply|ask|attach|bring|buy|call|change|check|choose|clarify|click|come|confirm|consider|contact"
    r"|copy|correct|do|don't|download|e-?mail|explain|fax|feel|fill|find|fix|follow|forward|get|give|go|have|help"
    r"|join|keep|leave|let|look|mail|make|meet|move|note|open|order|pass|pay|phone|plan|post|print|provide|put|read"
    r"|register|remember|remind|remove|reply|resend|respond|return|review|run|schedule|see|select|send|set|share"
    r"|show|sign|speak|start|stay|stop|submit|take|talk|tell|think|try|turn|update|upload|use|verify|view|visit"
    r"|wait|watch|write|schau|schick|sende|sag|gib|prüf|ruf|schreib|lies|komm|lass|nimm|hilf|probier|melde)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^\W*(?:(?:and|also|so|but|ok|hi|hello|und|also|aber|hallo)\W+)*"
    r"(?:who|whom|whose|what|when|where|why|how|which"
    r"|can|could|does|do|did|is|are|was|were|has|have|will|would|should|any(?:one|body)"
    r"|wer|wen|wem|was|wann|wo|woher|wohin|warum|wieso|weshalb|wie|welche[rsmn]?|kann|könnte|gibt es"
    r"|hat jemand|weiß jemand|kennt jemand|ist|sind|soll|sollte)\b(?!.*[.:]\s*$)",
    re.IGNORECASE,
)


def is_question(sentence: str) -> bool:
    """Say whether a sentence asks: by its mark, or as it begins where no full stop ends it.

    >>> is_question("who knows about bearings"), is_question("Who knows is not said here.")
    (True, False)
    """
    return sentence.rstrip().endswith("?") or bool(_ASKING.match(sentence))


def has_key_words(sentence: str) -> bool:
    """Say whether a sentence has a question mark or a word by which one asks for something."""
    return "?" in sentence or bool(_POLITE.search(sentence))


def asks_something(text: str) -> bool:
    """Say whether any sentence of a text asks, or has a word by which one asks for something.

    >>> asks_something("It is out of order again. How do I reset it?"), asks_something("Happy birthday!")
    (True, False)
    """
    return any(is_question(part) or has_key_words(part) for part in _SENTENCE.split(text) if part.strip())


def only_asks(text: str) -> bool:
    """Say whether a text has nothing but sentences with a question mark: who answers so, asks back.

    Code, quotations and addresses are no sentences.

    >>> only_asks("Which one? The old lathe?"), only_asks("Did you oil it? That helped here.")
    (True, False)
    """
    said = [part.rstrip(_CLOSING) for part in _SENTENCE.split(plain(text)) if any(map(str.isalnum, part))]
    return bool(said) and all(part.endswith("?") for part in said)


def is_request_by_rule(sentence: str) -> bool:
    """Say whether a sentence requests something, by key words and an order at its beginning.

    >>> is_request_by_rule("Could you look at this?"), is_request_by_rule("It was a good day.")
    (True, False)
    """
    return has_key_words(sentence) or bool(_IMPERATIVE.match(sentence))


def likelihoods(sentences: list[str]) -> NDArray[np.float64]:
    """Return (n,) how likely each English sentence is to request something, by the learned weights.

    Raises:
        FileNotFoundError: the weights are not there.
    """
    weight, constant = _learned()
    sums = np.array([weight[places(sentence)].sum() for sentence in sentences], dtype=np.float64)
    return np.asarray(1 / (1 + np.exp(-(sums + constant))), dtype=np.float64)


def is_request(text: str, *, language: str = LEARNED_LANGUAGE) -> bool:
    """Say whether any sentence of a text requests something.

    Args:
        text: as it was written.
        language: ISO 639-1; weights were learned in English, so elsewhere the rules decide.
    """
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    if language != LEARNED_LANGUAGE or not has_weights():
        return any(is_request_by_rule(sentence) for sentence in sentences)
    return bool((likelihoods(sentences) > LIKELY).any())


def asks_nothing(text: str) -> bool:
    """Say whether no sentence of a text asks or requests anything, where that can be told.

    It can be told of texts in English and German, where their little words say which of the two they are in.

    >>> asks_nothing("The lift in the old building is out of order again until Thursday afternoon.")
    True
    """
    language = english_or_german(text)
    return bool(language) and not asks_something(text) and not is_request(text, language=language)


def has_weights() -> bool:
    """Say whether the learned weights are there."""
    return files("crosstie.ideas").joinpath("requests.npz").is_file()


def places(sentence: str) -> list[int]:
    """Return the places of a sentence's words, pairs of words and what the rules say of it, each once."""
    tokens = ["<begins>"]
    for token in _TOKEN.findall(sentence.lower().replace("\u2019", "'"))[:_MOST_WORDS]:
        is_address = token.startswith("http") or "@" in token
        tokens.append("<address>" if is_address else "<number>" if token.isdigit() else token)
    tokens.append("<ends>")
    features = {*tokens, *map(" ".join, pairwise(tokens))}
    says = {
        "<asks>": "?" in sentence,
        "<polite>": _POLITE.search(sentence),
        "<order>": _IMPERATIVE.match(sentence),
    }
    features |= {name for name, holds in says.items() if holds}
    return sorted({zlib.crc32(feature.encode()) & (PLACES - 1) for feature in features})


@cache
def _learned() -> tuple[NDArray[np.float64], float]:
    with (
        files("crosstie.ideas").joinpath("requests.npz").open("rb") as opened,
        np.load(opened, allow_pickle=False) as named,
    ):
        columns: dict[str, NDArray[Any]] = {name: named[name] for name in named.files}
    return columns["weight"].astype(np.float64) * float(columns["scale"]), float(columns["constant"])
