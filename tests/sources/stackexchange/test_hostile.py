"""XML that is damaged or means harm."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from crosstie.errors import CrosstieError, ExportUnsafe, SourceRefused
from crosstie.sources.stackexchange.elements import LONGEST_ROW

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE posts [
  <!ENTITY a "aaaaaaaaaa">
  <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<posts><row Id="1" PostTypeId="1" OwnerUserId="11" CreationDate="2020-01-01T00:00:00" Body="&c;" /></posts>"""
OUTSIDE = b"""<!DOCTYPE posts SYSTEM "file:///etc/passwd"><posts></posts>"""
FETCHED = b"""<!DOCTYPE posts [<!ENTITY x SYSTEM "file:///etc/passwd">]><posts>&x;</posts>"""


@pytest.fixture
def tables(samples, tmp_path, read):
    """Read the sample with one table given as bytes."""

    def reading(**changed: bytes):
        return read(samples.write(samples.make(tmp_path), changed))

    return reading


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, FETCHED])
@pytest.mark.parametrize("table", ["Posts", "Users", "Comments", "Votes", "PostLinks"])
def test_a_document_type_is_refused_in_every_table(tables, table, content):
    with pytest.raises(ExportUnsafe, match="document type") as refusal:
        tables(**{table: content})
    assert refusal.value.hint


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<posts>",
        b"<posts><row Id='1'",
        b"<posts><row Id='1' Id='2'/></posts>",
        b"\xff\xfe\x00",
        b'<?xml version="1.0" encoding="utf-8"?><posts><row Body="\xe9"/></posts>',
        b'<?xml version="1.0" encoding="klingon"?><posts/>',
        b'<?xml version="1.0" encoding="gbk"?><posts/>',
        b"<posts><row Body='&nbsp;'/></posts>",
        b"{}",
        b"\0" * 100,
    ],
)
def test_a_damaged_table_is_refused_with_its_name(tables, content):
    with pytest.raises(SourceRefused, match=r"Posts\.xml") as refusal:
        tables(Posts=content)
    assert refusal.value.hint


def test_other_encodings_are_read_where_they_are_declared(samples, tables):
    content = samples.table("Posts", [samples.post(1, samples.ADA, "Brötchen?")]).decode("utf-8-sig")
    for encoding in ("utf-16", "iso-8859-1"):
        written = content.replace("utf-8", encoding).encode(encoding)
        assert tables(Posts=written).acts["1"].text == "Brötchen?"


@pytest.mark.parametrize(
    "content",
    [
        b"<posts><page><row/></page></posts>",
        b"<posts><row><row/></row></posts>",
        b"<posts>" + b"<a>" * 100_000,
    ],
)
def test_elements_where_a_dump_has_only_rows_are_refused(tables, content):
    with pytest.raises(SourceRefused, match="only rows"):
        tables(Posts=content)


@pytest.mark.parametrize("filling", [b"a", b"<!-- ", b" ", b"x='1' "])
def test_a_row_of_absurd_length_is_refused_soon_and_in_little_memory(tables, filling):
    content = b"<posts><row Body='" + filling * (4 * LONGEST_ROW // len(filling))
    before = time.process_time()
    tracemalloc.start()
    with pytest.raises(CrosstieError):
        tables(Posts=content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert time.process_time() - before < 10
    assert peak < 4 * LONGEST_ROW


def test_a_long_post_is_read(samples, tables):
    body = "ä" * 500_000
    rows = samples.table("Posts", [samples.post(1, samples.ADA, body), samples.post(2, samples.ADA, "x")])

    assert tables(Posts=rows).acts["1"].text == body


def test_a_dump_is_streamed(samples, tmp_path):
    """Memory is for whose posts are, not for what they say."""
    from crosstie.sources import Door, Ledger
    from crosstie.sources.stackexchange import SOURCE

    words = "dough " * 500
    rows = [samples.post(number, samples.ADA, words, Tags="<a>") for number in range(1, 4_001)]
    path = samples.write(tmp_path / "large", {"Users": samples.PEOPLE, "Posts": rows})
    del rows
    tracemalloc.start()
    count = sum(1 for _ in SOURCE.read(path, SOURCE.defaults(), Door(Ledger())))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count > 4_000
    assert (path / "Posts.xml").stat().st_size > 12_000_000
    assert peak < 4_000_000
