"""A workspace and its network, for analysts: the owner's view, by opaque keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from crosstie.actions import forgetting, looking, opting, panels, reading, retention, snapshots, summary
from crosstie.actions.consent import consent as agreed_in
from crosstie.actions.export import named
from crosstie.actions.home import Home
from crosstie.actions.opting import Opted
from crosstie.actions.retention import Retained
from crosstie.actions.snapshots import Snapshot
from crosstie.actions.views import Reading
from crosstie.errors import UsageRefused
from crosstie.network.network import Ties
from crosstie.notebook.frame import Frame

if TYPE_CHECKING:
    import networkx as nx


class Workspace:
    """An open workspace. Use it in a `with` block, or close it."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        self._folder = folder
        self._opened: Home | None = None
        Home.check(folder, create=create)
        if Home.exists(folder):
            self._opened = Home(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Workspace {self._folder}{'' if self._opened else ', made by the first reading'}>"

    def close(self) -> None:
        """Close the workspace; its files stay."""
        if self._opened is not None:
            self._opened.close()

    @property
    def _home(self) -> Home:
        """The workspace on disk.

        Raises:
            WorkspaceRefused: nothing was read into it yet, so there is none.
        """
        if self._opened is None:
            self._opened = Home(self._folder, create=False)
        return self._opened

    def read(
        self,
        path: str | Path,
        *,
        viewer: str = "",
        settings: dict[str, str] | None = None,
        consent: str | Path | None = None,
    ) -> Reading:
        """Read an export; what it is, crosstie finds out (``"mail:FILE"`` says it).

        The first reading makes the workspace where there is none.

        Args:
            path: as on the command line.
            viewer: who you are, as with ``--as``; without it open places only.
            settings: of its source, e.g. ``{"tie_from": "2"}``.
            consent: read as an organisation: the file that says what people agreed to, as with ``--consent``.

        Returns:
            The ledger of this reading.

        Raises:
            SourceUnclear: no source recognises it.
            SourceRefused: the export is not what its source can read.
            PathUnreadable: there is no such consent file.
            UsageRefused: the consent file is none, or there are both a viewer and consent.
        """
        if viewer and consent is not None:
            raise UsageRefused(
                "A workspace is read for one person or for an organisation.",
                hint="Choose one: viewer, or consent.",
            )
        agreed = agreed_in(Path(consent)) if consent is not None else None
        given = settings or {}
        reading.check_settings(given)
        plan = reading.plan(str(path), given)
        if self._opened is None:
            self._opened = Home(self._folder)
        try:
            with self._opened.nothing_left_if_refused():
                return summary.shown(reading.read(self._opened, plan, viewer=viewer, agreed=agreed))
        finally:
            if not Home.exists(self._folder):
                self._opened = None

    def network(self, *, as_of: datetime | None = None) -> NetworkFrames:
        """Return the network as of a date (aware), by default that of the latest interaction."""
        return NetworkFrames(snapshots.current(self._home, as_of=as_of))

    def panel(
        self, text: str, *, viewer: str = "", seats: int = 5, quotas: Sequence[str] = (), place: str = ""
    ) -> tuple[Seated, ...]:
        """Return a few people who know the matter of a text and come to it from different sides.

        They stand by key, so that no one of them comes first; nobody is asked by this.

        Args:
            text: the matter.
            viewer: who you are, as with ``--as``.
            seats: how many people at most.
            quotas: how many of which groups, e.g. ``"Sales=1.."``, as with ``--quota``.
            place: key or name of the open place it belongs to.

        Raises:
            NotShown: nobody looks.
            UsageRefused: the quotas cannot be met.
        """
        found = panels.panel(
            self._home,
            looking.viewer(self._home, viewer),
            text,
            place,
            seats,
            quotas=[panels.quota(one) for one in quotas],
        )
        by_key = sorted(found.seats, key=lambda one: one.helper.person.key)
        return tuple(
            Seated(person=one.helper.person.key, brings=one.brings, reasons=one.helper.reasons)
            for one in by_key
        )

    def find(self, wanted: str) -> str:
        """Return the key of the one person with this address, name or key.

        Raises:
            PersonUnclear: nobody, or more than one, answers to it.
        """
        return looking.find(self._home, wanted).key

    def names(self, *, reason: str) -> dict[str, str]:
        """Return the name of every person by key. The reason is written into the journal.

        Raises:
            UsageRefused: there is no reason.
        """
        return named(self._home, reason)

    def forget(self, wanted: str) -> dict[str, int | bool]:
        """Forget the one person with this address, name or key, for good.

        Raises:
            PersonUnclear: nobody, or more than one, answers to it.
        """
        return forgetting.forget(self._home, looking.find_anyone(self._home, wanted).key)

    def opt_out(self, wanted: str) -> Opted:
        """Leave the one person with this address, name or key out: nothing of them is read or shown.

        Raises:
            PersonUnclear: nobody answers to it and it is no address, or more than one does.
        """
        return opting.opt_out(self._home, wanted)

    def opt_in(self, wanted: str) -> Opted:
        """Let someone who opted out in again; reading the exports again takes in what was left out since.

        Raises:
            PersonUnclear: nobody answers to it and it is no address, or more than one does.
        """
        return opting.opt_in(self._home, wanted)

    def retain(self, *, months: int | None = None) -> Retained:
        """Remove what is older than is kept (``record.keep_months``); known ties stay, without evidence.

        Args:
            months: the limit from now on; None takes the one that was set.

        Raises:
            UsageRefused: no limit is set.
        """
        return retention.retain(self._home, months=months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Someone on a panel: their key, what they bring to it, and why them."""

    person: str
    brings: tuple[str, ...]
    reasons: tuple[str, ...]


class NetworkFrames:
    """The network at a date, as frames.

    Attributes:
        as_of: the date the decay counts from.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.as_of = snapshot.network.as_of

    def __repr__(self) -> str:
        size = f"{len(self.people):,} people and {len(self.ties):,} ties"
        return f"<Network of {size} as of {self.as_of:%Y-%m-%d}>"

    @cached_property
    def people(self) -> Frame:
        """One row a person: `person`, the groups of the directory, `community`, and every metric."""
        network = self._snapshot.network
        return Frame(
            {
                "person": network.persons,
                **network.groups,
                "community": self._snapshot.community,
                **self._snapshot.scores,
            }
        )

    @cached_property
    def ties(self) -> Frame:
        """One row an ordered pair of persons.

        `learner`, `teacher`, `learned`, `turned_to`, `contact` (undirected: the same in both rows),
        `first_at`, `last_at`, `known_how`, `is_active`, `is_known`, `is_open`.
        """
        return self._frame(self._snapshot.network.ties)

    def circle(self, person: str) -> Circle:
        """Return one person's circle.

        Raises:
            KeyError: the person is not in this network.
        """
        network = self._snapshot.network
        row = network.index_of(person)
        ties = network.ties
        own = (ties.learner == row) | (ties.teacher == row)
        others = np.unique(np.concatenate([ties.learner[own], ties.teacher[own]]))
        among = np.isin(ties.learner, others) & np.isin(ties.teacher, others) & ~own
        return Circle(
            person=person,
            contacts=self._frame(_only(ties, own)),
            among=self._frame(_only(ties, among)),
            scores={name: float(values[row]) for name, values in self._snapshot.scores.items()},
        )

    def to_networkx(self) -> nx.DiGraph:
        """Return a directed graph, learner to teacher, with the ties' columns on its edges."""
        import networkx as nx

        graph = nx.DiGraph(as_of=self.as_of)
        people, ties = self.people, self.ties
        attributes = [name for name in people.columns if name != "person"]
        for row, person in enumerate(people["person"].tolist()):
            graph.add_node(person, **{name: people[name][row] for name in attributes})
        weights = [name for name in ties.columns if name not in ("learner", "teacher")]
        for row, pair in enumerate(zip(ties["learner"].tolist(), ties["teacher"].tolist(), strict=True)):
            graph.add_edge(*pair, **{name: ties[name][row] for name in weights})
        return graph

    def _frame(self, ties: Ties) -> Frame:
        persons = self._snapshot.network.persons
        return Frame(
            {
                "learner": persons[ties.learner],
                "teacher": persons[ties.teacher],
                "learned": ties.learned,
                "turned_to": ties.turned_to,
                "contact": ties.contact,
                "first_at": ties.first_at.astype("datetime64[us]"),
                "last_at": ties.last_at.astype("datetime64[us]"),
                "known_how": np.where(ties.stated, "stated", "inferred").astype(object),
                "is_active": ties.active,
                "is_known": ties.known,
                "is_open": ties.is_open,
            }
        )


class Circle:
    """One person's circle: the `person`, ties with `contacts`, ties `among` them, and `scores` by metric."""

    def __init__(self, *, person: str, contacts: Frame, among: Frame, scores: dict[str, float]) -> None:
        self.person = person
        self.contacts = contacts
        self.among = among
        self.scores = scores

    def __repr__(self) -> str:
        return f"<Circle of {self.person}: {self.scores.get('size', 0):.0f} active contacts>"


def _only(ties: Ties, keep: Any) -> Ties:
    return Ties(**{name: getattr(ties, name)[keep] for name in Ties.__dataclass_fields__})
