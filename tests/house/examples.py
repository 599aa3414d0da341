"""Find the examples of the documentation, and run those of one page in one process, in the page's order.

An HTML comment before a fence says what happens to it: ``<!-- runs -->`` runs it, ``<!-- runs: demo -->``
runs it with the made-up company in the folder ``demo-workspace``, ``<!-- file: NAME -->`` writes it to a file
for those that follow. Run as a script with a page's path, this prints one JSON object an example: what it
printed and what went wrong.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import re
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(
    r"(?:^<!-- (?P<mark>runs|runs: demo|file: [\w.-]+) -->\n+)?"
    r"^```(?P<language>[\w{}-]*)[^\n]*\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
CHECKER = doctest.OutputChecker()
LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced block: its language, its text, its line, and its mark ("" where it has none)."""

    language: str
    text: str
    line: int
    mark: str


def examples(page: Path) -> list[Example]:
    """Return every fenced block of a page, marked or not."""
    text = page.read_text("utf-8")
    return [
        Example(
            language=found["language"],
            text=found["text"],
            line=text.count("\n", 0, found.start("language")) + 1,
            mark=found["mark"] or "",
        )
        for found in FENCE.finditer(text)
    ]


def commands(text: str) -> list[tuple[str, str]]:
    """Return each command of a console example (after a ``$``) with the output that stands under it."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        command, _, expected = part.replace("\\\n", " ").partition("\n")
        found.append((command, expected))
    return found


def _run_console(text: str) -> str:
    printed = []
    for command, expected in commands(text):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command], capture_output=True, text=True, check=False
        )
        printed.append(f"$ {command}\n{done.stdout}{done.stderr}")
        if done.returncode:
            raise AssertionError(f"exit code {done.returncode}\n{printed[-1]}")
        if expected.strip() and not CHECKER.check_output(expected, done.stdout, LOOSELY):
            raise AssertionError(f"expected:\n{expected}\ngot:\n{done.stdout}")
    return "".join(printed)


def _run_python(text: str, names: dict[str, object], page: str) -> str:
    printed = io.StringIO()
    if text.lstrip().startswith(">>>"):
        test = doctest.DocTestParser().get_doctest(text, names, page, page, 0)
        runner = doctest.DocTestRunner(CHECKER, optionflags=LOOSELY, verbose=False)
        runner.run(test, out=printed.write, clear_globs=False)
        names.update(test.globs)
        if runner.failures:
            raise AssertionError(printed.getvalue())
    else:
        with contextlib.redirect_stdout(printed):
            exec(compile(text, page, "exec"), names)
    return printed.getvalue()


def _run(example: Example, names: dict[str, object], page: str) -> str:
    if example.mark.startswith("file: "):
        Path(example.mark.removeprefix("file: ")).write_text(example.text, "utf-8")
        return ""
    if example.language == "console":
        return _run_console(example.text)
    return _run_python(example.text, names, page)


def main(page: Path) -> None:
    """Run every marked example of a page; stop at the first that fails, since others build on it."""
    names: dict[str, object] = {"__name__": "__main__"}
    for example in examples(page):
        if not example.mark:
            continue
        printed, trouble = "", ""
        try:
            printed = _run(example, names, page.name)
        except Exception:  # noqa: BLE001 - whatever an example raises is what is wrong with it
            trouble = traceback.format_exc(limit=-1)
        print(json.dumps({"line": example.line, "printed": printed, "trouble": trouble}))  # noqa: T201 - the answer
        if trouble:
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]))
