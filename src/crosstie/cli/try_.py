"""`crosstie try`: from an export to one's own circle."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosstie.cli import options, show
from crosstie.cli.compiling import compiled_beside
from crosstie.config import PROPOSED_MONTHS
from crosstie.errors import CrosstieError

if TYPE_CHECKING:
    from crosstie.actions.consent import Consent
    from crosstie.actions.course import Plan
    from crosstie.actions.home import Home
    from crosstie.people import Settled
    from crosstie.store import SavedReading

_LOOKING_FOR_YOU = "Looking for you"


def _pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.UsageError(f"{option} takes NAME=VALUE, not {text!r}.")
        pairs[name.strip()] = value.strip()
    return pairs


@click.command(name="try")
@click.argument("paths", nargs=-1, required=True)
@options.as_person
@options.workspace
@click.option("--dry-run", is_flag=True, help="Say what would be read, by class of place, and write nothing.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Of a source or the network: table.tie_from=2, network.half_life_days=30.",
)
@click.option(
    "--domain",
    "domains",
    multiple=True,
    metavar="DOMAIN=RELATION",
    help="Whose people are what: example.org=employee, or customer, partner.",
)
@click.option(
    "--consent",
    "consent_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Read as an organisation: what this file says people agreed to, beside open places.",
)
@options.as_of
@options.port
@click.option("--no-pages", is_flag=True, help="Read and stop; open no pages.")
@options.as_json
def try_(
    paths: tuple[str, ...],
    viewer: str,
    folder: Path,
    dry_run: bool,
    settings: tuple[str, ...],
    domains: tuple[str, ...],
    consent_file: Path | None,
    as_of: datetime | None,
    port: int,
    no_pages: bool,
    as_json: bool,
) -> None:
    """Read exports and open your circle.

    PATH is a Slack export, a mailbox, a Zulip archive, a Discourse forum, a Stack Exchange dump, a Git clone,
    a table or a directory (HR list); several at once are read together. What each one is, crosstie finds out;
    NAME:PATH says it, e.g. mail:archive.txt. Nothing leaves this machine, and only what involves you or is
    open to you is read.
    """
    from crosstie.actions import reading, summary
    from crosstie.actions import settings as settings_of
    from crosstie.actions.consent import consent
    from crosstie.actions.home import Home

    if viewer and consent_file:
        raise click.UsageError("--as reads for one person, --consent for an organisation: choose one.")
    agreed = consent(consent_file) if consent_file else None
    given = _pairs(settings, "--set")
    relations = _pairs(domains, "--domain")
    of_network = {name: value for name, value in given.items() if settings_of.is_network_setting(name)}
    given = {name: value for name, value in given.items() if name not in of_network}
    settings_of.check(of_network)
    summary.check_relations(relations)
    reading.check_settings(given)
    plans = [reading.plan(path, given) for path in paths]
    if dry_run:
        _rehearse(plans, folder, viewer, agreed, as_json)
        return
    Home.check(folder)
    who = _settled(plans, folder, viewer, as_json)
    with Home(folder) as home, home.nothing_left_if_refused():
        home.as_of = as_of
        held = home.store.readings.all()
        settings_of.keep(home, of_network)
        for domain, relation in relations.items():
            summary.set_domain(home, domain, relation)
        with compiled_beside():
            read = _read(home, plans, who, agreed, as_json)
        with show.progress("Drawing the network", quiet=as_json):
            result = summary.summarise(home, read, viewer=who.called)
        if as_json:
            show.print_json(result)
            show.warning(summary.early_ends(home))  # else "active: 0" has no reason
            return
        for one in read:
            show.print_reading(summary.shown(one))
        show.echo()
        show.echo(summary.in_words(home, result))
        if agreed is not None and not settings_of.chosen(home).record.keep_months:
            show.echo(
                f"No limit is set on how long this is kept. {PROPOSED_MONTHS} months are proposed:"
                f" crosstie retain --months {PROPOSED_MONTHS}"
            )
        others = sorted({one.path for one in held} - {one.path for one in read})
        if others:
            show.echo(f"The workspace {folder} also holds what was read earlier from: {', '.join(others)}")
        if not no_pages:
            _open(home, who.called, port)


def _settled(plans: list[Plan], folder: Path, viewer: str, as_json: bool) -> Settled:
    """Settle who the viewer is before a workspace is made."""
    from crosstie.actions.home import Home
    from crosstie.actions.settling import settle
    from crosstie.people import Settled

    if not viewer:
        return Settled()
    with (
        Home(folder, create=False) if Home.exists(folder) else nullcontext() as home,
        show.progress(_LOOKING_FOR_YOU, quiet=as_json) as progress,
    ):
        return settle(home, plans, viewer, progress=progress)


def _rehearse(plans: list[Plan], folder: Path, viewer: str, agreed: Consent | None, as_json: bool) -> None:
    from crosstie.actions import rehearsing, summary
    from crosstie.actions.home import Home

    rehearsed, met = [], rehearsing.Met()
    # Who opted out and how long is kept stands in the workspace, if there is one; it is only looked at.
    with Home(folder, create=False) if Home.exists(folder) else nullcontext() as home:
        with show.progress(_LOOKING_FOR_YOU, quiet=as_json or not viewer) as progress:
            who = rehearsing.settle_or_tell(home, plans, viewer, met, progress=progress)
        for one in plans:
            with show.progress(f"Looking at {one.source.label}", quiet=as_json) as progress:
                seen = rehearsing.rehearse(
                    one, home=home, viewer=who, agreed=agreed, progress=progress, met=met
                )
                rehearsed.append(summary.shown(seen))
        unclear = rehearsing.unclear(met)
    if as_json:
        near = unclear.near if unclear else ()
        show.print_json({"dry_run": True, "sources": rehearsed, "near": near})
    else:
        for one, line in zip(plans, rehearsed, strict=True):
            show.print_rehearsal(line, tells_interactions=bool(one.source.kinds))
        show.echo("Nothing was written.")
    if unclear is not None:
        show.warning(unclear.message)
        show.warning(f"Hint: {unclear.hint}")


def _read(
    home: Home, plans: list[Plan], viewer: Settled, agreed: Consent | None, as_json: bool
) -> list[SavedReading]:
    from crosstie.actions import reading

    done: list[SavedReading] = []
    for one in plans:
        try:
            with show.progress(f"Reading {one.source.label}", quiet=as_json) as progress:
                done.append(reading.read(home, one, viewer=viewer, agreed=agreed, progress=progress))
        except CrosstieError:
            if done:
                show.echo(f"Kept, as read before: {', '.join(row.path for row in done)}", err=True)
            raise
    return done


def _open(home: Home, viewer: str, port: int) -> None:
    from crosstie.cli.serve import open_pages

    open_pages(home, viewer, port)
