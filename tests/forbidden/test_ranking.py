"""Nobody can list, sort or filter people by a figure, see another's, look as another, or watch."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.actions import company
from tests.forbidden.walking import as_json, figures_of_others, names_in, paths, unordered_lists, walked
from tests.organisation.api_clients import filled, operations

from crosstie.actions import looking, pages, reading
from crosstie.actions.consent import Consent
from crosstie.actions.export import export
from crosstie.cli import main
from crosstie.errors import CrosstieError
from crosstie.network.metrics.registry import every_metric
from crosstie.people import Role, Viewer
from crosstie.record import Entry

pytestmark = pytest.mark.long

WISHES = "&".join(
    f"{name}={value}"
    for name, value in {
        **dict.fromkeys(("sort", "order", "order_by", "ordering", "orderby", "o", "sortby"), "-size"),
        **dict.fromkeys(("by", "rank", "metric", "figure", "column"), "effective_size"),
        **dict.fromkeys(("top", "limit", "min", "max", "min_size", "threshold", "score"), "3"),
        **dict.fromkeys(("filter", "q", "query", "where"), "size>3"),
    }.items()
)
ONES_OWN = ("/me", "/map")
"""Pages of one's own traces, which stand in the order of time; the map's list, which is by groups."""

WATCHING = re.compile(
    r"isolat|lonel|broker|bottleneck|leaver|flight.?risk|attrition|churn|slow(est)?.repl|unrespons"
    r"|inactive (people|members)|disengag|under.?perform|top.?(people|members|helpers)|leader.?board"
    r"|rank(ing|ed)",
    re.IGNORECASE,
)


def changed_by(get: Callable[[str], str], path: str, wishes: str) -> bool:
    """Say whether a page is another when something is wished for in its address."""
    return get(path) != get(f"{path}?{wishes}")


@pytest.mark.forbids("ranking")
def test_no_page_is_another_when_an_order_or_a_filter_is_wished_for(browse, ada, ben, fay):
    for viewer in (ada, fay, ben):
        browser = browse(viewer)
        walked(browser, ben.person)  # that one looked stands on a page itself
        plain, wished = (walked(browser, ben.person, query) for query in ("", f"?{WISHES}"))
        assert len(plain) > 8
        assert [path for path in plain if plain[path] != wished.get(path)] == []


@pytest.mark.forbids("ranking")
def test_a_page_that_could_be_ordered_would_be_noticed():
    def sortable(path: str) -> str:
        people = ["Ada Berg", "Ben Olu", "Cleo Marti"]
        return " ".join(reversed(people) if "sort=-size" in path else people)

    assert changed_by(sortable, "/people", WISHES)
    assert not changed_by(lambda _path: "the same", "/people", WISHES)


@pytest.mark.forbids("ranking")
@pytest.mark.usefixtures("cleo")
def test_every_list_of_people_stands_in_the_order_of_the_alphabet(browse, ada, ben, fay):
    for viewer in (ada, ben, fay):
        for path, page in walked(browse(viewer), ben.person).items():
            if path != "/" and not path.startswith(ONES_OWN):  # at "/" one's own contacts, nearest first
                assert unordered_lists(page) == [], path


@pytest.mark.forbids("ranking")
def test_a_list_in_another_order_would_be_noticed():
    listed = "<ul>" + "".join(f"<li>{name}</li>" for name in ("Ben Olu", "Ada Berg", "Cleo Marti")) + "</ul>"
    assert unordered_lists(listed) == [["Ben Olu", "Ada Berg", "Cleo Marti"]]


@pytest.mark.forbids("ranking")
def test_an_export_stands_in_the_order_of_keys(firm, tmp_path: Path):
    file = tmp_path / "ties.csv"
    export(firm, file)
    with file.open() as lines:
        rows = [(row["learner"], row["teacher"]) for row in csv.DictReader(lines)]
    assert len(rows) > 5
    assert rows == sorted(rows)


@pytest.mark.forbids("ranking")
@pytest.mark.parametrize("command", ["network", "circle", "ledger"])
def test_no_command_takes_an_order_or_a_figure(command: str):
    options = {option for one in main.commands[command].params for option in one.opts}
    figures = {f"--{name}" for name in every_metric()}
    assert not options & (
        figures | {"--sort", "--order", "--order-by", "--top", "--rank", "--filter", "--by"}
    )


@pytest.mark.forbids("others-figures")
@pytest.mark.usefixtures("cleo")
def test_no_answer_of_the_api_sets_a_figure_beside_the_name_of_another(site, program, ada, ben, fay):
    for viewer, me in ((ada, "Ada Berg"), (fay, "Fay Lind")):
        ask = program(viewer)
        for method, path, _ in operations(site()):
            if method == "GET":
                answer = ask("GET", filled(path).replace("contacts/1", f"contacts/{ben.person}"))
                if answer.status_code == 200 and "json" in answer.headers["Content-Type"]:
                    assert figures_of_others(as_json(answer), me) == [], path


@pytest.mark.forbids("others-figures")
def test_a_figure_beside_a_name_would_be_noticed():
    said = {"rows": [{"person": {"name": "Ben Olu"}, "size": 12, "number": 3, "is_free": True}]}
    assert figures_of_others(said, "Ada Berg") == ["size: 12"]
    assert figures_of_others(said, "Ben Olu") == []


@pytest.mark.forbids("others-figures")
def test_neither_steward_nor_facilitator_opens_the_circle_of_another(browse, firm, ada, ben, fay):
    lea = looking.find(firm, "Lea Moreau").key
    for viewer in (ada, fay):
        browser = browse(viewer)
        assert browser.get(f"/contact/{lea}").status_code == 403
        for path in (
            f"/circle/{ben.person}",
            f"/members/{ben.member}",
            f"/people/{ben.person}",
            f"/as/{ben.person}/",
        ):
            assert browser.get(path).status_code == 404


@pytest.mark.forbids("others-figures")
def test_a_manager_sees_no_more_than_anybody_else(browse, firm, ada, ben):
    def told(manager: str) -> None:
        entries = [
            Entry(
                source="directory:firm",
                id=name,
                name=name,
                address=company.address(name),
                groups={"team": "Pumps"},
                manager=manager if name != "Ben Olu" else "",
                relation="employee",
            )
            for name in company.NAMES
        ]
        reading.read(
            firm,
            company.plan([*entries, *company.traces()]),
            agreed=Consent(domains=frozenset({"firm.example"})),
        )

    def seen() -> dict[str, str]:
        return walked(browse(ben), ada.person)

    told("")
    before = seen()
    told("Ben Olu")
    after = seen()
    dated = {path for path in after if path.startswith(("/sources", "/agreement", "/me"))}
    assert len(after) - len(dated) > 4
    assert {path for path in after if after[path] != before.get(path)} <= dated


@pytest.mark.forbids("looking-as-someone")
def test_a_viewer_whom_somebody_made_up_is_worth_its_member_alone(firm, ada, ben):
    for forged in (
        Viewer(person=ben.person, member=ada.member, account=ben.account),
        Viewer(
            person=ben.person, member=ada.member, account=ben.account, role=Role.STEWARD, read_everything=True
        ),
    ):
        assert pages.circle(firm, forged).viewer.key == ada.person
    for nobody in (Viewer(person=ben.person), ben.person, Viewer(person=ben.person, read_everything=True)):
        with pytest.raises(CrosstieError):
            pages.circle(firm, nobody)


@pytest.mark.forbids("looking-as-someone")
def test_no_word_in_an_address_and_no_header_makes_me_another(browse, firm, ada, ben):
    wishes = "&".join(
        f"{name}={ben.person}"
        for name in ("as", "person", "viewer", "who", "user", "member", "account", "key")
    )
    browser = browse(ada)
    walked(browser, ben.person)
    plain = walked(browser, ben.person)
    assert walked(browser, ben.person, f"?{wishes}") == plain
    for header in ("X-Forwarded-User", "Remote-User", "X-Remote-User", "X-Viewer", "X-As"):
        page = browser.get("/", headers={header: company.address("Ben Olu")}).content.decode()
        assert "Ada Berg" in page


@pytest.mark.forbids("looking-as-someone")
def test_the_look_at_others_is_for_the_invented_company_alone(browse, ada, ben):
    browser = browse(ada)
    assert browser.get("/look").status_code == 404
    assert browser.get(f"/as/{ben.person}/").status_code == 404


@pytest.mark.forbids("watching")
def test_no_address_no_command_and_no_operation_is_for_watching(site, ada):
    site()
    named = [
        *paths("x"),
        *main.commands,
        *(f"{path} {one['operationId']}" for _, path, one in operations(site())),
    ]
    assert len(named) > 60
    assert [one for one in named if WATCHING.search(one)] == []
    assert WATCHING.search("/people/isolated")


@pytest.mark.forbids("watching")
def test_who_has_no_ties_is_singled_out_nowhere(browse, firm, ada, ben, fay):
    alone = {"Jun Park", "Kim Dale", "Lea Moreau"}
    for viewer in (ben, fay):
        told = {path: names_in(page) & alone for path, page in walked(browse(viewer), ada.person).items()}
        assert {path for path, names in told.items() if names} == set()
    (members,) = [page for path, page in walked(browse(ada), ben.person).items() if path == "/members"]
    assert not names_in(members) & alone  # they did not join


@pytest.mark.forbids("watching")
def test_no_command_tells_names_of_people_with_few_ties(firm):
    for command in ("network", "ledger"):
        result = CliRunner().invoke(main, [command, "--workspace", str(firm.folder)])
        assert names_in(result.output) == set()
        assert not WATCHING.search(result.output)


def test_the_walk_reaches_the_pages(browse, ada, ben):
    seen: dict[str, Any] = walked(browse(ada), ben.person)
    assert {"/", "/map", "/ask", "/meet", "/members", "/sources", "/me", "/agreement", "/workshops"} <= set(
        seen
    )
    assert names_in(seen["/"]) >= {"Ada Berg", "Ben Olu"}
