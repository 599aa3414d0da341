"""Take everything along: one ZIP with all that is held, of oneself alone, handed out piece by piece."""

from __future__ import annotations

import csv
import io
import json
import types
import zipfile

import pytest
from tests.actions import company
from tests.organisation.conftest import PASSWORD, grown, signed_in
from tests.organisation.someone import NAME, join_and_use_everything

from crosstie.actions import reading
from crosstie.actions.consent import Consent
from crosstie.actions.organisation import held_rows, held_tables, taking_along
from crosstie.errors import NotShown
from crosstie.people import Viewer
from crosstie.record import Trace
from crosstie.store.held import HELD


@pytest.fixture(scope="module")
def firm_workspace(firm_workspace, tmp_path_factory):
    """The firm in which Ben used everything."""
    return grown(firm_workspace, tmp_path_factory.mktemp("used"), join_and_use_everything)


@pytest.fixture
def ben(firm):
    return signed_in(firm, company.address(NAME))


def opened(pieces) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def traces_in(packed: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(packed.read("traces.csv").decode("utf-8-sig"))))


def test_every_trace_and_every_table_is_in_it(firm, ada, ben):
    packed = opened(taking_along.export(firm, ben))
    assert packed.testzip() is None
    ids = [row["id"].removeprefix("'") for row in traces_in(packed)]  # no formula, for a spreadsheet
    assert ids == [row.id for row in held_rows.every_row(firm, ben)]
    for one in HELD:
        rows = json.loads(packed.read(f"{one.name}.json"))
        assert len(rows) == held_tables.table(firm, ben, one.name).number
        assert len(rows) > 0
        assert set(rows[0]) == set(one.shown)
    assert json.loads(packed.read("seen.json"))["name"] == NAME
    readme = packed.read("README.txt").decode()
    assert all(name in readme for name in packed.namelist() if name != "README.txt")


def test_what_is_anothers_is_not_in_it(firm, ada, ben, join):
    lea = join("Lea Moreau")
    packed = opened(taking_along.export(firm, lea))
    assert traces_in(packed) == []
    text = "".join(packed.read(name).decode() for name in packed.namelist())
    assert company.address("Lea Moreau") in text
    for other in (NAME, company.address(NAME), company.address("Ada Berg")):
        assert other not in text


def test_no_secret_is_in_it(firm, ada, ben):
    packed = opened(taking_along.export(firm, ben))
    text = "".join(packed.read(name).decode() for name in packed.namelist())
    assert "d" * 64 not in text
    assert "md5$" not in text
    assert "Reply-Token" not in text


def test_a_text_that_looks_like_a_formula_is_none_in_a_spreadsheet(firm, ada, ben):
    told: list[Trace] = [
        *company.accounts(),
        *company.places(),
        company.said(9000, "Ben", text="=HYPERLINK(1)", days=300),
    ]
    reading.read(firm, company.plan(told), agreed=Consent(domains=frozenset({"firm.example"})))
    assert "'=HYPERLINK(1)" in [row["text"] for row in traces_in(opened(taking_along.export(firm, ben)))]


def test_it_is_handed_out_in_pieces(firm, ada, ben, monkeypatch):
    monkeypatch.setattr(taking_along, "_ROWS_A_CHUNK", 2)
    pieces = taking_along.export(firm, ben)
    assert isinstance(pieces, types.GeneratorType)
    assert sum(1 for piece in pieces if piece) > 2


def test_on_the_page_it_is_a_file(site, firm, ada):
    browser = site()
    browser.post("/account/login/", {"login": company.address("Ada Berg"), "password": PASSWORD})
    assert "/me/all.zip" in browser.get("/me/leave").content.decode()
    answer = browser.get("/me/all.zip")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="crosstie-')
    assert answer.headers["Content-Type"] == "application/zip"
    assert len(traces_in(opened(answer.streaming_content))) == held_rows.number(firm, ada)


def test_an_outsider_gets_nothing_not_even_a_beginning(site, firm, ben):
    with pytest.raises(NotShown):
        taking_along.export(firm, Viewer(person=ben.person, account=ben.account))
    assert "/account/login/" in site().get("/me/all.zip").headers["Location"]
