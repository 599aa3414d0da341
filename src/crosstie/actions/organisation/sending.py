"""Send letters: by mail here, to webhooks in `webhooks`. Nothing is sent twice.

A letter is *waiting*; it is marked *handed* in the database just before the other side could take it, and
*sent* when the other side said so. Where the line breaks in between, nobody can know, and it is *unclear*.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from types import TracebackType
from typing import Self

from django.utils import timezone

from crosstie.actions.home import Home
from crosstie.actions.organisation import mail_settings, queue
from crosstie.actions.organisation.letter_kinds import WITH_A_WAY_IN
from crosstie.actions.organisation.mail_settings import MailSettings, Server
from crosstie.errors import CrosstieError
from crosstie.harmless import on_one_line
from crosstie.store.models import Letter, Member

TIMEOUT_SECONDS = 30.0
TOKEN = "Reply-Token"  # noqa: S105 - a header of ours that does not travel
_TRAVELS = ("In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post")
_TAKEN, _GOES_ON, _NEVER = 250, 354, 500
_PATH = re.compile(
    r"(?:(?<=\s)|^)/[a-z][\w~-]*(?:/[\w~.=-]+)*/?(?:\?[\w=&%.~-]*)?(?:#[\w-]+)?$", re.MULTILINE
)
_MOST_NAMED = 20  # letters looked for in one header: it is a stranger who writes it
_NUMBER = re.compile(r"<letter-(\d+)\.([\w-]+)@[^<>]*>")


class NotSent(CrosstieError):
    """The other side did not take a letter, and never will; it is known that it did not."""

    code = "not-sent"


class NotNow(CrosstieError):
    """The other side did not take a letter; it may take it later."""

    code = "not-now"


class MayHaveArrived(CrosstieError):
    """The line broke after a letter was handed over."""

    code = "may-have-arrived"


def message_id(home: Home, letter: Letter, sender: str) -> str:
    """Return the Message-ID of a letter, made from its key: the same at every try, and nobody's to guess."""
    proof = home.keyring.hashed("letter", letter.key)
    return f"<letter-{letter.pk}.{proof}@{sender.rpartition('@')[2]}>"


def letters_in(home: Home, text: str) -> list[Letter]:
    """Return the letters whose Message-IDs stand in a text, among the first 20; a forged one is none."""
    named = dict.fromkeys((int(number[:18]), proof) for number, proof in _NUMBER.findall(text))
    looked_at = list(named)[:_MOST_NAMED]
    letters = Letter.objects.in_bulk([number for number, _ in looked_at]) if looked_at else {}
    return [
        letter
        for number, proof in looked_at
        if (letter := letters.get(number)) and home.keyring.hashed("letter", letter.key) == proof
    ]


def recipient(letter: Letter) -> tuple[str, str]:
    """Return name and address a letter goes to.

    Raises:
        NotSent: its member is none any more.
    """
    if letter.address:
        return "", letter.address
    member = Member.objects.filter(account=letter.account, is_active=True).first()
    if member is None:
        raise NotSent("They are no member any more.")
    return member.name, member.email


def with_addresses(text: str, site: str) -> str:
    """Return a text with the site's address before each path that ends a line."""
    return _PATH.sub(lambda found: f"{site}{found[0]}", text)


