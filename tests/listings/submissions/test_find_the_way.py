"""Where schools begin: a public page without a cookie, found from every page."""

import pytest

from tests.build import CLOSED, make_school
from tests.reading import Page

pytestmark = pytest.mark.django_db
HERE = "/for-schools/"


def test_it_is_found_from_every_page_and_from_ones_school(client):
    school = make_school("Alpha College")
    assert HERE in Page(client, "/").links("footer")
    link = next(each for each in Page(client, school.get_absolute_url()).links() if HERE in each)
    page = Page(client, link)
    assert page.texts("#found h3") == ["Alpha College"]
    assert page.links("#found")[1:] == [f"/schools/{school.slug}/correct/", f"{HERE}my/claim/{school.slug}/"]
    assert 'content="noindex"' in page.html


def test_it_may_be_kept_by_anybody_and_sets_no_cookie(client):
    answer = client.get(HERE)
    page = Page.of(answer)
    assert not answer.cookies
    assert "noindex" not in page.html
    assert page.attribute("link[rel=canonical]", "href").endswith(HERE)
    assert HERE in client.get("/sitemap.xml").content.decode()
    assert "/for-schools/my/" not in client.get("/sitemap.xml").content.decode()


def test_a_school_is_found_by_words_a_closed_one_behind_the_others(client):
    make_school("Beta College", directory=CLOSED)
    make_school("Gamma Community College")
    found = Page(client, f"{HERE}?q=college").texts("#found h3")
    assert found == ["Gamma Community College", "Beta College"]
    assert "Closed" in Page(client, f"{HERE}?q=beta").text("#found")


@pytest.mark.parametrize(
    "query", ["q=zzzz", "q=%00", "q=%22%3C", "school=no-such", "school=%00", "school=%C3%A4"]
)
def test_what_nobody_knows_is_said(client, query):
    make_school()
    assert "We list no school by these words." in Page(client, f"{HERE}?{query}").text()


def test_a_name_is_printed_as_it_is_and_does_nothing(client):
    make_school('<script>alert("x")</script> College')
    page = Page(client, f"{HERE}?q=college&x=<script>")
    assert page.texts("#found h3") == ['<script>alert("x")</script> College']
    assert page.tree.css("main script") == []
