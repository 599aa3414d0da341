"""Names that came by mail and kept its encoding, in commits, trailers and .mailmap."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build
from tests.sources.git.reading import reading

from crosstie.record import Account
from crosstie.sources.git.mailmap import Mailmap
from crosstie.sources.git.people import is_bot

ENCODED = "=?utf-8?q?J=C3=B6rg_Holt?="


def names(path: Path) -> dict[str, str]:
    return {trace.id: trace.name for trace in reading(path)[0] if isinstance(trace, Account)}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (ENCODED, "Jörg Holt"),
        (f'"{ENCODED}"', "Jörg Holt"),
        ("=?UTF-8?B?SsO2cmc=?= Holt", "Jörg Holt"),
        ("=?iso-8859-1?q?J=F6rg?= =?iso-8859-1?q?_Holt?=", "Jörg Holt"),
        ("Ada 'B' Berg", "Ada 'B' Berg"),
        ("is it =? so", "is it =? so"),
    ],
)
def test_a_name_in_a_trailer_and_of_an_author_is_read_as_in_mail(
    tmp_path: Path, written: str, name: str
) -> None:
    commits = [
        Made(message=f"One\n\nReviewed-by: {written} <joerg@example.org>\n"),
        Made(message="Two\n", author=f"{written} <other@example.org>"),
    ]

    found = names(build(tmp_path / "widgets", commits))

    assert found["joerg@example.org"] == name
    assert found["other@example.org"].strip('"') == name


def test_a_mailmap_knows_a_name_whichever_way_it_is_written() -> None:
    plain = Mailmap("Jörg <new@example.org> Jörg Holt <old@example.org>\n")
    encoded = Mailmap(f"Jörg <new@example.org> {ENCODED} <old@example.org>\n")

    for mailmap in (plain, encoded):
        assert mailmap.mapped("Jörg Holt", "old@example.org") == ("Jörg", "new@example.org")


def test_a_bot_with_an_encoded_name_is_a_bot(tmp_path: Path) -> None:
    assert is_bot("renovate bot", "r@example.org")
    path = build(tmp_path / "x", [Made(message="One\n", author="=?utf-8?q?renovate_bot?= <r@example.org>")])

    assert reading(path)[1].left_out == {"bot": 1}
