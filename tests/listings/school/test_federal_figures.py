"""A school's page sets federal tuition, the accreditor and whole-school figures beside what is stated."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from listings.models import Program, School
from listings.statements import state
from tests.build import make_school, make_statement
from tests.listings.imports import federal
from tests.listings.imports.federal import Row, Year, charged, institution, program, school, write
from tests.listings.reading import texts, tree

pytestmark = pytest.mark.django_db

FACTS = "section[aria-labelledby=stated] .facts div"
CODING = {2: ("51.0713", 10921, 250, 34, 2, 10)}


def load(folder: Path, programs: list[Row], *tuition: Row, year: int = 2023) -> None:
    files = Year(folder, 2023, [school(100_001, "Federal College")], programs)
    files.load("--tuition", write(folder / f"ic{year}_py.csv", federal.TUITION, tuition))


def page(client: Client) -> Any:
    return tree(client.get(School.objects.get(unitid=100_001).get_absolute_url()))


def today() -> str:
    return date_format(timezone.localdate(), "j M Y")


def test_federal_tuition_stands_where_nobody_stated_any(client: Client, tmp_path: Path) -> None:
    load(tmp_path, [program(100_001)], charged(100_001, CODING))
    facts = texts(page(client), FACTS)
    assert f"Tuition $10,921 (2023-24) IPEDS IC2023_PY, retrieved {today()}" in facts
    assert f"Length 10 months (2023-24) IPEDS IC2023_PY, retrieved {today()}" in facts
    assert "How it is taught not collected, ask the school" in facts


def test_an_old_figure_is_shown_with_its_year_and_does_not_filter(client: Client, tmp_path: Path) -> None:
    load(tmp_path, [program(100_001)], charged(100_001, CODING), year=2014)
    assert any(
        fact.startswith("Tuition $10,921 (2014-15) IPEDS IC2014_PY") for fact in texts(page(client), FACTS)
    )
    listed = client.get("/schools/?max_tuition=20000&include_unknown=0").content.decode()
    assert "Federal College" not in listed
    assert "$10,921" not in client.get("/schools/").content.decode()


def test_a_new_figure_filters_and_sorts(client: Client, tmp_path: Path) -> None:
    year = timezone.localdate().year
    load(tmp_path, [program(100_001)], charged(100_001, CODING), year=year)
    make_school("Dear College", programs=[{"tuition": 20000}])
    assert "Federal College" in client.get("/schools/?max_tuition=11000&include_unknown=0").content.decode()
    assert (
        "Federal College" not in client.get("/schools/?max_tuition=9000&include_unknown=0").content.decode()
    )
    listed = client.get("/schools/?sort=tuition").content.decode()
    assert f"$10,921 ({year})" in listed
    assert "Tuition, length where nobody stated them: IPEDS, program-year institutions." in listed


def test_what_the_school_stated_stands_beside_it_where_they_differ(client: Client, tmp_path: Path) -> None:
    load(tmp_path, [program(100_001)], charged(100_001, CODING))
    taught = Program.objects.get()
    shared: dict[str, Any] = {"school": taught.school, "program": taught, "by": "school"}
    state(field="tuition", value={"amount": 9000, "year": 2026}, **shared)
    state(field="months", value=10, **shared)
    facts = texts(page(client), FACTS)
    assert (
        f"Tuition $9,000 (2026) stated by the school, {today()}"
        f" The federal file says $10,921 (2023-24): IPEDS IC2023_PY, retrieved {today()}."
    ) in facts
    assert f"Length 10 months stated by the school, {today()}" in facts


def test_the_same_stands_on_the_comparison(client: Client, tmp_path: Path) -> None:
    load(tmp_path, [program(100_001)], charged(100_001, CODING))
    slug = School.objects.get(unitid=100_001).slug
    words = " ".join(tree(client.get(f"/schools/compare/?schools={slug}")).css_first("main").text().split())
    assert f"$10,921 (2023-24) IPEDS IC2023_PY, retrieved {today()}" in words
    assert "program-year tuition, IC2023_PY, retrieved" in words


def test_of_two_programs_with_one_code_the_figure_is_said_of_neither(client: Client, tmp_path: Path) -> None:
    load(tmp_path, [program(100_001), program(100_001, level=2)], charged(100_001, CODING))
    found = page(client)
    assert not any("$10,921" in fact for fact in texts(found, FACTS))
    cells = texts(found, "section[aria-labelledby=charges] tbody tr")
    assert cells == [
        "Medical Insurance Coding Specialist/Coder CIP 51.0713 2023-24 $10,921 $250 34 credit hours 10 months"
    ]
    assert "IC2023_PY, retrieved" in texts(found, "section[aria-labelledby=charges] .source-note")[0]


def test_missing_charges_say_why(client: Client, tmp_path: Path) -> None:
    load(tmp_path, [program(100_001)], charged(100_001, {1: ("51.0713", ".", ".", ".", -2, ".")}))
    missing = texts(page(client), "section[aria-labelledby=charges] .missing")
    assert missing == ["not reported"] * 4


def test_the_accreditor_has_its_source_and_date(client: Client, tmp_path: Path) -> None:
    rows = [institution(100_001, "Higher Learning Commission", TUITIONFEE_IN=8568, MD_EARN_WNE_P10="NULL")]
    name = "Most-Recent-Cohorts-Institution_04192023.csv"
    files = Year(tmp_path, 2023, [school(100_001)], [program(100_001)])
    files.load("--institution", write(tmp_path / name, federal.INSTITUTION, rows))
    found = page(client)
    section = "section[aria-labelledby=whole-school]"
    assert texts(found, f"{section} .facts div") == [
        "Accreditor Higher Learning Commission",
        "Tuition and fees a year, in-state $8,568",
        "Tuition and fees a year, out-of-state suppressed for privacy",
        "Median earnings 6 years after entry suppressed for privacy",
        "Median earnings 10 years after entry not reported",
    ]
    note = texts(found, f"{section} .source-note")[0]
    assert note.endswith(f"College Scorecard, Institution, April 19, 2023, retrieved {today()}.")


def test_what_is_stated_holds_for_a_year_unless_its_last_day_is_given(client: Client) -> None:
    taught = make_school().programs.get()
    shared: dict[str, Any] = {"school": taught.school, "program": taught, "by": "school"}
    now = timezone.now()
    usual = state(field="months", value=9, at=now, **shared)
    given = state(field="delivery", value=["online"], valid_until=now + timedelta(days=3), at=now, **shared)
    assert usual.valid_until == now + timedelta(days=365)
    assert given.valid_until == now + timedelta(days=3)
    clocked = state(field="months", value=8, **shared)
    clocked.refresh_from_db()
    assert clocked.valid_until is not None
    assert clocked.valid_until - clocked.stated_at == timedelta(days=365)


def test_a_sample_statement_is_marked_on_every_page_that_shows_it(client: Client) -> None:
    taught = make_school(programs=[{}]).programs.get()
    state(school=taught.school, program=taught, field="months", value=9, by="sample")
    found = tree(client.get(taught.school.get_absolute_url()))
    assert texts(found, ".notice p") == [
        "Some statements on this page are samples, marked as such: the school did not make them."
    ]
    assert texts(found, f"{FACTS} .sample-badge") == ["Sample statement"]
    for address in ("/schools/", f"/schools/saved/?schools={taught.school.slug}"):
        assert texts(tree(client.get(address)), ".school-card .sample-badge") == ["Sample statements"]
    beside = tree(client.get(f"/schools/compare/?schools={taught.school.slug}"))
    assert texts(beside, "td .sample-badge") == ["Sample statement"]
    api = client.get(f"/api/v1/programs/{taught.school.slug}.51.0713.21/").json()
    assert api["is_sample"] is True
    assert api["length"]["source"] == "sample"


def test_a_real_statement_is_not_marked(client: Client) -> None:
    taught = make_school(programs=[{}]).programs.get()
    make_statement(taught, "months", 9)
    found = tree(client.get(taught.school.get_absolute_url()))
    assert texts(found, ".sample-badge, .notice p") == []


def test_the_api_says_which_file_a_figure_is_from(client: Client, tmp_path: Path) -> None:
    year = timezone.localdate().year
    load(tmp_path, [program(100_001)], charged(100_001, CODING), year=year)
    taught = Program.objects.get()
    address = f"/api/v1/programs/{taught.school.slug}.51.0713.21/"
    shared = {
        "missing": None,
        "period": f"{year}-{(year + 1) % 100}",
        "source": "IPEDS institutional characteristics, program-year tuition",
        "release": f"IC{year}_PY",
    }
    found = client.get(address).json()
    assert found["tuition"] == {"value": 10921, "unit": "USD", **shared}
    assert found["length"] == {"value": 10, "unit": "months", **shared}
    state(
        school=taught.school, program=taught, by="school", field="tuition", value={"amount": 1, "year": 2000}
    )
    assert client.get(address).json()["tuition"] == found["tuition"]
    state(school=taught.school, program=taught, by="school", field="months", value=12)
    found = client.get(address).json()["length"]
    assert (found["value"], found["source"]) == (12, "stated by the school")
