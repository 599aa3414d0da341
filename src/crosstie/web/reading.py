"""Lay out what a view says in the order and the words in which people read it. No figure is made here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crosstie.actions.views import Contact, Figure, GroupFlow, GroupNode, MapPerson, MapView
from crosstie.web.words import day

COMMUNITY = "community"

SHAPE = ("size", "group_diversity", "effective_size")
"""Figures that stand first, in words: how large, how diverse in groups, how diverse in structure."""

TURNING = ("turned_to", "was_turned_to", "get", "give")
"""Figures whose sentences stand above the lists of people."""

_MORE = 1.25
_LESS = 0.8
_FAR_LESS = 1 / 3
_OFTEN = 4.0
_SOMETIMES = 1.0
"""In recent answers, whoever else there is: about one in three weeks, and one in three months."""
_AT_ONCE = 8


def figures_named(figures: tuple[Figure, ...], *names: str) -> list[Figure]:
    """Return the figures with these names that can be said, in the order given by the view."""
    return [figure for figure in figures if figure.name in names and figure.value is not None]


def technical_figures(figures: tuple[Figure, ...]) -> list[Figure]:
    """Return the figures that stand last, under their technical names."""
    return [figure for figure in figures if figure.name not in SHAPE and figure.value is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One contact as a list or a table shows them."""

    link: str
    name: str
    groups: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of contacts: some at once, the others on demand."""

    first: tuple[Row, ...]
    more: tuple[Row, ...]


def people_in_words(
    people: tuple[Contact, ...], link: Callable[[str], str], *, amount: Callable[[Contact], float]
) -> Listed:
    """Say beside each contact how often, in a word, and when last in touch; the order given stays.

    Args:
        people: in the order of the view.
        link: the address of a contact's page.
        amount: how much, in recent answers, for the word alone.
    """
    often = {_OFTEN: _("often"), _SOMETIMES: _("now and then"), 0.0: _("seldom")}
    last = _last()
    rows = tuple(
        _row(
            each,
            link,
            next(words for least, words in often.items() if amount(each) >= least) + last(each),
        )
        for each in people
    )
    return Listed(first=rows[:_AT_ONCE], more=rows[_AT_ONCE:])


def people_by_name(people: tuple[Contact, ...], link: Callable[[str], str]) -> list[Row]:
    """Return everyone in a circle in the order of the alphabet, with when they were last in touch."""
    active, known, last = _("active"), _("known"), _last()
    return [
        _row(each, link, (active if each.is_active else known) + last(each))
        for each in sorted(people, key=lambda each: each.person.name.casefold())
    ]


def _row(contact: Contact, link: Callable[[str], str], words: str) -> Row:
    return Row(
        link=link(contact.person.key),
        name=contact.person.name,
        groups=", ".join(contact.person.groups.values()),
        words=words if contact.is_stated else f"{words} · {_('inferred')}",
    )


def _last() -> Callable[[Contact], str]:
    """Return what says when a contact was last in touch; the translation is looked up once.

    It is when there was contact, whoever turned to whom: of the two ways nothing of their own is known.
    """
    last_on = ", " + _("last in touch on %(day)s")
    return lambda contact: last_on % {"day": day(contact.last_at)} if contact.last_at else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What flows between two groups, in words."""

    learner: GroupNode
    teacher: GroupNode
    turned_to: float
    beside_chance: str  # more, about, fewer, far-fewer, none: also the class of the arrow
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One half of the map: the groups of one kind, sorted by name, and what flows between them."""

    kind: str
    title: str
    groups: tuple[GroupNode, ...]
    flows: tuple[Flow, ...]
    own: str  # the key of the viewer's own group, "" where there is none
    hidden: int  # how many groups are too small to be shown
    elsewhere: int  # people in none of the groups shown; 0 where they are too few to be counted
    everyone: int

    @property
    def people(self) -> int:
        """Return how many people are in the groups shown, at least."""
        return sum(group.size for group in self.groups)

    @property
    def holds_back(self) -> bool:
        """Say whether of any group shown no more is told than that it is there."""
        return any(not group.is_told for group in self.groups)

    @property
    def says_about(self) -> bool:
        """Say whether anything is known of what a group's people have in common."""
        return any(group.about for group in self.groups)

    @property
    def withholds(self) -> bool:
        """Say whether the share that stays inside is held back of any group."""
        return any(group.inside is None for group in self.groups)


