"""Every text that people read is collected and translated, and no text of a template stands outside."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "src" / "crosstie"
TEMPLATES = sorted(CODE.rglob("templates/**/*.html"))
HINT = "Run `make messages`, and translate what it lists."
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]")
NO_WORDS = {"crosstie"}
"""What is the same in every language."""


@cache
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


@cache
def translated(language: str) -> dict[Any, Any]:
    """Return what a language's file says, by the texts."""
    return {
        whole(one.id): whole(one.string) for one in messages().catalog(language) if one.id and not one.fuzzy
    }


@pytest.mark.parametrize("language", ["de"])
def test_every_text_is_translated(language: str):
    said = translated(language)
    missing = [one for one in messages().collected() if not said.get(one) or not all(said[one])]
    assert missing == [], HINT


@pytest.mark.parametrize("language", ["de"])
def test_nothing_is_translated_that_nobody_says_any_more(language: str):
    assert set(translated(language)) - set(messages().collected()) == set(), HINT


@pytest.mark.parametrize("language", ["de"])
def test_a_translation_has_the_places_of_its_text_and_its_ends(language: str):
    for text, said in translated(language).items():
        pairs = zip(text, said, strict=True) if isinstance(text, tuple) else [(text, said)]
        for one, other in pairs:
            assert sorted(set(PLACES.findall(one))) == sorted(set(PLACES.findall(other))), one
            assert one.startswith("\n") == other.startswith("\n"), one
            assert one.endswith("\n") == other.endswith("\n"), one


@pytest.mark.parametrize("language", ["de"])
def test_what_is_compiled_is_what_is_written(language: str):
    from babel.messages.mofile import read_mo

    made = messages().compiled_of(language)
    assert made.exists(), HINT
    with made.open("rb") as file:
        compiled = {whole(one.id): whole(one.string) for one in read_mo(file) if one.id}
    assert compiled == {text: said for text, said in translated(language).items() if said and all(said)}, HINT


def whole(text: Any) -> Any:
    """Return the texts of a number as a tuple, however a file keeps them."""
    return text if isinstance(text, str) else tuple(text)


def test_texts_of_three_kinds_are_collected():
    found = messages().collected()
    assert "Sign in" in found  # of a template
    assert "Only members may do this." in found  # handed to gettext
    assert "You both know %(names)s." in found  # said where no language is known
    assert (
        "Older ones count less, thanks and reviews in part; help by voice or by reading leaves no trace."
        in found
    )
    assert ("%(count)s person", "%(count)s people") in found
    assert any(path.startswith("declared:") for path in found["How many people am I in touch with?"])


def bare_words(template: str) -> list[str]:
    """Return the words of a template that stand outside of a translation."""
    text = re.sub(r"{% (comment|blocktrans\w*)\b.*?{% end\1 %}", " ", template, flags=re.DOTALL)
    text = re.sub(r"{#.*?#}|<!--.*?-->|<(script|style|code)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    said = re.findall(r"(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"", text)
    text = re.sub(r"<[^>]*>", " ", text)
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", " ".join([text, *said])))
    return [word for word in words if word not in NO_WORDS]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_text_of_a_template_stands_outside_of_a_translation(template: Path):
    assert bare_words(template.read_text("utf-8")) == []


def test_a_text_outside_would_be_noticed():
    assert bare_words('<p title="So">{% translate "In" %} out</p>') == ["out", "So"]


def test_what_is_compiled_is_made_and_not_kept_and_goes_into_the_wheel():
    made = messages().compiled_of("de").relative_to(ROOT)
    ignored = subprocess.run(["git", "check-ignore", "-q", str(made)], cwd=ROOT, check=False)
    assert ignored.returncode in {0, 128}  # 128: no repository, as in a source archive
    assert "src/crosstie/locale/**/*.mo" in (ROOT / "pyproject.toml").read_text("utf-8")
