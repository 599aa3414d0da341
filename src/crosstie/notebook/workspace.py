"""A workspace and its network, for analysts: the owner's view, by opaque keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from crosstie.actions import (
    advising,
    at_risk,
    forgetting,
    looking,
    opting,
    panels,
    reading,
    retention,
    routine,
    routine_shares,
    snapshots,
    summary,
    topics,
)
from crosstie.actions.consent import consent as agreed_in
from crosstie.actions.days import moment
from crosstie.actions.export import named
from crosstie.actions.home import Home
from crosstie.actions.idea_flow import idea_flow_of
from crosstie.actions.opting import Opted
from crosstie.actions.retention import Retained
from crosstie.actions.views import Reading
from crosstie.errors import UsageRefused, WorkspaceRefused
from crosstie.notebook.asking import Knowing, Written, earlier, knowing
from crosstie.notebook.frame import Frame
from crosstie.notebook.network_frames import NetworkFrames
from crosstie.notebook.routine_frames import Again, again, by_quarter, on_few


class Workspace:
    """An open workspace. Use it in a `with` block, or close it."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        self._folder = folder
        self._opened: Home | None = None
        self._is_closed = False
        Home.check(folder, create=create)
        if Home.exists(folder):
            self._opened = Home(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = ", closed" if self._is_closed else "" if self._opened else ", made by the first reading"
        return f"<Workspace {self._folder}{state}>"

    def close(self) -> None:
        """Close the workspace; its files stay. Frames that were looked at before can be used on."""
        self._is_closed = True
        if self._opened is not None:
            self._opened.close()

    @property
    def _home(self) -> Home:
        """The workspace on disk.

        Raises:
            WorkspaceRefused: it was closed, or nothing was read into it yet, so there is none.
        """
        self._check_open()
        if self._opened is None:
            self._opened = Home(self._folder, create=False)
        return self._opened

    def _check_open(self) -> None:
        if self._is_closed:
            raise WorkspaceRefused(
                f'The workspace "{self._folder}" was closed here.',
                hint="Open it again (`crosstie.open(DIR)`), or ask within the `with` block.",
            )

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
            WorkspaceRefused: the workspace was closed.
        """
        self._check_open()
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

    def network(self, *, as_of: date | str | None = None) -> NetworkFrames:
        """Return the network as of a date, by default that of the latest interaction.

        Args:
            as_of: a day, as a date or as ``"2026-03-31"``, is taken to its end in UTC, as with ``--as-of``; a
                datetime needs its time zone.

        Raises:
            UsageRefused: it is no date, or has no time zone.
        """
        snapshot = snapshots.current(self._home, as_of=None if as_of is None else moment(as_of))
        return NetworkFrames(
            snapshot,
            lambda: topics.of(self._home, snapshot),
            lambda: idea_flow_of(self._home, snapshot),
        )

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
        wanted = [panels.quota(one) for one in quotas]
        with looking.looking_as(self._home, viewer) as who:
            found = panels.panel(self._home, who, text, place, seats, quotas=wanted)
        by_key = sorted(found.seats, key=lambda one: one.helper.person.key)
        return tuple(
            Seated(person=one.helper.person.key, brings=one.brings, reasons=one.helper.reasons)
            for one in by_key
        )

    def who_knows(self, text: str, *, viewer: str = "", place: str = "") -> tuple[Knowing, ...]:
        """Return up to three people likely to help with a question, each with why them; nobody is asked.

        Args:
            text: the question.
            viewer: who you are, as with ``--as``.
            place: key or name of the open place it belongs to.

        Raises:
            NotShown: nobody looks, or no question was answered in such a place.
        """
        with looking.looking_as(self._home, viewer) as who:
            there = advising.named_place(self._home, who, place)
            return knowing(advising.who_can_help(self._home, who, text, there))

    def similar(self, text: str, *, viewer: str = "") -> tuple[Written, ...]:
        """Return earlier questions like this one that were answered in open places, nearest first.

        Args:
            text: the question.
            viewer: who you are, as with ``--as``.

        Raises:
            NotShown: nobody looks.
        """
        with looking.looking_as(self._home, viewer) as who:
            return earlier(advising.answered_before(self._home, who, text))

    def routine(self, *, viewer: str = "") -> tuple[Again, ...]:
        """Return the questions that come again in open places, with what settled them; most often first.

        Args:
            viewer: who you are, as with ``--as``.

        Raises:
            NotShown: nobody looks.
        """
        with looking.looking_as(self._home, viewer) as who:
            return again(routine.recurring(self._home, who).questions)

    def routine_shares(self) -> Frame:
        """Return by quarter how much of what is asked was asked before, of everybody together."""
        return by_quarter(routine_shares.shares(self._home))

    def at_risk(self) -> Frame:
        """Return the topics about which one person alone answered of late, or two; never who."""
        return on_few(at_risk.topics_at_risk(self._home))

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
