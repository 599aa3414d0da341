"""For programs too: introductions both say yes to, all that is held about oneself, and what one chose."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.actions import company

from crosstie.actions.organisation import asking, questions
from crosstie.store.models import Letter, Meeting, Member


def test_an_introduction_comes_about_when_both_said_yes(program, introduced, ben, cleo):
    own, other = program(ben), program(cleo)
    (suggested,) = own("GET", "meet").json()["suggested"]
    assert [one["name"] for one in suggested["who"]] == ["Cleo Marti"]
    path = f"meet/{suggested['number']}"
    assert own("POST", f"{path}/answer", {"answer": "yes"}).json() == {"came_about": False}
    assert "said" not in json.dumps(other("GET", "meet").json()["suggested"][0]).replace("said_yes", "")
    assert other("POST", f"{path}/answer", {"answer": "yes"}).json() == {"came_about": True}
    assert Letter.objects.filter(attachments__0__type__startswith="text/calendar").count() == 2
    assert own("GET", f"{path}/calendar").json()["text"].startswith("BEGIN:VCALENDAR")
    assert own("PUT", f"{path}/met", {"met": True}).status_code == 403  # it is still ahead
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    assert own("PUT", f"{path}/met", {"met": True}).status_code == 204
    assert other("POST", f"{path}/call-off").status_code == 204
    assert Meeting.objects.get().state == "declined"


def test_never_keeps_two_apart_until_it_is_taken_back(program, introduced, ben, cleo):
    ask = program(ben)
    assert ask("POST", f"meet/{introduced.pk}/answer", {"answer": "never"}).json() == {"came_about": False}
    (apart,) = ask("GET", "meet/apart").json()
    assert apart["names"] == "Cleo Marti"
    assert program(cleo)("GET", "meet/apart").json() == []
    assert ask("DELETE", f"meet/apart/{apart['number']}").status_code == 204
    assert ask("POST", "meet/apart", {"person": cleo.person}).status_code == 204
    assert ask("GET", "meet/may-keep-apart").status_code == 200


def test_looking_with_a_key_looks_once(program, ben, cleo):
    ask = program(ben)
    first, again = (ask("POST", "meet/look", key="k") for _ in range(2))
    assert first.json() == again.json() == {"found": 1}
    assert Meeting.objects.count() == 1


def test_all_that_is_held_about_oneself_is_there_and_nothing_of_others(firm, program, ada, ben, cleo):
    number = asking.ask(firm, ada, "How do I resize a queue?", {ben.person: ("So.",)})
    questions.question(firm, ben, number)
    ask = program(ada)
    rows, cursor = [], ""
    while True:
        page = ask("GET", f"me/rows?cursor={cursor}").json()
        rows += [one["id"] for one in page["rows"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(rows) == len(set(rows)) > 50
    tables = {one["name"]: one for one in ask("GET", "me/tables").json()}
    (name,) = (name for name, one in tables.items() if "How do I resize a queue?" in json.dumps(one["rows"]))
    assert ask("GET", f"me/tables/{name}").json()["number"] == 1
    assert name not in {one["name"] for one in program(cleo)("GET", "me/tables").json()}
    assert ask("GET", "me/tables/nothing").status_code == 404
    (look,) = ask("GET", "me/looks").json()["rows"]
    assert look["who"]["name"] == "Ben Olu"
    assert ask("GET", "me/shown/member").json() == ask("GET", "me/shown/steward").json()
    assert company.address("Ada Berg") not in json.dumps(ask("GET", "me/shown/member").json())


def test_all_of_it_is_taken_along_in_one_file(program, ada):
    packed = program(ada)("GET", "me/export")
    assert packed.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))) as opened:
        assert {"README.txt", "traces.csv", "member.json"} <= set(opened.namelist())
        assert company.address("Ada Berg") in opened.read("member.json").decode()


@pytest.mark.parametrize("cursor", ["abc", "1", ":", "99999999999999999:x"])
def test_a_mark_of_no_row_is_refused(program, ada, cursor):
    assert program(ada)("GET", f"me/rows?cursor={cursor}").status_code == 422


def test_what_one_chooses_holds_at_once(program, ben):
    ask = program(ben)
    chosen = ask("GET", "me/preferences").json() | {
        "digest": "never",
        "absent_from": "2030-01-02",
        "absent_until": "2030-01-05",
    }
    assert ask("PUT", "me/preferences", chosen).status_code == 204
    assert ask("GET", "me/preferences").json() == chosen
    assert Member.objects.get(pk=ben.member).digest == "never"
    assert ask("PUT", "me/preferences", chosen | {"absent_until": "2030-01-01"}).status_code == 422
    assert ask("PUT", "me/preferences", chosen | {"absent_until": 5}).status_code == 422
    assert ask("PUT", "me/preferences", chosen | {"role": "steward"}).status_code == 422


def test_stewards_set_the_working_time_by_which_the_promise_is_counted(program, ada, ben):
    ask = program(ada)
    said = {"hours": "Mon,Tue,Wed,Thu 08:00-16:00", "zone": "Europe/Oslo"}
    assert ask("PUT", "working-time", said).status_code == 204
    assert ask("GET", "working-time").json() == said
    told = program(ben)("GET", "promise").json()
    assert (told["hours"], told["zone"]) == (said["hours"], said["zone"])
    assert ask("PUT", "working-time", said | {"zone": "Nowhere"}).status_code == 422
