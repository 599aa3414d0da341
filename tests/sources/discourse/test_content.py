"""What the HTML of a post says: words, mentions, quotes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.sources.discourse.content import Quote, Words, from_html

MENTION = '<a class="mention" href="/u/ben_b">@Ben_B</a>'
QUOTE = '<aside class="quote no-group" data-username="ada" data-post="3" data-topic="12">'


@pytest.mark.parametrize(
    ("cooked", "text"),
    [
        (
            "<p>R&amp;D &lt;b&gt;<br>\nsecond <code>x</code></p>\n<ul>\n<li>one</li>\n</ul>",
            "R&D <b>\nsecond x\none",
        ),
        ("<blockquote>\n<p>said\nbefore</p>\n</blockquote>\n<p>mine</p>", "> said\n> before\nmine"),
        (f"{QUOTE}<div>ada:</div><blockquote><p>x</p></blockquote></aside><p>y</p>", "ada:\n> x\ny"),
        ('<p>see</p><aside class="onebox x"><aside>in</aside><p>preview</p></aside><p>mine</p>', "see\nmine"),
        ('<div class="lightbox-wrapper"><div class="meta">a.png 5 KB</div></div><p>mine</p>', "mine"),
        ('<pre><code class="lang-py">if x:\n    y\n</code></pre>', "if x:\n    y"),
        ("", ""),
    ],
)
def test_words_are_read_as_people_see_them(cooked, text):
    assert from_html(cooked).text == text


def test_a_mention_names_a_user():
    assert from_html(f"<p>{MENTION} look</p>").mentions == ["ben_b"]
    assert from_html('<a class="mention" href="https://f.example/u/j%C3%BCrgen/">@x</a>').mentions == [
        "jürgen"
    ]


@pytest.mark.parametrize(
    "cooked",
    [
        '<a class="mention-group" href="/groups/team">@team</a>',
        '<span class="mention">@nobody</span>',
        '<a href="/u/ben_b">@Ben_B</a>',
        f"<blockquote>{MENTION}</blockquote>",
        f'<aside class="onebox">{MENTION}</aside>',
        "<code>@ben_b</code>",
        '<a class="mention" href="/">@x</a>',
    ],
)
def test_what_is_quoted_or_no_person_calls_nobody(cooked):
    assert from_html(cooked).mentions == []


def test_a_quote_names_its_author_and_its_post():
    words = from_html(f"{QUOTE}<blockquote><p>x</p></blockquote></aside><p>y {MENTION}</p>")

    assert words.quotes == [Quote("ada", 12, 3)]
    assert words.mentions == ["ben_b"]


def test_a_quote_within_a_quote_is_of_whoever_is_quoted():
    inner = QUOTE.replace("ada", "cleo") + "<blockquote>first</blockquote></aside>"

    assert from_html(f"{QUOTE}<blockquote>{inner}second</blockquote></aside>").quotes == [Quote("ada", 12, 3)]


def test_a_link_to_a_topic_that_is_shown_like_a_quote_is_none():
    words = from_html('<aside class="quote" data-post="1" data-topic="12"><blockquote>x</blockquote></aside>')

    assert (words.quotes, words.text) == ([], "> x")


def test_a_quote_may_not_say_where_it_stands():
    assert from_html('<aside class="quote" data-username="a&amp;b"></aside>').quotes == [Quote("a&b", 0, 0)]


pieces = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<blockquote>", "</blockquote>", QUOTE, "</aside>", MENTION, "</div>", "<", ">",
            '<div class="onebox">', "&", "&#xD800;", "text", "\n", "é\0", '<a class="mention" href="',
        ]
    ),
    max_size=40,
)  # fmt: skip


@given(pieces)
@settings(max_examples=200)
def test_content_in_any_disorder_is_read_without_a_crash(parts):
    words = from_html("".join(parts))

    assert isinstance(words, Words)
    assert len(words.quotes) <= parts.count(QUOTE)


@pytest.mark.parametrize(
    "piece", ["<a ", "<blockquote>\n", '<a class="', QUOTE, "&", '<aside class="onebox">', "<p\n"]
)
def test_hostile_content_costs_no_more_than_in_proportion(piece):
    before = time.process_time()
    from_html(piece * 20_000)

    assert time.process_time() - before < 3
