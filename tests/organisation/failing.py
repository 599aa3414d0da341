"""Work behind the pages that fails, for tests of who is told and of what goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from tests.actions import company

from crosstie.actions import presence, reading, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import work
from crosstie.store.models import Run

SECRET = "Ben Olu wrote about his illness"


@pytest.fixture
def working(firm: Home) -> Iterator[None]:
    """A worker lives, and does nothing; somebody said something since what it made last."""
    plan = company.plan([*company.accounts(), *company.places(), company.said(9000, "Ada")], path="new.json")
    reading.read(firm, plan, agreed=Consent(domains=frozenset({"firm.example"})))
    snapshots.current(firm)
    with presence.present(firm.folder):
        yield


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes something fail from now on."""

    def failing(where: object, name: str = "make", wrong: Exception | None = None) -> None:
        def fail(*_: object, **__: object) -> None:
            raise wrong or KeyError(SECRET)

        monkeypatch.setattr(where, name, fail)

    return failing


def do_again(home: Home) -> None:
    """Let everything be due that waits, and do it."""
    Run.objects.filter(done_at=None).update(due_at=datetime.now(UTC))
    work.work_once(home)
