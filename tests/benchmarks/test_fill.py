"""The benchmark fills a new database with invented schools."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from directory.bench import filling, population
from listings import rebuilding, staging
from listings.models import ListingRow, School, Sponsorship, Statement
from tests.build import make_article, make_credential, make_school, make_topic

pytestmark = pytest.mark.django_db

PROGRAMS = 2_000
QUERIES = [
    "q=college",
    "state=CA",
    "near=43004&within=200",
    "delivery=online",
    "award=associate",
    "field=51.0713",
    "credential=cpc",
    "control=public",
    "max_tuition=9000",
    "max_months=12",
    "page=2",
]


@pytest.fixture
def filled() -> str:
    for code in ("CPC", "CCS", "RHIT"):
        make_credential(code)
    return filling.fill(PROGRAMS)


@pytest.mark.slow
def test_its_rows_are_those_that_a_rebuild_would_make(filled: str) -> None:
    assert (School.objects.listed().count(), ListingRow.objects.count()) == (PROGRAMS // 10, PROGRAMS)
    try:
        assert rebuilding.prepare(filling.VERSION).schools == 0
    finally:
        staging.drop_all()


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES)
def test_every_filter_has_data(client: Client, filled: str, query: str) -> None:
    response = client.get(f"/schools/?{query}&include_unknown=0")
    assert (response.status_code, b'class="card' in response.content) == (200, True)


def test_the_same_programs_come_each_time() -> None:
    drawn = [list(population.draw(30, ("ccs", "cpc"), year=2025)) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_half_of_the_schools_state_something_and_one_of_fifty_pays(filled: str) -> None:
    speaking = Statement.objects.values("school").distinct().count()
    assert 0.4 < speaking / School.objects.count() < 0.6
    assert Sponsorship.objects.running().count() == PROGRAMS // 10 // filling.SPONSORED


def test_what_is_added_afterwards_has_an_id_of_its_own(filled: str) -> None:
    assert make_school(unitid=None).pk > PROGRAMS // 10


@pytest.mark.parametrize("step", ["fill", "load"])
def test_a_directory_that_has_schools_is_left_alone(step: str) -> None:
    make_school()
    with pytest.raises(CommandError, match="new database"):
        call_command("bench", step, "--programs", "100")
    assert School.objects.count() == 1


def test_queries_are_counted_for_each_target(filled: str, capsys: pytest.CaptureFixture[str]) -> None:
    make_article(topic=make_topic())
    call_command("bench", "count", "--dataset", json.dumps(filling.described(PROGRAMS)))
    counted = json.loads(capsys.readouterr().out)
    assert counted["floor"] == 1
    assert all(1 <= asked <= 12 for asked in counted.values())


def test_the_floor_is_not_on_the_site(client: Client) -> None:
    assert client.get("/bench/floor/").status_code == 404
