"""Real servers for the tests: SMTP in a thread, Dovecot as a process of nobody's."""

from __future__ import annotations

import imaplib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
mail_location = maildir:{folder}/mail
first_valid_uid = 1
first_valid_gid = 0
last_valid_gid = 0
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Taken:
    """What an SMTP server took; `answers` are given to DATA first, one each; "hang up" breaks the line."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.recipients: list[str] = []
        self.answers: list[str] = []

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name there
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer in {"250 OK", "hang up"}:
            self.mails.append(envelope.original_content)
            self.recipients += envelope.rcpt_tos
        if answer == "hang up":
            server.transport.abort()
        return answer

    async def handle_RCPT(  # noqa: N802 - its name there
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("gone@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def free_port() -> int:
    """Return a port that nobody listens at, of those that the system gives to no connection by itself."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)  # `random` is seeded alike in all processes
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def smtp() -> Iterator[tuple[Taken, int]]:
    taken = Taken()
    controller = Controller(taken, hostname="127.0.0.1", port=free_port(), ready_timeout=60)
    controller.start()
    try:
        yield taken, controller.port
    finally:
        controller.stop()


class Mailbox:
    def __init__(self, port: int) -> None:
        self.port = port

    def put(self, raw: bytes) -> None:
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login("crosstie", "secret")
            status, found = box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)
            assert status == "OK", found

    def unseen(self) -> int:
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login("crosstie", "secret")
            box.select("INBOX", readonly=True)
            return len(box.search(None, "UNSEEN")[1][0].split())


@contextmanager
def imap() -> Iterator[Mailbox]:
    """Run Dovecot on a free port in a folder of its own; as root, it runs as nobody."""
    own = pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam("nobody")
    folder, port = Path(tempfile.mkdtemp(prefix="crosstie-imap-")), free_port()
    for name in ("mail", "home", "run", "state"):
        (folder / name).mkdir()
    import grp

    (folder / "conf").write_text(
        CONFIGURATION.format(
            folder=folder,
            port=port,
            user=own.pw_name,
            group=grp.getgrgid(own.pw_gid).gr_name,
            uid=own.pw_uid,
            gid=own.pw_gid,
        )
    )
    as_whom: dict[str, Any] = {}
    if not os.geteuid():
        for one in (folder, *folder.iterdir()):
            os.chown(one, own.pw_uid, own.pw_gid)
        as_whom = {"user": own.pw_uid, "group": own.pw_gid, "extra_groups": []}
    server = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", str(folder / "conf")], **as_whom)
    try:
        _wait(port, folder)
        yield Mailbox(port)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, folder: Path) -> None:
    for _ in range(1200):
        try:
            with imaplib.IMAP4("127.0.0.1", port) as box:
                box.login("crosstie", "secret")
                return
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.05)
    log = folder / "log"
    raise AssertionError(log.read_text() if log.exists() else "Dovecot said nothing")
