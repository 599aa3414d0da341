"""What the directory gives, and what it never reads."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.directory import samples

from crosstie.errors import SourceRefused
from crosstie.record import Entry
from crosstie.sources import Door, Ledger
from crosstie.sources.directory import SOURCE
from crosstie.sources.directory.columns import is_never_read


def reading(path: Path, **settings: str) -> tuple[dict[str, Entry], Ledger]:
    door = Door(ledger=Ledger())
    traces = list(SOURCE.read(path, {**SOURCE.defaults(), **settings}, door))
    assert door.ledger.read == door.ledger.used + door.ledger.left_out.total()
    assert all(isinstance(trace, Entry) for trace in traces)
    return {trace.id: trace for trace in traces if isinstance(trace, Entry)}, door.ledger


@pytest.fixture
def staff(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "staff.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


def test_an_entry_holds_folded_names_units_and_iso_dates(tmp_path: Path) -> None:
    entries, ledger = reading(samples.make(tmp_path))

    assert entries["3"] == Entry(
        source=entries["1"].source,
        id="3",
        name="Ito, Cleo",
        address="cleo@example.org",
        groups={"department": "Sales", "location": "Rome"},
        manager="2",
        joined_on="2016-03-02",
        left_on="2020-12-31",
    )
    assert entries["1"].name == "Berg, Ada K"
    assert entries["1"].address == "ada@example.org"
    assert ledger.read == samples.UNITS
    assert dict(ledger.left_out) == {"id that stands there twice": 1}


def test_the_root_that_reports_to_itself_has_no_manager_and_odd_managers_are_noted(tmp_path: Path) -> None:
    entries, ledger = reading(samples.make(tmp_path))

    assert [entries[key].manager for key in "12345"] == ["", "1", "2", "", ""]
    assert ledger.notes["root that reports to themselves"] == 1
    assert ledger.notes["manager not in the directory"] == 1
    assert ledger.notes["person without a manager"] == 1
    assert ledger.notes["unreadable date"] == 1


def test_protected_traits_and_pay_are_never_read_and_each_is_noted(tmp_path: Path) -> None:
    entries, ledger = reading(samples.make(tmp_path))

    for column in ("Sex", "DOB", "Salary"):
        assert ledger.notes[f'column that is never read: "{column}"'] == 1
    told = repr(list(entries.values()))
    assert not any(trait in told for trait in ("90000", "50000", "01/02/70", "1970", "'F'", "'M'"))


@pytest.mark.parametrize(
    "column",
    [
        "Sex", "Gender", "GENDER_CODE", "Race", "RaceDesc", "Ethnicity", "Religion", "MaritalStatus",
        "MarriedID", "maritaldesc", "Citizenship", "CitizenDesc", "Nationality", "Disability", "DOB",
        "BirthDate",
        "date_of_birth", "Age", "Health insurance", "Union member", "Salary", "BasePay", "PerfScoreID",
        "PerformanceScore",
        "EmpSatisfaction", "Absences", "HispanicLatino", "Geschlecht", "Geburtsdatum", "Familienstand",
    ],
)  # fmt: skip
def test_a_column_of_a_protected_kind_is_refused_even_when_asked_for(tmp_path: Path, column: str) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(f"id,department,{column}\n1,Sales,x\n", encoding="utf-8")

    assert is_never_read(column)
    with pytest.raises(SourceRefused, match="never read"):
        reading(path, group_columns=column)
    with pytest.raises(SourceRefused, match="never read"):
        reading(path, department_column=column)


@pytest.mark.parametrize(
    "column",
    ["Manager", "ManagerID", "Language", "State", "Department", "Team", "Title", "Stage", "Agency",
     "Location", "Employee_Name", "Email", "Start date", "Payroll area office", "International office",
     "Practice"],
)  # fmt: skip
def test_columns_of_work_are_not_taken_for_protected_ones(column: str) -> None:
    assert not is_never_read(column)


def test_a_manager_is_found_by_name_in_either_order_and_the_name_beats_a_foreign_number(
    staff: Callable[[str], Path],
) -> None:
    path = staff(
        "Employee_Name,EmpID,ManagerName,ManagerID,Department\n"
        '"Berg, Ada K",1,,,Head\n"Holt, Ben",2,Ada Berg,3,Sales\n"Ito, Cleo",3,Ben Holt,2,Sales\n'
    )

    entries, ledger = reading(path)

    assert {key: entry.manager for key, entry in entries.items()} == {"1": "", "2": "1", "3": "2"}
    assert ledger.notes["manager's number and name disagree, the name was taken"] == 1


def test_a_name_that_two_people_share_names_no_manager(staff: Callable[[str], Path]) -> None:
    entries, ledger = reading(staff("id,name,manager\n1,Ada Berg,\n2,Ada Berg,\n3,Ben Holt,Ada Berg\n"))

    assert entries["3"].manager == ""
    assert ledger.notes["manager not in the directory"] == 1


def test_a_manager_is_found_by_address(staff: Callable[[str], Path]) -> None:
    entries, _ = reading(
        staff("name,email,manager email\nAda,Ada@example.org,\nBen,ben@example.org,ADA@example.org\n")
    )

    assert entries["ben@example.org"].manager == "ada@example.org"


def test_a_circle_of_managers_is_noted_and_kept(staff: Callable[[str], Path]) -> None:
    entries, ledger = reading(staff("id,reports to\n1,2\n2,3\n3,1\n4,1\n5,\n"))

    assert ledger.notes["person in a circle of managers"] == 3
    assert entries["4"].manager == "1"


def test_first_and_last_names_make_a_name_and_people_without_any_are_left_out(
    staff: Callable[[str], Path],
) -> None:
    entries, ledger = reading(staff("first name;last name;department\nAda;Berg;Sales\n;;Sales\n"))

    assert entries["Ada Berg"].name == "Ada Berg"
    assert dict(ledger.left_out) == {"person without id, address and name": 1}


def test_further_groups_are_read_where_asked_for(staff: Callable[[str], Path]) -> None:
    path = staff("id,department,guild\n1,Sales,Writers\n")

    assert reading(path)[0]["1"].groups == {"department": "Sales"}
    assert reading(path, group_columns="guild")[0]["1"].groups == {"department": "Sales", "guild": "Writers"}


def test_relations_other_than_employee_are_kept_and_unknown_ones_noted(staff: Callable[[str], Path]) -> None:
    entries, ledger = reading(staff("id,department,relation\n1,a,Customer\n2,a,chieftain\n3,a,\n"))

    assert [entries[key].relation for key in "123"] == ["customer", "employee", "employee"]
    assert ledger.notes["unknown relation, taken as employee"] == 1


def test_a_later_export_of_the_same_directory_is_the_same_source(staff: Callable[[str], Path]) -> None:
    earlier = reading(staff("id,department\n1,Sales\n2,Sales\n"))[0]
    later = reading(staff("id,department\n1,Research\n2,Sales\n3,Sales\n"))[0]

    assert earlier["1"].source == later["1"].source
    assert later["1"].groups == {"department": "Research"}


def test_a_directory_is_told_from_a_table_of_ties(staff: Callable[[str], Path]) -> None:
    assert SOURCE.recognises(staff("ID,ReportsToID\n1,1\n")) > 0.5
    assert SOURCE.recognises(staff("name,dept\nAda,Sales\n")) > 0.5
    assert SOURCE.recognises(staff("source,target\n1,2\n")) == 0
    assert SOURCE.recognises(staff("id,to,department\n1,2,Sales\n")) == 0
    assert SOURCE.recognises(staff("id,colour\n1,red\n")) == 0


def test_a_table_without_people_is_refused_with_its_columns(staff: Callable[[str], Path]) -> None:
    with pytest.raises(SourceRefused, match='"colour", "shape"') as refused:
        reading(staff("colour,shape\nred,round\n"))

    assert "id_column" in refused.value.hint


def test_the_hr_data_set_is_read_whole(shared_data: Path) -> None:
    path = shared_data / "hr-dataset-v14" / "HRDataset_v14.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()[1:]

    entries, ledger = reading(path)

    assert ledger.read == len(lines) == 311
    assert dict(ledger.left_out) == {"row shorter than the header": 1}  # one row of the file lacks a cell
    assert {entry.groups["department"] for entry in entries.values()} == {
        "Production", "IT/IS", "Sales", "Software Engineering", "Admin Offices", "Executive Office",
    }  # fmt: skip
    adrift = ("Single", "Married", "US Citizen", "White", "Asian", "Fully Meets", "Exceeds")
    assert not any(word in repr(entry) for entry in entries.values() for word in adrift)
    assert sum(bool(entry.manager) for entry in entries.values()) == 310 - ledger.notes[
        "manager not in the directory"
    ] - (ledger.notes["person without a manager"] + ledger.notes["root that reports to themselves"])


def test_the_reporting_tree_of_the_factory_has_one_root(shared_data: Path) -> None:
    path = shared_data / "manufacturing-email" / "reportsto.csv"
    with path.open(newline="") as file:
        rows = list(csv.reader(file))[1:]

    entries, ledger = reading(path)

    assert {(key, entry.manager or key) for key, entry in entries.items()} == {
        (who, whom) for who, whom in rows
    }
    assert [key for key, entry in entries.items() if not entry.manager] == ["86"]
    assert ledger.used == len(rows) == 154


FLOOR = (
    "EmpID,Name,Email,Manager\n"
    "1,Ann Able,Floor@example.org,3\n"
    "2,Ben Best,floor@example.org,3\n"
    "3,Dee Dale,dee@example.org,floor@example.org\n"
    "3,Dee Dale,floor@example.org,\n"
)


def test_an_address_of_several_is_none_of_theirs_and_is_counted(staff: Callable[[str], Path]) -> None:
    entries, ledger = reading(staff(FLOOR))

    assert [entries[key].address for key in "123"] == ["", "", "dee@example.org"]
    assert [entries[key].shared_address for key in "123"] == ["floor@example.org"] * 2 + [""]
    assert ledger.notes["person with an address that others have too: it joins nobody"] == 2
    assert entries["3"].manager == "", "the address does not say which of the two"


def test_who_opted_out_still_shares_the_address(staff: Callable[[str], Path]) -> None:
    door = Door(ledger=Ledger(), opted_out=lambda account: account.id == "1")
    entries = [one for one in SOURCE.read(staff(FLOOR), SOURCE.defaults(), door) if isinstance(one, Entry)]

    assert [(one.id, one.address) for one in entries] == [("2", ""), ("3", "dee@example.org")]
    assert door.ledger.left_out["opted out"] == 1
