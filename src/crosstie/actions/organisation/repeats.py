"""Do nothing twice: a request that carries a key of its own is carried out once, however often it comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.errors import KeyReused
from crosstie.store.models import Repeat

KEPT: Final = timedelta(days=2)
"""A key is known for so long, then it may be used for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a request did when it first came."""

    status: int
    answer: str


class CameBefore(Exception):
    """Another request with this key was carried out in between."""


class FirstTime:
    """A request that is being carried out; say what it did, or nothing of it is kept."""

    def __init__(self, row: Repeat) -> None:
        self._row = row

    def did(self, status: int, answer: str) -> None:
        """Keep what the request was answered: numbers and states, no words of anyone."""
        Repeat.objects.filter(pk=self._row.pk).update(status=status, answer=answer)

    def did_nothing(self) -> None:
        """Keep nothing, and undo what was begun: the key is free again."""
        transaction.set_rollback(True)


def before(token: int, key: str, digest: str) -> Done | None:
    """Return what a request with this key did, None where it never came.

    Raises:
        KeyReused: the key came with another request.
    """
    found = Repeat.objects.filter(token=token, key=key).first()
    if found is None:
        return None
    if found.digest != digest:
        raise KeyReused(
            _("This key came before with another request."), hint=_("Every request needs a key of its own.")
        )
    return Done(status=found.status, answer=found.answer)


@contextmanager
def first_time(token: int, key: str, digest: str) -> Iterator[FirstTime]:
    """Carry a request out in one transaction with the note that it came: both are kept, or neither.

    Raises:
        CameBefore: another one did, in between.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Repeat.objects.create(token_id=token, key=key, digest=digest, status=0)
        except IntegrityError as trouble:
            raise CameBefore from trouble
        yield FirstTime(row)


def forget_old() -> None:
    """Drop what requests did long ago."""
    Repeat.objects.filter(at__lt=timezone.now() - KEPT).delete()
