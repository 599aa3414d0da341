"""Every setting of the network and the record: name, default, and one sentence of help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """How interactions become ties.

    Attributes:
        half_life_days: days after which an interaction counts half; 60 predicts best whether a known pair is
            active in the next 30 days, in two organisations (docs/explanation/ties.md).
        active_contact: decayed contact from which a tie is active; one reply within two half-lives is 0.25.
        inferred_from: the probability from which a reply that no source states, but crosstie infers in an
            open channel, counts, by that probability; 1 for none (docs/explanation/evaluation/replies.md).
        smallest_group: groups smaller than this are not shown; never under 5.
        seed: the seed of layout and communities.
    """

    half_life_days: float = 60.0
    active_contact: float = 0.25
    inferred_from: float = 0.3
    smallest_group: int = 10
    seed: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSettings:
    """How long what happened is kept.

    Attributes:
        keep_months: months after which an interaction falls out of the record and leaves a known tie without
            its evidence; 0 for no limit. Organisations are proposed 24.
    """

    keep_months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingSettings:
    """When people work, so that a promise given in working time can be counted.

    Attributes:
        hours: days and hours, by the clock of the organisation's time zone; a steward changes both on the
            page *Ask*, and says there which days are free.
    """

    hours: str = "Mon-Fri 09:00-17:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaSettings:
    """What texts are taken to be about.

    Attributes:
        half_life_days: days after which a conversation counts half of what somebody talks of; what one knows
            fades more slowly than a contact.
        sensitive_words: further words and phrases, with a comma between them, whose texts are left out of
            everything about topics; a * at the end stands for any ending. crosstie's own list stays
            (docs/explanation/topics.md).
    """

    half_life_days: float = 180.0
    sensitive_words: str = ""

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Return the further words."""
        return tuple(word.strip() for word in self.sensitive_words.split(",") if word.strip())


PROPOSED_MONTHS = 24
"""The limit proposed to organisations; a steward decides, and nothing falls out before."""

LONGEST_MONTHS = 1200
"""The longest limit that can be set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceSettings:
    """Whom crosstie suggests to ask.

    Attributes:
        least_answers: how many questions a person must have answered before they are suggested.
        favour_like: how far those come forward on a panel who answered questions like this one, and the
            nearest, beyond what the mix says of who answers: by so much in its scores for one deviation.
        favour_groups: the same for those in whose groups the nearest were answered.
        spare_busy: how far those who answered much lately step back; 0 takes no account of it.
        spare_at_most: no further than this; 0.15 is behind those whose chance is less by a seventh. The more,
            the fewer suggestions go to the busiest, and the fewer are right
            (docs/explanation/evaluation/routing.md).
        spare_asked: the same for those whom questions were put to of late, through crosstie.
        busy_from: how many questions answered of late, each halved every 7 days, are much: 3 is two a week.
        least_questions: earlier questions from which the mix is learned; with fewer, fixed weights stand in.
        most_questions: the latest so many earlier questions are learned from.
        penalty: how strongly what is learned is held to the fixed weights.
    """

    least_answers: int = 2
    favour_like: float = 0.3
    favour_groups: float = 0.75
    spare_busy: float = 0.25
    spare_at_most: float = 0.15
    spare_asked: float = 0.5
    busy_from: float = 3.0
    least_questions: int = 50
    most_questions: int = 1_000
    penalty: float = 100.0
