"""Collect what people read, for translation, and compile the translations: `make messages`.

Three kinds of texts are collected (docs/decisions/0010-languages.md): what stands in templates, what code
hands to gettext or to `crosstie.saying`, and what declarations say (metrics, acts, advisors, sources), which
is read from the declarations themselves. Only Babel is needed, no gettext programs.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "src" / "crosstie"
LANGUAGES = ("de",)
WIDTH = 110

KEYWORDS: Mapping[str, tuple[int, ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "say": (1,),
    "say_count": (1, 2),
    "mark": (1,),
    "leave_out": (1,),
    "note": (1,),
}
"""What makes a text one that people read, and which of its arguments it is."""

MADE_UP = {"demo"}
"""Rooms whose texts are the invented people's own words, but for the files beside."""
MADE_UP_BUT = {CODE / "demo" / "looks.py"}

DECLARED: dict[str, tuple[str, ...]] = {
    "Metric": ("label", "question", "caution", "undefined"),
    "Act": ("when", "reason"),
    "Advisor": ("label", "question", "how", "cautions", "evidence"),
    "Insight": ("label", "question", "how", "reading", "cautions", "evidence"),
    "Source": ("label", "reads", "drops", "unit", "unit_of_one"),
    "JointTask": ("text", "reason"),
}
"""By the kind of a declaration, which of its fields people read."""

HEADER = """\
# What the pages say in {language}. `make messages` collects the texts; translate those that are empty.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"MIME-Version: 1.0\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Message = str | tuple[str, str]
"""A text, or the two of a number."""


def collected() -> dict[Message, set[str]]:
    """Return every text that people read, with the files it comes from."""
    found: dict[Message, set[str]] = {}
    for path, message in (*_in_code(), *_in_templates(), *_declared()):
        found.setdefault(message, set()).add(path)
    # One text with and without a plural is one text: gettext takes the singular of both.
    for message in [one for one in found if isinstance(one, tuple)]:
        found[message] |= found.pop(message[0], set())
    return found


def catalog(language: str) -> Catalog:
    """Return the translations of a language as they stand."""
    path = source_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def source_of(language: str) -> Path:
    """Return the file in which a language is written."""
    return CODE / "locale" / language / "LC_MESSAGES" / "django.po"


def compiled_of(language: str) -> Path:
    """Return the file that the pages read; it is made, and kept out of git."""
    return source_of(language).with_suffix(".mo")


def compile_language(language: str) -> None:
    """Make the file that the pages read."""
    made = compiled_of(language)
    beside = made.with_suffix(".new")
    with beside.open("wb") as file:
        write_mo(file, catalog(language))
    beside.replace(made)


def update(language: str) -> list[Message]:
    """Write a language's file again, and return what is to be translated; what is no longer said goes."""
    before = catalog(language)
    after = Catalog(locale=language)
    empty: list[Message] = []
    for message, paths in collected().items():
        known = before.get(message[0] if isinstance(message, tuple) else message)
        said = known.string if known and known.id == message and not known.fuzzy else ""
        after.add(message, said, locations=[(path, 0) for path in sorted(paths)])
        if not said or (isinstance(said, tuple) and not all(said)):
            empty.append(message)
    path = source_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(language=language).encode())
        write_po(file, after, width=WIDTH, sort_by_file=True, omit_header=True, include_lineno=False)
    return empty


def _in_code() -> Iterator[tuple[str, Message]]:
    for path in sorted(CODE.rglob("*.py")):
        inside = path.relative_to(CODE)
        if inside.parts[0] in MADE_UP and path not in MADE_UP_BUT:
            continue
        with path.open("rb") as file:
            for _line, name, texts, _comments in extract_python(file, dict(KEYWORDS), (), {}):
                message = _wanted(str(name), texts)
                if message:
                    yield str(path.relative_to(ROOT)), message


def _wanted(name: str, texts: object) -> Message | None:
    """Return the arguments of a call that are texts to read; None where they are none, as in a definition."""
    given = texts if isinstance(texts, tuple) else (texts,)
    places = KEYWORDS[name]
    if len(given) < len(places) or not all(isinstance(given[at - 1], str) and given[at - 1] for at in places):
        return None
    one, *many = (str(given[at - 1]) for at in places)
    return (one, many[0]) if many else one


_CALL = re.compile(r"(?<!\w)(_|n?gettext)\((?=u?['\"])")


def _in_templates() -> Iterator[tuple[str, Message]]:
    """Yield what templates say: Django makes gettext calls of them, with the rest blanked out."""
    from django.utils.translation.template import templatize

    for path in sorted(CODE.rglob("templates/**/*.html")):
        code = templatize(path.read_text("utf-8"), origin=str(path))
        for call in _CALL.finditer(code):
            yield str(path.relative_to(ROOT)), _literals(code[call.end() :], many=call[1] == "ngettext")


def _literals(code: str, *, many: bool) -> Message:
    """Return the one or two strings with which the arguments of a call begin."""
    found = []
    rest = code
    for _ in range(1 + many):
        matched = re.match(r"""\s*,?\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", rest)
        if matched is None:
            sys.exit(f"messages: not understood: {code[:80]}")
        found.append(str(ast.literal_eval(matched[1])))
        rest = rest[matched.end() :]
    return (found[0], found[1]) if many else found[0]


def _declared() -> Iterator[tuple[str, Message]]:
    for declaration in _declarations():
        kind = type(declaration).__name__
        for field in DECLARED[kind]:
            said = getattr(declaration, field)
            for text in [said] if isinstance(said, str) else said:
                if text:
                    yield f"declared:{kind}:{getattr(declaration, 'name', '')}", str(text)


def _declarations() -> Iterable[object]:
    from crosstie.advice.joint_tasks import TASKS
    from crosstie.advice.registry import every_advisor
    from crosstie.insight.registry import every_insight
    from crosstie.network.acts import ACTS
    from crosstie.network.metrics.registry import every_metric
    from crosstie.sources import every_source

    return (
        *every_metric().values(),
        *ACTS,
        *every_advisor().values(),
        *every_insight().values(),
        *every_source().values(),
        *TASKS,
    )


def main(wanted: list[str]) -> None:
    """Collect and compile, or, with ``compile``, only compile."""
    for language in LANGUAGES:
        if wanted != ["compile"]:
            empty = update(language)
            print(f"messages: {len(empty)} texts to translate into {language}")
            for message in empty:
                print(f"  {message if isinstance(message, str) else message[0]}")
        compile_language(language)


if __name__ == "__main__":
    main(sys.argv[1:])
