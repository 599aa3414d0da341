"""Write the reference pages from the declarations in the code: run by cog, inside the pages themselves.

``make reference`` writes them again; a test fails when a page says something else than the code.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import MISSING, fields

import click

import crosstie
from crosstie import errors
from crosstie.cli import main
from crosstie.config import IdeaSettings, NetworkSettings, RecordSettings, WorkingSettings
from crosstie.network.metrics.registry import every_metric
from crosstie.notebook.frame import Frame
from crosstie.notebook.network_frames import Circle, NetworkFrames
from crosstie.notebook.workspace import Workspace
from crosstie.sources import every_source


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _default(option: click.Option) -> str:
    if option.is_flag or option.multiple or option.default in (None, "", MISSING):
        return ""
    text = str(option.default)
    return "" if "Sentinel" in text else f"`{text}`"


def commands() -> None:
    """Print each command with its help and its options."""
    for name in sorted(main.commands):
        command = main.commands[name]
        context = click.Context(command, info_name=f"crosstie {name}")
        usage = command.get_usage(context).removeprefix("Usage: ")
        print(f"## crosstie {name}\n\n```text\n{usage}\n```\n")
        print(inspect.cleandoc(command.help or "").replace("\b\n", "") + "\n")
        rows = [
            (
                ", ".join(f"`{spelling}`" for spelling in option.opts),
                option.help or "",
                _default(option),
            )
            for option in command.params
            if isinstance(option, click.Option)
        ]
        print(_table(("option", "what it does", "default"), rows))


def library() -> None:
    """Print what the library's objects offer: each public member with the first sentence of its docstring."""
    print(f"## `crosstie.open(folder)`\n\n{_first_sentence(crosstie.open)}\n")
    print(f"## `crosstie.measure{_signature(crosstie.measure)}`\n\n{_first_sentence(crosstie.measure)}\n")
    for kind in (Workspace, NetworkFrames, Circle, Frame):
        print(f"## {kind.__name__}\n\n{_first_sentence(kind)}\n")
        members = [
            (name, member)
            for name, member in vars(kind).items()
            if not name.startswith("_") and member.__doc__
        ]
        rows = [(f"`{name}{_signature(member)}`", _first_sentence(member)) for name, member in members]
        if rows:
            print(_table(("member", "what it is"), rows))


def _signature(member: object) -> str:
    if not inspect.isfunction(member):
        return ""
    names = [
        f"{name}=" if parameter.kind is inspect.Parameter.KEYWORD_ONLY else name
        for name, parameter in inspect.signature(member).parameters.items()
        if name != "self"
    ]
    return f"({', '.join(names)})"


def _first_sentence(described: object) -> str:
    return inspect.cleandoc(described.__doc__ or "").partition("\n\n")[0]


def sources() -> None:
    """Print each source: what it reads, what it drops, its settings."""
    for source in every_source().values():
        print(f"## {source.label} (`{source.name}`)\n\n{source.reads}\n")
        print(f"Yields: {', '.join(sorted(str(kind) for kind in source.kinds))}. Counted in {source.unit}.\n")
        if source.drops:
            print("Dropped at the door:\n")
            print("\n".join(f"- {_cell(dropped)}" for dropped in source.drops) + "\n")
        if source.settings:
            rows = [
                (
                    f"`{source.name}.{setting.name}`",
                    setting.help + (f" One of: {', '.join(setting.choices)}." if setting.choices else ""),
                    f"`{setting.default}`" if setting.default else "",
                )
                for setting in source.settings
            ]
            print(_table(("setting", "what it says", "default"), rows))


def metrics() -> None:
    """Print each metric: the question it answers, how to read it, what it does not say."""
    for metric in every_metric().values():
        lowest = "open" if metric.lowest is None else f"{metric.lowest:g}"
        highest = "open" if metric.highest is None else f"{metric.highest:g}"
        print(f"## {metric.label} (`{metric.name}`)\n\n{metric.question}\n")
        lines = [
            ("High", metric.high),
            ("Low", metric.low),
            ("Caution", metric.caution),
            ("Unit and range", f"{metric.unit}, {lowest} to {highest}"),
            ("No value", metric.undefined),
            (
                "How sure",
                "90 % interval by leaving out one contact after the other" if metric.jackknifed else "",
            ),
            ("Shown", "on My circle" if metric.on_page else "in the library alone"),
            ("Smallest group", f"{metric.smallest_group}" if metric.smallest_group > 1 else ""),
            ("Needs", ", ".join(metric.needs)),
            ("Cost", metric.cost),
            ("References", " ".join(metric.references)),
        ]
        print("\n".join(f"- **{label}**: {_cell(text)}" for label, text in lines if text) + "\n")


def settings() -> None:
    """Print each setting of the network, the record, ideas and working time with its default."""
    rows = []
    kinds = (
        ("network", NetworkSettings),
        ("record", RecordSettings),
        ("ideas", IdeaSettings),
        ("working", WorkingSettings),
    )
    for prefix, kind in kinds:
        about = inspect.cleandoc(kind.__doc__ or "").partition("Attributes:\n")[2]
        helps = dict(re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", about, re.MULTILINE))
        rows += [(f"`{prefix}.{one.name}`", helps[one.name], f"`{one.default}`") for one in fields(kind)]
    print(_table(("setting", "what it says", "default"), rows))


def refusals() -> None:
    """Print the tree of everything that crosstie can refuse."""
    tree = (errors.__doc__ or "").strip().partition("\n\n")[2]
    print(f"```text\n{tree}\n```\n")
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    family = [kind for kind in kinds if issubclass(kind, errors.CrosstieError)]
    rows = [(f"`{kind.code}`", f"`{kind.__name__}`", inspect.getdoc(kind) or "") for kind in family]
    print(_table(("code", "in Python", "when"), sorted(rows)))
