"""What the pages ask for: seven questions, each already answered through the gate."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.utils.translation import get_language

from crosstie.actions.views import CircleView, Contact, MapView, Original, PersonCard, SourcesView
from crosstie.people import Viewer

if TYPE_CHECKING:
    from crosstie.actions.home import Home
    from crosstie.actions.idea_flow import IdeasPage

Answer = TypeVar("Answer")

KEPT = 64
"""Answers kept at most: a person's pages and those of a few whom one looks as in the made-up company."""


class Shown(Protocol):
    """Everything the pages can show. `viewer` is a person's key; None: nobody in particular."""

    def circle(self, viewer: Viewer | str) -> CircleView:
        """Return the viewer's own circle."""

    def network_map(self, viewer: Viewer | str | None) -> MapView:
        """Return the groups, what flows between them, and the people whose ties the viewer may see."""

    def ideas(self, viewer: Viewer | str | None) -> IdeasPage:
        """Return what is talked of, and between which groups it moved; the same for every viewer."""

    def sources(self, viewer: Viewer | str | None) -> SourcesView:
        """Return every reading and its ledger."""

    def contact(self, viewer: Viewer | str, key: str) -> tuple[Contact, tuple[Original, ...]]:
        """Return one of the viewer's contacts, and the originals open to the viewer, newest first."""

    def trace(self, viewer: Viewer | str | None, trace: str) -> Original:
        """Return one original."""

    def looks(self) -> tuple[tuple[PersonCard, str], ...]:
        """Return whom one may look as, each with a sentence: in the demo company alone, else nobody."""

    def once(self, question: tuple[Any, ...], answer: Callable[[], Answer]) -> Answer:
        """Return the answer to a question, made once for as long as the other answers hold.

        The question says for whom it is; the language of the page is part of it anyway.
        """


@dataclass(frozen=True, slots=True)
class FromHome:
    """The pages of one open workspace: each question goes to the actions, and its answer is kept.

    An answer depends on the viewer and on the workspace's state alone, so it holds until something is read,
    decided or forgotten, or a worker made a newer snapshot; then all answers go. Measured by
    ``bench/pages.py``.
    """

    home: Home
    _kept: OrderedDict[tuple[Any, ...], Any] = field(init=False, default_factory=OrderedDict)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def circle(self, viewer: Viewer | str) -> CircleView:
        """Return the viewer's own circle."""
        from crosstie.actions import pages

        return self.once(("circle", viewer), lambda: pages.circle(self.home, viewer))

    def network_map(self, viewer: Viewer | str | None) -> MapView:
        """Return the groups, what flows between them, and the people whose ties the viewer may see."""
        from crosstie.actions import pages

        return self.once(("map", viewer), lambda: pages.network_map(self.home, viewer))

    def ideas(self, viewer: Viewer | str | None) -> IdeasPage:
        """Return what is talked of, and between which groups it moved; the same for every viewer."""
        from crosstie.actions import idea_flow

        del viewer
        return self.once(("ideas",), lambda: idea_flow.ideas_page(self.home))

    def sources(self, viewer: Viewer | str | None) -> SourcesView:
        """Return every reading and its ledger."""
        from crosstie.actions import pages

        # The ledger is the same for all, so it is asked for nobody in particular, and once.
        del viewer
        return self.once(("sources",), lambda: pages.sources(self.home, None))

    def contact(self, viewer: Viewer | str, key: str) -> tuple[Contact, tuple[Original, ...]]:
        """Return one of the viewer's contacts, and the originals open to the viewer, newest first."""
        from crosstie.actions import pages

        return self.once(("contact", viewer, key), lambda: pages.contact(self.home, viewer, key))

    def trace(self, viewer: Viewer | str | None, trace: str) -> Original:
        """Return one original."""
        from crosstie.actions import pages

        return self.once(("trace", viewer, trace), lambda: pages.trace(self.home, viewer, trace))

    def looks(self) -> tuple[tuple[PersonCard, str], ...]:
        """Return whom one may look as, each with a sentence: in the demo company alone, else nobody."""
        from crosstie.actions import pages

        return self.once(("looks",), lambda: pages.looks(self.home))

    def once(self, question: tuple[Any, ...], answer: Callable[[], Answer]) -> Answer:
        """Return the kept answer to a question, or make it; a refusal is never kept."""
        # Answers hold sentences, which are said in the language of the page.
        asked = (self.home.shown_state(), get_language(), *question)
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                found: Answer = self._kept[asked]
                return found
        made = answer()
        with self._lock:
            if any(kept[0] != asked[0] for kept in self._kept):
                self._kept.clear()
            self._kept[asked] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made
