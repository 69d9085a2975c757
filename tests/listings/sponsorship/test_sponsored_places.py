"""Paid places: marked, few, dated, and without any effect on the rest of the list."""

import random
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from listings.models import Disclosure, Placement, School, Sponsorship
from listings.views.school_list import SchoolList
from tests.build import make_school, make_sponsorship
from tests.listings.reading import ads, get, organic, texts
from tests.proof import count

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def make_schools(number: int, **columns: str) -> list[School]:
    return [make_school(f"School {n:02d}", **columns) for n in range(number)]


def test_a_place_is_marked_before_the_name(client: Client) -> None:
    sponsor = make_schools(8)[5]
    make_sponsorship(sponsor)
    page = get(client)
    assert ads(page) == ["Ad \u2013 sponsored School 05"]
    link = page.css_first(".card-ad h3 a")
    assert link.attributes["rel"] == "sponsored nofollow noopener"
    assert link.attributes["href"] == sponsor.get_absolute_url()
    assert page.css_first("section.sponsored").attributes["aria-label"].startswith("Ad \u2013 sponsored")
    assert page.css_first("section.sponsored a[href='/how-this-site-is-paid-for/']") is not None


def test_the_newest_disclosure_is_printed(client: Client) -> None:
    make_sponsorship(make_schools(8)[0])
    assert texts(get(client), ".sponsored > .meta")[0].startswith("These places are paid for.")
    Disclosure.objects.create(version=1, text="Paid, first words.")
    Disclosure.objects.create(version=2, text="Paid, newer words.")
    assert texts(get(client), ".sponsored > .meta")[0].startswith("Paid, newer words.")


def test_a_sponsor_keeps_its_place_in_the_list(client: Client) -> None:
    schools = make_schools(30)
    before = [organic(get(client)), organic(get(client, "?page=2"))]
    make_sponsorship(schools[25])
    assert [organic(get(client)), organic(get(client, "?page=2"))] == before
    assert texts(get(client), ".lede") == ["30 schools report 30 programs in billing and coding."]


@pytest.mark.slow
def test_paying_moves_nothing(client: Client) -> None:
    """Whoever pays, on whatever terms, every organic page stays as it was."""
    schools = make_schools(12) + [
        make_school(f"Office {n}", programs=[{"cip": "51.0710"}]) for n in range(12)
    ]
    chance = random.Random(9)
    queries = ["", "?page=2", "?sort=name", "?field=medical-office", "?q=school", "?delivery=online"]
    before = {query: organic(get(client, query)) for query in queries}
    now = timezone.now()
    for _ in range(count(500)):
        Sponsorship.objects.all().delete()
        for school in chance.sample(schools, chance.randint(0, 5)):
            make_sponsorship(
                school,
                placement=chance.choice(Placement.values),
                starts_at=now + chance.uniform(-3, 1) * DAY,
                ends_at=now + chance.uniform(1.5, 4) * DAY,
                is_approved=chance.random() < 0.8,
            )
        query = chance.choice(queries)
        page = get(client, query)
        assert organic(page) == before[query]
        assert len(ads(page)) <= min(2, len(page.css(".school-card")) / 4)


@pytest.mark.parametrize(("organic_cards", "most"), [(1, 0), (2, 0), (3, 1), (5, 1), (6, 2), (20, 2)])
def test_at_most_two_and_a_quarter_of_the_cards(client: Client, organic_cards: int, most: int) -> None:
    for school in make_schools(organic_cards):
        make_sponsorship(school)
    page = get(client)
    assert (len(organic(page)), len(ads(page))) == (organic_cards, most)


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({"starts_at": timedelta(seconds=-5), "ends_at": DAY}, True),
        ({"starts_at": timedelta(minutes=1), "ends_at": DAY}, False),
        ({"starts_at": -2 * DAY, "ends_at": timedelta(seconds=-5)}, False),
        ({"starts_at": -DAY, "ends_at": DAY, "is_approved": False}, False),
        ({"starts_at": -DAY, "ends_at": DAY, "placement": Placement.ARTICLE_PANEL}, False),
    ],
)
def test_dates_are_decided_when_the_page_is_read(
    client: Client, columns: dict[str, object], shown: bool
) -> None:
    now = timezone.now()
    dates = {name: now + value if isinstance(value, timedelta) else value for name, value in columns.items()}
    make_sponsorship(make_schools(8)[0], **dates)
    assert bool(ads(get(client))) is shown


def test_a_sponsor_stands_only_where_it_meets_the_choices(client: Client) -> None:
    ohio = make_schools(4, state="OH")
    texas = [make_school(f"Texas {n}", state="TX") for n in range(4)]
    make_sponsorship(ohio[0])
    assert ads(get(client, "?state=OH")) == ["Ad \u2013 sponsored School 00"]
    assert ads(get(client, "?state=TX")) == []
    assert ads(get(client, "?q=school")) == ["Ad \u2013 sponsored School 00"]
    assert ads(get(client, "?q=texas")) == []
    assert len(texas) == 4


def test_a_sponsored_program_must_meet_them_itself(client: Client) -> None:
    schools = [
        make_school(f"School {n}", programs=[{"award_level": 3}, {"cip": "51.0707", "award_level": 21}])
        for n in range(4)
    ]
    records = schools[0].programs.get(cip="51.0707")
    make_sponsorship(schools[0], program=records)
    page = get(client, "?field=health-records")
    assert ads(page) == ["Ad \u2013 sponsored School 0"]
    assert texts(page, ".card-ad .card-programs strong") == [
        "Health Information/Medical Records Technology/Technician"
    ]
    assert ads(get(client, "?field=billing-coding")) == []


def test_a_school_that_is_not_listed_has_no_place(client: Client) -> None:
    schools = make_schools(8)
    make_sponsorship(schools[0])
    School.objects.filter(pk=schools[0].pk).update(status=School.Status.CLOSED)
    assert ads(get(client)) == []


def test_sponsors_take_turns_from_page_to_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SchoolList, "per_page", 6)
    schools = make_schools(18)
    for school in schools[:3]:
        make_sponsorship(school)
    shown = [ads(get(client)), ads(get(client, "?page=2")), ads(get(client, "?page=3"))]
    labelled = [f"Ad \u2013 sponsored School {n:02d}" for n in range(3)]
    assert shown == [labelled[:2], [labelled[2], labelled[0]], labelled[1:]]


def test_one_school_stands_once(client: Client) -> None:
    schools = make_schools(8)
    make_sponsorship(schools[0])
    make_sponsorship(schools[0], program=schools[0].programs.get())
    assert ads(get(client)) == ["Ad \u2013 sponsored School 00"]


def test_a_page_without_schools_has_no_ads(client: Client) -> None:
    make_sponsorship(make_schools(4)[0])
    page: LexborHTMLParser = get(client, "?state=UT")
    assert ads(page) == []
