"""Hand letters to webhooks: signed JSON, to addresses that lie outside unless the steward allows others."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import ssl
import time
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import mail_settings, sending
from crosstie.actions.organisation.mail_settings import MailSettings
from crosstie.errors import UsageRefused
from crosstie.store.models import Letter, Member

TIMEOUT_SECONDS = 10.0
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_HIDES_IPV4 = ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
_NOBODYS = ("fec0::/10", "5f00::/16")  # once of a site alone; segments of one's own network (RFC 9602)
_INSIDE = tuple(ip_network(one) for one in (*_HIDES_IPV4, *_NOBODYS))
_LATER = frozenset({408, 425, 429})
_SERVERS_TROUBLE = 500


def checked(url: str) -> str:
    """Return a webhook's address as it is kept: https, or http on this machine.

    Raises:
        UsageRefused: it is none.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as trouble:
        raise UsageRefused(
            _("This is no address of a webhook."), hint=_("It begins with https://.")
        ) from trouble
    is_plain = url.isascii() and url.isprintable() and " " not in url
    is_allowed = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not is_allowed or not parts.hostname or parts.username or port == 0 or not is_plain:
        raise UsageRefused(
            _("A webhook's address begins with https:// and holds no name or password."),
            hint=_("Only on this machine it may be http://127.0.0.1."),
        )
    return url


def signature(secret: str, moment: str, body: bytes) -> str:
    """Return what stands in ``X-Crosstie-Signature``: HMAC-SHA256 over the time, a full stop and the body."""
    return "sha256=" + hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def hand(home: Home, letter: Letter, settings: MailSettings) -> None:
    """Hand a claimed letter to its member's webhook, marking it just before.

    Raises:
        NotSent: there is no webhook, it leads where it must not, or it refuses.
        NotNow: it cannot be reached, or has trouble of its own.
        MayHaveArrived: it took the letter and gave no answer in time.
    """
    member = Member.objects.filter(account=letter.account, is_active=True).first()
    if member is None or not member.webhook:
        raise sending.NotSent("They have no webhook any more.")
    try:
        url = checked(member.webhook)
    except UsageRefused as refused:
        raise sending.NotSent(refused.message) from refused
    body = _body(home, letter)
    moment = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "crosstie",
        "X-Crosstie-Delivery": home.keyring.hashed("letter", letter.key),
        "X-Crosstie-Timestamp": moment,
        "X-Crosstie-Signature": signature(member.webhook_secret, moment, body),
    }
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line = _line(url, private=settings.private_webhooks)
    try:
        try:
            line.connect()
        except (OSError, http.client.HTTPException) as trouble:
            raise sending.NotNow(f"The webhook cannot be reached: {trouble}") from trouble
        sending.mark_handed(letter)
        try:
            line.request("POST", path, body, headers)
            status = line.getresponse().status
        except (OSError, http.client.HTTPException) as trouble:
            raise sending.MayHaveArrived(f"The webhook gave no answer: {trouble}") from trouble
    finally:
        line.close()
    _settle(status)


def _body(home: Home, letter: Letter) -> bytes:
    text = sending.with_addresses(letter.text, mail_settings.site_address(home))
    return json.dumps({"kind": letter.kind, "subject": letter.subject, "text": text}).encode()


def _settle(status: int) -> None:
    """Take an answer: only 2xx is a yes, and no redirect is followed."""
    if http.client.OK <= status < http.client.MULTIPLE_CHOICES:
        return
    said = f"The webhook answered {status}."
    raise sending.NotNow(said) if status in _LATER or status >= _SERVERS_TROUBLE else sending.NotSent(said)


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was looked at, whatever the name means a moment later."""

    to: tuple[str, int]

    def connect(self) -> None:
        """Connect; the certificate has to be that of the name."""
        plain = socket.create_connection(self.to, self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _line(url: str, *, private: bool) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as trouble:
        raise sending.NotNow(f"The webhook's name leads nowhere: {trouble}") from trouble
    addresses = [str(address[0]) for *_, address in found]
    if not private and not all(is_outside(ip_address(one)) for one in addresses):
        raise sending.NotSent(
            "The webhook leads into a private network.",
            hint="A steward can allow it: crosstie mail set --private-webhooks",
        )
    if parts.scheme == "http":
        return http.client.HTTPConnection(addresses[0], port, timeout=TIMEOUT_SECONDS)
    line = _Pinned(host, port, timeout=TIMEOUT_SECONDS)
    line.to = (addresses[0], port)
    return line


def is_outside(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address is one of the open net, and does not hide one that is not."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_outside(address.ipv4_mapped)
        if any(address in network for network in _INSIDE):
            return False
    return address.is_global and not address.is_multicast
