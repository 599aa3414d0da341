"""A whole workspace in one file, and back, in either database."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.actions import company
from tests.organisation import postgresql
from tests.organisation.conftest import signed_in
from tests.organisation.mail_server import smtp

from crosstie.actions.home import Home
from crosstie.actions.organisation import backup, letters, mail_settings, outbox, work
from crosstie.actions.organisation.opening import open_organisation
from crosstie.errors import PathUnreadable, UsageRefused, WorkspaceRefused
from crosstie.store import copying
from crosstie.store.database import URL_FILE
from crosstie.store.models import Letter, Member

COMMAND = [sys.executable, "-m", "crosstie"]


@contextmanager
def databases() -> Iterator[str]:
    """Yield where to restore to: another database on the server, or SQLite."""
    if not postgresql.SERVER:
        yield ""
        return
    with postgresql.fresh() as address:
        yield address


def tables(home: Home) -> list[str]:
    return sorted(copying.lines(home.store.alias))


@pytest.fixture
def kept(firm: Home) -> Home:
    letters.write(
        key="k", kind="test", subject="Ünï", text="t", address="a@b.de", headers={"Reply-Token": "x"}
    )
    mail_settings.keep(firm, sending="smtp://me:pw@mail.firm.example", sender="c@firm.example")
    return firm


@pytest.mark.parametrize("to", ["the same", "sqlite"])
def test_what_is_restored_is_what_was_there(kept: Home, tmp_path: Path, to: str) -> None:
    file, folder = tmp_path / "all.tar.gz", tmp_path / "again"
    tomorrow = (timezone.now() + timedelta(days=1)).replace(microsecond=7)  # nothing is due
    Letter.objects.update(due_at=tomorrow)
    before, rows, secret = tables(kept), kept.record.count(), kept.keyring.secret
    mail = mail_settings.kept(kept)
    done = backup.back_up(kept, file)
    assert done.rows == len(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept.close()
    with databases() as address:
        done = backup.restore(file, folder, database_url=address if to == "the same" else "")
        assert done.held_back == 0
        assert (folder / URL_FILE).exists() == bool(address and to == "the same")
        with open_organisation(folder) as again:
            assert tables(again) == before
            assert Letter.objects.get(key="k").due_at == tomorrow
            assert again.record.count() == rows
            assert again.keyring.secret == secret
            assert mail_settings.kept(again) == mail
            assert not Letter.objects.get(key="k").sent_at
            # It is used on: numbers count on from where they were.
            letters.write(key="new", kind="test", subject="s", text="t", address="a@b.de")
            assert Member.objects.get(email=company.address("Ada Berg")).check_password(
                "a long enough secret 7"
            )


def test_what_may_have_gone_out_since_is_held_back_until_a_steward_sends_it(
    kept: Home, tmp_path: Path
) -> None:
    now = timezone.now()
    for key, state, due_at in (
        ("handed", "handed", now),
        ("later", "waiting", now + timedelta(days=1)),
        ("sent", "sent", now),
    ):
        letters.write(key=key, kind="test", subject="s", text="t", address="a@b.de", due_at=due_at)
        Letter.objects.filter(key=key).update(state=state, claimed_by="a worker")
    Letter.objects.exclude(key__in=("k", "handed", "later")).update(state="sent")
    file, folder = tmp_path / "all.tar.gz", tmp_path / "again"
    backup.back_up(kept, file)
    kept.close()
    with smtp() as (taken, port):
        assert backup.restore(file, folder).held_back == 2
        with open_organisation(folder) as again:
            mail_settings.keep(again, sending=f"smtp://127.0.0.1:{port}", sender="c@firm.example")
            work.work_once(again)
            assert taken.mails == []
            states = dict(Letter.objects.exclude(state="sent").values_list("key", "state"))
            assert states == {"k": "unclear", "handed": "unclear", "later": "waiting"}
            ada = signed_in(again, company.address("Ada Berg"))
            outbox.send_again(again, ada, Letter.objects.get(key="k").pk)
            work.work_once(again)
            assert len(taken.mails) == 1


def test_nothing_is_overwritten(kept: Home, tmp_path: Path) -> None:
    file = tmp_path / "all.tar.gz"
    backup.back_up(kept, file)
    with pytest.raises(UsageRefused, match="there already"):
        backup.back_up(kept, file)
    with pytest.raises(UsageRefused, match="there already"):
        backup.restore(file, kept.folder)
    if postgresql.SERVER:
        with pytest.raises(WorkspaceRefused, match="holds something"):
            backup.restore(file, tmp_path / "new", database_url=(kept.folder / URL_FILE).read_text().strip())
        assert not (tmp_path / "new").exists()


def test_a_damaged_or_crafted_file_is_refused_and_leaves_nothing(kept: Home, tmp_path: Path) -> None:
    file, target = tmp_path / "all.tar.gz", tmp_path / "new"
    backup.back_up(kept, file)
    whole = file.read_bytes()
    changed = tmp_path / "changed.tar.gz"
    for damaged in (
        whole[: len(whole) // 2],
        b"",
        b"no archive",
        _with(whole, "../evil"),
        _with(whole, "secret.key"),
    ):
        changed.write_bytes(damaged)
        with pytest.raises(PathUnreadable):
            backup.restore(changed, target)
        assert not target.exists()
    assert not (tmp_path / "evil").exists()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".new")]


def _with(whole: bytes, name: str) -> bytes:
    """Return the archive with a file of this name added, or changed."""
    made = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(whole)) as old, tarfile.open(fileobj=made, mode="w:gz") as new:
        for member in old:
            if member.name != name:
                new.addfile(member, old.extractfile(member))
        info = tarfile.TarInfo(name)
        info.size = 4
        new.addfile(info, io.BytesIO(b"evil"))
    return made.getvalue()


def test_the_commands_do_it_while_the_workspace_is_open(kept: Home, tmp_path: Path) -> None:
    file, folder = tmp_path / "all.tar.gz", tmp_path / "again"
    made = subprocess.run(
        [*COMMAND, "backup", str(file), "--workspace", str(kept.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    again = subprocess.run(
        [*COMMAND, "restore", str(file), "--workspace", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    assert Home.exists(folder)
    assert again.stdout.split()[0] == made.stdout.split()[0]
    assert "1 letter held back that may have gone out since" in again.stdout
