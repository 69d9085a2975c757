"""Whatever a school's row holds, its page shows it as text."""

import json

import pytest
from django.conf import settings
from django.test import Client

from tests.build import make_school
from tests.listings.reading import texts, tree

pytestmark = pytest.mark.django_db

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% debug %}",
    "%s%n {event.__init__}",
    "\u2028line\u2029",
    "a & b; <b>c</b>",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_name_ends_no_element(client: Client, words: str) -> None:
    school = make_school(words, city=words, directory={"address": words, "phone": "6145550123"})
    response = client.get(school.get_absolute_url())
    page = tree(response)
    assert texts(page, "h1") == [" ".join(words.split())]
    assert page.css("main script, main img, main b") == []
    (data,) = page.css('script[type="application/ld+json"]')
    told = json.loads(data.text())
    assert told["name"] == words
    assert told["address"]["streetAddress"] == words
    assert told["url"] == f"{settings.SITE_URL}{school.get_absolute_url()}"
    assert told["telephone"] == "(614) 555-0123"
    assert len(page.css("script:not([src])")) == 1


@pytest.mark.parametrize(
    "slug",
    ["..%2f..%2fetc", "%00", "a%0d%0aSet-Cookie:x", "<script>", "a" * 5000, "in", "caf%C3%A9"],
)
def test_a_hostile_address_is_not_there(client: Client, slug: str) -> None:
    response = client.get(f"/schools/{slug}/")
    assert response.status_code == 404
    assert b"<script>" not in response.content
    assert "Set-Cookie" not in response.headers
