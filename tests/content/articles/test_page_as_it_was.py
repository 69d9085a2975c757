"""Editors see a page as readers saw it on a day: text, figures and disclosures of then."""

from datetime import UTC, datetime

import pytest

from content.models import Article, Observation, Publication, Statistic
from content.publishing import NewFact, NewFactBox, archive, publish, publish_due, schedule
from content.statistics import refuse
from listings.models import Disclosure
from tests.build import make_article, make_revision, make_statistic

pytestmark = pytest.mark.django_db
KEY = "oews.29-2072.us.median-annual"
ADDRESS = "/articles/coding-certification/"


def day(month, number, hour=15):
    return datetime(2026, month, number, hour, tzinfo=UTC)


@pytest.fixture
def article():
    """Published on 1 February with the pay of May 2024; on 1 March the pay changed, on 1 April the text."""
    make_statistic(KEY, {2024: 50250}, at=day(1, 5))
    box = NewFactBox(title="Pay", facts=(NewFact(label="Median", statistic=Statistic.objects.get()),))
    texts = {"facts": [box], "disclosures": "Old words."}
    article = make_article(published=day(2, 1), title="First", body=f"It pays [[stat:{KEY}|full]].", **texts)
    make_statistic(KEY, {2025: 51140}, at=day(3, 1))
    publish(
        make_revision(article, title="Second", body="New.", disclosures="New words."), by=None, at=day(4, 1)
    )
    return article


def read(client, asof):
    answer = client.get(ADDRESS, {"asof": asof})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asof", "value", "gone"),
    [
        ("2026-02-10", "$50,250 a year", "$51,140"),
        ("2026-02-28", "$50,250 a year", "$51,140"),
        ("2026-03-01", "$51,140 a year", "$50,250"),
        ("2026-03-31", "$51,140 a year", "$50,250"),
    ],
)
def test_text_and_figures_are_those_of_the_day(admin_client, article, asof, value, gone):
    page = read(admin_client, asof)
    assert "<h1>First</h1>" in page
    assert page.count(value) == 2
    assert gone not in page
    assert "Old words." in page
    assert "New words." not in page
    assert 'content="noindex"' in page


def test_a_new_text_holds_from_its_day_on(admin_client, article):
    page = read(admin_client, "2026-04-01")
    assert "<h1>Second</h1>" in page
    assert "New words." in page


@pytest.mark.parametrize("asof", ["2026-01-31", "2025-01-01"])
def test_before_the_first_publication_there_was_nothing(admin_client, article, asof):
    assert "readers saw nothing at this address" in read(admin_client, asof)


@pytest.mark.parametrize(
    "asof", ["yesterday", "2026-13-01", "2026-02-30", "9999-01-01", "", "2026-2-1", "\x00"]
)
def test_what_is_no_day_that_passed_is_said(admin_client, article, asof):
    assert "Write a day that has passed" in read(admin_client, asof)


def test_readers_get_the_page_of_now_and_no_cookie(client, article):
    answer = client.get(ADDRESS, {"asof": "2026-02-10"})
    assert "Second</h1>" in answer.content.decode()
    assert not answer.cookies
    assert "Cookie" not in client.get(ADDRESS).get("Vary", "")


def test_a_value_refused_later_still_stood_there(admin_client, article, admin_user):
    wrong = Observation.objects.get(period="May 2025")
    refuse(wrong, by=admin_user, why="A slip.", at=day(3, 10))
    assert "$51,140 a year" in read(admin_client, "2026-03-05")
    assert "$50,250 a year" in read(admin_client, "2026-03-10")


def test_a_schedule_is_on_record_from_its_moment(admin_client, article):
    coming = make_revision(article, title="Third")
    schedule(coming, publish_at=day(5, 1), by=None, at=day(4, 20))
    assert "<h1>Third</h1>" in read(admin_client, "2026-05-02")
    publish_due(day(5, 3))
    assert Publication.objects.filter(revision=coming).get().since == day(5, 1)
    assert "<h1>Third</h1>" in read(admin_client, "2026-05-02")
    assert "<h1>Second</h1>" in read(admin_client, "2026-04-30")


def test_an_archived_article_is_gone_from_its_day_on(admin_client, article):
    archive(Article.objects.get(), by=None, at=day(6, 1))
    assert "readers saw nothing" in read(admin_client, "2026-06-02")
    assert "<h1>Second</h1>" in read(admin_client, "2026-05-31")


def test_the_paid_words_are_those_of_the_day(admin_client, article):
    Disclosure.objects.create(version=1, text="Paid, first wording.", since=day(1, 1))
    Disclosure.objects.create(version=2, text="Paid, second wording.", since=day(3, 20))
    assert "Paid, first wording." in read(admin_client, "2026-03-10")
    assert "Paid, second wording." in read(admin_client, "2026-03-21")
