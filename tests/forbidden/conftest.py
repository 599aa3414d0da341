"""An attacker in the made-up firm: someone who signed in, and tries what nobody can do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.organisation import conftest as organisation

from crosstie.people import Role, Viewer
from crosstie.store.models import Member

ada, ben, cleo = organisation.ada, organisation.ben, organisation.cleo
empty_workspace, home, firm = organisation.empty_workspace, organisation.home, organisation.firm
firm_workspace, joined = organisation.firm_workspace, organisation.joined
join, program, site = organisation.join, organisation.program, organisation.site

Browse = Callable[[Viewer], Client]


@pytest.fixture
def fay(join) -> Viewer:
    """A facilitator."""
    who: Viewer = join("Fay Lind", Role.FACILITATOR)
    return who


@pytest.fixture
def browse(site) -> Browse:
    """Return a function that opens a browser in which someone is signed in."""

    def browsing(viewer: Viewer) -> Client:
        browser: Client = site()
        browser.force_login(Member.objects.get(pk=viewer.member))
        return browser

    return browsing
