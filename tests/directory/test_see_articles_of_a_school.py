"""A reader finds on a school's page the articles of the topics that it fits."""

import pytest

from listings.models import School
from tests.build import make_article, make_credential, make_school, make_topic
from tests.reading import Page

pytestmark = pytest.mark.django_db


def titles(client, school: School) -> list[str]:
    return Page(client, school.get_absolute_url()).texts(".entry-title")


def test_articles_of_topics_whose_filter_it_meets(client):
    make_credential("CPC")
    for slug, school_filter in (
        ("coding", "field=billing-coding"),
        ("records", "field=health-records"),
        ("cpc", "credential=cpc"),
        ("ohio", "state=OH&award=associate"),
        ("all", ""),
        ("wrong", "field=nonsense"),
    ):
        make_article(slug, title=slug, topic=make_topic(slug, school_filter=school_filter))
    make_article("draft", title="draft", topic=make_topic("coding"), published=False)
    assert titles(client, make_school("Coding")) == ["coding"]
    assert titles(client, make_school("States", programs=[{"credentials": ["cpc"]}])) == ["cpc", "coding"]
    records = [{"cip": "51.0707", "award_level": 3}]
    assert titles(client, make_school("Records", programs=records)) == ["ohio", "records"]


def test_no_article_goes_with_it(client):
    make_article(topic=make_topic(school_filter="field=health-records"))
    page = Page(client, make_school().get_absolute_url())
    assert "Articles that go with it" not in page.html


def test_a_school_that_is_not_listed_any_more_shows_none(client):
    make_article(topic=make_topic())
    school = make_school()
    School.objects.update(status=School.Status.CLOSED)
    assert titles(client, school) == []
