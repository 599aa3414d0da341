"""Ask: what was answered before, who could help; the questions and the answers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from django.http import HttpRequest
from ninja import Field, Router

from crosstie.actions.organisation import (
    aliases,
    asking,
    being_asked,
    choosing,
    convening,
    proposing,
    questions,
)
from crosstie.actions.organisation.convening import MOST_NUMBERS, Convened
from crosstie.actions.organisation.passing import MOST_ASKED
from crosstie.actions.organisation.proposing import Draft
from crosstie.actions.organisation.questions import QuestionLine, QuestionView
from crosstie.actions.views import PersonCard
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import (
    NO_NUL,
    SHOWN,
    Asked,
    Cursor,
    Key,
    Made,
    Most,
    Number,
    Page,
    after_cursor,
    cursor_of,
)

ROUTER = Router(tags=["Ask"])

_QUESTION = Field(min_length=1, max_length=proposing.LONGEST, pattern=NO_NUL)


_PLACE = Field(
    default="", max_length=64, pattern=NO_NUL, description="The key of an open place it belongs to, if any."
)
_OUTSIDE = Field(default=False, description="Suggest only people outside my circle.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
    """An open place where questions were answered."""

    key: str
    name: str


class Drafted(Asked):
    """What one is working on, before it is sent to anyone."""

    text: Annotated[str, _QUESTION]
    place: str = _PLACE
    outside: bool = _OUTSIDE


class Question(Asked):
    """A question, and whom it goes to."""

    text: Annotated[str, _QUESTION]
    people: list[Key] = Field(
        default=[], max_length=MOST_ASKED, description="Keys of those asked; nobody: it stands open to all."
    )
    place: str = _PLACE
    outside: bool = _OUTSIDE
    alias: str = Field(
        default="", max_length=60, pattern=NO_NUL, description="A name to hide behind, if the crowd is large."
    )


_SEATS = Field(default=MOST_ASKED, ge=2, le=MOST_ASKED, description="How many people.")
Quota: TypeAlias = Annotated[str, Field(max_length=300, pattern=NO_NUL)]


class Wanted(Asked):
    """The panel one wants."""

    text: Annotated[str, _QUESTION]
    place: str = _PLACE
    seats: int = _SEATS
    quotas: list[Quota] = Field(
        default=[],
        max_length=MOST_NUMBERS,
        description="How many of which groups: Sales=2, Sales=1..2, Sales=1.. or Sales=..2.",
    )


class PanelQuestion(Wanted):
    """A question to people of a panel."""

    people: list[Key] = Field(max_length=MOST_ASKED, description="Keys of those asked, of the panel.")
    alias: str = Field(
        default="", max_length=60, pattern=NO_NUL, description="A name to hide behind, if the crowd is large."
    )


class Answer(Asked):
    """What one answers."""

    text: Annotated[str, Field(min_length=1, max_length=20_000, pattern=NO_NUL)]


class Next(Asked):
    """Whom a question is passed on to."""

    person: Key


@ROUTER.post("drafts", response=Draft, **needs("ask:read"))
def draft(request: HttpRequest, said: Drafted) -> Draft:
    """What was answered before, and who could help.

    Nothing is sent and nothing is kept. Each person comes with reasons that both of you may read, and is free
    or to be asked later; no more is said of their load.
    """
    home, viewer = home_and_viewer(request)
    return proposing.draft(home, viewer, said.text, place=said.place, outside=said.outside)


@ROUTER.post("panels", response=Convened, **needs("ask:read"))
def convene(request: HttpRequest, said: Wanted) -> Convened:
    """A panel: people who know the matter and come from different sides.

    Nothing is sent and nothing is kept. They stand by name; each is free, and comes with what they bring.
    """
    home, viewer = home_and_viewer(request)
    return convening.convene(home, viewer, said.text, place=said.place, seats=said.seats, quotas=said.quotas)


@ROUTER.post("panels/questions", response={201: Made}, **needs("ask:write"))
def ask_panel(request: HttpRequest, said: PanelQuestion) -> dict[str, int]:
    """Ask people of a panel.

    Say the panel as it was wanted: it is put together again, and each reads why them.
    """
    home, viewer = home_and_viewer(request)
    number = choosing.ask_panel(
        home,
        viewer,
        said.text,
        said.people,
        place=said.place,
        seats=said.seats,
        quotas=said.quotas,
        alias=said.alias,
    )
    return {"number": number}


@ROUTER.get("places", response=list[OpenPlace], **needs("ask:read"))
def places(request: HttpRequest) -> list[OpenPlace]:
    """The open places where questions were answered; one of them may be said with a question."""
    home, viewer = home_and_viewer(request)
    return [OpenPlace(key=key, name=name) for key, name in proposing.places(home, viewer)]


@ROUTER.get("questions", response=Page[QuestionLine], **needs("ask:read"))
def list_questions(
    request: HttpRequest,
    which: Literal["of_me", "mine", "open"] = "open",
    cursor: Cursor = "",
    most: Most = SHOWN,
) -> dict[str, object]:
    """Questions that I was asked, my own, or those that stand open.

    The newest first; among those that stand open, newcomers' before all others.
    """
    home, viewer = home_and_viewer(request)
    after = after_cursor(cursor, (True, 1)) if cursor else None
    found = questions.lines(home, viewer, which, after=after, most=most + 1)
    following = cursor_of((found[most - 1].is_newcomers, found[most - 1].number)) if found[most:] else ""
    return {"rows": found[:most], "next": following}


@ROUTER.post("questions", response={201: Made}, **needs("ask:write"))
def ask(request: HttpRequest, said: Question) -> dict[str, int]:
    """Ask.

    Those asked read why them. Under an alias nobody reads a name; two stewards together can lift it.
    """
    home, viewer = home_and_viewer(request)
    number = choosing.ask_chosen(
        home, viewer, said.text, said.people, place=said.place, alias=said.alias, outside=said.outside
    )
    return {"number": number}


@ROUTER.get("questions/{int:number}", response=QuestionView, **needs("ask:read"))
def question(request: HttpRequest, number: Number) -> QuestionView:
    """One question with its answers.

    Whom it went to is between them and the one who asked.
    """
    home, viewer = home_and_viewer(request)
    return questions.question(home, viewer, number)


@ROUTER.post("questions/{int:number}/answers", response={201: Made}, **needs("ask:write"))
def answer(request: HttpRequest, number: Number, said: Answer) -> dict[str, int]:
    """Answer a question, asked or not."""
    home, viewer = home_and_viewer(request)
    return {"number": asking.answer(home, viewer, number, said.text, via="api")}


@ROUTER.post("questions/{int:number}/close", response={204: None}, **needs("ask:write"))
def close(request: HttpRequest, number: Number) -> None:
    """Close a question of mine: nobody is asked any more."""
    home, viewer = home_and_viewer(request)
    asking.close(home, viewer, number)


@ROUTER.post("questions/{int:number}/show-myself", response={204: None}, **needs("ask:write"))
def show_myself(request: HttpRequest, number: Number) -> None:
    """Take my alias off a question of mine."""
    home, viewer = home_and_viewer(request)
    aliases.show_myself(home, viewer, number)


@ROUTER.post("answers/{int:number}/accept", response={204: None}, **needs("ask:write"))
def accept(request: HttpRequest, number: Number) -> None:
    """Accept an answer to a question of mine: they are told, and it counts as learned.

    Of a question under an alias it counts for nothing as long as the alias stands.
    """
    home, viewer = home_and_viewer(request)
    asking.accept(home, viewer, number)


@ROUTER.get("pass-to", response=list[PersonCard], **needs("ask:read"))
def pass_to(request: HttpRequest) -> list[PersonCard]:
    """Whom I can pass a question on to: those of my circle who are here, by name."""
    home, viewer = home_and_viewer(request)
    return list(proposing.may_pass_to(home, viewer))


@ROUTER.post("asked/{int:number}/pass-on", response={204: None}, **needs("ask:write"))
def pass_on(request: HttpRequest, number: Number, said: Next) -> None:
    """Pass a question that I was asked on to someone who knows better.

    The number is that of `me_asked` in the question.
    """
    home, viewer = home_and_viewer(request)
    being_asked.pass_on(home, viewer, number, said.person)


@ROUTER.post("asked/{int:number}/later", response={204: None}, **needs("ask:write"))
def later(request: HttpRequest, number: Number) -> None:
    """Put a question that I was asked off: I am reminded once."""
    home, viewer = home_and_viewer(request)
    being_asked.later(home, viewer, number)


@ROUTER.post("asked/{int:number}/not-mine", response={204: None}, **needs("ask:write"))
def not_mine(request: HttpRequest, number: Number) -> None:
    """Say that it is not my subject: I am not suggested for questions like it."""
    home, viewer = home_and_viewer(request)
    being_asked.not_mine(home, viewer, number)
