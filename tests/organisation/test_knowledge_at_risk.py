"""Knowledge at risk: every member reads the topic; on whom it hangs finds out nobody else, on no face."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.actions import company
from tests.actions.test_at_risk import told
from tests.organisation.api_clients import filled, operations
from tests.organisation.conftest import grown

from crosstie.actions import at_risk, export, reading, topics
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import meeting, pairing_up, taking_along
from crosstie.errors import NotShown
from crosstie.people import Role, Viewer
from crosstie.store.models import Letter, Meeting, Member, Part

pytestmark = pytest.mark.anywhere

KNOWS = "Ben Olu"


@pytest.fixture(scope="module")
def firm_workspace(firm_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The firm, where Ben alone answers what is asked about bearings."""

    def hang(home: Home) -> None:
        plan = company.plan(told("Ben"), path="bearings.json")
        reading.read(home, plan, agreed=Consent(domains=frozenset({"firm.example"})))
        home.store.set_fact("set:network.smallest_group", "5")
        topics.current(home)

    return grown(firm_workspace, tmp_path_factory.mktemp("hanging"), hang)


@pytest.fixture
def hanging(firm: Home) -> Home:
    """The firm by what its tests look at."""
    return firm


def _topics(home: Home) -> tuple[at_risk.TopicAtRisk, ...]:
    seen = at_risk.topics_at_risk(home)
    assert seen is not None
    return seen.topics


def _browser(site: Callable[[], Client], viewer: Viewer) -> Client:
    browser = site()
    member = Member.objects.get(pk=viewer.member)
    browser.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_everybody_reads_the_topics_and_the_one_they_hang_on_reads_that_they_do(hanging, ben, cleo, site):
    page = _browser(site, cleo).get("/map/knowledge").content.decode()
    labels = [topic.label for topic in _topics(hanging)]
    assert labels
    for label in labels:
        assert label in page
    assert page.count("one person</td>") == len(labels)
    mine = _browser(site, ben).get("/me/answers").content.decode()
    assert all(label in mine for label in labels)
    assert "Offer Cleo Marti to meet" in mine


def test_no_page_tells_anybody_else_on_whom_it_hangs(hanging, ada, ben, join, site):
    """The page reads the same for all, and nothing on it names or keys the one it hangs on."""
    cleo, ivo = join("Cleo Marti"), join("Ivo Kral", Role.FACILITATOR)
    pages = {}
    for viewer in (ada, ben, cleo, ivo):
        said = _browser(site, viewer).get("/map/knowledge").content.decode()
        pages[viewer.member] = said[said.index("<main") : said.index("</main>")]
        assert KNOWS not in pages[viewer.member]
        assert ben.person not in pages[viewer.member]
    assert len(set(pages.values())) == 1
    for viewer in (ada, cleo, ivo):
        assert pairing_up.on_me(hanging, viewer) == ()
        said = _browser(site, viewer).get("/me/answers").content.decode()
        assert "No topic that is shown to others hangs on you." in said
        assert KNOWS not in said[said.index("<main") : said.index("</main>")]


def test_no_operation_tells_anybody_else_on_whom_it_hangs(hanging, ada, ben, site, program):
    labels = [topic.label for topic in _topics(hanging)]
    call = program(ada, "map:read", "me:read")
    told_of = 0
    for method, path, operation in operations(site()):
        if method != "GET" or operation.get("x-scope") not in {"map:read", "me:read"}:
            continue
        answer = call("GET", filled(path))
        said = (answer.getvalue() if answer.streaming else answer.content).decode("latin-1")
        if any(json.dumps(label)[1:-1] in said for label in labels):
            told_of += 1
            assert KNOWS not in said
            assert ben.person not in said
    assert told_of >= 1
    assert call("GET", "me/knowledge").json() == []


def test_neither_an_export_nor_what_another_takes_along_tells(hanging, cleo, tmp_path):
    labels = [topic.label for topic in _topics(hanging)]
    along = zipfile.ZipFile(io.BytesIO(b"".join(taking_along.export(hanging, cleo))))
    export.export(hanging, tmp_path / "network.graphml")
    files = [along.read(name).decode() for name in along.namelist()]
    files.append((tmp_path / "network.graphml").read_text("utf-8"))
    assert len(files) > 1
    assert not any(label in file for label in labels for file in files)


def test_an_offer_is_an_introduction_to_which_one_said_yes_and_tells_nothing_of_topics(hanging, ben, cleo):
    labels = [one.topic.label for one in pairing_up.on_me(hanging, ben)]
    number = pairing_up.offer(hanging, ben, cleo.person)
    kept = Meeting.objects.get(pk=number)
    answers = dict(Part.objects.filter(meeting=kept).values_list("account", "answer"))
    assert answers == {ben.account: "yes", cleo.account: ""}
    letters = " ".join(Letter.objects.filter(account=cleo.account).values_list("text", flat=True))
    shown = str(meeting.meet(hanging, cleo))
    for label in labels:
        assert label not in letters + shown + str(kept.reasons)
    meeting.say(hanging, cleo, number, yes=True)
    assert Meeting.objects.get(pk=number).state == "agreed"


def test_only_those_near_a_topic_of_ones_own_can_be_offered(hanging, ada, ben, cleo):
    with pytest.raises(NotShown):
        pairing_up.offer(hanging, cleo, ada.person)
    with pytest.raises(NotShown):
        pairing_up.offer(hanging, ben, ben.person)
    with pytest.raises(NotShown):
        pairing_up.knowledge_at_risk(hanging, Viewer(person=""))
    with pytest.raises(NotShown):
        pairing_up.on_me(hanging, Viewer(person=""))
