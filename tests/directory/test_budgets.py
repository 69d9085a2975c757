"""How many queries each page asks, and that the number stays when its rows grow tenfold."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.models import (
    Article,
    Attribution,
    Credential,
    CredentialSetting,
    RelatedLink,
    Requirement,
    Specialty,
    Statistic,
    Term,
)
from content.publishing import NewFact, NewFactBox, publish
from listings.models import School
from tests.build import (
    make_article,
    make_credential,
    make_report,
    make_revision,
    make_school,
    make_source,
    make_specialty,
    make_sponsorship,
    make_statistic,
    make_term,
    make_topic,
)
from tests.settling import settle

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/": 5,
    "/articles/": 5,
    "/articles/main/": 11,
    "/articles/main/?page=2": 11,
    "/topics/basics/": 6,
    "/credentials/": 3,
    "/credentials/?body=aapc&setting=office&level=core&status=granted": 3,
    "/credentials/which/": 0,
    "/credentials/which/?setting=office&shown=diploma": 5,
    "/credentials/main/": 12,
    "/specialties/": 1,
    "/specialties/main/": 4,
    "/glossary/": 6,
    "/about/": 4,
    "/corrections/": 7,
    "/corrections/report/?about=main": 2,
    "/feed.atom": 2,
    "/topics/basics/feed.atom": 3,
    "/sitemap.xml": 8,
    "/how-this-site-is-paid-for/": 0,
    "/robots.txt": 0,
}


def queries(client, address: str) -> int:
    cache.clear()
    settle()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(asked)


def grow(places: range) -> None:
    """Rows of everything that the pages show, tied to the article, credential and specialty `main`."""
    sources = [make_source(f"Source {place}") for place in places]
    keys = [make_statistic(f"x.y.us.m-{place}").key for place in places]
    main = Article.objects.get(slug="main")
    credential = Credential.objects.get(slug="main")
    specialty = Specialty.objects.get(slug="main")
    lines = [
        NewFact(label="Pay", statistic=statistic, sources=((sources[0], "*"), (sources[-1], "**")))
        for statistic in Statistic.objects.filter(key__in=keys)
    ]
    revision = make_revision(
        main,
        credentials=[credential, *(make_credential(f"C{place}") for place in places)],
        specialties=[specialty, *(make_specialty(f"S {place}") for place in places)],
        summary=" ".join(f"[[stat:{key}]]" for key in keys),
        body="\n\n".join(f"## Part\n\nAB-{place} [[stat:{key}|full]]" for place, key in enumerate(keys)),
        facts=[NewFactBox(facts=(line,)) for line in lines],
    )
    publish(revision, by=None)
    named = {"credentials": [credential], "specialties": [specialty], "topic": main.topic}
    for place, source, key in zip(places, sources, keys, strict=True):
        other = make_article(f"article-{place}", summary=f"[[stat:{key}]]", **named)
        RelatedLink.objects.create(article=main, target=other, origin="pinned", reason="Close")
        Requirement.objects.create(credential=credential, kind="exam", text="Asked.", source=source)
        grown = Credential.objects.get(slug=f"c{place}")
        grown.specialties.add(specialty)
        Requirement.objects.create(credential=grown, kind="exam", text="Asked.", source=source)
        CredentialSetting.objects.create(credential=grown, setting="office", source=source)
        Attribution.objects.create(credential=grown, attribute="status", source=source)
        make_report(state="corrected", answer="Mended.", answered_at=timezone.now(), article=other)
        term = make_term(f"Word {place}", f"AB-{place}", source=source, credential=credential, article=other)
        term.see_also.set(Term.objects.exclude(pk=term.pk)[:3])
        make_article(f"topic-{place}", topic=make_topic(f"t-{place}", school_filter=f"credential=c{place}"))


def grow_schools(places: range) -> None:
    for place in places:
        programs = [{"credentials": ["main"]}, {"cip": "51.0714", "award_level": 3}]
        make_sponsorship(make_school(f"College {place}", programs=programs), placement="article-panel")


@pytest.mark.slow
def test_no_page_asks_more_when_its_rows_grow_tenfold(client):
    for slug in ("about", "corrections"):
        make_article(slug, kind=Article.Kind.PAGE, body="[[stat:x.y.us.m-0]] AB-0")
    make_article("main", topic=make_topic("basics", school_filter="field=billing-coding&award=associate"))
    make_credential("MAIN")
    make_specialty("Main")
    grow(range(3))
    grow_schools(range(10))
    school = School.objects.get(name="College 0").get_absolute_url()
    pages = BUDGETS | {school: 17}  # a query for each kind of federal row, and for what changed
    few = {address: queries(client, address) for address in pages}
    grow(range(3, 30))
    grow_schools(range(10, 100))
    assert {address: queries(client, address) for address in pages} == few
    assert {
        address: (asked, pages[address]) for address, asked in few.items() if asked > pages[address]
    } == {}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/articles/",
        "/credentials/",
        "/specialties/",
        "/glossary/",
        "/corrections/",
        "/feed.atom",
        "/sitemap.xml",
    ],
)
def test_a_page_works_without_any_row(client, address):
    assert queries(client, address) <= BUDGETS[address]
