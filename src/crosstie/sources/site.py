"""The address of the place itself, which makes links to the original: one setting for all chat sources."""

from __future__ import annotations

import re

from crosstie.errors import UsageRefused
from crosstie.sources.source import Setting, Settings

_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\]+(/[^\s?#\"'<>\\]*)?")


def site_setting(example: str) -> Setting:
    """Return the setting, with an example of such an address in its help."""
    return Setting(
        name="site",
        label="Address of the site",
        help=f"Where the original can be opened, e.g. {example}; without it there are no links to messages.",
    )


def site_address(settings: Settings) -> str:
    """Return the address without its last slash, or "" where none was given.

    Raises:
        UsageRefused: it is no http or https address, so a link made of it could run something.
    """
    given = settings.get("site", "").strip().rstrip("/")
    if given and not _ADDRESS.fullmatch(given):
        raise UsageRefused(
            f'The site "{given}" is no address.',
            hint="An address such as https://chat.example.org is wanted.",
        )
    return given
