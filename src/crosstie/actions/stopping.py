"""Ctrl-C while something long goes on: the first one ends it at its next step, the second one at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN_SECONDS = 0.02


def ctrl_c(number: int, frame: FrameType | None) -> None:
    """End what goes on, as Python itself does, but never in the midst of an import: then just after it.

    A library that is compiled does not expect to be interrupted while it is made ready: DuckDB aborts the
    process, others say that they are broken.

    Raises:
        KeyboardInterrupt: nothing is being imported.
    """
    if not _is_import(frame):
        signal.default_int_handler(number, frame)
    signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS)


def _is_import(frame: FrameType | None) -> bool:
    """Say whether a frame runs within an import statement."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


@contextmanager
def stopped_between() -> Iterator[Callable[[], bool]]:
    """Yield what tells whether Ctrl-C was pressed while the block runs; whoever asks then ends their work.

    Where another thread than the main one asks, or somebody handles Ctrl-C themself, all stays as it is.
    """
    asked = threading.Event()
    is_main = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGINT)
    if not is_main or before not in {signal.default_int_handler, ctrl_c}:
        yield asked.is_set
        return

    def note(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
