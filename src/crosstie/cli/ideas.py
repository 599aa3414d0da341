"""`crosstie ideas`: what people talk of."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show

WORDS = 5


@click.command()
@options.workspace
@options.as_json
def ideas(folder: Path, as_json: bool) -> None:
    """Show the topics that people talk of in open places; never who talks of what."""
    from crosstie.actions.home import Home
    from crosstie.actions.ideas import ideas as topics_of

    with Home(folder, create=False) as home:
        seen = topics_of(home)
    if as_json:
        show.print_json(seen)
        return
    if not seen.topics:
        click.echo(f"Nothing is talked of by {seen.smallest_group} people or more.")
    for topic in seen.topics:
        click.secho(topic.label, bold=True)
        where = f", mostly in {', '.join(topic.places)}" if topic.places else ""
        click.echo(f"  {topic.conversations} conversations of {topic.people} people{where}")
        click.echo(f"  {', '.join(topic.words[:WORDS])}")
    click.echo(
        f"\n{seen.conversations:,} conversations in open places; {seen.without:,} are about no topic: too"
        " short, unlike the others, or of what is left out as sensitive."
    )
    if seen.hidden:
        what = "topic" if seen.hidden == 1 else "topics"
        click.echo(
            f"{seen.hidden} {what} of fewer than {seen.smallest_group} people, or mostly of one, not shown."
        )
    if seen.is_by_place:
        click.echo(
            'Each place stands for a topic. Hint: pip install "crosstie[ideas]" finds topics in the words.'
        )
