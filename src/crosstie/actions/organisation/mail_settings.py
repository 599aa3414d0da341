"""Where letters go out and answers come in: kept in a file of the workspace that its owner alone can read."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, replace
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Literal
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.errors import UsageRefused

FILE = "mail.json"
_SITE = "site address"
_LISTENS = "listens at"
_PORTS = {"smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}
_HOST = re.compile(
    r"[^\W_](?:[\w.-]*[^\W_])?|[0-9a-f:.]*:[0-9a-f:.]*"
)  # a name, or an address of either kind
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})

Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server, and how to come in.

    Attributes:
        host: its name.
        port: its port.
        user: "" where it asks for none.
        password: as it is.
        security: ``tls`` from the first byte, ``starttls`` or the mail does not go, ``none`` on this machine.
        folder: of IMAP, the mailbox.
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: Security = "starttls"
    folder: str = ""

    @property
    def shown(self) -> str:
        """Return it without the password."""
        return f"{self.user + '@' if self.user else ''}{self.host}:{self.port} ({self.security})"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """How crosstie writes and is written to.

    Attributes:
        sending: the SMTP server; None: letters wait.
        receiving: the IMAP server; None: answers come by the page alone.
        sender: the address that letters come from.
        plus: whether mail to ``name+anything@…`` arrives as mail to ``name@…``, so answers carry a token.
        private_webhooks: whether webhooks may lie in the organisation's own network.
    """

    sending: Server | None = None
    receiving: Server | None = None
    sender: str = ""
    plus: bool = False
    private_webhooks: bool = False


def kept(home: Home) -> MailSettings:
    """Return the settings of a workspace."""
    file = home.folder / FILE
    if not file.exists():
        return MailSettings()
    found = json.loads(file.read_text("utf-8"))
    for name in ("sending", "receiving"):
        found[name] = Server(**found[name]) if found[name] else None
    return MailSettings(**found)


def sends(home: Home) -> bool:
    """Say whether letters go out; else they wait."""
    return kept(home).sending is not None


def keep(
    home: Home,
    *,
    sending: str = "",
    receiving: str = "",
    sender: str = "",
    plus: bool | None = None,
    private_webhooks: bool | None = None,
) -> MailSettings:
    """Keep what is given, and what was kept before where nothing is; return all.

    It is for whoever may write into the workspace's folder: it holds passwords, and no page shows them.

    Args:
        home: the workspace.
        sending: ``smtp://user:password@host:587`` (STARTTLS) or ``smtps://…`` (TLS).
        receiving: ``imap://user:password@host/folder`` (STARTTLS) or ``imaps://…`` (TLS).
        sender: the address that letters come from.
        plus: whether plus-addressing works there.
        private_webhooks: whether webhooks may lie in the organisation's own network.

    Raises:
        UsageRefused: an address is none, or a password would travel readable.
    """
    settings = kept(home)
    if sending:
        settings = replace(settings, sending=_server(sending, ("smtp", "smtps")))
    if receiving:
        settings = replace(settings, receiving=_server(receiving, ("imap", "imaps")))
    if sender:
        settings = replace(settings, sender=_sender(sender))
    if plus is not None:
        settings = replace(settings, plus=plus)
    if private_webhooks is not None:
        settings = replace(settings, private_webhooks=private_webhooks)
    if settings.sending and not settings.sender:
        raise UsageRefused("Letters need an address to come from.", hint="Say it with --from.")
    file = home.folder / FILE
    beside = file.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as written:
        json.dump(asdict(settings), written)
    beside.replace(file)
    home.store.journal("owner", "mail settings changed", "")
    return settings


def site_address(home: Home) -> str:
    """Return what stands before the paths in letters, "" if nothing is known.

    That is where people reach the pages, as `crosstie serve` was told last; if never, where it listened last.
    """
    return home.store.fact(_SITE) or home.store.fact(_LISTENS)


def checked_site_address(address: str) -> str:
    """Return the address of a site as links begin with it, "" for none.

    Raises:
        UsageRefused: it is none, or holds more than a scheme, a host and a port.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
        holds_no_more = parts.port != 0 and not (parts.path.strip("/") or parts.query or parts.fragment)
    except ValueError:
        holds_no_more = False
    is_one = holds_no_more and parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.hostname or "")
    if address and (not is_one or "@" in address or address[-1] in "?#"):
        raise UsageRefused(
            f'"{address}" is no address at which people reach these pages.',
            hint="It looks like https://crosstie.example.org, with nothing behind the host but a port.",
        )
    return address.rstrip("/")


def keep_site_address(home: Home, address: str) -> None:
    """Keep where people reach the pages; "" leaves what is kept.

    Raises:
        UsageRefused: it is no address of a site.
    """
    address = checked_site_address(address)
    if address and address != home.store.fact(_SITE):
        home.store.set_fact(_SITE, address)


def keep_listening(home: Home, address: str) -> None:
    """Keep where the pages listen, on this machine alone: links lead there until an address is given."""
    if address != home.store.fact(_LISTENS):
        home.store.set_fact(_LISTENS, address)


def about_links(home: Home) -> str:
    """Say in a line that nobody elsewhere can follow the links in letters; "" where they can."""
    if home.store.fact(_SITE):
        return ""
    here = home.store.fact(_LISTENS)
    if here:
        return _(
            "Letters have no usable links until crosstie serve is given --address: until then they lead to"
            " %(address)s, which is right on that machine alone."
        ) % {"address": here}
    return _(
        "Letters have no usable links until crosstie serve is given --address, where people reach the pages."
    )


def _sender(given: str) -> str:
    address = parseaddr(given)[1]
    try:
        validate_email(address)
    except ValidationError as trouble:
        raise UsageRefused(f'"{given}" is no e-mail address.', hint="Check it.") from trouble
    return address


def _server(given: str, schemes: tuple[str, str]) -> Server:
    """Read an address; a password goes over no wire that others can read."""
    parts = urlsplit(given)
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if parts.scheme not in schemes or not parts.hostname or not port:
        raise UsageRefused(
            "This is no address of a mail server.",
            hint=f"It looks like {schemes[0]}://user:password@mail.example.org or {schemes[1]}://…; write a"
            " sign such as @ or / in a password as its code (%40, %2F).",
        )
    is_here = parts.hostname in _HERE or _is_loopback(parts.hostname)
    security: Security = "tls" if parts.scheme == schemes[1] else "starttls"
    if is_here and security == "starttls" and parts.query != "starttls":
        security = "none"
    return Server(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
        folder=unquote(parts.path.strip("/")) or ("INBOX" if schemes[0] == "imap" else ""),
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
