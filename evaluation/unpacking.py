"""Archives of the data folder, unpacked for as long as they are looked at."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def unpacked(archive: Path) -> Iterator[Path]:
    """Give a temporary folder with what an archive holds.

    Raises:
        FileNotFoundError: there is no such archive.
    """
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
        yield Path(folder)