def side(view: MapView, kind: str) -> Side:
    """Return the half of the map that shows one kind of group."""
    groups = sorted((group for group in view.groups if group.kind == kind), key=lambda each: each.label)
    by_key = {group.key: group for group in groups}
    words = _words_beside_chance()
    flows = [
        _flow(flow, by_key, words)
        for flow in view.flows
        if flow.learner in by_key and flow.teacher in by_key and flow.learner != flow.teacher
    ]
    flows.sort(key=lambda flow: (flow.learner.label, flow.teacher.label))
    me = next((person for person in view.people if person.is_viewer), None)
    own = ""
    if me is not None:
        mine = me.community if kind == COMMUNITY else me.group
        own = next((group.key for group in groups if mine in {group.key, group.label}), "")
    elsewhere = view.everyone - sum(group.size for group in groups)
    return Side(
        kind=kind,
        title=kind_title(kind),
        groups=tuple(groups),
        flows=tuple(flows),
        own=own,
        hidden=view.hidden_groups.get(kind, 0),
        # Beside a total, a count of all but a few would tell how many those few are.
        elsewhere=elsewhere if elsewhere >= view.smallest_group else 0,
        everyone=view.everyone,
    )


def kind_title(kind: str) -> str:
    """Return the plural under which groups of a kind are shown."""
    titles = {
        COMMUNITY: _("Communities found"),
        "department": _("Departments"),
        "team": _("Teams"),
        "location": _("Locations"),
        "relation": _("Employees, customers, partners and outside"),
    }
    return titles.get(kind, kind.replace("_", " ").capitalize())


def _words_beside_chance() -> dict[str, str]:
    """Return what is said beside a flow; the translations are looked up once for all of a map's."""
    return {
        "none": _("not seen in these sources"),
        "more": _("more than chance would bring"),
        "about": _("about what chance would bring"),
        "fewer": _("less than chance would bring"),
        "far-fewer": _("far less than chance would bring"),
    }


def _flow(flow: GroupFlow, groups: dict[str, GroupNode], words: dict[str, str]) -> Flow:
    found = beside_chance(flow)
    return Flow(
        learner=groups[flow.learner],
        teacher=groups[flow.teacher],
        turned_to=flow.turned_to,
        beside_chance=found,
        words=words[found],
    )


def beside_chance(flow: GroupFlow) -> str:
    """Say in a word how much flows beside what chance would bring: more, about, fewer, far-fewer or none."""
    if flow.turned_to <= 0:
        return "none"
    for name, least in (("more", _MORE), ("about", _LESS), ("fewer", _FAR_LESS)):
        if flow.turned_to >= least * flow.expected:
            return name
    return "far-fewer"


def people_by_group(view: MapView) -> list[tuple[str, list[MapPerson], int]]:
    """Return (group, people with a name, how many without), all in the order of the alphabet."""
    groups: dict[str, list[MapPerson]] = defaultdict(list)
    unnamed: dict[str, int] = defaultdict(int)
    labels = {group.key: group.label for group in view.groups}
    none = _("No group")  # looked up once: a map may show thousands
    for person in view.people:
        group = labels.get(person.group, person.group) or none
        groups[group].extend([person] if person.name else [])
        unnamed[group] += 0 if person.name else 1
    return [
        (group, sorted(people, key=lambda each: each.name.casefold()), unnamed[group])
        for group, people in sorted(groups.items(), key=lambda each: each[0].casefold())
    ]
