"""What the pages ask for: six questions, each already answered through the gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from crosstie.actions.views import CircleView, Contact, MapView, Original, PersonCard, SourcesView


class Shown(Protocol):
    """Everything the pages can show. `viewer` is a person's key; None: nobody in particular."""

    def circle(self, viewer: str) -> CircleView:
        """Return the viewer's own circle."""

    def network_map(self, viewer: str | None) -> MapView:
        """Return the groups, what flows between them, and the people whose ties the viewer may see."""

    def sources(self, viewer: str | None) -> SourcesView:
        """Return every reading and its ledger."""

    def contact(self, viewer: str, key: str) -> tuple[Contact, tuple[Original, ...]]:
        """Return one of the viewer's contacts, and the originals open to the viewer, newest first."""

    def trace(self, viewer: str | None, trace: str) -> Original:
        """Return one original."""

    def looks(self) -> tuple[tuple[PersonCard, str], ...]:
        """Return whom one may look as, each with a sentence: in the demo company alone, else nobody."""


@dataclass(frozen=True, slots=True)
class FromHome:
    """The pages of one open workspace: each question goes to the actions."""

    home: Any
    """An open workspace, as `crosstie.open` gives it; the pages only hand it on."""

    def circle(self, viewer: str) -> CircleView:
        """Return the viewer's own circle."""
        from crosstie.actions import pages

        return pages.circle(self.home, viewer)

    def network_map(self, viewer: str | None) -> MapView:
        """Return the groups, what flows between them, and the people whose ties the viewer may see."""
        from crosstie.actions import pages

        return pages.network_map(self.home, viewer)

    def sources(self, viewer: str | None) -> SourcesView:
        """Return every reading and its ledger."""
        from crosstie.actions import pages

        return pages.sources(self.home, viewer)

    def contact(self, viewer: str, key: str) -> tuple[Contact, tuple[Original, ...]]:
        """Return one of the viewer's contacts, and the originals open to the viewer, newest first."""
        from crosstie.actions import pages

        return pages.contact(self.home, viewer, key)

    def trace(self, viewer: str | None, trace: str) -> Original:
        """Return one original."""
        from crosstie.actions import pages

        return pages.trace(self.home, viewer, trace)

    def looks(self) -> tuple[tuple[PersonCard, str], ...]:
        """Return whom one may look as, each with a sentence: in the demo company alone, else nobody."""
        from crosstie.actions import pages

        return pages.looks(self.home)
