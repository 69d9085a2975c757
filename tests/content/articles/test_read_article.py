"""A reader opens an article."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from content.models import Article, RelatedLink, Statistic
from content.publishing import NewFact, NewFactBox, publish, schedule
from content.statistics import propose
from tests.build import (
    make_article,
    make_credential,
    make_figure,
    make_revision,
    make_source,
    make_specialty,
    make_statistic,
    make_topic,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/coding-certification/"
PAY = "oews.29-2072.us.median-annual"
RECEIPT = f"/statistics/{PAY}/"


def test_its_texts_and_contents(client):
    make_article(
        title="What is a credential?",
        lead="A *title* earned by exam.",
        body="## Who grants it\n\nA body.\n\n## What it costs\n\nIt depends.",
        topic=make_topic("basics"),
    )
    page = Page(client, ADDRESS)
    assert page.text("h1") == "What is a credential?"
    assert page.text(".lede") == "A title earned by exam."
    assert page.links(".contents") == ["#h-who-grants-it", "#h-what-it-costs"]
    assert page.texts(".prose h2") == ["Who grants it", "What it costs"]
    assert "/topics/basics/" in page.links(".breadcrumbs")
    assert page.text("title") == "What is a credential? - Superbill"


def test_a_figure_in_the_text_links_to_its_receipt(client):
    make_statistic(PAY)
    make_article(lead=f"Half earn more than [[stat:{PAY}]].", body=f"It was [[stat:{PAY}|full]].")
    page = Page(client, ADDRESS)
    assert page.text(".lede") == "Half earn more than $51,140 a year ."
    assert page.links(".lede") == [RECEIPT]
    assert "(May 2025, U.S. Bureau of Labor Statistics)" in page.text(".prose")


def test_a_changed_figure_is_on_the_page_at_once(client):
    make_statistic(PAY, {2024: 50250})
    make_article(body=f"[[stat:{PAY}]]")
    assert page_says(client, "$50,250 a year")
    propose([make_figure(52000, year=2025)])
    assert page_says(client, "$52,000 a year")


def page_says(client, words: str) -> bool:
    return words in Page(client, ADDRESS).text(".prose")


def test_an_unknown_figure_is_shown_mildly(client):
    make_article(body="[[stat:no.such.key]] and [[stat:Not A Key|full]]")
    page = Page(client, ADDRESS)
    assert page.texts(".prose .missing") == ["figure not available"] * 2


def test_a_missing_value_says_why(client):
    make_statistic(PAY, {2025: None}, missing="suppressed")
    make_article(body=f"[[stat:{PAY}]]")
    assert page_says(client, "suppressed for privacy")


def test_an_old_figure_may_be_out_of_date(client):
    pay = NewFact(label="Pay", statistic=make_statistic(PAY))
    Statistic.objects.update(stale_at=timezone.now() - timedelta(days=1))
    make_article(body=f"[[stat:{PAY}]]", facts=[NewFactBox(facts=(pay,))])
    assert page_says(client, "(may be out of date)")
    assert "may be out of date" in Page(client, ADDRESS).text(".facts")


def facts_of(client, *facts: NewFact) -> list[str]:
    make_article(facts=[NewFactBox(title="Important facts", facts=facts)])
    return Page(client, ADDRESS).texts(".facts-box dd")


def test_a_fact_bound_to_a_statistic_has_its_value_period_source_and_receipt(client):
    pay = NewFact(label="Median pay", statistic=make_statistic(PAY), qualifier="for records specialists")
    said = facts_of(client, pay)
    assert said == [
        "$51,140 a year for records specialists May 2025. Source: U.S. Bureau of Labor Statistics"
    ]
    page = Page(client, ADDRESS)
    assert page.text(".facts-box h2") == "Important facts"
    assert RECEIPT in page.links(".facts-box")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (NewFact(label="Pay", kind="money", value=Decimal(41000), unit="USD", per="year"), "$41,000 a year"),
        (
            NewFact(label="Pay", value_min=Decimal(33000), value_max=Decimal(65500), unit="USD", per="year"),
            "$33,000 to $65,500 a year",
        ),
        (NewFact(label="Wage", value_max=Decimal(15), unit="USD", qualifier="less than"), "less than $15"),
        (NewFact(label="Top", value_min=Decimal(48000), unit="USD"), "from $48,000"),
        (NewFact(label="Growth", value=Decimal(-3), unit="percent"), "\u22123%"),
        (NewFact(label="Growth", value_min=Decimal(5), value_max=Decimal(7), unit="percent"), "5% to 7%"),
        (NewFact(label="Time", value_min=Decimal(4), value_max=Decimal(6), unit="month"), "4 to 6 months"),
        (NewFact(label="Time", value=Decimal(1), unit="year"), "1 year"),
        (NewFact(label="Jobs", value=Decimal(9200), unit="openings", per="year"), "9,200 openings a year"),
        (NewFact(label="Skills", kind="list", text="Care\n\nIntegrity"), "Care Integrity"),
        (NewFact(label="Renewal", text="every 2 years"), "every 2 years"),
        (NewFact(label="Fee"), "not stated"),
        (NewFact(label="Outlook", text="Good", period_from=2016, period_to=2026), "Good 2016 to 2026"),
        (NewFact(label="Pay", text="Fair", qualifier="for coders"), "Fair for coders"),
    ],
)
def test_a_literal_fact_is_said_in_words(client, fact, words):
    assert facts_of(client, fact) == [words]


def test_every_source_of_a_fact_is_named_and_listed_once(client):
    pay, outlook = make_source("Wages"), make_source("Outlook", publisher="Payscale.com", url="")
    facts = (
        NewFact(label="Pay", text="Fair", sources=((pay, "*"), (outlook, "**"))),
        NewFact(label="Outlook", text="Good", sources=((pay, "*"),)),
    )
    said = facts_of(client, *facts)
    assert said[0] == "Fair Sources: U.S. Bureau of Labor Statistics ; Payscale.com"
    assert Page(client, ADDRESS).texts(".sources li") == [
        "U.S. Bureau of Labor Statistics: Wages",
        "Payscale.com: Outlook",
    ]


def test_credentials_and_specialties_named_in_it(client):
    make_article(
        credentials=[make_credential("CPC"), make_credential("", slug="specialist", name="Specialist")],
        specialties=[make_specialty("Oncology")],
    )
    page = Page(client, ADDRESS)
    assert page.links(".named") == ["/credentials/cpc/", "/credentials/specialist/", "/specialties/oncology/"]
    assert "Specialist AAPC" in page.text(".named")


def test_related_articles_with_their_reason(client):
    article, other = make_article(), make_article("cpc", title="The CPC")
    hidden = make_article("draft", title="Hidden", published=False)
    for target in (other, hidden):
        RelatedLink.objects.create(article=article, target=target, origin="pinned", reason="Both name CPC")
    page = Page(client, ADDRESS)
    assert page.texts(".related li") == ["The CPC Both name CPC"]
    assert "Hidden" not in page.html


def test_byline_dates_and_change_note(client):
    article = make_article(published=datetime(2026, 3, 2, 17, tzinfo=UTC))
    revision = make_revision(article, change_note="New wage figures.")
    publish(revision, by=None, at=datetime(2026, 5, 4, 17, tzinfo=UTC))
    page = Page(client, ADDRESS)
    assert page.text(".byline") == "By the Superbill editors Reviewed: not yet Last changed: May 4, 2026"
    about = page.text(".about-article")
    assert "First published March 2, 2026 Changes May 4, 2026 : New wage figures." in about
    assert "Updated May 4, 2026 : New wage figures." in page.text(".article-head")
    reviewer = User.objects.create_user("ann", first_name="Ann", last_name="Lee")
    Article.objects.update(reviewed_by=reviewer, reviewed_at=datetime(2026, 5, 5, 17, tzinfo=UTC))
    page = Page(client, ADDRESS)
    assert "Reviewed: May 5, 2026" in page.text(".byline")
    assert "Reviewed May 5, 2026, by Ann Lee" in page.text(".about-article")


def test_dates_of_a_revision_that_came_due(client):
    article = make_article(published=datetime(2026, 3, 2, 17, tzinfo=UTC))
    due = timezone.now() - timedelta(minutes=1)
    schedule(make_revision(article), publish_at=due, by=None, at=due - timedelta(days=1))
    page = Page(client, ADDRESS)
    assert page.attribute(".byline time", "datetime") == timezone.localtime(due).date().isoformat()


def test_a_disclosure_stands_before_the_text(client):
    make_article(disclosures="Some places are paid for.\n\nWe earn nothing by links.")
    page = Page(client, ADDRESS)
    notes = page.texts(".article-head .source-note")
    assert notes[0].startswith("Some places are paid for.")
    assert len(notes) == 2
    assert "/how-this-site-is-paid-for/" in page.links(".article-head")


def test_a_description_for_machines_says_what_the_page_says(client):
    make_article(title='</script><script>alert("1")</script><!--', summary="A & B in [[stat:x.y]].")
    page = Page(client, ADDRESS)
    data = page.structured()[0]
    assert data["@type"] == "Article"
    assert data["headline"] == page.text("h1") == '</script><script>alert("1")</script><!--'
    assert data["description"] == "A & B in figure not available."
    assert data["url"] == page.attribute("link[rel=canonical]", "href") == f"http://127.0.0.1:8000{ADDRESS}"
    assert data["author"]["name"] == "The Superbill editors"
    assert data["datePublished"] <= data["dateModified"]


def test_stored_text_is_never_evaluated_as_a_template(client):
    make_article(
        title="{{ 7*7 }} {% debug %}", lead="{{ 7*7 }}", body="{% debug %} ${7*7}", summary="{{ 7*7 }}"
    )
    page = Page(client, ADDRESS)
    assert page.text("h1") == "{{ 7*7 }} {% debug %}"
    assert (page.text(".lede"), page.text(".prose")) == ("{{ 7*7 }}", "{% debug %} ${7*7}")
    assert page.attribute("meta[name=description]", "content") == "{{ 7*7 }}"


def test_an_article_without_anything_but_a_title(client):
    make_article(title="Bare", lead="")
    page = Page(client, ADDRESS)
    assert page.text("h1") == "Bare"
    assert page.texts(".contents, .facts-box, .named, .related, .schools-panel") == []
