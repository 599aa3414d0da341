"""Mail that no person wrote to anybody: machines, newsletters, delivery reports, and what was thrown away."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from crosstie.saying import mark
from crosstie.sources.machines import is_notifier, takes_no_mail
from crosstie.sources.mail.headers import Headers, text, token

_MACHINES = re.compile(
    r"^(?:"
    r"(?:do[-_.]?)?not?[-_.]?reply.*|donotreply.*|noreply.*|.*[-_.+]no[-_.]?reply"
    r"|mailer-daemon|mail-daemon|postmaster|bounces?(?:[-_+.=].*)?|.*-bounces(?:\+.*)?"
    r"|notify|alerts?|auto(?:mat(?:ic|ed|ion))?[-_.]?(?:reply|mailer|builder|confirm)?"
    r"|.*[-_.]daemon|cron|root|www-data|nobody|daemon|patchwork(?:[-_.].*)?|.*[-_.]patchwork"
    r"|jenkins|buildbot|gitlab|gerrit|bugzilla|syzbot(?:\+.*)?|dependabot(?:\[bot\])?|.*\[bot\]|.*[-_.]bot|bot"
    r"|newsletters?|mailman"
    r")$"
)
_MACHINE_NAMES = re.compile(
    r"\[bot\]|\b(?:robot|buildbot|patchwork|autobuilder)\b|\bbot$|^(?:syzbot|jenkins|mailman)\b"
)
_LABELS = {
    "spam": """spam, junk, junk e-mail, junk mail, bulk mail, indésirables, courrier indésirable, pourriel,
        correo no deseado, posta indesiderata, ongewenste e-mail, skräppost, søppelpost, roskaposti""",
    "trash": """trash, bin, deleted, deleted items, deleted messages, papierkorb, gelöschte elemente,
        corbeille, papelera, cestino, prullenbak, lixeira, lixo, kosz, papirkurv, papperskorgen, roskakori""",
    "draft": """draft, drafts, entwürfe, entwurf, brouillons, brouillon, borradores, bozze, concepten,
        rascunhos, wersje robocze, kladder, utkast, luonnokset""",
    "chat": "chat, chats, hangouts",
    "sent": """sent, sent mail, sent items, sent messages, gesendet, gesendete elemente, messages envoyés,
        envoyés, enviados, inviati, posta inviata, verzonden, wysłane, sendt, skickat, lähetetyt""",
}
_LABEL_OF = {name.strip(): label for label, names in _LABELS.items() for name in names.split(",")}


@lru_cache(maxsize=8192)
def is_machine(address: str, name: str = "") -> bool:
    """Say whether nobody stands behind an address: a machine's by its name."""
    if is_notifier(address) or takes_no_mail(address) or _MACHINE_NAMES.search(name.casefold()):
        return True
    return _MACHINES.match(address.partition("@")[0]) is not None


def why_automatic(headers: Headers, address: str, name: str) -> str:
    """Return why a mail was written by no person, "" if one seems to have written it."""
    if b"auto-submitted" in headers and token(headers, b"auto-submitted") not in ("", "no"):
        return mark("automatic mail")
    if is_machine(address, name) or b"x-autoreply" in headers or b"x-autorespond" in headers:
        return mark("automatic mail")
    if headers.get(b"content-type", b"").lstrip()[:16].lower() == b"multipart/report":
        return mark("delivery report")
    return _why_mass_mail(headers)


def _why_mass_mail(headers: Headers) -> str:
    """Return why a mail went to many who cannot answer, "" if it did not: a list lets people post."""
    post = headers.get(b"list-post", b"").strip()[:2].lower()
    is_list = b"list-id" in headers or b"mailing-list" in headers
    if not is_list and b"precedence" in headers and token(headers, b"precedence") in {"bulk", "junk"}:
        return mark("bulk mail")
    if post == b"no" or (not post and b"feedback-id" in headers and is_list):
        return mark("newsletter")
    return mark("newsletter") if not (is_list or post) and b"list-unsubscribe" in headers else ""


def labels_of(headers: Headers, folder: str) -> frozenset[str]:
    """Return which of spam, trash, draft, chat and sent a mail is marked as, by label or folder."""
    raw = headers.get(b"x-gmail-labels")
    names = _names(text(headers, b"x-gmail-labels")) if raw else frozenset()
    status = headers.get(b"x-mozilla-status")
    if status and _is_expunged(status):
        names |= {"trash"}
    return names | _names(folder) if folder else names


def label(name: str) -> str:
    """Return what a folder of this name holds: spam, trash, draft, chat, sent or ""."""
    return _LABEL_OF.get(name.strip().strip(".").casefold().removeprefix("inbox."), "")


@lru_cache(maxsize=4096)
def _names(listed: str) -> frozenset[str]:
    row = next(csv.reader([listed], skipinitialspace=True), [])
    return frozenset(found for name in row if (found := label(name)))


def _is_expunged(status: bytes) -> bool:
    try:
        return bool(int(status.strip(), 16) & 0x0008)
    except ValueError:
        return False
