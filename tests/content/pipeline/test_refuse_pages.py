"""Pages that hold no article, and files that are no pages: a sentence for the editor, never an error."""

import pytest

from content.lib.decode import decode
from content.pipeline.limits import MOST_BYTES
from tests.content.pipeline.reading import read_page, warnings

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 and more", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"PK\x03\x04rest", "an Office document"),
        (b"\xd0\xcf\x11\xe0rest", "an old Office document"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"words\x00words", "NUL bytes"),
        (b"\x01\x02\x03\x04\x05\x06 words", "control characters"),
        (b"\xef\xbb\xbfwords \xff\xfe", "marked as UTF-8, but byte 7"),
        (b"\xff\xfea", "marked as UTF-16-LE"),
        (b"\x81\x8d words", "neither UTF-8 nor cp1252"),
        (b"x" * (MOST_BYTES + 1), "one page may have 2,000,000"),
        (b"word " * 100_000, "more than an article"),
        (b"a\n\n" * 7_000, "7,000 lines"),
    ],
)
def test_a_file_that_is_no_page_is_refused_with_a_sentence(data, said):
    page = read_page(data)
    assert page["status"] == "refused"
    assert said in page["reason"]
    assert page["reason"].endswith(".")
    assert (page["title"], page["slug"], page["lead"], page["sections"]) == (None, None, None, [])


@pytest.mark.parametrize(
    ("page", "name", "said"),
    [
        ("<div>" * 10_001, "p.html", "10,001 HTML elements"),
        (
            "<p " + " ".join(f"a{number}" for number in range(2_100)) + ">",
            "p.html",
            "thousands of attributes",
        ),
        ('<a href="' * 9_000, "p.html", "does not end"),
        ("*" * 50_001, "p.md", "50,001 signs of markup"),
        ("T\n\nQuick Facts\n\n" + "Pay (2024): $5\n" * 300, "p.txt", "300 lines of facts"),
    ],
)
def test_markup_that_would_keep_a_parser_busy_is_refused(page, name, said):
    refused = read_page(page, name)
    assert refused["status"] == "refused"
    assert said in refused["reason"]


@pytest.mark.parametrize(
    ("page", "name", "title"),
    [
        (b"", "p.txt", None),
        (b" \r\n\t\r\n", "p.md", None),
        (b"\xef\xbb\xbf", "p.html", None),
        (b"---\ntitle: Only a name\n---\n", "p.md", "Only a name"),
        (b"<title>Gone | Site</title><nav>Home</nav><script>x()</script>", "p.html", "Gone"),
        (b"Only a title\n", "p.txt", "Only a title"),
    ],
)
def test_a_page_without_an_article_is_empty(page, name, title):
    empty = read_page(page, name)
    assert (empty["status"], empty["title"]) == ("empty", title)
    assert ("empty-page", None) in warnings(empty)


@pytest.mark.parametrize(
    ("data", "encoding", "newline", "bom"),
    [
        (b"a\nb", "utf-8", "lf", False),
        (b"a\r\nb\r\n", "utf-8", "crlf", False),
        (b"a\rb", "utf-8", "cr", False),
        (b"a\r\nb\n", "utf-8", "mixed", False),
        (b"\xef\xbb\xbfa", "utf-8", "lf", True),
        (b"caf\xe9 \x93x\x94", "cp1252", "lf", False),
        (b"\xff\xfea\x00", "utf-16-le", "lf", True),
        (b"\xfe\xff\x00a", "utf-16-be", "lf", True),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "utf-32-le", "lf", True),
    ],
)
def test_encodings_and_line_ends(data, encoding, newline, bom):
    found = decode(data)
    assert (found.encoding, found.newline, found.bom) == (encoding, newline, bom)


@pytest.mark.parametrize("depth", [50, 300, 3_000])
@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("<div>", "p.html"),
        ("<b>", "p.html"),
        ("<ul><li>", "p.html"),
        ("<table><tr><td>", "p.html"),
        ("> ", "p.md"),
        ("- ", "p.md"),
        ("[", "p.md"),
    ],
)
def test_nesting_is_bounded(opening, name, depth):
    page = read_page(f"<h1>T</h1>\n\n{opening * depth}words", name)
    assert page["status"] in ("ok", "empty", "refused")


def test_lists_in_plain_text_nest_six_deep_at_most():
    lines = "\n".join(f"{' ' * depth}- item {depth}" for depth in range(200))
    page = read_page(f"Title\n\nLead.\n\nList\n\n{lines}\n")
    items, depth = page["sections"][0]["blocks"][0]["items"], 0
    while items:
        items, depth = items[-1].get("items", []), depth + 1
    assert depth == 6
