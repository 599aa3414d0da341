"""Which column of a directory says what, and which are never read, whoever asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosstie.errors import SourceRefused
from crosstie.sources.rows import folded, position, shown
from crosstie.sources.source import Settings

ID = (
    "empid", "employeeid", "employeenumber", "employeeno", "personid", "personnelnumber", "personnelid",
    "staffid", "workerid", "userid", "id", "uid", "username", "login", "key", "node",
)  # fmt: skip
NAME = (
    "employeename", "fullname", "displayname", "personname", "staffname", "workername", "name",
    "employee", "person",
)  # fmt: skip
FIRST_NAME = ("firstname", "givenname", "forename", "preferredname")
LAST_NAME = ("lastname", "surname", "familyname")
ADDRESS = ("email", "emailaddress", "workemail", "workemailaddress", "businessemail", "mail", "mailaddress")
MANAGER = (
    "managerid", "managernumber", "manageremployeeid", "reportstoid", "reportsto", "supervisorid",
    "linemanagerid", "bossid", "manageremail", "manageraddress", "managermail", "supervisoremail", "manager",
    "linemanager", "supervisor", "boss",
)  # fmt: skip
MANAGER_NAME = ("managername", "supervisorname", "linemanagername", "reportstoname", "bossname")
RELATION = ("relation", "relationship", "persontype", "workertype", "kind")
JOINED = ("dateofhire", "hiredate", "hiredon", "startdate", "joined", "joinedon", "joindate", "dateofjoining")
LEFT = ("dateoftermination", "terminationdate", "enddate", "left", "lefton", "leavingdate", "dateofleaving")
GROUPS: dict[str, tuple[str, ...]] = {
    "department": ("department", "departmentname", "dept", "deptname", "orgunit", "businessunit", "unit"),
    "division": ("division",),
    "team": ("team", "teamname", "squad"),
    "location": ("location", "site", "office", "worklocation", "city", "state", "country", "region"),
    "position": ("position", "jobtitle", "title", "jobrole", "role", "job"),
}

# Words in a column's name that make it one that is never read: protected traits, and whatever could serve to
# appraise or watch people. Whole words, then beginnings of words, in English and German.
_NEVER_WORDS = frozenset({
    "sex", "race", "age", "dob", "faith", "creed", "pay", "wage", "wages", "bonus", "sick", "union",
    "married", "ill", "caste", "alter", "lohn", "rasse", "ssn", "perf", "grievance", "late", "pregnant",
    "visa",
})  # fmt: skip
_NEVER_BEGINNINGS = (
    "gender", "ethnic", "racial", "relig", "marital", "citizen", "disab", "handicap", "birth", "health",
    "medical", "absen", "salar", "compensat", "remunerat", "perform", "rating", "apprais", "score",
    "satisf", "engagement", "pregnan", "orientation", "sexual", "veteran", "hispanic", "latin",
    "diversity", "politic", "criminal", "discipl", "geschlecht", "familienstand", "staatsang", "geburt",
    "gehalt", "schwerbehind", "behinder", "gewerkschaft", "konfession", "krank", "leistung",
    "nationalit", "maritial", "nationality",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns in a row; None for those a directory does not have."""

    id: int | None
    name: int | None
    first_name: int | None
    last_name: int | None
    address: int | None
    manager: int | None
    manager_name: int | None
    relation: int | None
    joined: int | None
    left: int | None
    groups: dict[str, int]

    def places(self) -> frozenset[int]:
        """Return the places of all columns that are read."""
        found = (
            self.id, self.name, self.first_name, self.last_name, self.address, self.manager,
            self.manager_name, self.relation, self.joined, self.left, *self.groups.values(),
        )  # fmt: skip
        return frozenset(place for place in found if place is not None)


def is_never_read(column: str) -> bool:
    """Say whether a column holds a protected trait, or what serves to appraise people.

    >>> [is_never_read(name) for name in ("MaritalStatusID", "DOB", "date_of_birth", "Language", "Manager")]
    [True, True, True, False, False]
    """
    spaced = re.sub(r"(?<=[a-zäöüß])(?=[A-Z])", " ", column)
    words = re.findall(r"[^\W\d_]+", spaced.casefold())
    return (
        not _NEVER_WORDS.isdisjoint(words)
        or any(word.startswith(_NEVER_BEGINNINGS) for word in words)
        or any(
            beginning in folded(column) for beginning in _NEVER_BEGINNINGS if len(beginning) > len("score")
        )
    )


def says_who_is_where(header: tuple[str, ...]) -> bool:
    """Say whether a header is a directory's: people with manager or unit, and no second end of a tie."""
    if any(
        folded(column) in ("to", "target", "recipient", "receiver", "teacher", "alter") for column in header
    ):
        return False
    try:
        columns = find_columns(header, {})
    except SourceRefused:
        return False
    manager = columns.manager if columns.manager is not None else columns.manager_name
    return manager is not None or any(group in columns.groups for group in ("department", "team", "location"))


def find_columns(header: tuple[str, ...], settings: Settings) -> Columns:
    """Find the columns by the settings, then by well-known names; those never to be read are as if not there.

    Raises:
        SourceRefused: nothing says who the people are, or a setting names a column that is absent
            or never read.
    """
    readable = tuple("" if is_never_read(column) else column for column in header)

    def find(what: str, well_known: tuple[str, ...]) -> int | None:
        named = settings.get(f"{what}_column", "")
        _refuse_never_read(named)
        return position(readable, named, well_known, f"{what}_column")

    groups = {kind: find(kind, names) for kind, names in GROUPS.items()}
    for named in filter(None, (name.strip() for name in settings.get("group_columns", "").split(","))):
        _refuse_never_read(named)
        groups[named.casefold()] = position(readable, named, (), "group_columns")
    columns = Columns(
        id=find("id", ID),
        name=find("name", NAME),
        first_name=find("first_name", FIRST_NAME),
        last_name=find("last_name", LAST_NAME),
        address=find("address", ADDRESS),
        manager=find("manager", MANAGER),
        manager_name=find("manager_name", MANAGER_NAME),
        relation=find("relation", RELATION),
        joined=find("joined", JOINED),
        left=find("left", LEFT),
        groups={kind: place for kind, place in groups.items() if place is not None},
    )
    if columns.id is None and columns.address is None and columns.name is None and columns.last_name is None:
        raise SourceRefused(
            f"The directory does not say who its people are: its columns are {shown(header)}.",
            hint="Name a column with the setting id_column, name_column or address_column.",
        )
    return columns


def _refuse_never_read(named: str) -> None:
    if named and is_never_read(named):
        raise SourceRefused(
            f'The column "{named}" is never read.',
            hint="Protected traits, pay, health and appraisal have no place in a network of learning.",
        )
