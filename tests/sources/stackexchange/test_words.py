"""The words of a post, as people see them."""

from __future__ import annotations

import time

import pytest

from crosstie.sources.stackexchange.words import readable


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<p>R&amp;D &lt;b&gt;<br>second <code>x = 1</code></p>\n\n<p>third</p>",
            "R&D <b>\nsecond x = 1\nthird",
        ),
        ("<blockquote>\n<p>one\ntwo</p>\n</blockquote>\n<p>mine</p>", "> one\n> two\nmine"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<!-- language: lang-py --><pre><code>x\n  y\n</code></pre>", "x\n  y"),
        ("before<!-- cut off", "before"),
        ("1 < 2 <b", "1 < 2 <b"),
        ("", ""),
    ],
)
def test_a_body_is_read_as_people_see_it(body, text):
    assert readable(body) == text


@pytest.mark.parametrize("piece", ["<a ", "<blockquote>", "<!--", "<!-- -->", "&", "<p", "</p>\n", "> "])
def test_a_hostile_body_costs_no_more_than_in_proportion(piece):
    before = time.process_time()
    readable(piece * 50_000)
    readable("<blockquote>" + piece * 50_000)

    assert time.process_time() - before < 3
