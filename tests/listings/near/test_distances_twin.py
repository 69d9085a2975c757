"""Membership, order and distance against a second reckoning, for random points."""

import random
from typing import Any

import pytest
from django.test import Client

from listings.distance import Point, box, miles, miles_from
from listings.models import School
from listings.zips import zip_points
from tests.listings.near.ground import ground_miles, school_at
from tests.proof import count

pytestmark = pytest.mark.django_db

SCHOOLS = 120
REACHES = (5, 10, 25, 50, 100, 200)
CORNERS = [(71.3, -156.6), (13.4, 144.8), (-14.3, -170.7), (51.9, -176.6), (51.9, 179.9), (52.1, -179.9)]


def some_point(numbers: random.Random) -> tuple[float, float]:
    if numbers.random() < 0.2:
        latitude, longitude = numbers.choice(CORNERS)
        return latitude + numbers.uniform(-1, 1), min(180.0, max(-180.0, longitude + numbers.uniform(-1, 1)))
    return numbers.uniform(36, 43), numbers.uniform(-90, -78)


def scatter(numbers: random.Random) -> dict[int, tuple[float, float]]:
    """Bare schools: `make_school` is for what a page shows of them."""
    points = [some_point(numbers) for _ in range(SCHOOLS)]
    School.objects.bulk_create(
        School(
            slug=f"s{place}",
            name=f"S{place}",
            latitude=point[0],
            longitude=point[1],
            rank_key=b"%04d" % place,
        )
        for place, point in enumerate(points)
    )
    School.objects.create(slug="nowhere", name="Nowhere")
    return {
        pk: points[int(slug[1:])]
        for pk, slug in School.objects.exclude(latitude=None).values_list("pk", "slug")
    }


def test_the_database_finds_the_same_schools_in_the_same_order() -> None:
    numbers = random.Random(510713)
    schools = scatter(numbers)
    for _ in range(count(1_000)):
        at = some_point(numbers)
        reach = numbers.choice(REACHES)
        point = Point(*at)
        away = School.objects.alias(away=miles_from(point))
        found = away.filter(box(point, reach), away__lte=reach).order_by("away", "rank_key")
        must = sorted(
            (ground_miles(at, where), pk) for pk, where in schools.items() if ground_miles(at, where) <= reach
        )
        assert list(found.values_list("pk", flat=True)) == [pk for _, pk in must], (at, reach)
        assert all(abs(miles(point, Point(*schools[pk])) - far) < 1e-6 for far, pk in must)


def shown(client: Client, **query: Any) -> list[str]:
    found = client.get("/schools/", query).context["found"]
    return [card.school.name for card in found.stated]


def test_the_pages_hold_the_same_schools_each_once(client: Client) -> None:
    numbers = random.Random(43004)
    points = {f"S{place:02d}": (numbers.uniform(39, 41), numbers.uniform(-84, -81)) for place in range(30)}
    for name, point in points.items():
        school_at(name, *point)
    codes = [f"{number:05d}" for number in range(43000, 43999) if zip_points().point(f"{number:05d}")]
    for _ in range(count(60)):
        code, within = numbers.choice(codes), numbers.choice(REACHES)
        origin = zip_points().point(code)
        assert origin is not None
        away = {
            name: ground_miles((origin.latitude, origin.longitude), point) for name, point in points.items()
        }
        must = sorted((far, name) for name, far in away.items() if far <= within)
        first = client.get("/schools/", {"near": code, "within": within, "sort": "distance"}).context["found"]
        found = [card.school.name for card in first.stated]
        if first.pages.last > 1:
            found += shown(client, near=code, within=within, sort="distance", page=2)
        assert first.counts.listed == len(must)
        assert found == [name for _, name in must], (code, within)


def test_an_index_answers_the_box() -> None:
    plan = School.objects.filter(box(Point(40.0, -82.5), 50)).explain().lower()
    assert "listings_school_point" in plan or "seq scan" in plan  # PostgreSQL reads a table this small whole
