"""What every source promises, swept over all that are registered.

A source takes part by a file ``tests/sources/<name>/samples.py`` with

* ``make(folder: Path) -> Path``: writes a small made-up export below the folder and returns its path,
* ``UNITS: int``: how many units the ledger must have read of it, counted by hand,
* optionally ``VIEWER: str``: whose export it is in personal mode, and ``SETTINGS: dict[str, str]``.
"""

from __future__ import annotations

import importlib.util
import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

import pytest

from crosstie.errors import CrosstieError
from crosstie.record import Account, Entry, Interaction, KnownHow, Openness, Place, Trace
from crosstie.sources import Door, Ledger, Mode, Settings, Source, recognise

NAMES = sorted(point.name for point in entry_points(group="crosstie.sources"))
HERE = Path(__file__).parent


@pytest.fixture(params=NAMES)
def source(request) -> Source:
    (point,) = entry_points(group="crosstie.sources", name=request.param)
    found: Source = point.load()
    assert found.name == request.param
    return found


@pytest.fixture
def samples(source: Source) -> ModuleType:
    path = HERE / source.name / "samples.py"
    assert path.is_file(), (
        f"the source {source.name} offers no samples: write {path.relative_to(HERE.parent)}"
    )
    spec = importlib.util.spec_from_file_location(f"samples_of_{source.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def export(samples: ModuleType, tmp_path: Path) -> Path:
    made: Path = samples.make(tmp_path)
    assert made.exists()
    return made


@pytest.fixture
def settings(source: Source, samples: ModuleType) -> Settings:
    return {**source.defaults(), **getattr(samples, "SETTINGS", {})}


def door(samples: ModuleType, mode: Mode = Mode.PERSONAL) -> Door:
    viewer = getattr(samples, "VIEWER", "") if mode is Mode.PERSONAL else ""
    return Door(Ledger(), mode=mode, viewer=viewer)


def read(
    source: Source, export: Path, settings: Settings, samples: ModuleType, mode: Mode = Mode.PERSONAL
) -> tuple[list[Trace], Ledger]:
    entrance = door(samples, mode)
    return list(source.read(export, settings, entrance)), entrance.ledger


@pytest.fixture(params=list(Mode))
def reading(request, source, export, settings, samples) -> tuple[list[Trace], Ledger]:
    return read(source, export, settings, samples, request.param)


def interactions(traces: list[Trace]) -> Iterator[Interaction]:
    return (trace for trace in traces if isinstance(trace, Interaction))


def test_at_least_the_eight_sources_of_the_project_are_registered():
    assert {"directory", "discourse", "git", "mail", "slack", "stackexchange", "table", "zulip"} <= set(NAMES)


def test_a_source_declares_every_field(source):
    assert source.name.isidentifier()
    assert source.label
    assert source.reads.endswith(".")
    assert source.drops
    assert all(source.drops)
    assert source.unit
    assert source.unit_of_one


def test_every_setting_has_a_label_and_a_sentence_of_help(source):
    assert len({setting.name for setting in source.settings}) == len(source.settings)
    for setting in source.settings:
        assert setting.name.isidentifier()
        assert setting.label
        assert setting.help.endswith(".")
        assert not setting.choices or setting.default in setting.choices


def test_a_source_recognises_its_own_export_better_than_any_other_source_does(source, export):
    assert recognise(export).name == source.name
    assert 0 < source.recognises(export) <= 1


def test_a_source_does_not_recognise_what_is_not_its_own(source, tmp_path):
    other = tmp_path / "holiday.txt"
    other.write_bytes(b"\x00\x01 nothing of interest \xff")
    empty = tmp_path / "empty"
    empty.mkdir()

    assert source.recognises(other) < 0.5
    assert source.recognises(empty) < 0.5
    assert source.recognises(tmp_path / "missing") <= 0


def test_the_sample_yields_something(source, export, settings, samples):
    traces, ledger = read(source, export, settings, samples)

    assert ledger.used > 0
    assert any(isinstance(trace, Interaction | Entry) for trace in traces)


def test_a_dry_run_counts_records_places_and_kinds_as_a_reading_does(source, export, settings, samples):
    traces, ledger = read(source, export, settings, samples)
    entrance = door(samples)
    entrance.dry = True
    rehearsed = list(source.read(export, settings, entrance))

    assert (entrance.ledger.used, entrance.ledger.left_out) == (ledger.used, ledger.left_out)
    assert entrance.ledger.places == ledger.places
    assert ledger.places.total() == ledger.used
    kinds = Counter(act.kind for act in interactions(rehearsed))
    assert kinds == Counter(act.kind for act in interactions(traces))
    assert bool(kinds) is bool(source.kinds)


def test_only_declared_kinds_are_yielded(source, reading):
    traces, _ = reading

    assert {act.kind for act in interactions(traces)} <= source.kinds


def test_times_are_aware_and_in_utc(reading):
    traces, _ = reading

    for act in interactions(traces):
        for moment in (act.at, act.edited_at):
            assert moment is None or moment.utcoffset() == datetime.now(UTC).utcoffset()


def test_places_that_are_not_open_give_neither_text_nor_link(reading):
    traces, _ = reading

    for act in interactions(traces):
        if act.openness is not Openness.OPEN:
            assert act.text is None
            assert act.link == ""
    for place in (trace for trace in traces if isinstance(trace, Place)):
        if place.openness is not Openness.OPEN:
            assert place.link == ""
        if place.openness is Openness.DIRECT:
            assert place.name == ""


def test_links_are_web_addresses_or_nothing(reading):
    traces, _ = reading

    for trace in traces:
        if isinstance(trace, Interaction | Place):
            assert trace.link == "" or trace.link.startswith(("https://", "http://"))


def test_organisation_mode_yields_nothing_of_a_place_without_agreement(source, export, settings, samples):
    traces, _ = read(source, export, settings, samples, Mode.ORGANISATION)

    assert {act.openness for act in interactions(traces)} <= {Openness.OPEN}


def test_the_ledger_counts_every_unit_of_the_sample_once(samples, reading):
    _, ledger = reading

    assert ledger.read == samples.UNITS
    assert ledger.read == ledger.used + sum(ledger.left_out.values())
    assert all(reason and count > 0 for reason, count in ledger.left_out.items())


def test_reading_twice_gives_the_same(source, export, settings, samples):
    assert read(source, export, settings, samples) == read(source, export, settings, samples)


def test_reading_stops_when_the_caller_stops(source, export, settings, samples):
    traces = source.read(export, settings, door(samples))
    assert len(list(itertools.islice(traces, 1))) == 1

    traces.close()

    assert list(traces) == []


def test_accounts_and_places_come_before_the_interactions_that_use_them(reading):
    traces, _ = reading
    accounts: set[str] = set()
    places: set[str] = set()

    for trace in traces:
        match trace:
            case Account():
                accounts.add(trace.id)
            case Place():
                places.add(trace.id)
            case Interaction():
                named = {trace.actor, trace.parent_author, *trace.addressed, *trace.copied, *trace.mentioned}
                assert named - {""} <= accounts
                assert trace.place in places


def test_all_traces_of_a_reading_name_one_source_by_its_content(source, reading):
    traces, _ = reading

    for trace in traces:
        assert trace.source == source.name or trace.source.startswith(f"{source.name}:")


def test_an_interaction_is_known_once_unless_it_was_edited(reading):
    traces, _ = reading
    edits: dict[str, datetime | None] = {}

    for act in interactions(traces):
        assert act.external_id
        if act.external_id in edits:
            assert act.edited_at != edits[act.external_id]
        edits[act.external_id] = act.edited_at


def test_a_probability_says_how_it_is_known(reading):
    traces, _ = reading

    for act in interactions(traces):
        assert 0 < act.probability <= 1
        assert act.known_how is KnownHow.INFERRED or act.probability == 1


def test_addresses_are_folded(reading):
    traces, _ = reading

    for trace in traces:
        if isinstance(trace, Account | Entry):
            assert trace.address == trace.address.strip().lower()
            assert trace.name == " ".join(trace.name.split())


def test_a_damaged_export_is_refused_with_a_hint_or_counted(source, samples, settings, tmp_path):
    made: Path = samples.make(tmp_path)
    for path in [made, *made.rglob("*")]:
        if path.is_file() and path.stat().st_mode & 0o200:
            content = path.read_bytes()
            path.write_bytes(content[: len(content) // 2])

    entrance = door(samples)
    refusals: list[CrosstieError] = []
    try:
        for _ in source.read(made, settings, entrance):
            pass
    except CrosstieError as refusal:
        refusals.append(refusal)

    assert all(refusal.message and refusal.hint for refusal in refusals)
    ledger = entrance.ledger
    assert refusals or ledger.left_out or ledger.notes or ledger.read != samples.UNITS
