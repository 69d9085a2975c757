"""`[[drawing:NAME]]` on a line of its own shows a drawing of the site's."""

import pytest

from content.lint.known import Known
from content.lint.reading import from_file
from content.lint.run import lint
from content.rendering import plain, render
from tests.build import make_article
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_drawing_stands_in_the_article_with_its_words(client):
    make_article(
        "claims", body="## The way\n\nLook:\n\n[[drawing:claim-path]]\n\n[[drawing:claim-path]]\n\nSo."
    )
    page = Page(client, "/articles/claims/")
    assert page.texts(".prose svg title") == ["The way of a claim"] * 2
    assert "a refused claim goes back to the biller" in page.texts(".prose svg desc")[0]
    named = [svg.attributes["aria-labelledby"] for svg in page.tree.css(".prose svg")]
    assert len(set(named)) == 2
    for anchors in named:
        assert all(page.tree.css(f"#{anchor}") for anchor in anchors.split())
    assert " style=" not in page.html


@pytest.mark.parametrize("name", ["no-such", "../../base", "CLAIM-PATH", "claim-path,three-bills.svg/.."])
def test_a_name_that_is_not_there_is_said_so(name):
    assert "drawing not available" in render(f"[[drawing:{name}]]", {}).html


@pytest.mark.parametrize("text", ["See [[drawing:claim-path]] here.", "    [[drawing:claim-path]]"])
def test_elsewhere_it_stays_text(text):
    html = render(text, {}).html
    assert "<svg" not in html
    assert "[[drawing:claim-path]]" in html


def test_a_description_is_without_drawings():
    assert plain("Words.\n\n[[drawing:claim-path]]\n\nMore.", {}) == "Words. More."


def test_the_lint_knows_which_drawings_there_are():
    text = "---\ntitle: A title of some length\n---\n\n[[drawing:claim-path]]\n\n[[drawing:no-such]]\n"
    found = [hit for hit in lint(from_file(text.encode(), "text.md"), Known()) if hit.code == "broken-link"]
    assert [(hit.text, hit.line) for hit in found] == [("no-such", 7)]
