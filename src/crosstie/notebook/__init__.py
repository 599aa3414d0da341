"""The library: a workspace in a notebook or a script. Its viewer is the workspace's owner.

It may use actions; frames carry opaque person keys, and names join only for a reason that is written down.
Start with `open`; `workspace.py` says what it gives, `frame.py` what a frame is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosstie.notebook.workspace import Workspace

__all__ = ["open"]


def open(folder: str | Path, *, create: bool = True) -> Workspace:  # noqa: A001 - crosstie.open(DIR) reads as what it does
    """Open the workspace in a folder.

    Opening writes nothing. Where there is no workspace, the first `read` makes one; until then whatever asks
    for people or ties is refused, so that a misspelt name is told and leaves no folder behind.

    Args:
        folder: where it lies, or shall lie.
        create: False where it has to be there already: then a missing one is refused at once.

    Raises:
        WorkspaceRefused: the folder holds something else, or a workspace of another version; or there is
            none, and `create` is false.
    """
    from crosstie.notebook.workspace import Workspace

    return Workspace(Path(folder), create=create)
