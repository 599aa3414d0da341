"""A request that carries a key of its own is carried out once."""

from __future__ import annotations

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.organisation.api_clients import operations, served

from crosstie.actions.organisation import repeats, tidying, tokens
from crosstie.store.models import Acknowledgement, Letter, Question, Repeat
from crosstie.web.organisation.api import answering


def test_the_same_request_again_does_nothing_and_is_answered_alike(program, ada, ben):
    ask, said = program(ada), {"text": "How do I resize a queue?", "people": [ben.person]}
    first = ask("POST", "questions", said, key="k-1")
    again = ask("POST", "questions", said, key="k-1")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert Question.objects.count() == 1
    assert Letter.objects.filter(kind="asked").count() == 1


def test_a_key_is_not_used_for_another_request_but_another_token_may(program, ada, ben):
    ask = program(ada)
    assert ask("POST", "questions", {"text": "One?"}, key="k").status_code == 201
    refused = ask("POST", "questions", {"text": "Two?"}, key="k")
    assert (refused.status_code, refused.json()["code"]) == (409, "key-reused")
    assert program(ben)("POST", "questions", {"text": "Two?"}, key="k").status_code == 201


def test_what_was_refused_may_be_tried_again_and_leaves_nothing(firm, program, ada, ben):
    ask = program(ada)
    assert ask("POST", "questions", {"text": " "}, key="k").status_code == 422
    assert ask("POST", "thanks", {"person": "nobody"}, key="k").status_code == 404
    assert Repeat.objects.count() == 0
    assert ask("POST", "questions", {"text": "How?"}, key="k").status_code == 201


def test_a_failure_half_way_undoes_all_of_it(program, ada, ben, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise ValueError("half-way")

    ask, said = program(ada), {"person": ben.person}
    with monkeypatch.context() as patched:
        patched.setattr("crosstie.actions.organisation.recording.due", broken)
        assert ask("POST", "thanks", said, key="k").status_code == 500
    assert (Acknowledgement.objects.count(), Repeat.objects.count()) == (0, 0)
    assert ask("POST", "thanks", said, key="k").status_code == 201


def test_no_words_of_anyone_are_kept_with_a_key(site, program, ada, ben):
    ask = program(ada)
    ask("POST", "drafts", {"text": "A secret plan"}, key="d")
    ask("POST", "questions", {"text": "A secret plan"}, key="q")
    ask("POST", "invitations", {"addresses": ["new@firm.example"]}, key="i")
    kept = {one.key: one.answer for one in Repeat.objects.all()}
    assert {name: set(json.loads(answer)) for name, answer in kept.items()} == {
        "q": {"number"},
        "i": {"invited"},
    }
    for method, path, operation in operations(site()):
        names = {one["name"] for one in operation["parameters"]}
        told = operation["responses"].get("201")
        assert (answering.KEY in names) is bool(method == "POST" and "200" not in operation["responses"])
        if told:
            shape = told["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            assert shape in {"Made", "InvitedCount", "InvitedHere", "Found", "CameAbout"}, path


@pytest.mark.parametrize("key", ["", "x" * 101, "two words", "ü"])
def test_a_key_that_is_none_is_refused(firm, site, ada, key):
    secret = tokens.make(firm, ada, "x", ["ask:write"])
    refused = site().post(
        "/api/v1/questions",
        {"text": "x"},
        "application/json",
        headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": key},
    )
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["where"] == "header.Idempotency-Key"


def test_keys_are_forgotten_in_time(firm, program, ada):
    program(ada)("POST", "questions", {"text": "One?"}, key="k")
    tidying.tidy(firm, {})
    assert Repeat.objects.count() == 1
    Repeat.objects.update(at=Repeat.objects.get().at - repeats.KEPT)
    tidying.tidy(firm, {})
    assert Repeat.objects.count() == 0


def test_the_same_request_many_times_at_once_is_carried_out_once(firm, ada):
    secret = tokens.make(firm, ada, "x", ["ask:write"])

    def send(address: str) -> tuple[int, bytes]:
        said = urllib.request.Request(
            f"{address}/api/v1/questions",
            data=b'{"text": "Once?"}',
            headers={
                "Authorization": f"Bearer {secret}",
                "Content-Type": "application/json",
                answering.KEY: "k",
            },
        )
        with urllib.request.urlopen(said) as answer:
            return answer.status, answer.read()

    with served(firm) as address, ThreadPoolExecutor(8) as together:
        told = set(together.map(send, [address] * 24))
    assert told == {(201, b'{"number": %d}' % Question.objects.get().pk)}
    assert Repeat.objects.count() == 1
