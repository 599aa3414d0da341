"""Read one mail that came in: who wrote what new, in answer to what; or that a machine wrote it.

Anybody can write to the mailbox, so every step takes a time in proportion to the mail's length, and only the
headers are read before it is known that a mail is about us.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosstie.sources.mail.addresses import people_in
from crosstie.sources.mail.automatic import is_machine
from crosstie.sources.mail.body import own_words, parts_of, strip
from crosstie.sources.mail.headers import Headers, divide, message_id, plain, scan, text, token

LONGEST = 20_000
MOST_TOKENS = 20
_BLOCK_BYTES = 256_000
_LIST_BYTES = 64_000  # recipients and references
_HEADER_BYTES = 4_000  # every other header
_REPORT_BYTES = 64_000
_ID_CHARACTERS = 298  # with its brackets as long as the table takes
_RECIPIENTS = (b"to", b"cc", b"delivered-to", b"x-original-to", b"envelope-to")
_LISTS = frozenset({*_RECIPIENTS, b"in-reply-to", b"references"})
_TOKEN = re.compile(r"\+([0-9a-f]{24})@", re.IGNORECASE)  # as asking makes them
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_SAYS_SO = (b"x-autoreply", b"x-autorespond", b"x-failed-recipients", b"list-id")
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
    """What the headers of a mail say, and its body, unread.

    Attributes:
        message_id: in angle brackets, at most 300 characters; "" where it has none.
        sender: the first address in From, case folded; "" where there is none.
        tokens: what stands behind a plus in the recipients and may be a token of ours, the first 20.
        replies_to: In-Reply-To and References.
        is_automatic: whether a machine wrote it.
        is_report: whether it is a delivery report.
    """

    message_id: str
    sender: str
    tokens: tuple[str, ...]
    replies_to: str
    is_automatic: bool
    is_report: bool
    _headers: Headers
    _body: bytes

    def words(self) -> str:
        """Return the words of the reply that are its own; "" where it has no text."""
        return new_words(own_words(self._headers, self._body).text or "")

    def failure(self) -> tuple[str, str]:
        """Return why a mail failed, and the Message-IDs of that mail; ("", "") if this reports no failure."""
        failed = about = ""
        for headers, body in parts_of(self._headers, self._body):
            kind = token(headers, b"content-type")
            if kind == "message/delivery-status":
                failed = _why_failed(body[:_REPORT_BYTES].decode("utf-8", "replace")) or failed
            elif kind in {"message/rfc822", "text/rfc822-headers"}:
                about += f" <{message_id(scan(divide(body)[0]))[:_ID_CHARACTERS]}>"
        return (failed, about) if failed else ("", "")


def read(raw: bytes) -> Mail:
    """Read the headers of a mail, however badly it is written."""
    block, start = divide(raw)
    headers = {
        name: value[: _LIST_BYTES if name in _LISTS else _HEADER_BYTES]
        for name, value in scan(block[:_BLOCK_BYTES]).items()
    }
    senders = people_in(headers.get(b"from", b""))
    sender = senders[0].address.casefold() if senders else ""
    recipients = b" ".join(headers.get(name, b"") for name in _RECIPIENTS).decode("latin-1")
    tokens = dict.fromkeys(found.lower() for found in _TOKEN.findall(recipients))
    own_id = message_id(headers).replace("\0", "")[:_ID_CHARACTERS]  # PostgreSQL keeps no zero
    is_report = token(headers, b"content-type") == "multipart/report"
    return Mail(
        message_id=f"<{own_id}>" if own_id else "",
        sender=sender,
        tokens=tuple(tokens)[:MOST_TOKENS],
        replies_to=f"{plain(headers.get(b'in-reply-to', b''))} {plain(headers.get(b'references', b''))}",
        is_automatic=is_report or _is_automatic(headers, sender),
        is_report=is_report,
        _headers=headers,
        _body=raw[start:],
    )


def new_words(written: str) -> str:
    """Return the words of a reply that are its own: without quotations, introductions, signature."""
    stripped = strip(written.replace("\xa0", " ").replace("\0", ""))  # PostgreSQL keeps no zero
    found = _WROTE.search(stripped)
    if found:
        stripped = stripped[: found.start()]
    return stripped.strip()[:LONGEST]


def _is_automatic(headers: Headers, sender: str) -> bool:
    submitted = text(headers, b"auto-submitted").casefold()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or text(headers, b"precedence").casefold() in _BULK
        or any(headers.get(name, b"").strip() for name in _SAYS_SO)
        or headers.get(b"return-path", b"").strip() == b"<>"
        or not sender
        or is_machine(sender)
        or _AWAY.match(text(headers, b"subject")) is not None
    )


def _why_failed(status: str) -> str:
    if not re.search(r"^Action:[ \t]*failed", status, re.MULTILINE | re.IGNORECASE):
        return ""
    why = re.search(r"^(?:Diagnostic-Code|Status):[ \t]*(\S.*)$", status, re.MULTILINE | re.IGNORECASE)
    return why[1].strip().replace("\0", "") if why else "delivery failed"
