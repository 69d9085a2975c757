"""A reader begins on the start page."""

import pytest

from content.models import Credential
from listings.places import STATES
from tests.build import make_article, make_credential, make_school, make_statistic
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_what_it_pays_has_its_period_source_and_receipt(client):
    make_statistic("oews.29-2072.us.median-annual")
    page = Page(client, "/")
    assert page.text(".figure-value") == "$51,140 a year"
    assert page.text(".figure-period") == "May 2025"
    assert "U.S. Bureau of Labor Statistics" in page.text(".figure-source")
    assert page.links(".figure") == ["/statistics/oews.29-2072.us.median-annual/"]


def test_a_state_leads_to_its_schools(client):
    make_school("Ohio College", state="OH")
    make_school("Texas College", state="TX")
    page = Page(client, "/")
    assert page.attribute("main form", "action") == "/schools/"
    values = [option.attributes["value"] for option in page.tree.css("#home-state option")]
    assert values == ["", *STATES]
    found = Page(client, "/schools/?state=OH")
    assert ["Ohio College" in found.html, "Texas College" in found.html] == [True, False]
    everywhere = client.get("/schools/?state=")
    assert (everywhere.status_code, everywhere["Location"]) == (302, "/schools/")


def test_credentials_that_can_be_earned_and_newest_articles(client):
    make_credential("CPC")
    make_credential("CPC-H", status=Credential.Status.RETIRED)
    for place in range(6):
        make_article(f"article-{place}", title=f"Title {place}")
    page = Page(client, "/")
    assert page.texts(".chips li") == ["CPC AAPC"]
    assert page.texts(".entry h3") == ["Title 5", "Title 4", "Title 3", "Title 2"]


def test_an_empty_site_says_what_is_not_there(client):
    page = Page(client, "/")
    assert page.texts(".missing") == ["No figure is recorded yet.", "None is recorded yet."]
    assert "No article is published here yet." in page.text()
