"""An editor publishes, schedules and archives; readers see what is live at that moment."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from content.models import Article, Revision
from content.publishing import archive, publish, publish_due, schedule
from tests.build import make_article, make_revision

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def live_titles(at: datetime | None = None) -> list[str]:
    return list(Revision.objects.live(at).newest_first().values_list("title", flat=True))


def test_a_draft_is_seen_by_nobody_until_it_is_published():
    article = make_article(published=False, title="Draft")
    assert live_titles() == []
    publish(article.revisions.get(), by=None)
    article.refresh_from_db()
    assert live_titles() == ["Draft"]
    assert article.status == Article.Status.PUBLISHED
    assert article.first_published_at == article.last_published_at


def test_a_later_revision_replaces_the_first_and_keeps_its_first_date():
    article = make_article(published=NOON, title="First")
    publish(make_revision(article, title="Second"), by=None, at=NOON + HOUR)
    article.refresh_from_db()
    assert live_titles() == ["Second"]
    assert (article.first_published_at, article.last_published_at) == (NOON, NOON + HOUR)


def test_an_older_revision_can_be_published_again():
    article = make_article(title="First")
    publish(make_revision(article, title="Second"), by=None)
    publish(article.revisions.get(number=1), by=None)
    assert live_titles() == ["First"]


def test_a_saved_draft_changes_nothing_for_readers():
    article = make_article(title="First")
    make_revision(article, title="Half finished")
    assert live_titles() == ["First"]
    assert list(article.revisions.values_list("number", flat=True)) == [2, 1]


def test_a_scheduled_revision_is_live_from_its_moment_on_without_any_job():
    article = make_article(published=NOON - HOUR, title="Now")
    schedule(make_revision(article, title="Next"), publish_at=NOON, by=None, at=NOON - HOUR)
    assert live_titles(NOON - timedelta(microseconds=1)) == ["Now"]
    assert live_titles(NOON) == ["Next"]
    revision = Revision.objects.live(NOON).select_related("article").get()
    assert (revision.first_published_at, revision.published_at) == (NOON - HOUR, NOON)


def test_a_first_revision_can_be_scheduled():
    article = make_article(published=False, title="Next")
    schedule(article.revisions.get(), publish_at=NOON, by=None, at=NOON - HOUR)
    assert live_titles(NOON - timedelta(seconds=1)) == []
    revision = Revision.objects.live(NOON).select_related("article").get()
    assert (revision.first_published_at, revision.published_at) == (NOON, NOON)


def test_the_job_tidies_up_once():
    article = make_article(published=NOON - HOUR, title="Now")
    schedule(make_revision(article, title="Next"), publish_at=NOON, by=None, at=NOON - HOUR)
    assert publish_due(NOON - timedelta(seconds=1)) == {"published": 0}
    assert publish_due(NOON + HOUR) == {"published": 1}
    assert publish_due(NOON + HOUR) == {"published": 0}
    article.refresh_from_db()
    assert article.published_revision.title == "Next"
    assert (article.next_revision, article.next_publish_at) == (None, None)
    assert (article.first_published_at, article.last_published_at) == (NOON - HOUR, NOON)


def test_publishing_calls_off_what_was_scheduled():
    article = make_article(published=NOON - HOUR, title="Now")
    schedule(make_revision(article, title="Next"), publish_at=NOON + HOUR, by=None, at=NOON)
    publish(make_revision(article, title="Hasty"), by=None, at=NOON)
    assert live_titles(NOON + 2 * HOUR) == ["Hasty"]


def test_a_due_revision_counts_as_published_before_the_next_verb():
    article = make_article(published=False, title="Next")
    schedule(article.revisions.get(), publish_at=NOON, by=None, at=NOON - HOUR)
    publish(make_revision(article, title="Later"), by=None, at=NOON + HOUR)
    article.refresh_from_db()
    assert (article.first_published_at, article.last_published_at) == (NOON, NOON + HOUR)


def test_a_moment_that_has_passed_is_refused_with_a_sentence():
    article = make_article(published=False)
    with pytest.raises(ValidationError, match="Choose a later one, or publish now"):
        schedule(article.revisions.get(), publish_at=NOON, by=None, at=NOON)
    assert Article.objects.get().next_revision is None


def test_an_archived_article_is_gone_and_can_come_back():
    article = make_article(title="Gone")
    schedule(make_revision(article), publish_at=NOON + HOUR, by=None, at=NOON)
    archive(article, by=None, to="/articles/", at=NOON)
    article.refresh_from_db()
    assert (article.status, article.archived_to) == (Article.Status.ARCHIVED, "/articles/")
    assert live_titles(NOON + 2 * HOUR) == []
    with pytest.raises(ValidationError, match="archived"):
        schedule(article.revisions.first(), publish_at=NOON + HOUR, by=None, at=NOON)
    publish(article.revisions.get(number=1), by=None)
    assert live_titles() == ["Gone"]
    article.refresh_from_db()
    assert article.archived_to == ""


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "articles/", "/\\evil.example"])
def test_readers_are_sent_on_within_the_site_only(to):
    article = make_article()
    with pytest.raises(ValidationError, match="begins with one slash"):
        archive(article, by=None, to=to)
    article.refresh_from_db()
    assert article.status == Article.Status.PUBLISHED


def test_an_article_does_not_send_readers_on_to_itself():
    article = make_article()
    with pytest.raises(ValidationError, match="to itself"):
        archive(article, by=None, to=article.get_absolute_url())


def test_who_did_it_stands_in_the_history_of_the_admin():
    editor = User.objects.create_superuser("editor", password=None)
    article = make_article(published=False)
    publish(article.revisions.get(), by=editor)
    archive(article, by=editor)
    messages = LogEntry.objects.filter(user=editor, object_id=article.pk).order_by("pk")
    assert [entry.get_change_message() for entry in messages] == ["Published revision 1.", "Archived."]
