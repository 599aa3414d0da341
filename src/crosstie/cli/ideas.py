"""`crosstie ideas`: what people talk of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosstie.cli import options, show
from crosstie.cli.admitting import looking_as

if TYPE_CHECKING:
    from crosstie.actions.at_risk import AtRiskView, OwnTopicAtRisk
    from crosstie.actions.idea_flow import Explained, IdeaFlowView

WORDS = 5


@click.command()
@options.workspace
@options.as_person
@options.as_json
def ideas(folder: Path, viewer: str, as_json: bool) -> None:
    """Show the topics that people talk of in open places, and those that hang on few; never who.

    And of what each group talks more than others, what moved from one group to another, more than chance
    would have it, and how varied groups are, where there are groups that are large enough.

    With --as you also see which of them hang on you, and with whom you could pair.
    """
    from crosstie.actions.at_risk import own_topics_at_risk, topics_at_risk
    from crosstie.actions.home import Home
    from crosstie.actions.idea_flow import idea_flow_of
    from crosstie.actions.ideas import ideas as topics_of

    with (
        Home(folder, create=False) as home,
        looking_as(home, viewer) as who,
        show.progress("Finding what people talk of", quiet=as_json),
    ):
        seen = topics_of(home)
        between = idea_flow_of(home)
        at_risk = topics_at_risk(home)
        own = own_topics_at_risk(home, who) if who.person else ()
    if as_json:
        show.print_json({**show.as_plain(seen), "between": between, "at_risk": at_risk, "own_at_risk": own})
        return
    if not seen.topics:
        show.echo(f"Nothing is talked of by {seen.smallest_group} people or more.")
    for topic in seen.topics:
        show.echo(topic.label, bold=True)
        where = f", mostly in {', '.join(topic.places)}" if topic.places else ""
        show.echo(f"  {topic.conversations} conversations of {topic.people} people{where}")
        show.echo(f"  {', '.join(topic.words[:WORDS])}")
    show.echo(
        f"\n{seen.conversations:,} conversations in open places; {seen.without:,} are about no topic: too"
        " short, unlike the others, or of what is left out as sensitive."
    )
    if seen.hidden:
        what = "topic" if seen.hidden == 1 else "topics"
        show.echo(
            f"{seen.hidden} {what} of fewer than {seen.smallest_group} people, or mostly of one, not shown."
        )
    if seen.languages:
        show.echo(f"Written in {', '.join(seen.languages)}; a topic can stand here once in each language.")
    if between.kinds:
        _print_between(between)
    if at_risk is not None and at_risk.topics:
        _print_at_risk(at_risk, own)
    if seen.lacks_library:
        show.echo(
            'Each place stands for a topic. Hint: pip install "crosstie[ideas]" finds topics in the words.'
        )
    elif seen.is_by_place and seen.topics:
        show.echo("Each place stands for a topic.")


def _print_between(seen: IdeaFlowView) -> None:
    if seen.talks:
        show.echo(f"\n{seen.talk.label}", bold=True)
        for talk in seen.talks:
            show.echo(f"  {talk.group}: {'; '.join(talk.topics)}")
        _print_explained(seen.talk)
    show.echo(f"\n{seen.flow.label}", bold=True)
    for flow in seen.flows:
        show.echo(
            f"  {flow.label}: from {flow.giver} (since {flow.given_from:%B %Y}) to {flow.taker} (since"
            f" {flow.taken_from:%B %Y}); about {flow.people} people took it up, {flow.by_chance} by chance"
        )
    if not seen.flows:
        show.echo(
            f"  Nothing that may be shown moved more than chance would have it before {seen.until};"
            f" {seen.tested:,} pairs of groups with a topic were compared."
        )
    _print_explained(seen.flow)
    if seen.varieties:
        show.echo(f"\n{seen.variety.label}", bold=True)
        for one in seen.varieties:
            show.echo(f"  {one.group}: about {one.topics} topics ({one.low} to {one.high})")
        _print_explained(seen.variety)


def _print_explained(insight: Explained) -> None:
    show.echo(f"{insight.how}\n{insight.reading}", dim=True)
    for caution in insight.cautions:
        show.echo(caution, dim=True)


def _print_at_risk(seen: AtRiskView, own: tuple[OwnTopicAtRisk, ...]) -> None:
    show.echo("\nKnowledge at risk", bold=True)
    for topic in seen.topics:
        show.echo(
            f"  {topic.label}: {topic.answered} conversations answered in the last half year by {topic.by}"
        )
    for mine in own:
        names = ", ".join(card.name for card in mine.partners)
        with_whom = f" You could pair with {names}, who talk of it too." if names else ""
        show.echo(f"  {mine.topic.label} hangs on you; only you see this.{with_whom}")
    show.echo(f"{seen.how}\n{seen.reading}", dim=True)
    for caution in seen.cautions:
        show.echo(caution, dim=True)
