"""Read one mail that came in: who wrote what new, in answer to what; or that a machine wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr

from crosstie.sources.mail.automatic import is_machine
from crosstie.sources.mail.body import html_to_text, strip

LONGEST = 20_000
_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_SAYS_SO = ("X-Autoreply", "X-Autorespond", "X-Failed-Recipients", "List-Id")
_AWAY = re.compile(
    r"^\W*(?:out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response|antwort)"
    r"|automatische (?:antwort|abwesenheits)|abwesenheit|abwesend|nicht im (?:büro|haus)"
    r"|i am (?:away|on vacation)"
    r"|réponse automatique|absence du bureau|undeliver|delivery status|returned mail|mail delivery failed"
    r"|unzustellbar)",
    re.IGNORECASE,
)
# "On Monday, Ada Berg wrote:" and "Am 3. März schrieb Ada Berg:" that stand before nothing quoted with ">",
# as mail programs that quote by indenting leave them.
_WROTE = re.compile(
    r"^(?:On [^\n]{4,200}(?:\n[^\n]{0,100})?wrote:|Am [^\n]{4,200}(?:\n[^\n]{0,100})?schrieb[^\n]{0,100}"
    r"(?:\n[^\n]{0,100})?:)[ \t]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says.

    Attributes:
        message_id: "" where it has none.
        sender: the address in From, in lower case.
        recipients: all headers that name one, in one string.
        replies_to: In-Reply-To and References.
        text: the new words.
        is_automatic: whether a machine wrote it.
        failed: of a delivery report that a mail failed, why; else "".
        about: of a delivery report, the headers of the mail it is about.
    """

    message_id: str
    sender: str
    recipients: str
    replies_to: str
    text: str
    is_automatic: bool
    failed: str
    about: str


def read(raw: bytes) -> Mail:
    """Read a mail, however badly it is written."""
    mail = BytesParser(policy=policy.compat32).parsebytes(raw)
    modern = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(raw)

    def header(name: str) -> str:
        return " ".join(str(one) for one in mail.get_all(name, []))

    sender = parseaddr(header("From"))[1].casefold()
    # An empty one among them makes getaddresses of Python 3.11.2 lose the others.
    given = [header(name) for name in _RECIPIENTS if header(name)]
    failed, about = _report(modern)
    return Mail(
        message_id=header("Message-ID").strip(),
        sender=sender,
        recipients=" ".join(f"<{address}>" for _, address in getaddresses(given)),
        replies_to=f"{header('In-Reply-To')} {header('References')}",
        text=new_words(_text(modern)),
        is_automatic=_is_automatic(header, mail.get_content_type(), sender),
        failed=failed,
        about=about,
    )


def new_words(text: str) -> str:
    """Return the words of a reply that are its own: without quotations, introductions, signature."""
    stripped = strip(text.replace("\xa0", " ").replace("\0", ""))  # PostgreSQL keeps no zero
    found = _WROTE.search(stripped)
    if found:
        stripped = stripped[: found.start()]
    return stripped.strip()[:LONGEST]


def _is_automatic(said: Callable[[str], str], content_type: str, sender: str) -> bool:
    submitted = said("Auto-Submitted").strip().casefold()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or said("Precedence").strip().casefold() in _BULK
        or any(said(name) for name in _SAYS_SO)
        or said("Return-Path").strip() == "<>"
        or content_type == "multipart/report"
        or not sender
        or is_machine(sender)
        or _AWAY.match(said("Subject")) is not None
    )


def _text(mail: EmailMessage) -> str:
    try:
        part = mail.get_body(("plain", "html"))
    except (AttributeError, KeyError, TypeError, ValueError):  # the library trips over broken structures
        return ""
    if part is None:
        return ""
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes):
        return ""
    try:
        text = octets.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = octets.decode("utf-8", "replace")
    return html_to_text(text) if part.get_content_type() == "text/html" else text


def _report(mail: EmailMessage) -> tuple[str, str]:
    """Return why a mail failed, and the headers of that mail; ("", "") if this is no report that one did."""
    if mail.get_content_type() != "multipart/report":
        return "", ""
    failed = about = ""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = part.as_string()
            if re.search(r"^Action:\s*failed", status, re.MULTILINE | re.IGNORECASE):
                why = re.search(r"^(?:Diagnostic-Code|Status):\s*(.+)$", status, re.MULTILINE | re.IGNORECASE)
                failed = why[1].strip() if why else "delivery failed"
        elif kind in {"message/rfc822", "text/rfc822-headers"}:
            about += "\n".join(
                re.findall(r"^Message-ID:.*(?:\n[ \t].*)*", part.as_string(), re.MULTILINE | re.IGNORECASE)
            )
    return failed, about
