"""Cities come with the directory file that readers see, and go with it."""

import pytest
from django.test import Client

from listings import cities, versions
from listings.models import Bystander, DirectoryRow, Place, School
from tests.build import make_file, make_school
from tests.listings.near.ground import COLUMBUS, school_at
from tests.listings.reading import get, names

pytestmark = pytest.mark.django_db


def put_in() -> None:
    version = versions.current()
    assert version is not None
    cities.apply(cities.prepare(version))


def bystander(unitid: int, **record: object) -> None:
    values = {"city": "Columbus", "state": "OH", "latitude": 40.0, "longitude": -83.0} | record
    Bystander.objects.create(file=make_file("directory", "HD2023"), unitid=unitid, record=values)


def cities_now() -> dict[str, tuple[float, float, int]]:
    return {
        str(place): (round(place.latitude, 6), round(place.longitude, 6), place.institutions)
        for place in Place.objects.all()
    }


def test_a_city_is_the_middle_of_its_institutions_listed_or_not() -> None:
    school_at("Ours", 39.0, -82.0, city="Columbus")
    bystander(200_001)
    bystander(200_002, city="COLUMBUS", latitude=42.0, longitude=-85.0)
    bystander(200_003, city="St. Louis", state="MO", latitude=38.6, longitude=-90.2)
    bystander(200_004, city="Gone", latitude=None)
    put_in()
    assert cities_now() == {
        "Columbus, OH": (40.333333, -83.333333, 3),
        "St. Louis, MO": (38.6, -90.2, 1),
    }


def test_saint_and_st_are_one(client: Client) -> None:
    school_at("Arch College", 38.63, -90.2, city="St. Louis", state="MO")
    put_in()
    for written in ("saint louis, mo", "st louis MO", "ST. LOUIS, Missouri"):
        found = client.get("/schools/", {"near": written}).context["found"]
        assert [card.school.name for card in found.stated] == ["Arch College"]


def test_an_institution_that_we_list_is_not_counted_twice() -> None:
    school = school_at("Ours", 39.0, -82.0, city="Columbus")
    bystander(school.unitid or 0)
    put_in()
    assert cities_now() == {"Columbus, OH": (39.0, -82.0, 1)}


def test_a_school_that_the_directory_does_not_name_any_more_moves_no_city() -> None:
    school = school_at("Ours", 39.0, -82.0, city="Columbus")
    DirectoryRow.objects.filter(school=school).update(absent_from=2023)
    put_in()
    assert cities_now() == {}


def test_a_switch_puts_points_and_cities_in_and_back(client: Client) -> None:
    school = school_at("Ours", *COLUMBUS, city="Columbus")
    put_in()
    Place.objects.update(latitude=0.0, name="Wrong")
    School.objects.update(latitude=None)
    versions.switch(1)
    school.refresh_from_db()
    assert (school.latitude, school.longitude) == COLUMBUS
    assert cities_now() == {"Columbus, OH": (*COLUMBUS, 1)}
    assert names(client, "?near=Columbus%2C+OH&within=5") == ["Ours"]


def test_cities_that_stay_the_same_keep_their_rows() -> None:
    school_at("Ours", *COLUMBUS, city="Columbus")
    put_in()
    before = list(Place.objects.values_list("pk", flat=True))
    put_in()
    assert list(Place.objects.values_list("pk", flat=True)) == before


def test_without_a_point_a_school_is_listed_all_the_same(client: Client) -> None:
    make_school("Pointless")
    assert names(client) == ["Pointless"]
    assert get(client, "?near=43215").css_first("section[aria-labelledby=nearest] h3 a").text() == "Pointless"