def composed(home: Home, letter: Letter, settings: MailSettings) -> EmailMessage:
    """Return a letter as a mail.

    Raises:
        NotSent: its member is none any more.
    """
    name, address = recipient(letter)
    site = mail_settings.site_address(home)
    local, _, domain = settings.sender.rpartition("@")
    mail = EmailMessage()
    mail["From"] = Address(on_one_line(home.store.fact("organisation")) or "crosstie", local, domain)
    mail["To"] = Address(on_one_line(name), addr_spec=address)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(timezone.now())
    mail["Message-ID"] = message_id(home, letter, settings.sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"  # Exchange then writes no out-of-office
    token = letter.headers.get(TOKEN, "")
    if token and settings.plus:
        mail["Reply-To"] = f"{local}+{token}@{domain}"
    for header in _TRAVELS:
        value = str(letter.headers.get(header, ""))
        if value.startswith("/"):
            value = f"<{site}{value}>"
        if value:
            mail[header] = value
    mail.set_content(with_addresses(letter.text, site))
    for one in letter.attachments:
        _attach(mail, one)
    return mail


def _attach(mail: EmailMessage, one: dict[str, str]) -> None:
    """Attach a text; parameters of its type such as ``text/calendar; method=REQUEST`` are kept."""
    kind, *given = (part.strip() for part in one["type"].split(";"))
    main, _, sub = kind.partition("/")
    params = {name: value.strip('"') for name, _, value in (part.partition("=") for part in given)}
    if main == "text":
        params.pop("charset", None)
        mail.add_attachment(one["text"], subtype=sub, filename=one["name"], params=params)
    else:
        mail.add_attachment(
            one["text"].encode(), maintype=main, subtype=sub, filename=one["name"], params=params
        )


class Post:
    """The way to the mail server, opened with the first letter and closed with the block."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """Close the line."""
        if self._line is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._line.quit()
            self._line = None

    def hand(self, home: Home, letter: Letter) -> None:
        """Hand a claimed letter over, marking it just before.

        Raises:
            NotSent: the server, or an address, refuses it for good.
            NotNow: the server cannot be reached or asks to come later.
            MayHaveArrived: the line broke while the server had it.
        """
        mail = composed(home, letter, self._settings)
        wire = mail.as_bytes(policy=mail.policy.clone(linesep="\r\n", cte_type="7bit"))
        try:
            line = self._line or self._called()
            self._line = line
            _step(*line.mail(self._settings.sender))
            _step(*line.rcpt(mail["To"].addresses[0].addr_spec))
            code, answer = line.docmd("DATA")
        except (smtplib.SMTPException, OSError) as trouble:
            self._line = None
            raise _refusal(trouble) from trouble
        except CrosstieError:
            self.hang_up()
            raise
        if code != _GOES_ON:
            self.hang_up()
            _step(code, answer)
        mark_handed(letter)
        try:
            line.send(smtplib._quote_periods(wire) + b"\r\n.\r\n")  # type: ignore[attr-defined]  # noqa: SLF001 - smtplib's data() marks nothing in between
            code, answer = line.getreply()
        except (smtplib.SMTPException, OSError) as trouble:
            self._line = None
            raise MayHaveArrived(f"The line to the mail server broke: {trouble}") from trouble
        _step(code, answer)

    def check(self) -> None:
        """Call the server and sign in, as for a letter.

        Raises:
            NotSent: it refuses for good.
            NotNow: it cannot be reached.
        """
        try:
            self._line = self._called()
        except (smtplib.SMTPException, OSError) as trouble:
            raise _refusal(trouble) from trouble

    def _called(self) -> smtplib.SMTP:
        server = self._settings.sending
        if server is None:
            raise NotNow("No mail server is set.", hint="crosstie mail set smtp://… --from ADDRESS")
        line = _connected(server)
        try:
            if server.security == "starttls":
                line.starttls(context=ssl.create_default_context())
            line.ehlo_or_helo_if_needed()
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line


def _connected(server: Server) -> smtplib.SMTP:
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)


def _step(code: int, answer: bytes) -> None:
    """Go on if the server says yes.

    Raises:
        NotSent: it says never.
        NotNow: it says not now.
    """
    if code in {_TAKEN, 251}:
        return
    said = f"The mail server said {code} {answer.decode('utf-8', 'replace')[:300]}"
    raise NotSent(said) if code >= _NEVER else NotNow(said)


def _refusal(trouble: Exception) -> CrosstieError:
    """Return what trouble before a letter was handed over means: wrong passwords are mended, so it waits."""
    return NotNow(f"The mail server cannot be used: {trouble}", hint="Try it with `crosstie mail test`.")


def mark_handed(letter: Letter) -> None:
    """Mark a letter just before the other side could take it; from here on it is never tried again by itself.

    Raises:
        NotNow: the letter is not this worker's any more.
    """
    changed = Letter.objects.filter(pk=letter.pk, claimed_by=letter.claimed_by, state="waiting").update(
        state="handed"
    )
    if not changed:
        raise NotNow("Somebody else has this letter.")


def settle(letter: Letter, trouble: CrosstieError | None) -> None:
    """Write down what became of a letter that was handed over, or was to be."""
    free: dict[str, object] = {"claimed_by": "", "claimed_until": None}
    mine = Letter.objects.filter(pk=letter.pk, claimed_by=letter.claimed_by)
    if trouble is None:
        words = {"text": ""} if letter.kind in WITH_A_WAY_IN else {}
        mine.update(**free, **words, state="sent", sent_at=timezone.now(), trouble="")
    elif isinstance(trouble, MayHaveArrived):
        mine.update(**free, state="unclear", trouble=trouble.message[:1000])
    elif isinstance(trouble, NotSent) or letter.tries >= queue.MOST_TRIES:
        mine.update(**free, state="failed", trouble=trouble.message[:1000])
    else:
        again = queue.next_try(letter.tries)
        mine.update(**free, state="waiting", due_at=again, trouble=trouble.message[:1000])
