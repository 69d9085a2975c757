"""From a page to the Markdown of a revision and on to readers: the same words, nothing more."""

import re

import pytest

from content.lib.sanitise import text_of
from content.pipeline.body import body_markdown, lead_markdown
from content.pipeline.document import Item, ListBlock, Paragraph, Quote
from content.pipeline.page import Page, Section
from content.pipeline.run import structure
from content.pipeline.text import Text
from content.rendering import plain, render
from tests.content.pipeline.reading import YEAR, page_text, words

pytestmark = pytest.mark.once

PAGES = ["registrar.txt", "phlebotomy.txt", "clerk.txt", "advocate.txt", "radiology.txt", "examiner.md"]
PAGES += ["auditor.md", "ophthalmic.md", "scribe.html", "ekg.htm", "optometry.html"]


def tokens(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("name", PAGES)
def test_readers_get_the_words_of_the_page(name):
    page = structure(page_text(name).encode(), name, year=YEAR)
    shown = plain(f"{lead_markdown(page)}\n\n{body_markdown(page)}", {})
    known = words(page.as_json())
    notes = {"1", "back", "to", "the", "text", "a", "codes"}
    assert [token for token in tokens(known) if token not in notes] == [
        token for token in tokens(shown) if token not in notes
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2019. A year",
        "# no heading",
        "- no item",
        "+ no item",
        "> no quotation",
        "===",
        "1) no item",
        "a * b * c and _under_ and `code` and [link](x) and ![img](y)",
        "<b>tag</b> & &amp; &copy;",
        "[[stat:oews.29-2072.us.median-annual]]",
        "a | b",
        "~~gone~~",
        "line \\ slash",
        "{untitled}",
        "[^1] and ^[note]",
        "| a | b |",
        "$$ x $$",
        "*",
        "http://example.org/a_b_c",
        "snake_case and 2*3*4",
        "    four spaces",
        "Title: here",
    ],
)
def test_words_never_become_markup(text):
    words_alone = Text.plainly(text)
    blocks = (
        Paragraph((words_alone,)),
        Quote(words_alone),
        ListBlock(ordered=False, items=(Item(words_alone),)),
    )
    shown = render(body_markdown(Page(sections=[Section("Heading", 2, blocks)])), {})
    assert [section.title for section in shown.contents] == ["Heading"]
    assert text_of(shown.html) == " ".join(["Heading", *[words_alone.plain] * 3])
    assert not re.search(r"<(em|strong|a|code|ol|table|hr|del|sup|h3)\b", shown.html)


def test_a_heading_is_words_too():
    page = Page(sections=[Section("1. *One* [two](x) #", 2, ())])
    assert text_of(render(body_markdown(page), {}).html) == "1. *One* [two](x) #"


def test_links_emphasis_tables_and_lists_survive():
    page = structure(
        b"# T\n\nLead **bold** [link](https://x.example/a_(b)).\n\n## H\n\n"
        b"1. *One* `x|y`\n   - deep\n2. two\n\n"
        b"| a | b |\n|---|---|\n| **x** | p \\| q |\n\n> said\n\n```\n``` not the end\n```\n",
        "p.md",
        year=YEAR,
    )
    shown = render(f"{lead_markdown(page)}\n\n{body_markdown(page)}", {}).html
    for kept in (
        "<strong>bold</strong>",
        'href="https://x.example/a_(b)"',
        "<em>One</em>",
        "<code>x|y</code>",
        "<li>deep</li>",
        "<td><strong>x</strong></td>",
        "<td>p | q</td>",
        "<blockquote>",
    ):
        assert kept in shown


def test_footnotes_keep_their_place_and_stray_references_go():
    page = structure(
        b"# T\n\nLead.\n\n## H\n\nText[^a] and more[^b].\n\n[^a]: Note here.\n", "p.md", year=YEAR
    )
    assert body_markdown(page) == "## H\n\nText[^a] and more\\[^b\\].\n\n[^a]: Note here."
