"""What the API's description promises holds for whatever a program sends, whatever its token's role."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from schemathesis import hooks, openapi
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import (
    ChecksConfig,
    CoveragePhaseConfig,
    GenerationConfig,
    PhasesConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.config._checks import NegativeDataRejectionConfig
from schemathesis.engine import events, from_schema
from schemathesis.openapi.checks import RejectedPositiveData
from tests.organisation import postgresql
from tests.organisation.api_clients import served

from crosstie.actions import pages
from crosstie.actions.home import Home
from crosstie.actions.organisation import asking, learning, proposing, tokens
from crosstie.actions.organisation.scopes import for_role
from crosstie.people import Role, Viewer
from crosstie.store.models import Member
from crosstie.web.organisation.api import access, problems
from crosstie.web.organisation.api.answering import KEY, KEY_PATTERN

pytestmark = pytest.mark.long

EXAMPLES = 2
"""Random requests for each operation and kind of data, beside those at the edges of what is described."""

EXPECTED = {
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "ignored_auth",
    "use_after_free",
    "ensure_resource_availability",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is there to be found, so that not every request asks for what is not."""

    own: int  # the member whose token it is: not to be thrown out half-way
    other: int
    person: str
    trace: str


@contextmanager
def hooked() -> Iterator[None]:
    """Let no hook outlive a test."""
    try:
        yield
    finally:
        hooks.unregister_all()


def aimed(case: Any, target: Target, numbers: Iterator[int]) -> None:
    """Let every other valid request name what is there; each gets a key of its own."""
    number = next(numbers)
    if re.match(KEY_PATTERN, str(case.headers.get(KEY, ""))):
        case.headers[KEY] = f"key-{number}"
    is_of_member = "members" in case.path
    if is_of_member and str(case.path_parameters.get("number")) == str(target.own):
        case.path_parameters["number"] = target.other
    if number % 2 and case.meta.generation.mode.is_positive:
        there = {
            "number": target.other if is_of_member else 1 + number // 2 % 3,
            "person": target.person,
            "people": [target.person],
            "trace": target.trace,
            "addresses": [f"somebody-{number}@firm.example"],
        }
        for named in (case.path_parameters, case.body):
            if isinstance(named, dict):
                named.update({name: value for name, value in there.items() if name in named})


@pytest.mark.parametrize("role", [Role.STEWARD, Role.MEMBER])  # what a facilitator may, a steward may
def test_nothing_that_is_sent_breaks_what_the_description_promises(firm, ada, join, role, monkeypatch):
    if postgresql.SERVER and role is not Role.STEWARD:
        pytest.skip("what a role may hangs on no database, and is tried on SQLite")
    monkeypatch.setattr(access, "A_MINUTE", 1_000_000)
    who, cleo = join("Ben Olu", role), join("Cleo Marti")
    number = asking.ask(firm, ada, "How do I resize a queue?", {who.person: ("So.",), cleo.person: ("So.",)})
    asking.answer(firm, cleo, number, "Before it is opened.")
    asking.ask(firm, who, "Where does the log go?", {})
    learning.acknowledge(firm, who, cleo.person, "How to resize.")
    learning.sample(firm, who)
    target = Target(own=who.member, other=cleo.member, person=ada.person, trace=_trace(firm, who))
    secret = tokens.make(firm, who, "everything", [one.name for one in for_role(role)])

    with served(firm) as address, hooked():
        at_edges = role is Role.STEWARD and not postgresql.SERVER
        found, statuses = _run(address, secret, target, at_edges=at_edges)

    assert found == []
    assert {200, 201, 204, 401, 403, 404, 422} <= statuses.keys()
    assert Member.objects.get(pk=who.member).is_active


def test_a_bug_would_be_found(firm, ada, join, monkeypatch):
    def broken(*_given: Any) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(proposing, "may_pass_to", broken)
    monkeypatch.setattr(problems, "failed", lambda *_: problems.problem(HTTPStatus(500), "x", detail="x"))
    cleo = join("Cleo Marti")
    target = Target(own=ada.member, other=cleo.member, person=cleo.person, trace="")
    secret = tokens.make(firm, ada, "asks", ["ask:read"])
    with served(firm) as address, hooked():
        found, _ = _run(address, secret, target, only="pass_to")
    assert any("not_a_server_error" in one for one in found)


def _run(
    address: str, secret: str, target: Target, *, at_edges: bool = True, only: str = ""
) -> tuple[list[str], Counter[int]]:
    """Send it all, or all for one operation; return what was found, and how often each status came.

    What lies at the edges of what is described takes longest and hangs on no role or database, so
    once is enough.
    """
    schema = openapi.from_url(
        f"{address}/api/v1/openapi.json",
        config=SchemathesisConfig(
            seed=20,
            projects=ProjectsConfig(
                default=ProjectConfig(
                    headers={"Authorization": f"Bearer {secret}"},
                    generation=GenerationConfig(
                        max_examples=EXAMPLES,
                        deterministic=True,
                        database="none",
                        with_security_parameters=False,
                    ),
                    phases=PhasesConfig(
                        coverage=CoveragePhaseConfig(enabled=at_edges, unexpected_methods={"PATCH"})
                    ),
                    checks=ChecksConfig(
                        negative_data_rejection=NegativeDataRejectionConfig(
                            expected_statuses=["400", "401", "403", "404", "409", "413", "415", "422"]
                        )
                    ),
                    continue_on_failure=True,
                    request_timeout=120,  # of a request beside much other work, which is no failure
                )
            ),
        ),
    )
    if only:
        schema = schema.include(operation_id=only)  # type: ignore[assignment]  # it is still OpenAPI
    numbers = itertools.count()

    @hooks.hook
    def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
        aimed(case, target, numbers)

    @hooks.hook
    def filter_failure(_context: Any, failure: Any, _case: Any, response: Any) -> bool:
        # What only the verb can know, such as an unknown cursor, it refuses with a code of its own.
        is_about_words = isinstance(failure, RejectedPositiveData)
        return not (is_about_words and response.json()["code"] == "usage-refused")

    found: list[str] = []
    statuses: Counter[int] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            found.append(f"{event.label}: {event.value}")
        if isinstance(event, events.ScenarioFinished):
            sent = event.recorder.interactions.values()
            statuses.update(one.response.status_code for one in sent if one.response)
            found += [
                f"{event.label}: {check.name}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.failure_info
            ]
    return found, statuses


def _trace(home: Home, who: Viewer) -> str:
    """Return the id of an original of someone's."""
    contacts = pages.circle(home, who).contacts
    return pages.contact(home, who, contacts[0].person.key)[1][0].id


def test_every_check_there_is_runs():
    load_all_checks()
    assert set(CHECKS.get_all_names()) >= EXPECTED
