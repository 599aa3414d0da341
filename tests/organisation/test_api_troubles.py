"""Every trouble of the API has one shape, and says what to do."""

from __future__ import annotations

import json

from django.http import HttpRequest
from tests.organisation.api_clients import DESCRIBED

from crosstie import errors
from crosstie.web.organisation.api import access, answering, problems


def test_every_error_there_is_becomes_a_problem(site, firm):
    described = site().get(DESCRIBED).json()["components"]["schemas"]["Problem"]
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    family = [kind for kind in kinds if issubclass(kind, errors.CrosstieError)]
    assert len(family) > 10
    for kind in family:
        said = problems.refused(kind("What happened.", hint="What to do."))
        shown = json.loads(said.content)
        assert said.headers["Content-Type"] == "application/problem+json"
        assert set(described["required"]) == set(shown)
        assert (shown["status"], shown["code"]) == (said.status_code, kind.code)
        assert (shown["detail"], shown["hint"]) == ("What happened.", "What to do.")
        assert shown["title"] == (kind.__doc__ or "").splitlines()[0]


def test_a_token_used_too_often_waits(program, ada, ben, monkeypatch, one_minute):
    monkeypatch.setattr(access, "A_MINUTE", 3)
    ask = program(ada)
    told = [ask("GET", "questions").status_code for _ in range(4)]
    refused = ask("GET", "questions")
    assert told[:3] == [200] * 3
    assert refused.json()["code"] == "too-often"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert program(ben)("GET", "questions").status_code == 200


def test_what_is_too_large_or_no_json_is_refused_before_it_is_read(program, ada, site):
    ask = program(ada)
    refused = ask("POST", "questions", {"text": "x" * answering.LARGEST})
    assert (refused.status_code, refused.json()["code"]) == (413, "too-large")
    assert ask("POST", "questions", {"text": "é" * 4_000}).status_code == 201
    form = site().post("/api/v1/questions", {"text": "x"})
    assert (form.status_code, form.json()["code"]) == (415, "not-json")


def test_a_request_that_does_not_fit_says_where_and_not_what_was_sent(program, ada):
    refused = program(ada)("POST", "questions", {"text": 5, "people": "Ben", "secret": "hush"})
    assert refused.status_code == 422
    places = {one["where"] for one in refused.json()["errors"]}
    assert places == {"body.text", "body.people", "body.secret"}
    assert "hush" not in refused.content.decode()


def test_another_host_an_unknown_address_and_method_are_problems_too(site, firm):
    browser = site()
    for refused, status in (
        (browser.get("/api/v1/nothing"), 404),
        (browser.get("/api/v2/circle"), 404),
        (browser.get("/api/v1/"), 404),
        (browser.put("/api/v1/circle"), 405),
        (browser.get(DESCRIBED, headers={"Host": "elsewhere.example"}), 421),
    ):
        assert refused.status_code == status
        assert refused.headers["Content-Type"] == "application/problem+json"
    assert browser.put("/api/v1/circle").headers["Allow"] == "GET"


def test_a_bug_is_a_problem_and_stands_in_the_log(program, ada, monkeypatch, caplog):
    def broken(_request: HttpRequest) -> None:
        raise ValueError("a bug of ours")

    monkeypatch.setattr("crosstie.web.organisation.api.circle.home_and_viewer", broken)
    refused = program(ada)("GET", "circle")
    assert (refused.status_code, refused.json()["code"]) == (500, "failed")
    assert "a bug of ours" not in refused.content.decode()
    assert "a bug of ours" in caplog.text
