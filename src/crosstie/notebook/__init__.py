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


def open(folder: str | Path) -> Workspace:  # noqa: A001 - crosstie.open(DIR) reads as what it does
    """Open the workspace in a folder, making an empty one if there is none.

    Raises:
        WorkspaceRefused: the folder holds something else, or a workspace of another version.
    """
    from crosstie.notebook.workspace import Workspace

    return Workspace(Path(folder))
