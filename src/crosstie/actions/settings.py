"""A workspace's own settings: of the network, the weights of acts, how long is kept, and topics."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from crosstie.actions.home import Home
from crosstie.config import LONGEST_MONTHS, IdeaSettings, NetworkSettings, RecordSettings
from crosstie.errors import UsageRefused
from crosstie.network.acts import ACTS, Act, with_weights
from crosstie.privacy import SMALLEST_EVER

NETWORK, ACT = "network.", "act."
KEEP_MONTHS = "record.keep_months"
IDEAS = HALF_LIFE, SENSITIVE_WORDS = "ideas.half_life_days", "ideas.sensitive_words"
_KEPT_AS = "set:"
_TYPES = {one.name: type(one.default) for one in fields(NetworkSettings)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a network is tied with."""

    network: NetworkSettings
    acts: tuple[Act, ...]
    record: RecordSettings
    ideas: IdeaSettings


def is_network_setting(name: str) -> bool:
    """Say whether a setting is one of the workspace (network, acts, record, ideas), and not of a source."""
    return name.startswith((NETWORK, ACT, "record.", "ideas."))


def check(given: Mapping[str, str]) -> Chosen:
    """Return what these settings say, over the defaults.

    Args:
        given: by ``network.<name>``, ``record.<name>``, ``ideas.<name>`` or ``act.<act>.<relation>``, as
            text.

    Raises:
        UsageRefused: there is no such setting, or the value does not fit it.
    """
    values: dict[str, float | int] = {}
    weights: dict[str, float] = {}
    months = 0
    for name, text in given.items():
        if name.startswith(ACT):
            weights[name.removeprefix(ACT)] = _number(name, text, float)
            continue
        if name == KEEP_MONTHS:
            months = int(_number(name, text, int))
            if not 0 <= months <= LONGEST_MONTHS:
                raise UsageRefused(
                    f'"{name}" takes 1 to {LONGEST_MONTHS} months, or 0 for no limit, not {text}.'
                )
            continue
        if name in IDEAS:
            continue
        short = name.removeprefix(NETWORK)
        if short not in _TYPES:
            raise UsageRefused(
                f'There is no setting "{name}".',
                hint=one_of("Settings", (*(NETWORK + one for one in _TYPES), KEEP_MONTHS, *IDEAS), name),
            )
        values[short] = _number(name, text, _TYPES[short])
        if short != "seed" and values[short] <= 0:
            raise UsageRefused(f'"{name}" must be more than 0, not {text}.')
    if values.get("smallest_group", SMALLEST_EVER) < SMALLEST_EVER:
        raise UsageRefused(
            f"Groups under {SMALLEST_EVER} people are never shown.",
            hint=f"Set {NETWORK}smallest_group to {SMALLEST_EVER} or more.",
        )
    return Chosen(
        network=NetworkSettings(**values),  # type: ignore[arg-type]  # each value has its field's type
        acts=with_weights(weights, ACTS),
        record=RecordSettings(keep_months=months),
        ideas=_ideas(given),
    )


def _ideas(given: Mapping[str, str]) -> IdeaSettings:
    chosen = IdeaSettings(sensitive_words=given.get(SENSITIVE_WORDS, ""))
    if HALF_LIFE in given:
        chosen = replace(chosen, half_life_days=float(_number(HALF_LIFE, given[HALF_LIFE], float)))
    if chosen.half_life_days <= 0:
        raise UsageRefused(f'"{HALF_LIFE}" must be more than 0, not {given[HALF_LIFE]}.')
    return chosen


def one_of(what: str, names: Iterable[str], given: str) -> str:
    """Return a hint that says which names there are, the one that was meant first.

    >>> one_of("Settings", ["tie_from", "openness"], "tiefrom")
    'Did you mean tie_from? Settings: tie_from, openness.'
    """
    known = list(names)
    near = difflib.get_close_matches(given, known, n=2)
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    return f"{meant}{what}: {', '.join(known) or 'none'}."


def keep(home: Home, given: Mapping[str, str]) -> None:
    """Keep settings in the workspace; they hold from the next snapshot on.

    Raises:
        UsageRefused: there is no such setting, or the value does not fit it.
    """
    check(given)
    for name, text in given.items():
        home.store.set_fact(_KEPT_AS + name, text)


def chosen(home: Home) -> Chosen:
    """Return what this workspace's network is tied with."""

    def look() -> Chosen:
        return check({name.removeprefix(_KEPT_AS): text for name, text in home.store.facts(_KEPT_AS).items()})

    return home.store.until_written.once("settings chosen", look)


def _number(name: str, text: str, kind: type) -> float | int:
    try:
        number: float | int = kind(text)
    except ValueError:
        what = "a whole number" if kind is int else "a number"
        raise UsageRefused(f'"{name}" takes {what}, not "{text}".') from None
    return number
