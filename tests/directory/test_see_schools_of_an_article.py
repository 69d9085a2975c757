"""A reader finds the schools of an article's topic under it."""

import pytest

from tests.build import make_article, make_credential, make_school, make_sponsorship, make_topic
from tests.reading import Page

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/coding-certification/"


def names(page: Page) -> list[str]:
    return page.texts(".schools-panel .card:not(.card-ad) h3")


def test_the_number_of_schools_stands_after_the_lead_and_leads_to_them(client):
    make_article(topic=make_topic(school_filter="field=billing-coding"))
    make_school("Coding College")
    make_school("Records College", programs=[{"cip": "51.0707"}])
    page = Page(client, ADDRESS)
    assert page.text(".article-count") == "1 school reports 1 program in billing and coding."
    assert page.links(".article-count") == ["/schools/?field=billing-coding"]
    assert names(page) == ["Coding College"]


def test_degree_options_count_each_school_once_a_level(client):
    make_article(topic=make_topic(school_filter="field=billing-coding"))
    certificates = [{"cip": "51.0713", "award_level": 21}, {"cip": "51.0714", "award_level": 21}]
    make_school("One", programs=certificates)
    make_school("Two", programs=[{"award_level": 21}, {"award_level": 3}])
    make_school("Records", programs=[{"cip": "51.0707", "award_level": 3}])
    page = Page(client, ADDRESS)
    assert page.texts(".degrees li") == ["12 weeks to 1 year 2 schools", "Associate's degree 1 school"]
    addresses = page.links(".degrees")
    assert addresses == [
        "/schools/?award=under-1-year&field=billing-coding",
        "/schools/?award=associate&field=billing-coding",
    ]
    assert "2 schools report" in Page(client, addresses[0]).text()
    assert "1 school reports" in Page(client, addresses[1]).text()


def test_numbered_pages_with_the_article_on_each(client):
    make_article(title="The article", topic=make_topic())
    for place in range(14):
        make_school(f"College {place:02}")
    first, second, third = (Page(client, f"{ADDRESS}{page}") for page in ("", "?page=2", "?page=3"))
    assert [len(names(page)) for page in (first, second, third)] == [6, 6, 2]
    assert names(first) + names(second) + names(third) == [f"College {place:02}" for place in range(14)]
    assert second.text("h1") == "The article"
    assert f"{ADDRESS}?page=3#schools" in second.links(".pager")
    assert second.attribute("link[rel=canonical]", "href") == first.attribute("link[rel=canonical]", "href")
    past = Page(client, f"{ADDRESS}?page=4", status=404)
    assert f"{ADDRESS}?page=3#schools" in past.links()
    moved = client.get(f"{ADDRESS}?page=1")
    assert (moved.status_code, moved["Location"]) == (301, f"{ADDRESS}#schools")


@pytest.mark.parametrize("page", ["0", "x", "2"])
@pytest.mark.parametrize("topic", [False, True])
def test_an_article_without_a_topic_or_its_filter_has_one_page(client, page, topic):
    make_school()
    make_article(topic=make_topic(school_filter="") if topic else None)
    assert "schools-panel" not in Page(client, ADDRESS).html
    assert ADDRESS + "#schools" in Page(client, f"{ADDRESS}?page={page}", status=404).links()


def test_a_topic_without_schools_says_so(client):
    make_article(topic=make_topic())
    page = Page(client, ADDRESS)
    assert "No school is listed for this topic yet." in page.text(".schools-panel")
    assert page.texts(".degrees") == []


def test_paid_places_are_few_labelled_and_move_nobody(client):
    make_article(topic=make_topic())
    schools = [make_school(f"College {place:02}") for place in range(8)]
    before = names(Page(client, ADDRESS))
    for school in schools[:4]:
        make_sponsorship(school, placement="article-panel")
    page = Page(client, ADDRESS)
    ads = page.texts(".schools-panel .card-ad h3 a")
    assert len(ads) == 2
    assert all(ad.startswith("Ad \u2013 sponsored ") for ad in ads)
    assert names(page) == before
    assert page.text(".article-count") == "8 schools report 8 programs in billing and coding."
    panel = page.text(".schools-panel")
    assert "Always ask the school for tuition before you start." in panel
    assert "These places are paid for." in panel
    assert "/how-this-site-is-paid-for/" in page.links(".schools-panel")


def test_a_topic_with_a_credential_lists_first_who_states_it(client):
    make_credential("CPC")
    make_article(topic=make_topic(school_filter="credential=cpc"))
    make_school("Silent")
    make_school("States it", programs=[{"credentials": ["cpc"]}])
    assert names(Page(client, ADDRESS)) == ["States it", "Silent"]
