"""An article is to be reviewed again on a day: the front page and a weekly mail say so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content import review_mail
from content.models import Article, EditorsMail
from content.publishing import archive
from tests.build import make_article
from tests.content.workflow.people import logged_in, make_editor

pytestmark = pytest.mark.django_db
TEXT = "article is past its review date"
DAY = timedelta(days=1)


def due_on_front_page(role: str) -> list[int]:
    page = logged_in(make_editor(role)).get("/admin/")
    return [row.count for row in page.context["attention"] if row.text == TEXT]


def test_a_date_that_came_is_counted_and_listed() -> None:
    article = make_article()
    Article.objects.update(review_at=timezone.now() - DAY)
    make_article("later")
    Article.objects.filter(slug="later").update(review_at=timezone.now() + DAY)
    assert due_on_front_page("Reviewer") == [1]
    client = logged_in(make_editor("Publisher"))
    row = next(row for row in client.get("/admin/").context["attention"] if row.text == TEXT)
    assert list(client.get(row.address).context["cl"].queryset) == [article]


def test_one_article_and_two_are_spoken_of_as_such() -> None:
    reviewer = logged_in(make_editor("Reviewer"))
    make_article()
    Article.objects.update(review_at=timezone.now() - DAY)
    assert f"<strong>1</strong> {TEXT}</a>" in reviewer.get("/admin/").text
    make_article("another")
    Article.objects.update(review_at=timezone.now() - DAY)
    assert "<strong>2</strong> articles are past their review date</a>" in reviewer.get("/admin/").text


def test_a_review_sets_the_date_anew() -> None:
    article, reviewer = make_article(), make_editor("Reviewer")
    Article.objects.update(review_at=timezone.now() - DAY)
    assert article.mark_reviewed(by=reviewer, at=timezone.now())
    article.refresh_from_db()
    assert timedelta(days=364) < article.review_at - timezone.now() < timedelta(days=366)


def test_one_mail_a_week_names_them() -> None:
    make_article(title="Fees & dates")
    assert review_mail.write() == {"written": 0}
    Article.objects.update(review_at=timezone.now() - DAY)
    assert review_mail.is_due()
    assert review_mail.write() == {"written": 1}
    assert review_mail.write() == {"written": 0}
    mail = EditorsMail.objects.get()
    assert "1 article is to be reviewed" in mail.subject
    assert "Fees & dates" in mail.text
    assert review_mail.write(timezone.now() + 7 * DAY) == {"written": 1}


def test_archived_articles_ask_for_nothing() -> None:
    archive(make_article(), by=None)
    Article.objects.update(review_at=timezone.now() - DAY)
    assert not review_mail.is_due()


def test_authors_see_counts_of_their_own_texts_alone() -> None:
    author = make_editor("Author")
    make_article("own", published=False, by=author)
    make_article("other", published=False, by=make_editor("Publisher"))
    client = logged_in(author)
    rows = {row.text: row for row in client.get("/admin/").context["attention"]}
    row = rows["text is a draft"]
    assert (row.count, client.get(row.address).context["cl"].queryset.count()) == (1, 1)
    assert not any("your decision" in text for text in rows)
