"""What PostgreSQL alone needs: one setting, kept once; and the way to it from SQLite."""

from __future__ import annotations

import stat
import urllib.request
from pathlib import Path

import psycopg
import pytest
from tests.organisation import postgresql
from tests.organisation.api_clients import served

from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.actions.organisation import backup
from crosstie.actions.organisation.opening import open_organisation
from crosstie.errors import WorkspaceRefused
from crosstie.people import Viewer
from crosstie.store import copying
from crosstie.store.database import URL_FILE

on_a_server = pytest.mark.skipif(
    not postgresql.SERVER, reason="runs where CROSSTIE_TEST_DATABASE names a server"
)


@pytest.mark.parametrize("wrong", ["mysql://h/n", "postgresql://h", "nothing"])
def test_another_address_is_refused_before_anything_is_made(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(WorkspaceRefused):
        open_organisation(tmp_path / "new", database_url=wrong)
    assert not (tmp_path / "new" / URL_FILE).exists()


def test_the_tables_stay_where_they_are(home: Home) -> None:
    with pytest.raises(WorkspaceRefused, match="already"):
        open_organisation(home.folder, database_url="postgresql://other/name")


@on_a_server
def test_the_address_is_kept_for_the_owner_alone_and_no_sqlite_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with postgresql.fresh() as address:
        open_organisation(folder, database_url=address).close()
        assert stat.S_IMODE((folder / URL_FILE).stat().st_mode) == 0o600
        assert not Home.database_of(folder).exists()
        with open_organisation(folder) as again:
            assert again.is_for_organisation


@on_a_server
def test_pages_go_on_after_the_server_ended_their_connections(firm: Home) -> None:
    with served(firm) as address, psycopg.connect((firm.folder / URL_FILE).read_text().strip()) as other:
        for _ in range(3):
            with urllib.request.urlopen(f"{address}/account/login/", timeout=60) as page:
                assert page.status == 200
            ended = other.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
            assert ended != (0,), "no page keeps its connection"


@on_a_server
def test_someone_forgotten_is_gone_from_postgresql(firm: Home, ada: Viewer) -> None:
    from crosstie.actions import looking

    ben = looking.find(firm, "Ben Olu")
    assert any("Ben Olu" in line for line in copying.lines(firm.store.alias))
    assert forget(firm, ben.key)["is_erased"]
    assert not any("Ben Olu" in line for line in copying.lines(firm.store.alias))


@on_a_server
def test_one_moves_from_sqlite_to_postgresql_by_backup_and_restore(tmp_path: Path, firm: Home) -> None:
    backup.back_up(firm, tmp_path / "a.tar.gz")
    rows = sorted(copying.lines(firm.store.alias))
    firm.close()
    backup.restore(tmp_path / "a.tar.gz", tmp_path / "small")  # into SQLite
    with open_organisation(tmp_path / "small") as small:
        backup.back_up(small, tmp_path / "b.tar.gz")
    with postgresql.fresh() as address:
        backup.restore(tmp_path / "b.tar.gz", tmp_path / "large", database_url=address)
        with open_organisation(tmp_path / "large") as large:
            assert sorted(copying.lines(large.store.alias)) == rows
            large.store.journal("owner", "goes on", "")
