"""What all tests share: where the real data lies, if it does."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings
from py3langid import langid

from crosstie import demo
from crosstie.actions import prepared
from crosstie.config import AdviceSettings
from crosstie.demo import Company
from crosstie.store import database

# Django is set up once a process: here with everything, logins too.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")

# What one test leaves behind is little beside all that is imported, which each look for it goes through.
gc.set_threshold(20_000, 20, 20)

# How long an example takes says how busy the machine is, not whether it holds.
settings.register_profile(
    "any machine", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

REPOSITORY = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that at the end no core waits for it alone."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let no test be told in the language of the page that another looked at last."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def _learning_from_few() -> Iterator[None]:
    """Let the advice learn from the latest 100 questions: from 1,000 it takes seconds in each workspace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "AdviceSettings", partial(AdviceSettings, most_questions=100))
        yield


@pytest.fixture(autouse=True, scope="session")
def _tables_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Begin a new workspace with a copy of empty tables: making them takes longer than most tests.

    They are made once a process, in the one way there is; whatever starts a process of its own makes its own.
    """
    made = (tmp_path_factory.mktemp("tables") / "workspace.db").resolve()
    bring_up_to_date = database._bring_up_to_date

    def from_copy(alias: str, path: Path) -> None:
        is_new = not path.exists() and not path.with_name(database.URL_FILE).exists()
        if is_new and path != made:
            if not made.exists():
                database.disconnect(database.connect(made))
            shutil.copyfile(made, path)
        bring_up_to_date(alias, path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_bring_up_to_date", from_copy)
        yield


@pytest.fixture(autouse=True, scope="session")
def _languages_read_once() -> Iterator[None]:
    """Read what tells 97 languages once a process: crosstie lets go of it each time, and reading takes long.

    It is read in the one way there is, and nothing writes to it. Letting go of it is tried as before.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(langid, "_load_identifier", cache(langid._load_identifier))
        yield


@pytest.fixture(autouse=True, scope="session")
def _company_made_once() -> Iterator[None]:
    """Make the invented company of a seed once a process: it takes seconds, and nobody changes it.

    That it is the same each time is tried in processes of their own (`tests/demo/test_the_same_seed.py`).
    """
    made = cache(demo.company)

    def company(seed: int = 20) -> Company:
        return made(seed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "company", company)
        yield


@pytest.fixture(scope="session")
def kestrel(_company_made_once: None) -> Company:
    """Return the invented company, to be looked at."""
    return demo.company()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the repository; skip where it is absent."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data folder ../shared/data is absent")
    return folder
