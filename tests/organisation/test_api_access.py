"""The API opens to a token alone, for what it was made for, and only as long as it holds."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from ninja.openapi.schema import OpenAPISchema
from tests.actions import company
from tests.organisation import postgresql
from tests.organisation.api_clients import DESCRIBED, filled, operations
from tests.organisation.conftest import PASSWORD

from crosstie.actions.organisation import gate, members, tokens
from crosstie.actions.organisation.scopes import SCOPES
from crosstie.people import Role

pytestmark = [pytest.mark.anywhere, pytest.mark.long]


def test_without_a_token_that_holds_nothing_but_the_description_is_shown(site, firm):
    browser = site()
    assert browser.get(DESCRIBED).status_code == 200
    for given in ("", "Bearer crosstie_nonsense", "Basic YWRhOnB3", "Bearer "):
        for method, path, _ in operations(browser):
            refused = browser.generic(
                method, "/api/v1/" + filled(path), headers={"Authorization": given} if given else {}
            )
            assert (refused.status_code, refused.json()["code"]) == (401, "token-refused"), path
            assert refused.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.skipif(bool(postgresql.SERVER), reason="what a scope opens hangs on no database")
def test_a_token_opens_what_its_scope_says_and_nothing_else(site, program, ada):
    every = operations(site())
    for scope in SCOPES:
        ask = program(ada, scope.name)
        for method, path, operation in every:
            refused = ask(method, filled(path))
            lacks = refused.status_code == 403 and "was not made for this" in refused.json()["detail"]
            assert lacks is (operation["x-scope"] != scope.name), (scope.name, method, path)


def test_a_role_below_is_refused_whatever_the_token_says(firm, program, ada, ben):
    members.change_role(firm, ada, ben.member, Role.STEWARD)
    ask = program(gate.viewer_of(firm, ben.member))
    assert ask("GET", "members").status_code == 200
    members.change_role(firm, ada, ben.member, Role.FACILITATOR)
    for method, path, said in (
        ("GET", "members", None),
        ("POST", "invitations", {"addresses": ["x@firm.example"]}),
        ("PUT", "invitations/link", {"domains": ["firm.example"], "uses": 3}),
        ("PUT", f"members/{ada.member}/role", {"role": "member"}),
        ("PUT", f"members/{ada.member}/active", {"is_active": False}),
    ):
        refused = ask(method, path, said)
        assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed"), path


def test_revoked_and_suspended_tokens_stop_at_once(firm, program, ada, ben):
    ask = program(ben)
    assert ask("GET", "questions").status_code == 200
    members.suspend(firm, ada, ben.member, active=False)
    assert ask("GET", "questions").status_code == 401
    members.suspend(firm, ada, ben.member, active=True)
    assert ask("GET", "questions").status_code == 200
    tokens.revoke(firm, ben, tokens.tokens(firm, ben)[0].number)
    assert ask("GET", "questions").status_code == 401


def test_who_is_signed_in_to_the_pages_is_nobody_here(site, firm):
    browser = site()
    browser.post("/account/login/", {"login": company.address("Ada Berg"), "password": PASSWORD})
    assert browser.get("/members").status_code == 200
    refused = browser.get("/api/v1/circle")
    assert refused.status_code == 401
    assert not refused.cookies
    assert "Set-Cookie" not in refused.headers
    assert not [name for name in refused.headers if name.startswith("Access-Control")]


def test_a_token_is_nobody_on_the_pages(site, firm, ada):
    secret = tokens.make(firm, ada, "x", ["members:read"])
    shown = site().get("/members", headers={"Authorization": f"Bearer {secret}"})
    assert shown.status_code == 302


def test_before_anybody_set_it_up_nobody_gets_in(site, home):
    assert site().get("/api/v1/circle").status_code == 401


def test_the_description_says_all_that_each_operation_may_answer(site, firm):
    every = operations(site())
    names = [operation["operationId"] for *_, operation in every]
    assert len(names) == len(set(names)) > 20
    assert {operation["x-scope"] for *_, operation in every} == {one.name for one in SCOPES}
    for method, path, operation in every:
        assert operation["security"] == [{"token": [operation["x-scope"]]}]
        assert {"401", "403", "404", "429"} <= set(operation["responses"]), path
        assert ("requestBody" in operation) <= ({"400", "413", "415", "422"} <= set(operation["responses"]))
        assert ("409" in operation["responses"]) is (method == "POST" and "200" not in operation["responses"])
        assert operation["summary"]
        assert len(operation["summary"]) < 90


def test_no_two_shapes_have_one_name(site, firm, monkeypatch):
    described: dict[str, Any] = {}

    def adding(_schema: object, definitions: dict[str, Any]) -> None:
        for name, shape in definitions.items():
            assert described.setdefault(name, shape) == shape, name

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", adding)
    site().get(DESCRIBED)
    assert len(described) > 50


def test_no_operation_answers_with_a_pair_which_would_be_taken_for_a_status():
    from crosstie.web.organisation.api.application import API

    views = [
        operation.view_func
        for router in API._get_bound_routers()
        for path in router.path_operations.values()
        for operation in path.operations
    ]
    assert len(views) > 50
    assert [view.__name__ for view in views if view.__annotations__["return"].startswith("tuple")] == []


def test_the_pages_start_without_what_only_the_api_needs():
    code = (
        "import sys, crosstie.web.organisation, crosstie.web.organisation.api.door\n"
        "print([one for one in ('ninja', 'pydantic') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
