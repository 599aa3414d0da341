"""Every verb that the pages use has an operation of the API, or a reason why it has none."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from crosstie import web

pytestmark = pytest.mark.anywhere

FOLDER = Path(web.__file__).parent
ROOM = "crosstie.actions"

NOT_FOR_PROGRAMS = {
    "members.is_empty": "whoever comes first sets crosstie up in a browser, before there is a token",
    "members.set_up": "likewise",
    "invitations.way": "one joins, and signs in, in a browser: that is where a token comes from",
    "invitations.ask_to_join": "likewise",
    "invitations.accept": "likewise",
    "sign_in_links.send": "likewise",
    "sign_in_links.whose": "likewise",
    "sign_in_links.redeem": "likewise",
    "members.organisation_name": "stands at the top of pages",
    "tokens.make": "a token makes no tokens",
    "tokens.tokens": "nor tells of others",
    "tokens.revoke": "nor revokes them",
    "token_limit.lifetimes": "nor asks for how long one may be made",
    "token_limit.to_set": "nor what stewards let tokens be",
    "token_limit.limit": "likewise",
    "aliases.lift": "two people decide it, who read the question and say why; no program does",
    "aliases.liftings": "stands on the page where they decide",
    "journal.journal": "is read by people, on a page for stewards",
    "preferences.webhook": "goes with its secret, which is set and shown on a page alone",
    "preferences.set_webhook": "likewise",
    "preferences.rotate_secret": "likewise",
    "digests.wanted": "a link in a mail stops a digest without signing in; signed in, it is a preference",
    "digests.stop": "likewise",
    "held_rows.number": "a number on a page above the rows",
    "questions.questions": "three lists on one page; `questions.lines` returns each of them",
    "learning.may_be_thanked": "whether a page offers a form; `learning.acknowledge` says no by itself",
    "learning.said_between": "two words on a page; `learning.thanks` returns the same",
    "learning.thanked_answers": "which buttons a page shows; `learning.thanks` returns the same",
    "gate.viewer_of": "who is signed in",
    "letters.write": "how the mails of the login become letters",
    "leaving.standing": "leaving is one's own step, on a page that says what it does",
    "leaving.opt_out": "likewise",
    "leaving.opt_in": "likewise",
    "leaving.forget_me": "likewise",
    "correcting.ended_with": "which buttons a page shows; `correcting.corrections` returns the same",
    "working_days.add_calendar": "a program reads a file itself; then `working_days.set_holidays`",
    "working_days.holidays": "what stands in a form; `working_days.holidays_here` returns the same",
    "scopes.for_role": "which boxes the page of tokens shows",
    "pages.unsaid": "words of the page of the circle",
    "failures.has_failed": "a word on pages; a draft, a panel and what comes again carry it as `has_failed`",
    "beginning.has_begun": "a word on pages; `readings` of the sources tells the same",
    "mail_settings.about_links": "a word of warning on pages, until it is known where links in letters lead",
    "mail_settings.sends": "a word of warning on pages, while no mail goes out",
    "mail_settings.site_address": "where links in letters lead",
    "waiting.waiting": "how many of each; operations return the questions, introductions, workshops",
    "shown.once": "keeps what another verb returned, for as long as it holds",
    "shown.looks": "in the made-up company alone",
}


def verbs_in(paths: Iterable[Path]) -> set[str]:
    """Return the verbs that files call, each with its module, and what they ask of what is shown."""
    trees = [ast.parse(path.read_text("utf-8")) for path in paths]
    return {verb for tree in trees for verb in _called(tree, dict(_imported(tree)))}


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what a file calls modules and verbs of the room, and what they are."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(ROOM):
            for one in node.names:
                is_module = _is_package(node.module) and find_spec(f"{node.module}.{one.name}")
                of = one.name if is_module else f"{node.module.rpartition('.')[2]}.{one.name}"
                yield one.asname or one.name, of


def _is_package(module: str) -> bool:
    found = find_spec(module)
    return bool(found and found.submodule_search_locations)


def _called(tree: ast.Module, imported: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if "." in imported.get(name, ""):
                verb = imported[name]
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in imported:
                verb = f"{imported[name]}.{attr}"
            case ast.Attribute(value=ast.Attribute(attr="shown"), attr=attr):
                verb = f"shown.{attr}"
            case _:
                continue
        if verb.rpartition(".")[2][0].islower():  # a type is no verb
            yield verb


def test_every_verb_of_the_pages_has_an_operation_or_a_reason_why_not():
    on_pages = verbs_in([FOLDER / "views.py", *(FOLDER / "organisation").glob("*.py")])
    in_api = verbs_in((FOLDER / "organisation" / "api").glob("*.py"))
    assert len(in_api) > 30
    assert sorted(on_pages - in_api - NOT_FOR_PROGRAMS.keys()) == []
    assert sorted(NOT_FOR_PROGRAMS.keys() - (on_pages - in_api)) == []
