"""The lock files pin everything by hash, name no address, agree with one another, bring no GPL to users."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
EVERY = (*LOCKS, "requirements-pip.lock")
PACKAGE = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)(?:    --hash=.*\n)+)", re.MULTILINE
)
LINES = re.compile(  # nothing else may stand in a lock file, an address least of all
    r"""
    \#\ Made\ by\ .*
    | [\w.-]+==[\w.+!-]+(\ ;\ [\w.\ '<>=!()]+)?\ \\
    | \ {4}--hash=sha256:[0-9a-f]{64}(\ \\)?
    | \ {4}\#\ via(\ [\w.-]+)?(\ \(pyproject\.toml(:\w+)?\))?
    | \ {4}\#\ {3}[\w.-]+(\ \(pyproject\.toml(:\w+)?\))?
    """,
    re.VERBOSE,
)
GPL = re.compile(r"\bA?GPL|(?<!Lesser )(?<!Library )General Public License", re.IGNORECASE)


def _pins(lock: str) -> dict[str, tuple[str, list[str]]]:
    text = (ROOT / lock).read_text("utf-8")
    return {
        canonicalize_name(found["name"]): (found["version"], re.findall(r"--hash=(\S+)", found["rest"]))
        for found in PACKAGE.finditer(text)
    }


def _declared(*, groups: tuple[str, ...] = (), extras: tuple[str, ...] = ()) -> list[Requirement]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = declared["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    for group in groups:
        wanted += declared["dependency-groups"][group]
    return [Requirement(text) for text in wanted]


def _licence(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    # The whole text of a licence often stands under "License", naming others'; its first line is the name.
    short = [text.strip().splitlines()[0] for text in about.get_all("License") or [] if text.strip()]
    return "; ".join([*(about.get_all("License-Expression") or []), *short, *classifiers])


@pytest.mark.parametrize("lock", EVERY)
def test_every_line_of_a_lock_file_is_a_pin_a_hash_or_a_reason(lock):
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        assert LINES.fullmatch(line), f"{lock}: {line}"


@pytest.mark.parametrize("lock", EVERY)
def test_every_package_of_a_lock_file_has_a_hash(lock):
    pins = _pins(lock)
    lines = re.findall(r"^[\w.-]+==", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    assert len(pins) == len(lines) >= (5 if lock in LOCKS else 1)
    assert all(hashes for _, hashes in pins.values())


@pytest.mark.parametrize("name", ["numpy", "duckdb", "llvmlite", "scipy", "msgspec"])
def test_a_compiled_package_may_be_installed_on_more_than_one_platform(name):
    _, hashes = _pins("requirements.lock")[name]
    assert len(hashes) > 4


@pytest.mark.parametrize("lock", LOCKS[:2])
def test_a_version_is_the_same_wherever_it_stands(lock):
    everything = _pins("requirements-dev.lock")
    for name, pin in _pins(lock).items():
        assert everything[name] == pin, name


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", _declared(extras=("web", "ideas"))),
        ("requirements-dev.lock", _declared(extras=("web", "ideas"), groups=("dev", "docs", "build"))),
        ("requirements-pip.lock", [Requirement("pip")]),
    ],
)
def test_the_lock_file_holds_what_the_project_declares(lock, wanted):
    pins = _pins(lock)
    for requirement in wanted:
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{requirement} is declared, and not in {lock}: run make lock"
        specifiers: SpecifierSet = requirement.specifier
        assert specifiers.contains(pins[name][0]), (
            f"{requirement} is locked at {pins[name][0]}: run make lock"
        )


@pytest.mark.parametrize("line", ["--index-url example.org", "x @ file:y \\", "    # via -r /home/me/x"])
def test_a_line_with_an_address_would_be_noticed(line):
    assert not LINES.fullmatch(line)


def test_the_test_of_licences_knows_the_gpl_when_it_sees_it():
    assert GPL.search(_licence("igraph"))
    assert not GPL.search("GNU Lesser General Public License v3 (LGPLv3)")


def test_nothing_that_runs_is_under_the_gpl():
    installed = {canonicalize_name(dist.metadata["Name"]) for dist in metadata.distributions()}
    runs = [name for name in _pins("requirements.lock") if name in installed]
    assert len(runs) > 20
    for name in runs:
        assert not GPL.search(_licence(name)), f"{name}: {_licence(name)}"


def test_the_library_and_the_command_weigh_less_than_800_megabytes():
    extras = {canonicalize_name(requirement.name) for requirement in _declared(extras=("web", "ideas"))}
    extras -= {canonicalize_name(requirement.name) for requirement in _declared()}
    weight = 0
    for name in _pins("requirements.lock").keys() - extras:
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:  # another platform's
            continue
        paths = [Path(str(file.locate())) for file in files]
        weight += sum(path.stat().st_size for path in paths if path.is_file())
    assert 100e6 < weight < 800e6
