"""Everybody's measures on five classic networks, against other libraries and dense matrices.

Where values come from: the numbers of people and ties are those that the data's own description gives (190
advice ties among 21 managers, 892 among 71 lawyers) or that are counted from the file by hand. All else is
computed here by another way than ours: networkx person by person on the symmetrised network, igraph, and
formulas of the literature on dense matrices, without any kernel.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import igraph
import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray

import crosstie
from crosstie.notebook.measuring import Measures

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Classic:
    """A network of the shared data: its file, the weight's column, and the group's column among the nodes."""

    edges: str
    weight: str | None = None
    group: str | None = None
    least: float = 0.0
    directed: bool = True
    only: tuple[str, str] | None = None


CLASSICS = {
    "krackhardt": Classic("krackhardt-hightech/ht_advice", group="dept"),
    "lazega": Classic("lazega-lawfirm/law_advice", group="office"),
    "kapferer first": Classic("kapferer-tailor/tailor_social", directed=False, only=("time", "1.0")),
    "consulting": Classic("cross-parker/consulting.info", "weight", "location", least=2.0),
    "sampson": Classic("sampson/sampson_1", "rank"),
}
TIES = {"krackhardt": 190, "lazega": 892, "kapferer first": 158}
# Two of the 46 consultants seldom turn to anybody, and nobody to them: all of their answers are below 2.
PEOPLE = {"krackhardt": 21, "lazega": 71, "kapferer first": 39, "consulting": 44, "sampson": 18}


@dataclass(frozen=True)
class Case:
    name: str
    matrix: Matrix  # from whom to whom, in the order of `people`
    people: list[str]
    groups: dict[str, str]
    found: Measures

    @property
    def contact(self) -> Matrix:
        return self.matrix + self.matrix.T


def rows(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=list(CLASSICS))
def case(request: pytest.FixtureRequest, shared_data: Path) -> Case:
    classic = CLASSICS[request.param]
    folder = shared_data / "networks"
    edges = [
        (row["source"], row["target"], float(row[classic.weight]) if classic.weight else 1.0)
        for row in rows(folder / f"{classic.edges}.edges.csv")
        if classic.only is None or row[classic.only[0]] == classic.only[1]
    ]
    edges = [edge for edge in edges if edge[2] >= classic.least]
    nodes = folder / f"{classic.edges}.nodes.csv"
    if not nodes.exists():
        nodes = folder / f"{classic.edges.rpartition('.')[0]}.nodes.csv"
    groups = {row["id"]: row[classic.group] for row in rows(nodes)} if classic.group else {}
    people = sorted({end for edge in edges for end in edge[:2]})
    place = {person: at for at, person in enumerate(people)}
    matrix = np.zeros((len(people), len(people)))
    for one, other, weight in edges:
        if one != other:
            matrix[place[one], place[other]] += weight
    if not classic.directed:
        matrix = (matrix + matrix.T) / 2
    columns = {name: [edge[at] for edge in edges] for at, name in enumerate(("from", "to", "weight"))}
    found = crosstie.measure(columns, directed=classic.directed, groups=groups or None)
    return Case(request.param, matrix, people, groups, found)


def test_people_and_ties_are_as_many_as_the_descriptions_say(case: Case) -> None:
    assert case.found["person"].tolist() == case.people
    assert len(case.people) == PEOPLE[case.name]
    if case.name in TIES:
        assert case.found.counted.ties == TIES[case.name]


def test_networkx_agrees_person_by_person(case: Case) -> None:
    graph = nx.from_numpy_array(case.contact)
    people = list(graph)[::4]  # it takes seconds for everybody; the matrices below do that
    # Asked for all at once, networkx 3.6 gets weighted effective sizes wrong.
    constraint = nx.constraint(graph, nodes=people, weight="weight")
    effective = nx.effective_size(graph, nodes=people, weight="weight")
    clustering, cores = nx.clustering(graph), nx.core_number(graph)
    found = case.found
    for person in people:
        assert found["constraint"][person] == pytest.approx(constraint[person], abs=1e-9)
        assert found["effective_size"][person] == pytest.approx(effective[person], abs=1e-9)
        if len(graph[person]) > 1:
            assert found["clustering"][person] == pytest.approx(clustering[person], abs=1e-9)
        assert found["core_number"][person] == cores[person]
        assert found["two_step_reach"][person] == len(nx.ego_graph(graph, person, 2)) - 1


def test_igraph_agrees_on_constraint_and_betweenness(case: Case) -> None:
    one, other = np.nonzero(np.triu(case.contact))
    weights = case.contact[one, other]
    graph = igraph.Graph(n=len(case.people), edges=list(zip(one.tolist(), other.tolist(), strict=True)))
    assert case.found["constraint"] == pytest.approx(graph.constraint(weights=weights.tolist()), abs=1e-9)
    # Lengths in parts of the strongest tie are fractions that binary numbers round: igraph is given whole
    # numbers as well, so that equal ways are equal to both.
    length = np.rint(weights.max() / weights * 2.0**30).tolist()
    between = np.array(graph.betweenness(weights=length))
    size = len(case.people)
    assert case.found["betweenness"] == pytest.approx(between / ((size - 1) * (size - 2) / 2), abs=1e-9)


def test_dense_matrices_agree_on_what_is_given_and_got(case: Case) -> None:
    matrix, found = case.matrix, case.found
    assert found["get"] == pytest.approx(matrix.sum(axis=1))
    assert found["give"] == pytest.approx(matrix.sum(axis=0))
    assert found["strength"] == pytest.approx(case.contact.sum(axis=1))
    tied = matrix > 0
    assert found["size"].tolist() == (tied | tied.T).sum(axis=1).tolist()
    both, ends = (tied & tied.T).sum(axis=1), tied.sum(axis=1) + tied.sum(axis=0)
    assert found["reciprocity"] == pytest.approx(2 * both / ends)


def test_dense_matrices_agree_on_holes_and_overlap(case: Case) -> None:
    contact, found = case.contact, case.found
    share = contact / contact.sum(axis=1, keepdims=True)
    tied = contact > 0
    part = np.where(tied, (share + share @ share) ** 2, 0.0)
    size = tied.sum(axis=1)
    assert found["constraint"] == pytest.approx(part.sum(axis=1), abs=1e-9)
    marginal = contact / contact.max(axis=1, keepdims=True)
    redundant = np.where(tied, share @ marginal.T, 0.0).sum(axis=1)
    assert found["effective_size"] == pytest.approx(size - redundant, abs=1e-9)
    for person in np.flatnonzero(size > 1).tolist():
        parts = part[person][tied[person]]
        even = parts / parts.mean()
        expected = (even * np.log(even)).sum() / (size[person] * np.log(size[person]))
        assert found["hierarchy"][person] == pytest.approx(expected, abs=1e-9)
    shared = tied.astype(float) @ tied.astype(float)
    others = size[:, None] + size[None, :] - 2 - shared
    overlap = np.where(tied & (others > 0), shared / np.where(others > 0, others, 1), 0.0)
    assert found["overlap"] == pytest.approx(overlap.sum(axis=1) / size)
    assert found["local_bridges"].tolist() == (tied & (shared == 0)).sum(axis=1).tolist()


def test_dense_matrices_agree_on_groups_and_roles(case: Case) -> None:
    if not case.groups:
        assert "blau" not in case.found.columns
        return
    label = np.array([case.groups[person] for person in case.people])
    names = np.unique(label)
    member = (label[:, None] == names[None, :]).astype(float)
    share = case.contact @ member
    share /= share.sum(axis=1, keepdims=True)
    found = case.found
    assert found["blau"] == pytest.approx(1 - (share**2).sum(axis=1))
    assert found["group_dominance"] == pytest.approx(1 / (share**2).sum(axis=1))
    assert found["group_richness"].tolist() == (share > 0).sum(axis=1).tolist()
    logs = np.where(share > 0, np.log(np.where(share > 0, share, 1.0)), 0.0)
    assert found["group_diversity"] == pytest.approx(np.exp(-(share * logs).sum(axis=1)))
    inside = (share * member).sum(axis=1)
    assert found["ei_index"] == pytest.approx(1 - 2 * inside)
    chance = (member.sum(axis=0) @ member.T - 1) / (len(label) - 1)
    assert found["ei_beyond_chance"] == pytest.approx(2 * (chance - inside))
    # Knowledge goes from whom somebody turned to: over b from c to a, where a did not turn to c.
    tied = (case.matrix > 0).astype(float)
    apart = 1 - tied - np.eye(len(label))
    same = member @ member.T
    for name, teacher_learner, broker_learner, broker_teacher in (
        ("coordinator", same, same, same),
        ("consultant", same, 1 - same, 1 - same),
        ("gatekeeper", 1 - same, same, 1 - same),
        ("representative", 1 - same, 1 - same, same),
        ("liaison", 1 - same, 1 - same, 1 - same),
    ):
        passed = np.einsum(
            "ab,bc,ac,ac,ba,bc->b", tied, tied, apart, teacher_learner, broker_learner, broker_teacher
        )
        assert found[name] == pytest.approx(passed), name
