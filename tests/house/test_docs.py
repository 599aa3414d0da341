"""What the documentation names is there: commands, options, targets of make, links."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from tests.house import examples as shown

from crosstie.cli import main as crosstie

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted(page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts)
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def _unknown(text: str) -> list[str]:
    """Return what of a command line of ours does not exist: its command, or its options."""
    unknown = []
    for found in re.finditer(
        r"(?<![\w/-])(?:\.venv/bin/)?crosstie (?P<name>[a-z]+(?:-[a-z]+)*)(?P<rest>[^`\n|;]*)", text
    ):
        command = crosstie.commands.get(found["name"])
        if command is None:
            unknown.append(f"crosstie {found['name']}")
            continue
        if isinstance(command, click.Group):
            within = (found["rest"].split() or ["--help"])[0]
            if not within.isalpha():  # "[OPTIONS]", as its own help says
                continue
            command = command.commands.get(within)
            if command is None:
                unknown.append(f"crosstie {found['name']} {within}")
                continue
        options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        asked = re.findall(r"(?<!\S)\[?(--[a-z-]+)", found["rest"])
        unknown += [f"crosstie {found['name']} {option}" for option in asked if option not in options]
    return unknown


def _code(text: str) -> str:
    """Return what a page shows as code: fenced, indented or between back-ticks, comments left out."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    fenced = re.findall(r"^```(?:console|bash|sh|text)?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4}(?:\$ )?((?:\.venv/bin/crosstie|crosstie|make) .*)$", text, re.MULTILINE)
    # Only what begins with the command is a call; "the crosstie command" between back-ticks is not.
    inline = re.findall(r"`((?:\.venv/bin/crosstie|crosstie|make) [^`]+)`", text)
    calls = re.findall(
        r"^(?:\$ )?((?:\.venv/bin/crosstie|crosstie|make) .*)$", "\n".join(fenced), re.MULTILINE
    )
    return "\n".join([*calls, *indented, *inline])


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_that_a_page_names_exists(name):
    assert _unknown(_code((ROOT / name).read_text("utf-8"))) == []


def test_a_command_or_option_that_does_not_exist_is_noticed():
    assert _unknown(
        "crosstie conquer x\n.venv/bin/crosstie try x --as y --faster\n"
        "crosstie mail eat\ncrosstie mail test --x"
    ) == [
        "crosstie conquer",
        "crosstie try --faster",
        "crosstie mail eat",
        "crosstie mail --x",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_that_a_page_names_exists(name):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert "demo" in targets
    assert (
        set(re.findall(r"^make ([a-z]+)", _code((ROOT / name).read_text("utf-8")), re.MULTILINE)) <= targets
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_python_example_parses(name):
    for example in shown.examples(ROOT / name):
        if example.language == "python" and ">>>" not in example.text:
            compile(example.text, f"{name}:{example.line}", "exec")


@pytest.mark.parametrize("name", [name for name in NAMES if "/" not in name])
def test_every_link_of_a_page_outside_the_docs_leads_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text("utf-8")):
        assert target.startswith("http") or (ROOT / target).exists(), target


def _shown(page: Path) -> set[Path]:
    """Return the pictures that a page shows, in Markdown or, as the README for dark screens, in HTML."""
    text = page.read_text("utf-8")
    found = re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", text) + re.findall(r'\b(?:src|srcset)="([^"]+)"', text)
    return {(page.parent / one).resolve() for one in found if not one.startswith("http")}


def test_every_picture_is_shown_by_a_page_and_every_picture_shown_is_there():
    there = set((ROOT / "docs" / "pictures").iterdir())
    assert set().union(*map(_shown, PAGES)) == there


def test_the_pictures_that_are_there_are_those_that_are_made():
    made = (ROOT / "docs" / "tools" / "screenshots.py").read_text("utf-8")
    there = sorted(picture.name for picture in (ROOT / "docs" / "pictures").iterdir())
    assert sorted(re.findall(r'Shot\(name="([^"]+)"', made)) == there


def test_a_picture_without_words_for_those_who_do_not_see_it_counts_as_not_shown(tmp_path):
    page = tmp_path / "page.md"
    page.write_text('![](a.png) ![A map](b.png) <source srcset="c.png"> [a link](d.png)')
    assert {one.name for one in _shown(page)} == {"b.png", "c.png"}


def test_every_command_has_help_and_is_in_the_documentation():
    text = "\n".join(_code(page.read_text("utf-8")) for page in PAGES)
    for name, command in crosstie.commands.items():
        assert command.help, name
        assert f"crosstie {name}" in text, f"no page shows crosstie {name}"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


def test_the_targets_of_make_each_have_a_comment():
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    targets = [line for line in lines if re.match(r"[a-z]+:(?!=)", line)]
    assert len(targets) > 10
    assert all(" ## " in line for line in targets)
