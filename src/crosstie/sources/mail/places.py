"""Which place a mail belongs to, and who can read it: a list, open or its members', or somebody's mailbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from crosstie.record import Openness, Place
from crosstie.sources.ledger import Ledger
from crosstie.sources.mail.boxes import box_name, boxes
from crosstie.sources.mail.headers import Headers, opened
from crosstie.sources.mail.lists import MailingList, Nature, footer_list, is_published, named, subject_tag
from crosstie.sources.mail.splitting import Piece
from crosstie.sources.source import Settings

SOURCE_NAME = "mail"
SAMPLE = 200  # mails of a file that decide what it is
_SAMPLE_BYTES = 32 << 20
_FILES_ASKED = 40  # files of a published archive that are searched for the list's own name
_MAILBOX = Place(source=SOURCE_NAME, id="mailbox", name="", openness=Openness.DIRECT)


@dataclass(slots=True)
class Places:
    """The places of the mails at one path, as the settings and the mails themselves say."""

    path: Path
    settings: Settings
    _list_of_path: MailingList | None = None

    def of(self, headers: Headers, mailing_list: MailingList | None, nature: Nature) -> Place:
        """Return the place of a mail that came through a list (None if it did not), in a file of this nature.

        Only what carries the archive's own list id is open, so that a private mail that strayed into an
        archive stays private. What a user says about the path goes before what its mails say.
        """
        wanted = self.settings["openness"]
        openness = Openness.MEMBERS
        if mailing_list is not None and mailing_list.id == nature.archive_of:
            openness = Openness.OPEN
        elif nature.published and is_published(headers):
            mailing_list, openness = mailing_list or self._own_list(), Openness.OPEN
        elif mailing_list is None and wanted in (Openness.OPEN, Openness.MEMBERS):
            mailing_list = self._own_list()
        if wanted != "auto":
            openness = Openness(wanted)
        if mailing_list is None or openness is Openness.DIRECT:
            return _MAILBOX
        return _list_place(mailing_list, openness)

    def _own_list(self) -> MailingList:
        """Return the list a whole path belongs to, where its mails do not say.

        From the setting, else the footers of its mails, else the tag before their subjects, else the
        path's own name.
        """
        if self._list_of_path is None:
            stated = self.settings["list"]
            self._list_of_path = named(stated) if stated else self._search_list()
        return self._list_of_path

    def _search_list(self) -> MailingList:
        tags: Counter[str] = Counter()
        for box in islice(boxes(self.path, Ledger()), _FILES_ASKED):
            try:
                for piece in sample(box.pieces):
                    headers, body, _ = opened(piece.mail)
                    if found := footer_list(body):
                        return found
                    tags[subject_tag(headers)] += 1
            except (OSError, EOFError):  # the reading itself counts it
                break
        del tags[""]
        return named(tags.most_common(1)[0][0] if tags else box_name(self.path.name))


def sample(pieces: Iterable[Piece]) -> list[Piece]:
    """Take the first mails, as many as decide what a file is."""
    first: list[Piece] = []
    size = 0
    for piece in pieces:
        first.append(piece)
        size += len(piece.mail)
        if len(first) == SAMPLE or size > _SAMPLE_BYTES:
            break
    return first


@lru_cache(maxsize=1024)
def _list_place(mailing_list: MailingList, openness: Openness) -> Place:
    return Place(
        source=SOURCE_NAME,
        id=f"list:{mailing_list.id}",
        name=mailing_list.name,
        openness=openness,
        link=mailing_list.archive if openness is Openness.OPEN else "",
    )
