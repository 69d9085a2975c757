"""A reader asks for an article that is a draft, scheduled, archived or unknown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.models import Article, RelatedLink
from content.publishing import archive, publish, schedule
from tests.build import make_article, make_credential, make_revision, make_specialty, make_topic
from tests.reading import Page

pytestmark = pytest.mark.django_db

HIDDEN = "Zanzibar"
SURFACES = [
    "/",
    "/articles/",
    "/topics/basics/",
    "/topics/basics/feed.atom",
    "/feed.atom",
    "/sitemap.xml",
    "/articles/shown/",
    "/credentials/cpc/",
    "/specialties/oncology/",
]


def draft(**texts) -> Article:
    return make_article("zanzibar", published=False, title=HIDDEN, summary=HIDDEN, **texts)


def scheduled(**texts) -> Article:
    article = draft(**texts)
    schedule(article.revisions.get(), publish_at=timezone.now() + timedelta(hours=1), by=None)
    return article


def archived(**texts) -> Article:
    article = draft(**texts)
    publish(article.revisions.get(), by=None)
    archive(article, by=None)
    return article


def page(**texts) -> Article:
    return make_article("zanzibar", kind=Article.Kind.PAGE, title=HIDDEN, **texts)


@pytest.mark.parametrize("make", [draft, scheduled, archived, page])
def test_it_is_on_no_surface(client, make):
    texts = {
        "topic": make_topic("basics"),
        "credentials": [make_credential("CPC")],
        "specialties": [make_specialty("Oncology")],
    }
    hidden, shown = make(**texts), make_article("shown", title="Shown", **texts)
    RelatedLink.objects.create(article=shown, target=hidden, origin="pinned", reason="Both")
    for surface in SURFACES:
        html = client.get(surface).content.decode().replace("/about/zanzibar/", "", make is page)
        assert HIDDEN.lower() not in html.lower(), surface
    for surface in SURFACES[:5] + SURFACES[7:]:
        assert "Shown" in client.get(surface).content.decode(), surface


@pytest.mark.parametrize("make", [draft, scheduled, page])
def test_it_is_not_found(client, make):
    make()
    found = Page(client, "/articles/zanzibar/", status=404)
    assert HIDDEN not in found.html
    assert Page(client, "/articles/never-was/", status=404).text() == found.text()


def test_an_archived_article_is_gone_with_ways_on(client):
    archived()
    found = Page(client, "/articles/zanzibar/", status=410)
    assert found.text("h1") == "This page was taken down"
    assert "/articles/" in found.links()
    assert found.attribute("meta[name=robots]", "content") == "noindex"


def test_an_archived_article_may_lead_on(client):
    article = make_article("old")
    make_article("new", title="New")
    archive(article, by=None, to="/articles/new/")
    response = client.get("/articles/old/")
    assert (response.status_code, response["Location"]) == (301, "/articles/new/")


def test_a_half_finished_edit_changes_nothing(client):
    article = make_article(title="Finished")
    make_revision(article, title="Half finished")
    assert Page(client, "/articles/coding-certification/").text("h1") == "Finished"


def test_a_scheduled_change_shows_from_its_moment_on(client):
    article = make_article(title="Now")
    due = timezone.now() - timedelta(seconds=1)
    schedule(make_revision(article, title="Next"), publish_at=due, by=None, at=due - timedelta(hours=1))
    assert Page(client, "/articles/coding-certification/").text("h1") == "Next"
    assert "Next" in Page(client, "/articles/").text()
