"""A text names a picture; readers get it with its size, its words, its credit, and nothing else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from content.lint.gate import judge
from content.models import Licence
from content.rendering import plain, render
from tests.build import make_article, make_picture, make_revision
from tests.content.rendering.corpus import EVERYTHING
from tests.reading import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/coding-certification/"


def page(client: Client, body: str) -> Page:
    make_article(body=body)
    return Page(client, ADDRESS)


def test_it_shows_a_figure_that_takes_its_place_before_it_is_there(client: Client) -> None:
    picture = make_picture()
    shown = page(client, "Before.\n\n![Two screens](picture:desk)\n\nAfter.")
    image = shown.tree.css_first(".prose > figure.picture > img").attributes
    assert image["src"] == picture.address()
    assert image["srcset"] == f"{picture.address(480)} 480w, {picture.address(960)} 960w"
    assert (image["width"], image["height"], image["loading"]) == ("960", "640", "lazy")
    assert image["alt"] == "Two screens"
    assert image["sizes"]
    assert shown.texts(".prose > *") == ["Before.", "", "After."]
    assert b"".join(client.get(picture.address(480))) == b"narrow"


@pytest.mark.parametrize(
    ("columns", "words", "alternative"),
    [
        ({}, "", "A coder at a desk with two screens"),
        ({}, "Other words", "Other words"),
        ({"is_decorative": True}, "", ""),
        ({"is_decorative": True}, "Said after all", "Said after all"),
        ({"alternative": '"><script>alert(1)</script>'}, "", '"><script>alert(1)</script>'),
    ],
)
def test_it_takes_the_words_of_the_text_or_else_its_own(client, columns, words, alternative) -> None:
    make_picture(**columns)
    shown = page(client, f"![{words}](picture:desk)")
    assert shown.attribute(".prose img", "alt") == alternative
    assert shown.tree.css_first(".prose script") is None


@pytest.mark.parametrize(
    ("licence", "columns", "said", "links"),
    [
        ("own-work", {}, "", []),
        ("own-work", {"credit": "The editors"}, "Picture: The editors", []),
        ("public-domain", {}, "Picture: Public domain", []),
        (
            "cc-by-4.0",
            {"credit": "A. Coder", "source_url": "https://pictures.example/1"},
            "Picture: A. Coder , CC BY 4.0",
            ["https://pictures.example/1", "https://creativecommons.org/licenses/by/4.0/"],
        ),
        ("permission", {"credit": "<b>A. Coder</b>"}, "Picture: <b>A. Coder</b>, Used by permission", []),
    ],
)
def test_it_says_whose_it_is_as_its_licence_wants(client, licence, columns, said, links) -> None:
    make_picture(licence=licence, **columns)
    shown = page(client, "![](picture:desk)")
    assert shown.text(".prose figcaption") == said
    assert shown.links(".prose figcaption") == links


def test_it_stands_within_a_line_a_link_a_list_and_a_table(client: Client) -> None:
    make_picture(licence="cc-by-4.0", credit="A. Coder", source_url="https://pictures.example/1")
    body = (
        "A word ![in a line](picture:desk) goes on.\n\n[![in a link](picture:desk)](/schools/)\n\n"
        "- ![in a list](picture:desk)\n\n| a |\n| - |\n| ![in a table](picture:desk) |\n\n"
        "![first](picture:desk)\n![second](picture:desk)\n"
    )
    shown = page(client, body)
    assert [image.attributes["alt"] for image in shown.tree.css(".prose p img")] == ["in a line", "in a link"]
    assert len(shown.tree.css(".prose a img")) == 1
    assert shown.tree.css(".prose a a, .prose p figure, .prose table figure") == []
    assert len(shown.tree.css(".prose li img, .prose td img")) == 2
    assert [image.attributes["alt"] for image in shown.tree.css(".prose > figure > img")] == [
        "first",
        "second",
    ]
    assert len(shown.texts(".prose .stat-note")) == 4
    assert all("A. Coder" in note for note in shown.texts(".prose .stat-note"))


@pytest.mark.parametrize(
    "body",
    [
        "![kept](picture:nowhere)",
        "![kept](https://evil.example/pixel.gif)",
        "![kept](//evil.example/pixel.gif)",
        "![kept](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
        "![kept](/static/x.png)",
        "![kept](picture:../../etc/passwd)",
        "![kept](PICTURE:desk)",
        "![kept](picture:)",
        '<img src="https://evil.example/pixel.gif" alt="kept">',
        '<img src="picture:desk" alt="kept" onerror="alert(1)">',
        "![kept][p]\n\n[p]: https://evil.example/pixel.gif",
        "kept <picture><source srcset='https://evil.example/p.gif'></picture>",
        "kept <b style='background:url(https://evil.example/p.gif)'>b</b>",
        "kept <input type=image src='https://evil.example/p.gif'>",
        "kept <table background='https://evil.example/p.gif'></table>",
    ],
)
def test_a70_no_picture_comes_from_anywhere_else(client: Client, body: str) -> None:
    make_picture()
    shown = page(client, body)
    prose = shown.tree.css_first(".prose")
    assert "kept" in prose.text()
    assert prose.css("img, source, picture, input, [style], [background], [srcset]") == []
    assert "evil.example" not in prose.html
    assert "img-src 'self' data:;" in shown.response["Content-Security-Policy"] + ";"


def test_no_text_makes_a_placeholder_of_its_own(client: Client) -> None:
    """Their signs spelled as character references, alone and beside a picture or a table that is there."""
    make_picture()
    for number, signs in enumerate(
        [("&#xe005;", "&#xe006;"), ("&#xe003;", "&#xe004;"), ("\ue005", "\ue006")]
    ):
        spelled = " ".join(f"{signs[0]}{digits}{signs[1]}" for digits in ("7", "99999", "0" * 5000))
        whole = f"![x](picture:desk)\n\n[[stat-table:no.such.key]]\n\nkept {spelled}\n"
        make_article(f"text-{number}", body=whole)
        shown = Page(client, f"/articles/text-{number}/")
        assert len(shown.tree.css(".prose img")) == 1
        assert "kept" in shown.text(".prose")


def test_it_is_words_alone_where_there_are_words_alone(client: Client) -> None:
    picture = make_picture()
    text = "Look: ![two screens](picture:desk)"
    assert plain(text, {}) == "Look: two screens"
    make_article(body=text, summary=text, topic=None)
    for address in ("/feed.atom", "/articles/", "/", "/search/?q=screens"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert picture.stem not in answer.content.decode()
        assert "picture:desk" not in answer.content.decode()
    body = client.get("/api/v1/articles/coding-certification/").json()["body_html"]
    assert picture.address() in body
    assert Licence.OWN_WORK.label not in body


def test_ten_pictures_cost_the_queries_of_one(client: Client) -> None:
    for number in range(10):
        make_picture(f"desk-{number}")
    make_article("one", body="![](picture:desk-1)")
    make_article("ten", body="\n\n".join(f"![](picture:desk-{n})" for n in range(10)))
    make_article("none", body="No picture.")
    client.get("/articles/one/")
    counts = {}
    for slug in ("none", "one", "ten"):
        with CaptureQueriesContext(connection) as asked:
            assert len(Page(client, f"/articles/{slug}/").tree.css(".prose img")) == {
                "none": 0,
                "one": 1,
            }.get(slug, 10)
        counts[slug] = len(asked)
    assert counts["one"] == counts["ten"] == counts["none"] + 1


def found(body: str) -> dict[str, str]:
    revision = make_revision(make_article(published=False), body=body)
    codes = ("broken-link", "image-alt")
    return {each.finding.code: each.finding.text for each in judge(revision) if each.finding.code in codes}


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("![](picture:desk)", {}),
        ("![](picture:line)", {}),
        ("![Two screens on a desk](picture:desk)", {}),
        ("![Two screens on a desk](picture:disk)", {"broken-link": "picture:disk"}),
        ("![](picture:junk)", {"image-alt": "picture:junk"}),
        ("![IMG_2041.jpg](picture:desk)", {"image-alt": "picture:desk"}),
    ],
)
def test_the_lint_knows_which_pictures_there_are(body: str, codes: dict[str, str]) -> None:
    make_picture()
    make_picture("line", is_decorative=True)
    make_picture("junk", alternative="image")
    assert found(body) == codes


def test_every_text_renders_with_every_picture_safely() -> None:
    """Whatever a text tries, no element but ours comes in with a picture beside it."""

    pictures = {"desk": make_picture()}
    for tried in EVERYTHING:
        html = render(f"![x](picture:desk)\n\n{tried}\n\n![y](picture:desk)", {}, pictures=pictures).html
        body = LexborHTMLParser(f"<body>{html}").body
        assert body is not None
        for image in body.css("img"):
            assert (image.attributes["src"] or "").startswith("/pictures/"), tried
        assert body.css("script, iframe, object, [onerror], [onload], [style]") == [], tried
