r"""Where a commit's message ends in trailers, by git's own rules (git-interpret-trailers(1)).

Git can say them itself, ``%(trailers:only,unfold)``, at a sixth of what its whole log costs. Many messages
end like others, and most that do not are plain to see, so we find them in half of that.
"""

from __future__ import annotations

import re

_MOST_REMEMBERED = 50_000
_GENERATED = ("Signed-off-by: ", "(cherry picked from commit ")
_TRAILER = re.compile(r"([A-Za-z0-9-]+[ \t]*):")
_FOLD = re.compile(r"\n[ \t\n\r]*")
_SPACES = " \t\n\r"  # what counts as white space to git
_REMARK, _COLON = "#", ":"
_PRINTED = "!"  # sorts after white space
_CUT_SHORT = len("\n\na")
_NO_WORD = _SPACES + _REMARK
# Without possessive repeats, which find what is not there in Python 3.11.2, Debian's.
_NOTHING_BUT_TRAILERS = re.compile(r"\n\n(?:[A-Za-z0-9-]+: \S[^\n]*(?<=\S)\n)+")
_BLANK_FIRST = re.compile(r"\A(?:[ \t\r]*\n)+")
_BLANK = re.compile(r"\n[ \t\r]+\n")


class Endings(dict[str, str | None]):
    """From the last paragraph of a message, the empty line before it included, to its trailers, one a line.

    None where the paragraph does not tell, so that the whole message has to be looked at.
    """

    def __missing__(self, ending: str) -> str | None:
        """Look at an ending for the first time, and remember it."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = self[ending] = _at_once(ending)
        return found

    def trailers(self, messages: list[str]) -> list[str]:
        """Return the trailers of each message."""
        # Every trailer has a colon: of a paragraph without one it is enough to know how it begins.
        endings = [
            message[at:]
            if message.find(_COLON, at := message.rfind("\n\n", 0, -2)) >= 0
            else message[at : at + _CUT_SHORT]
            for message in messages
        ]
        return [
            trailers if trailers is not None and message >= _PRINTED else _of_the_whole(message)
            for message, trailers in zip(messages, map(self.__getitem__, endings), strict=True)
        ]


def _of_the_whole(message: str) -> str:
    if _COLON not in message:
        return ""
    # One paragraph alone is a title, whatever stands in it.
    if message.find("\n\n", 0, -2) < 0 and not _BLANK.search(message):
        return ""
    return trailers_of(message) or ""


def _at_once(ending: str) -> str | None:
    """Return the trailers of a last paragraph: some, or none, where that is plain, else by the rules."""
    if len(ending) <= _CUT_SHORT:  # what begins with a word does not leave the end to what is above
        return None if ending[2:3] in _NO_WORD else ""
    if _NOTHING_BUT_TRAILERS.fullmatch(ending):
        return ending[2:-1]
    # Without a line that git writes itself, one line that is no trailer is enough for there to be none.
    if (
        "\nSigned-off-by: " not in ending
        and "\n(cherry picked" not in ending
        and ending[2:3] not in ("", "\n", "\t", _REMARK)
        and not _TRAILER.match(ending, 2)
        and not _BLANK.search(ending)
    ):
        return ""
    # What is indented may go on with the list of files in conflict, which the whole message tells.
    return None if ending[2:3] == "\t" else trailers_of(f"A title{ending}")


def trailers_of(message: str) -> str | None:
    r"""Return the trailers of a message, unfolded, one a line; None if all of it is blank or remarks.

    >>> trailers_of("Mend the pump\n\nIt leaked.\n\nReviewed-by: Ada <ada@example.org>\nHelped-by : Ben\n")
    'Reviewed-by: Ada <ada@example.org>\nHelped-by: Ben'
    """
    lines = _BLANK_FIRST.sub("", message).split("\n")
    del lines[_end(lines) :]
    first = _first(lines)
    if first is None:
        return None
    trailers: list[tuple[str, str]] = []
    is_open = False
    for line in lines[first:]:
        if is_open and (not line or line[0] in _SPACES):
            key, value = trailers[-1]
            trailers[-1] = key, f"{value}\n{line}"
            continue
        found = _TRAILER.match(line)
        is_open = found is not None
        if found:
            trailers.append((found[1].rstrip(), line[found.end() :]))
    return "\n".join([f"{key}: {_FOLD.sub(' ', value.strip(_SPACES))}" for key, value in trailers])


def _end(lines: list[str]) -> int:
    """Return where a message ends: before remarks, empty lines and the list of files in conflict."""
    end = 0
    in_conflicts = False
    for at, line in enumerate(lines, 1):
        if line == "Conflicts:" and at < len(lines):
            in_conflicts = True
        elif line and line[0] != _REMARK and not (in_conflicts and line[0] == "\t"):
            end, in_conflicts = at, False
    return end


def _first(lines: list[str]) -> int | None:
    """Return which line the trailers begin with, the number of lines if none does; None if all are blank.

    They stand in the last paragraph, which is not the first; either all of it is trailers, or a quarter is,
    one of which git writes itself.
    """
    title = next((at for at, line in enumerate(lines) if not line.strip(_SPACES)), len(lines))
    trailers = others = folded = 0
    is_generated = False
    for at in range(len(lines) - 1, title - 1, -1):
        line = lines[at]
        if line[:1] == _REMARK:
            others, folded = others + folded, 0
        elif not line.strip(_SPACES):
            if not (trailers or others or folded):
                continue
            others += folded
            is_block = trailers * 3 >= others if is_generated else not others
            return at + 1 if is_block else len(lines)
        elif line.startswith(_GENERATED):
            trailers, folded, is_generated = trailers + 1, 0, True
        elif _TRAILER.match(line):
            trailers, folded = trailers + 1, 0
        elif line[0] in _SPACES:
            folded += 1
        else:
            others, folded = others + 1 + folded, 0
    return len(lines) if trailers or others or folded else None
