"""What a message's HTML or Markdown says: text, mentions, quotes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.sources.zulip.content import Named, Quote, Words, from_html, from_markdown

ADA, BEN = Named("Ada Alvarez", "11"), Named("Ben Bauer", "12")
SILENT = '<span class="user-mention silent" data-user-id="11">Ada Alvarez</span>'
SAID = '<a href="#narrow/stream/7-help/topic/printing/near/123">said</a>:</p>\n'


def test_html_becomes_text():
    words = from_html(
        "<p>R&amp;D &lt;b&gt;<br>\nsecond <code>x = 1</code></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )

    assert words.text == "R&D <b>\nsecond x = 1\none\ntwo"


def test_a_mention_names_a_person():
    words = from_html('<p><span class="user-mention" data-user-id="12">@Ben Bauer</span> look</p>')

    assert words.mentions == [BEN]
    assert words.text == "@Ben Bauer look"


@pytest.mark.parametrize(
    "content",
    [
        f"<p>{SILENT} wrote it</p>",
        '<p><span class="user-mention" data-user-id="*">@all</span></p>',
        '<p><span class="user-mention">@everyone</span></p>',
        '<p><span class="user-group-mention" data-user-group-id="5">@team</span></p>',
        '<p><span class="topic-mention">@topic</span></p>',
        "<pre><code>@**Ben Bauer**</code></pre>",
        '<blockquote><p><span class="user-mention" data-user-id="12">@Ben Bauer</span></p></blockquote>',
        '<p><span class="user-mention" data-user-id="12"></span></p>',
    ],
)
def test_what_is_silent_general_or_quoted_calls_nobody(content):
    assert from_html(content).mentions == []


def test_a_quote_names_its_author_and_its_message():
    words = from_html(
        f"<p>{SILENT} {SAID}<blockquote>\n<p>How do I print?</p>\n</blockquote>\n<p>Like this</p>"
    )

    assert words.quotes == [Quote(ADA, "123", is_nested=False)]
    assert words.mentions == []
    assert words.text == "Ada Alvarez said:\n> How do I print?\nLike this"


def test_the_word_that_links_to_the_quoted_message_may_be_in_any_language():
    words = from_html(f"<p>{SILENT} {SAID.replace('said', 'hat gesagt')}<blockquote><p>x</p></blockquote>")

    assert [quote.message_id for quote in words.quotes] == ["123"]


def test_a_loud_mention_that_attributes_a_quote_calls_nobody():
    loud = '<span class="user-mention" data-user-id="11">@Ada Alvarez</span>'
    words = from_html(f"<p>{loud} {SAID}<blockquote><p>x</p></blockquote>")

    assert (words.mentions, len(words.quotes)) == ([], 1)


def test_a_quote_within_a_quote_is_told_apart():
    inner = f"<p>{SILENT} {SAID}<blockquote><p>first</p></blockquote><p>second</p>"
    ben = '<span class="user-mention silent" data-user-id="12">Ben Bauer</span>'
    words = from_html(f"<p>{ben} {SAID.replace('123', '124')}<blockquote>{inner}</blockquote><p>third</p>")

    assert words.quotes == [Quote(BEN, "124", is_nested=False), Quote(ADA, "123", is_nested=True)]


@pytest.mark.parametrize(
    "content",
    [
        f"<p>{SILENT} see {SAID}",
        f"<p>{SILENT} <a href='https://example.org/near/5'>said</a>:</p>",
        f'<p>{SILENT} <a href="#narrow/stream/7/topic/x/near/5">there</a> it was</p>',
        f'<p>{SILENT} <a href="#narrow/stream/7/topic/x">said</a>:</p>',
        "<blockquote><p>a citation of a book</p></blockquote>",
    ],
)
def test_a_link_or_a_blockquote_alone_is_no_quote(content):
    assert from_html(content).quotes == []


def test_formulas_are_read_once():
    formula = (
        '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>'
        '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>'
        '<span class="katex-html"><span class="base"><span>x</span><span>2</span></span></span></span>'
    )

    assert from_html(f"<p>so {formula} it is</p>").text == "so x^2 it is"


def test_markdown_says_the_same_as_its_html():
    link = "https://c.example.org/#narrow/stream/7-help/topic/x/near/123"
    typed = f"@_**Ada Alvarez|11** [said]({link}):\n```quote\nHow?\n```\nAsk @**Ben Bauer|12**"
    words = from_markdown(typed)

    assert words.quotes == [Quote(ADA, "123", is_nested=False)]
    assert words.mentions == [BEN]
    assert words.text.endswith("> How?\nAsk @Ben Bauer")


def test_markdown_quotes_may_hold_fences_of_their_own():
    inner = "@_**Ada Alvarez|11** [said](#narrow/stream/7/topic/x/near/1):\n```quote\nfirst\n```\nsecond"
    typed = f"@_**Ben Bauer|12** [said](#narrow/stream/7/topic/x/near/2):\n````quote\n{inner}\n````\nthird"

    assert from_markdown(typed).quotes == [Quote(BEN, "2", is_nested=False), Quote(ADA, "1", is_nested=True)]


@pytest.mark.parametrize(
    "typed",
    [
        "`@**Ben Bauer**`",
        "```python\n@**Ben Bauer**\n```",
        "@_**Ben Bauer**",
        "@**all**",
        "@*team*",
        "```quote\n@**Ben**\n```",
    ],
)
def test_markdown_that_calls_nobody(typed):
    assert from_markdown(typed).mentions == []


def test_a_mention_without_an_id_keeps_the_name():
    assert from_markdown("@**Ben Bauer** hi").mentions == [Named("Ben Bauer")]


pieces = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<blockquote>", "</blockquote>", SILENT, SAID, "</span>",
            '<span class="user-mention">',
            '<span class="katex-html">', "<math>", "</a>", "<", ">", "&", "&#xD800;", "text",
            "```quote\n", "```\n","\n", "@**A|1**", "@_**A** [said](#narrow/x/near/1):\n", "é\0",
        ]
    ),
    max_size=40,
)  # fmt: skip


@given(pieces)
@settings(max_examples=200)
def test_content_in_any_disorder_is_read_without_a_crash(parts):
    for reader in (from_html, from_markdown):
        words = reader("".join(parts))
        assert isinstance(words, Words)
        assert len(words.quotes) <= len(parts)


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<blockquote>",
        "<span class=",
        "`",
        "```quote\n",
        "@**",
        "@_**a** [said](",
        "#narrow/x/near/",
        "&",
    ],
)
def test_hostile_content_costs_no_more_than_in_proportion(piece):
    before = time.process_time()
    from_html(piece * 20_000)
    from_markdown(piece * 20_000)

    assert time.process_time() - before < 3
