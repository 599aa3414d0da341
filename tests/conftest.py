"""What all tests share: where the real data lies, if it does."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.utils import translation

from crosstie.actions import prepared
from crosstie.config import AdviceSettings

# Django is set up once a process: here with everything, logins too.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")

# What one test leaves behind is little beside all that is imported, which each look for it goes through.
gc.set_threshold(20_000, 20, 20)

REPOSITORY = Path(__file__).resolve().parents[1]


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


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the repository; skip where it is absent."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data folder ../shared/data is absent")
    return folder
