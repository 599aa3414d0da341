"""Who read what, protected traits, and moods are not taken in, not guessed, and not worked out."""

from __future__ import annotations

import dataclasses
import re
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from tests.organisation.api_clients import DESCRIBED

from crosstie.actions import advice_views, reading, views
from crosstie.actions.home import Home
from crosstie.advice.registry import every_advisor
from crosstie.errors import SourceRefused
from crosstie.network.acts import ACTS
from crosstie.network.metrics.registry import every_metric
from crosstie.record import Interaction, Kind
from crosstie.sources import every_source

TRAITS = {
    "Gender": "female",
    "DOB": "1984-02-29",
    "Religion": "quaker",
    "Ethnicity": "martian",
    "Nationality": "atlantean",
    "MaritalStatus": "widowed",
    "Disability": "blindness",
    "SickDays": "eleven",
    "Salary": "81234567",
    "PerformanceRating": "exceeds",
    "EngagementScore": "unhappy",
    "UnionMember": "unionised",
}
READ = {
    "read_at": "2026-03-02T10:00:00Z",
    "opened": "yes",
    "views": "17171717",
    "seen_by": "Zoe Quill",
    "unread": "33",
}
MOODS = re.compile(
    r"sentiment|emotion|mood|tone\b|personalit|polarity|toxic|attitude|temper|happi|anger|stress|burnout|opinion"
    r"|viewpoint|politic|belief",
    re.IGNORECASE,
)
READING = re.compile(r"(^|_)(read_(at|by|mark)|opened|seen_by|unread|viewed|views|open_rate|last_read)(_|$)")


def everything(home: Home) -> str:
    """All that is on disk of a workspace, decoded: the record and every table."""
    with home.record.connect() as connection:
        said = repr(connection.execute("SELECT * FROM interactions").fetchall())
    for model in apps.get_app_config("store").get_models():
        try:
            said += repr(list(model.objects.using(home.store._alias).values()))  # type: ignore[attr-defined]
        except Exception as trouble:  # noqa: BLE001 - tables of logins are none of a personal workspace
            said += repr(trouble)
    return said


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    head = ["Employee ID", "Name", "E-mail", "Department", "Manager", *TRAITS]
    rows = [
        [f"{number}", f"Person {number}", f"p{number}@firm.example", "Sales", "1", *TRAITS.values()]
        for number in range(1, 4)
    ]
    file.write_text("\n".join(",".join(row) for row in (head, *rows)) + "\n")
    return file


@pytest.mark.forbids("protected-traits")
def test_a_directory_brings_no_trait_and_no_appraisal_in(tmp_path: Path, directory: Path):
    with Home(tmp_path / "workspace") as home:
        assert reading.read(home, reading.plan(f"directory:{directory}")).used == 3
        held = everything(home)
    assert "Sales" in held
    assert [trait for trait in TRAITS.values() if trait in held] == []


@pytest.mark.forbids("protected-traits")
@pytest.mark.parametrize("column", sorted(TRAITS))
def test_a_trait_is_not_read_under_another_name_either(tmp_path: Path, directory: Path, column: str):
    with Home(tmp_path / "workspace") as home, pytest.raises(SourceRefused):
        reading.read(home, reading.plan(f"directory:{directory}", {"directory.group_columns": column}))


@pytest.mark.forbids("reading-behaviour")
def test_a_table_brings_no_trace_of_who_read_what(tmp_path: Path):
    file = tmp_path / "log.csv"
    times = [f"2026-03-02T09:0{number}:00Z" for number in range(3)]
    rows = [["a@firm.example", "b@firm.example", at, *READ.values()] for at in times]
    file.write_text("\n".join(",".join(row) for row in (["from", "to", "at", *READ], *rows)) + "\n")
    with Home(tmp_path / "workspace") as home:
        assert reading.read(home, reading.plan(f"table:{file}", {"table.openness": "open"})).used == 3
        held = everything(home)
        with home.record.connect() as connection:
            ((count,),) = connection.execute("SELECT count(*) FROM interactions").fetchall()
    assert count > 0
    assert "2026-03-02T10:00:00" not in held
    assert [value for value in (READ["views"], READ["seen_by"]) if value in held] == []


@pytest.mark.forbids("reading-behaviour")
def test_an_act_of_reading_has_no_kind_no_field_and_no_weight():
    named = [*Interaction.__struct_fields__, *(kind.value for kind in Kind), *(act.name for act in ACTS)]
    assert [name for name in named if READING.search(name)] == []
    columns = [
        field.name
        for model in apps.get_app_config("store").get_models()
        for field in model._meta.get_fields()
        if READING.search(field.name) and model.__name__ != "Reading"  # when crosstie read an export
    ]
    assert columns == []
    assert READING.search("last_read_at")


@pytest.mark.forbids("reading-behaviour")
@pytest.mark.parametrize("name", ["mail", "slack", "zulip"])
def test_sources_that_could_tell_who_read_say_that_they_drop_it(name: str):
    source = every_source()[name]
    assert not {kind.value for kind in source.kinds} & {"read", "opened", "viewed"}


@pytest.mark.forbids("sentiment")
def test_nothing_that_is_declared_shown_or_kept_is_a_mood_or_an_opinion(site):
    shown = [
        f"{kind.__name__}.{field.name}"
        for module in (views, advice_views)
        for kind in vars(module).values()
        if dataclasses.is_dataclass(kind) and isinstance(kind, type)
        for field in dataclasses.fields(kind)
    ]
    kept = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("store").get_models()
        for field in model._meta.get_fields()
    ]
    handed_out = re.findall(r'"(\w+)":', site().get(DESCRIBED).content.decode())
    declared = [
        *every_metric(),
        *(one.label for one in every_metric().values()),
        *every_advisor(),
        *Interaction.__struct_fields__,
    ]
    names = [*shown, *kept, *handed_out, *declared]
    assert len(names) > 300
    assert [name for name in names if MOODS.search(name)] == []
    assert MOODS.search("Person.sentiment")


@pytest.mark.forbids("sentiment")
def test_no_library_that_runs_here_reads_moods():
    needed: list[Any] = metadata.requires("crosstie") or []
    assert needed
    assert [
        one for one in needed if re.search(r"vader|textblob|transformers|sentiment|perspective", one)
    ] == []
