"""The privacy page prints the register, all of it and nothing else."""

import pytest

from content.models import Article
from listings.submissions.register import REGISTER
from tests.build import make_article
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_page_and_register_are_equal_sets(client):
    make_article("privacy", kind=Article.Kind.PAGE, title="Privacy", body="## Cookies\n\nNone.")
    page = Page(client, "/privacy/")
    assert page.text("h1") == "Privacy"
    rows = [
        tuple(cell.text(strip=True) for cell in row.css("th, td")) for row in page.tree.css("main tbody tr")
    ]
    stored = [(kept.what, kept.why, kept.how_long, kept.who_sees) for kept in REGISTER]
    assert len(rows) == len(stored)
    assert set(rows) == set(stored)


def test_no_other_page_prints_it(client):
    make_article("about", kind=Article.Kind.PAGE)
    assert not Page(client, "/about/").tree.css("table")


def test_the_address_leads_back_to_the_page(client):
    make_article("privacy", kind=Article.Kind.PAGE)
    assert "/privacy/" in Page(client, "/").links(".site-footer")
    assert client.get("/corrections/report/?about=/privacy/").status_code == 200
