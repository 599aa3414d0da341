"""What the faces show: plain values, already through the gate. A face formats them and adds nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A person as this viewer may see them."""

    key: str
    name: str
    groups: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """Where a trace can be looked at: its own address, else our page for it."""

    id: str
    at: datetime | None
    place: str
    link: str  # of questions asked here a path; "" where the source has no address
    kind: str  # in words: "replied", "thanked", …
    who: str = ""
    person: str = ""  # the key of who did it
    whom: str = ""
    text: str = ""  # open places only
    files: tuple[str, ...] = ()  # of a change in an open place; as evidence, those that speak for somebody
    is_stated: bool = True  # False where the reader concluded it
    is_of_change: bool = False  # text and files are of the change that was reviewed, or written together


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One true thing worth knowing, in plain words, with its original."""

    sentence: str
    original: Original | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Someone in the viewer's circle."""

    person: PersonCard
    contact: float
    got: float  # what I learned from them (learned, me as learner)
    given: float  # what they learned from me
    turned_to: float  # how much I turned to them
    turned_to_me: float
    last_at: datetime | None
    is_active: bool
    is_stated: bool
    known_contact: float = 0.0  # all contact there ever was, undecayed
    x: float = 0.0  # position in the picture of the circle, -1 to 1, the viewer at 0, 0
    y: float = 0.0
    cluster: int = 0  # contacts who are in touch with one another share a cluster
    about: tuple[str, ...] = ()  # topics of the tie, by open evidence; said on the contact's own page


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure about the viewer's circle, in words first."""

    name: str  # the standard term, e.g. effective_size
    label: str  # in our words
    value: float | None  # None: not enough to say
    shown: str  # the value as people read it, or "not enough to say"
    sentence: str  # one plain sentence
    basis: str  # "on 12 contacts over 7 months"
    caution: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How far a circle moves when the weight of one act is halved or doubled."""

    fewest: int  # people in it, whichever weight it is
    most: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How far everybody's figures move when the weight of one act is multiplied."""

    act: str
    factor: float
    order: dict[str, float | None]  # by metric, Spearman's rank correlation; None where all are alike
    change: dict[str, float]  # by metric, the median change as a share


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of the circle."""

    month: date  # its first day
    contacts: int  # people in the active circle at its end
    got: float
    given: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fading:
    """A contact whom hardly anyone else around the viewer knows, and who is soon out of touch."""

    person: PersonCard
    last_at: datetime
    shared: int  # open contacts of both


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleView:
    """*My circle*."""

    viewer: PersonCard
    as_of: datetime | None  # None where nothing that was read has a time
    since: datetime | None
    headline: Headline
    contacts: tuple[Contact, ...]  # strongest first; active, then known
    among: tuple[tuple[int, int, float], ...]  # ties among contacts: indices into contacts, weight
    figures: tuple[Figure, ...]  # size and diversity first, technical ones last
    months: tuple[Month, ...]  # from the viewer's first on
    turned_to: tuple[Contact, ...]  # whom I turned to, most first
    turned_to_me: tuple[Contact, ...]
    learned_words: bool  # True where someone said so: "learned from", else "turned to"
    moves: Moves | None = None  # how far it moves with the weights of acts
    fading: tuple[Fading, ...] = ()  # bridges about to lapse, for the viewer alone
    stays_months: int = 0  # for about so long one answer keeps a contact active
    filling_months: int = 0  # at first, in which the line climbs because the record only begins


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNode:
    """A unit of the org chart or a community found from the ties; never below the smallest size."""

    key: str
    label: str
    kind: str  # department, location, …, or community
    size: int
    x: float
    y: float
    is_told: bool = True  # False: beside a group around it, what it does would tell of few; size is a minimum
    inside: float | None = None  # share of contact with groups told of that stays inside; None: suppressed
    withheld: str = ""  # why `inside` is None, in words
    about: str = ""  # of a community: what its people have in common


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFlow:
    """What flows between two groups: how much the first turned to the second, and chance's share."""

    learner: str
    teacher: str
    turned_to: float
    contact: float
    expected: float  # of what crosses groups: if only with which other group were left to chance


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPerson:
    """A dot on the map. `name` is "" where the viewer may not see it."""

    key: str
    name: str
    x: float
    y: float
    group: str
    community: str
    is_viewer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """*Map*."""

    as_of: datetime | None
    kinds: tuple[str, ...]  # kinds of groups there are, "community" last
    groups: tuple[GroupNode, ...]
    flows: tuple[GroupFlow, ...]
    people: tuple[MapPerson, ...]  # only those with a tie the viewer may see
    ties: tuple[tuple[int, int, float], ...]  # indices into people, contact
    hidden_people: int  # people on no visible tie, or in no group large enough
    hidden_groups: dict[str, int]  # by kind, how many groups are too small to be shown; kinds with any
    everyone: int  # people there are, on the map or not
    hidden_ties: int = 0  # weaker ties that are not drawn, as more would be unreadable
    inferred_ties: int = 0  # of the ties drawn, those that no source states
    smallest_group: int
    moves: tuple[Move, ...] = ()  # how far figures move with the weights; none where people are few


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of one source: its ledger."""

    kind: str
    label: str
    path: str
    unit: str
    unit_of_one: str = ""
    read: int
    used: int
    left_out: dict[str, int]
    notes: dict[str, int]
    places: dict[str, int]
    interactions: dict[str, int]
    read_at: datetime
    finished: bool

    @property
    def counted_in(self) -> str:
        """Return in what the records are counted: mails, or mail where it was one."""
        return self.unit_of_one if self.read == 1 and self.unit_of_one else self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesView:
    """*Sources*: every reading, newest first, and what the workspace holds."""

    readings: tuple[Reading, ...]
    accounts: int
    people: int
    interactions: dict[str, int]
    as_of: datetime | None
    since: datetime | None
    ended_early: tuple[str, ...] = ()  # sources that end much earlier than the latest
    last_active: date | None = None  # when a tie grew last, where for that reason none is active
    inferred_replies: int = 0  # messages of which no source says whom they answer, but crosstie does

    def by_path(self) -> list[list[Reading]]:
        """Return the readings of each path, newest first: a path is often read again."""
        found: dict[tuple[str, str], list[Reading]] = {}
        for one in self.readings:
            found.setdefault((one.kind, one.path), []).append(one)
        return list(found.values())
