"""Which kind of Zulip export a path is, and its refusal where it is a broken one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from crosstie.errors import SourceRefused
from crosstie.record import Trace
from crosstie.sources.archive import names, opened
from crosstie.sources.door import Door
from crosstie.sources.site import site_address
from crosstie.sources.source import Settings
from crosstie.sources.zulip.public import is_topic, read_public
from crosstie.sources.zulip.realm import agreed, read_realm

_SHARD = re.compile(r"messages-\d+\.json(\.partial|\.locked)?")


def recognises(path: Path) -> float:
    """Say how sure it is that this is a Zulip export, by the names in it."""
    if not path.exists():
        return 0.0
    found: set[str] = set()
    folders: set[str] = set()
    shards = topics = False
    for name in names(path):
        found.add(name.name)
        shards = shards or _SHARD.fullmatch(name.name) is not None
        topics = topics or is_topic(name.parts)
        folders.update(name.parts[:-1])
    if shards and "realm.json" in found:
        return 0.95
    if topics and ("stream_index.json" in found or "zulip_json" in {*folders, path.name}):
        return 0.9
    return 0.6 if shards or "realm.json" in found else 0.4 if topics else 0.0


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of a realm export or a public archive.

    Raises:
        SourceRefused: it is unfinished, a personal export, two exports, or nothing of Zulip's.
        ExportUnsafe: as an archive it is not to be trusted.
        UsageRefused: the setting `site` is no address.
    """
    site = site_address(settings)
    more_bots = frozenset(name.strip() for name in settings.get("bots", "").split(",") if name.strip())
    with opened(path) as archive:
        realms: list[bytes] = []
        has_topics = has_user = False
        for member in archive.members():
            name = member.name.name
            if _SHARD.fullmatch(name) and not name.endswith(".json"):
                raise SourceRefused(
                    f'"{path.name}" holds "{name}": this export did not finish.',
                    hint="Export the realm again and wait until it is done.",
                )
            if name == "realm.json":
                realms.append(member.read())
            elif name == "consented_user_ids.json":
                door.ledger.note("person who agreed to give private messages", agreed(member.read()))
            has_user = has_user or name == "user.json"
            has_topics = has_topics or is_topic(member.name.parts)
        if len(realms) > 1:
            raise SourceRefused(
                f'"{path.name}" holds {len(realms)} realm exports.', hint="Give one of them at a time."
            )
        if realms:
            yield from read_realm(archive, realms.pop(), door, site)
        elif has_topics:
            yield from read_public(archive, door, site, more_bots)
        elif has_user:
            raise SourceRefused(
                f'"{path.name}" is the export of one user, which lacks the realm\'s people and streams.',
                hint="Ask an administrator for an export of the realm.",
            )
        else:
            raise SourceRefused(
                f'"{path.name}" holds neither realm.json nor folders such as "12-general" of JSON files.',
                hint="Give the .tar.gz that Zulip made, or the folder that holds these.",
            )
