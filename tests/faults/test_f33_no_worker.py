"""F33: a text with a moment is read from that moment on, while no worker works."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from content.models import Article
from content.publishing import schedule
from tasks.models import JobRun
from tests.build import make_article, make_credential, make_topic

pytestmark = pytest.mark.django_db
SURFACES = (
    *("/", "/articles/", "/articles/moment/", "/topics/basics/", "/credentials/cpc/", "/search/?q=zanzibar"),
    *(
        "/feed.atom",
        "/topics/basics/feed.atom",
        "/sitemap.xml",
        "/api/v1/articles/",
        "/api/v1/articles/moment/",
    ),
)


def read(client: Client) -> dict[str, str]:
    """What each surface says; a cache may keep none of it for more than a minute."""
    said = {}
    for surface in SURFACES:
        answer = client.get(surface)
        age = re.search(r"max-age=(\d+)", answer.headers.get("Cache-Control", ""))
        assert age is None or int(age[1]) <= 60, surface
        said[surface] = answer.content.decode().lower() if answer.status_code == 200 else ""
    return said


def test_f33_a_moment_needs_no_job(client: Client) -> None:
    topic, credential = make_topic("basics"), make_credential("CPC")
    article = make_article(
        "moment", published=False, title="Zanzibar", body="Words.", topic=topic, credentials=[credential]
    )
    hour = timedelta(hours=1)
    schedule(article.revisions.get(), publish_at=timezone.now() + hour, by=None)
    for surface, text in read(client).items():
        assert "articles/moment" not in text, surface
    # The hour passes: nothing else is written.
    Article.objects.filter(pk=article.pk).update(next_publish_at=timezone.now() - timedelta(seconds=1))
    for surface, text in read(client).items():
        assert "moment" in text, surface
    article.refresh_from_db()
    assert article.status == "draft"
    assert not JobRun.objects.exists()
