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
        if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on
            opened.extractall(folder, filter="data")
        else:
            opened.extractall(folder)  # noqa: S202 - an older Python has no filter; it is the data of one's own
        yield Path(folder)
