"""A school that no federal file names: listed by what is stated of it, through loads and versions."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from listings import versions
from listings.loading import expire_due, rebuild_listing
from listings.models import DataVersion, ListingRow, Program, School, Statement
from listings.opening import open_program, open_school
from listings.statements import state, withdraw
from tests.build import ADDRESS, make_credential, make_file, make_outside, make_school
from tests.listings.imports import federal

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 12, 15, tzinfo=UTC)


def opened(name: str = "Riverbend Coding School", **stated: Any) -> Program:
    """A program of a new school, of which its delivery and what is given are stated."""
    make_file()
    school = make_outside(name, website="https://riverbend.edu/")
    program = open_program(school, "51.0713", 21)
    for field, value in ({"delivery": ["online"]} | stated).items():
        state(school=school, program=program, field=field, value=value, by=Statement.By.SCHOOL)
    return program


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_it_is_listed_filtered_searched_and_placed_by_what_is_stated(client: Client) -> None:
    make_credential("CPC")
    program = opened(credentials=["cpc"], tuition={"amount": 3900, "year": datetime.now(UTC).year}, months=9)
    school = School.objects.get()
    assert (school.unitid, school.status, school.city, school.state) == (None, "listed", "Dayton", "OH")
    assert (round(school.latitude or 0), round(school.longitude or 0)) == (40, -84)
    row = ListingRow.objects.get()
    assert (row.program_id, row.awards, row.tuition, row.months) == (program.pk, None, 3900, 9)
    for asked in (
        "",
        "?state=OH",
        "?q=riverbend",
        "?near=45402&within=10",
        "?field=billing-coding&delivery=online&credential=cpc&max_tuition=4000&include_unknown=0",
    ):
        assert "Riverbend Coding School" in page(client, f"/schools/{asked}"), asked
    assert "Riverbend Coding School" not in page(client, "/schools/?delivery=campus&include_unknown=0")
    [found] = client.get("/api/v1/schools/?delivery=online&include_unknown=0").json()["results"]
    assert (found["slug"], found["unitid"]) == (school.slug, None)
    assert found["programs"][0]["delivery"]["values"] == ["online"]
    assert found["programs"][0]["awards"]["value"] is None
    [choice] = [
        each
        for facet in client.get("/api/v1/facets/").json()["facets"]
        if facet["key"] == "delivery"
        for each in facet["choices"]
        if each["value"] == "online"
    ]
    assert choice["schools"] == 1


def test_its_page_says_that_it_is_in_no_federal_file(client: Client) -> None:
    opened()
    said = page(client, School.objects.get().get_absolute_url())
    assert "Not in IPEDS" in said
    assert "every value here is stated by the school" in said
    assert "no awards reported" in said
    assert "U.S. Department of Education" not in said
    make_school("Greenwood College")
    assert "Not in IPEDS" not in page(client, School.objects.get(name="Greenwood College").get_absolute_url())


def test_it_is_listed_only_while_something_of_a_program_is_stated(client: Client) -> None:
    make_file()
    school = make_outside()
    program = open_program(school, "51.0713", 21)
    assert school.status == School.Status.NO_ROW
    assert "states no program in this field" in page(client, school.get_absolute_url())
    assert "Riverbend Coding School" not in page(client, "/schools/")
    said = state(school=school, program=program, field="months", value=9, by="school")
    assert "states no program" not in page(client, school.get_absolute_url())
    assert "Riverbend Coding School" in page(client, "/schools/")
    withdraw(said)
    school.refresh_from_db()
    assert school.status == School.Status.NO_ROW
    assert "states no program in this field" in page(client, school.get_absolute_url())


def test_it_is_listed_before_the_first_load(client: Client) -> None:
    school = make_outside()
    state(school=school, program=open_program(school, "51.0713", 21), field="months", value=9, by="school")
    assert "Riverbend Coding School" in page(client, "/schools/")
    assert "Not in IPEDS" in page(client, school.get_absolute_url())


def test_what_lapses_keeps_it_listed_where_it_was(client: Client) -> None:
    opened()
    Statement.objects.update(valid_until=NOW + timedelta(days=1), stated_at=NOW)
    School.objects.update(changed_at=NOW)
    assert expire_due(NOW + timedelta(days=2)) == {"schools": 1}
    school = School.objects.get()
    assert (school.status, school.name, school.city) == ("listed", "Riverbend Coding School", "Dayton")
    assert school.latitude is not None
    assert ListingRow.objects.get().delivery is None
    assert "not confirmed since" in page(client, school.get_absolute_url())


def test_it_outlives_switches_of_versions_and_stopped_loads() -> None:
    opened()
    waiting = make_outside("Hillside")
    DataVersion.objects.create(number=2, year=2024, loaded_at=NOW)
    DataVersion.objects.create(number=3, year=2024, loaded_at=None)
    versions.switch(2)
    versions.discard_unfinished()
    versions.switch(1)
    rebuild_listing(1)
    assert School.objects.filter(pk=waiting.pk).exists()
    assert School.objects.listed().get().name == "Riverbend Coding School"
    assert ListingRow.objects.count() == 1


def test_namesakes_and_reserved_words_get_slugs_of_their_own() -> None:
    names = ["Compare", "Riverbend", "Riverbend", "Riverbend", "\u4e2d\u6587", "x" * 200]
    slugs = [open_school(name=name, address=ADDRESS).slug for name in names]
    assert slugs[:4] == ["compare-dayton-oh", "riverbend", "riverbend-dayton-oh", "riverbend-2"]
    assert slugs[4] == "school"
    assert len(set(slugs)) == len(names)


@pytest.mark.parametrize("given", [{"name": " "}, {"address": {}}])
def test_a_bad_value_opens_nothing(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        open_school(**{"name": "Riverbend", "address": ADDRESS} | given)
    assert not School.objects.exists()


@pytest.mark.parametrize(("cip", "level"), [("51.9999", 21), ("51.0713", 99)])
def test_a_program_of_no_known_field_or_award_is_refused(cip: str, level: int) -> None:
    with pytest.raises(ValidationError, match="from the list"):
        open_program(make_school(), cip, level)


def test_a_new_program_of_a_school_in_ipeds_is_listed_as_stated(client: Client) -> None:
    school = make_school("Greenwood College")
    program = open_program(school, "51.0714", 2)
    rebuild_listing(1)
    assert ListingRow.objects.count() == 1
    state(school=school, program=program, field="delivery", value=["hybrid"], by="school")
    assert ListingRow.objects.get(program=program).awards is None
    assert "Greenwood College" in page(client, "/schools/?field=51.0714&delivery=hybrid&include_unknown=0")
    said = page(client, school.get_absolute_url())
    assert "Medical Insurance Specialist/Medical Biller" in said
    assert "no awards reported" in said
    withdraw(Statement.objects.get())
    assert not ListingRow.objects.filter(program=program).exists()


def test_a_program_that_is_not_reported_any_more_is_not_brought_back_by_a_statement() -> None:
    school = make_school(programs=[{"reported": False, "months": 9}])
    assert school.status == School.Status.NO_ROW


def test_a_stated_name_and_address_go_before_the_federal_ones(client: Client) -> None:
    school = make_school(
        "Greenwood Colege", directory={"zip": "45402-1234", "latitude": 39.7, "longitude": -84.2}
    )
    state(school=school, program=None, field="name", value="Greenwood College", by="school")
    state(school=school, program=None, field="address", value=ADDRESS, by="school")
    school.refresh_from_db()
    assert (school.name, school.latitude) == ("Greenwood College", 39.7)
    assert "Greenwood College" in page(client, "/schools/?q=colege")
    moved = ADDRESS | {"city": "Austin", "state": "TX", "zip": "78701"}
    state(school=school, program=None, field="address", value=moved, by="school")
    school.refresh_from_db()
    assert (school.state, round(school.latitude or 0), ListingRow.objects.get().state) == ("TX", 30, "TX")
    for said in Statement.objects.filter(replaced_at=None):
        withdraw(said)
    school.refresh_from_db()
    assert (school.name, school.state, school.latitude) == ("Greenwood Colege", "OH", 39.7)


def closed(school: School, day: str = "2026-06-30") -> Statement:
    return state(school=school, program=None, field="closure", value={"closed_on": day}, by="school")


def test_a_stated_closing_takes_it_off_the_list_and_no_load_reopens_it(client: Client) -> None:
    school = make_school("Greenwood College")
    said = closed(school)
    rebuild_listing(1, at=datetime(2027, 12, 1, tzinfo=UTC))
    school.refresh_from_db()
    assert (school.status, str(school.closed_on)) == ("closed", "2026-06-30")
    assert "Greenwood College" not in page(client, "/schools/")
    shown = page(client, school.get_absolute_url())
    assert "This school closed on June 30, 2026" in shown
    assert "stated by the school" in shown
    assert "as the federal directory" not in shown
    withdraw(said)
    school.refresh_from_db()
    assert (school.status, school.closed_on) == ("listed", None)


def test_a_closing_counts_from_its_day_on() -> None:
    school = make_school()
    closed(school, "2026-11-30")
    before, after = (datetime(2026, 11, day, 18, tzinfo=UTC) for day in (29, 30))
    rebuild_listing(1, [school.pk], at=before)
    assert School.objects.get().is_listed
    assert expire_due(before) == {"schools": 0}
    assert expire_due(after) == {"schools": 1}
    assert School.objects.get().status == School.Status.CLOSED
    assert expire_due(after) == {"schools": 0}


def test_a_federal_closing_goes_before_a_stated_one() -> None:
    school = make_school(directory={"closed_at": "06/30/2023"})
    closed(school, "2023-07-01")
    school.refresh_from_db()
    assert (school.status, str(school.closed_on), school.status_year) == ("closed", "2023-06-30", 2023)


def test_loads_leave_what_is_stated_as_it_is(tmp_path: Path, client: Client) -> None:
    years = []
    for number in (2023, 2024):
        schools = [federal.school(100_001), federal.school(100_002)]
        programs = [federal.program(100_001), federal.program(100_002)]
        years.append(federal.Year(tmp_path / str(number), number, schools, programs))
    years[0].load()
    new = opened()
    kept, over = School.objects.filter(unitid__isnull=False).order_by("unitid")
    added = open_program(kept, "51.0714", 2)
    state(school=kept, program=added, field="months", value=9, by="school")
    closed(over)
    report = years[1].load()
    assert report["schools"]["listed"] == 2
    assert set(School.objects.listed()) == {new.school, kept}
    assert set(ListingRow.objects.values_list("program", flat=True)) == {
        new.pk,
        added.pk,
        kept.programs.get(cip="51.0713").pk,
    }
    over.refresh_from_db()
    assert (over.status, str(over.closed_on)) == ("closed", "2026-06-30")
    assert "as stated to this site" in page(client, over.get_absolute_url())
