"""`crosstie network`: the whole and its groups."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from crosstie.cli import options, show

MORE_THAN_CHANCE = 1.25
"""From this ratio on a flow is worth a line; a little more than chance is chance."""


@click.command()
@options.workspace
@options.as_of
@options.as_json
def network(folder: Path, as_of: datetime | None, as_json: bool) -> None:
    """Show the whole network and what flows between its groups; never a person by a figure."""
    from crosstie.actions import looking, pages, summary
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        home.as_of = as_of
        with show.progress("Drawing the network", quiet=as_json):
            whole = summary.summarise(home, [])
            seen = pages.network_map(home, looking.nobody())
        words = summary.in_words(home, whole)
        tied = summary.tied(home)
    if as_json:
        keys = ("people", "accounts", "places", "interactions", "ties", "from", "to")
        show.print_json(
            {
                **{key: whole[key] for key in keys},
                "tied": tied,
                "groups": seen.groups,
                "flows": seen.flows,
                "hidden_groups": seen.hidden_groups,
                "smallest_group": seen.smallest_group,
                "weights": seen.moves,
            }
        )
        return
    show.echo(words)
    labels = {group.key: group.label for group in seen.groups}
    for kind in [*seen.kinds, *(kind for kind in seen.hidden_groups if kind not in seen.kinds)]:
        groups = [group for group in seen.groups if group.kind == kind]
        hidden = seen.hidden_groups.get(kind, 0)
        if groups or hidden:
            show.echo(f"\nBy {kind}", bold=True)
        for group in sorted(groups, key=lambda one: one.label):
            inside = (
                ""
                if group.inside is None
                else f", {group.inside:.0%} of its contact with these groups inside"
            )
            size = f"{group.size}" if group.is_told else f"{group.size} or more"
            show.echo(f"  {group.label}: {size} people{inside}")
        if hidden:
            what, are = ("group", "is") if hidden == 1 else ("groups", "are")
            show.echo(f"  {hidden} {what} {are} not shown: under {seen.smallest_group} people.")
    for kind in seen.kinds:
        strong = sorted(
            (labels[flow.learner], labels[flow.teacher])
            for flow in seen.flows
            if flow.learner.startswith(f"{kind}:")
            and flow.learner != flow.teacher
            and flow.turned_to >= MORE_THAN_CHANCE * flow.expected > 0
        )
        if strong:
            show.echo(f"\nBy {kind}, more than chance would have it", bold=True)
        for learner, teacher in strong:
            show.echo(f"  {learner} turned to {teacher}")
    most = max(seen.moves, key=lambda one: one.change["size"], default=None)
    if most is not None:
        show.echo(
            "\nHow much each kind of act counts is a judgement: with any one of these weights halved or"
            f" doubled, half of all circles change in size by no more than {most.change['size']:.0%}."
        )
