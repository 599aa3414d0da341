"""Run the crosstie command: what ``python -m crosstie`` and the installed ``crosstie`` begin with.

Ctrl-C is heeded before the command is imported, which takes a moment of its own.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_INTERRUPTED = 130
"""As the command's own, which is needed here before there is a command to ask."""


def main() -> None:
    """Run the command, and end without a traceback where Ctrl-C ends it, however early or late that comes."""
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else it is not to be heeded
    if is_ours:
        signal.signal(signal.SIGINT, _end_at_once)
    from crosstie.actions.stopping import ctrl_c
    from crosstie.cli import main as command

    try:
        if is_ours:
            signal.signal(signal.SIGINT, ctrl_c)
        command()
    except KeyboardInterrupt:
        _end()
    except SystemExit as ended:
        if ended.code != _INTERRUPTED:
            raise
        _end()


def _end_at_once(_number: int, _frame: FrameType | None) -> None:
    """End while nothing has begun."""
    os._exit(_INTERRUPTED)


def _end() -> None:
    """End without taking the interpreter down, for all is closed by now.

    Threads of libraries would meet that in the midst of something; and Python remembers a Ctrl-C that came
    while a library made code of a text, and would end by that signal whatever is said here.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:  # whoever read the output may be gone
        os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
