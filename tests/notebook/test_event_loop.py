"""A notebook's thread has an event loop running: the library works there too."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import crosstie


def test_a_workspace_opens_and_reads_inside_a_running_event_loop(tmp_path: Path):
    file = tmp_path / "ties.csv"
    file.write_text("from,to,weight\nAda,Ben,3\nBen,Cleo,1\n")

    async def cell() -> int:
        with crosstie.open(tmp_path / "workspace") as home:
            home.read(file)
            return len(home.network().people)

    # In a thread of its own, because a browser test may have left a loop running in this one.
    with ThreadPoolExecutor(1) as notebook:
        assert notebook.submit(lambda: asyncio.run(cell())).result() == 3
