"""A reader sees when an article was published again, and what was changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.changes import MOST, changes_of
from content.models import Article, Revision
from content.publishing import archive, publish, publish_due, schedule
from tests.build import make_article, make_revision
from tests.reading import Page

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 1, 1, 17, tzinfo=UTC)
ADDRESS = "/articles/coding-certification/"


def again(article: Article, days: int, note: str) -> Revision:
    """The article published once more, so many days after the first time."""
    revision = make_revision(article, change_note=note)
    publish(revision, by=None, at=FIRST + timedelta(days=days))
    return revision


def listed(client) -> list[str]:
    return Page(client, ADDRESS).texts(".about-article ol li")


def test_a_first_publication_is_no_change(client):
    make_article(published=FIRST, change_note="First published.")
    page = Page(client, ADDRESS)
    assert "Changes None since" in page.text(".about-article")
    assert "Updated" not in page.text(".article-head")
    assert "First published." not in page.html


def test_each_republication_with_its_note_newest_first(client):
    article = make_article(published=FIRST)
    again(article, 10, "The fee is <80> now.")
    again(article, 20, "")
    assert listed(client) == ["January 21, 2026", "January 11, 2026 : The fee is <80> now."]
    assert "Updated" not in Page(client, ADDRESS).text(".article-head")
    again(article, 30, "New pay.")
    assert "Updated January 31, 2026 : New pay." in Page(client, ADDRESS).text(".article-head")


def test_notes_of_drafts_and_scheduled_texts_stay_with_the_editors(client):
    article = make_article(published=FIRST)
    make_revision(article, change_note="Zanzibar")
    later = make_revision(article, change_note="Timbuktu")
    schedule(later, publish_at=datetime(2126, 1, 1, tzinfo=UTC), by=None)
    html = Page(client, ADDRESS).html
    assert "Zanzibar" not in html
    assert "Timbuktu" not in html


def test_a_text_that_came_due_counts_before_and_after_a_job_settled_it(client):
    article = make_article(published=FIRST)
    later = make_revision(article, change_note="By date.")
    due = FIRST + timedelta(days=2)
    schedule(later, publish_at=due, by=None, at=FIRST + timedelta(days=1))
    assert listed(client) == ["January 3, 2026 : By date."]
    publish_due()
    assert listed(client) == ["January 3, 2026 : By date."]


def test_taken_away_and_brought_back_is_told(client):
    article = make_article(published=FIRST)
    archive(article, by=None, at=FIRST + timedelta(days=1))
    again(article, 5, "Back again.")
    assert listed(client) == ["January 6, 2026 : Back again."]


def test_of_many_the_newest_in_one_query(client):
    article = make_article(published=FIRST)
    for number in range(MOST + 5):
        again(article, number + 1, f"Change {number}")
    live = Revision.objects.live().select_related("article").get()
    with CaptureQueriesContext(connection) as asked:
        found = changes_of(live)
    assert len(asked) == 1
    assert [change.note for change in found] == [f"Change {number}" for number in range(MOST + 4, 4, -1)]
