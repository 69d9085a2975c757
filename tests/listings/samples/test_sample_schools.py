"""An operator shows, removes and replaces sample schools; readers always see that they are samples."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client, override_settings
from django.utils import timezone

from listings import samples
from listings.models import (
    DataVersion,
    DirectoryRow,
    FederalFile,
    ListingRow,
    Place,
    Program,
    School,
    Sponsorship,
    Statement,
)
from tests.build import make_credential, make_school
from tests.listings.imports import federal

pytestmark = pytest.mark.django_db
BADGE = "Sample \N{EN DASH} invented"
LABEL = "Ad \N{EN DASH} sponsored"


def test_it_shows_about_150_marked_schools_and_a_second_run_changes_nothing(client: Client) -> None:
    make_credential()
    call_command("sample_schools")
    before = list(Program.objects.values_list("pk", flat=True))
    call_command("sample_schools")
    assert list(Program.objects.values_list("pk", flat=True)) == before
    assert School.objects.samples().count() == School.objects.count() == 150
    assert all(name.startswith("Sample ") for name in School.objects.values_list("name", flat=True))
    statuses = dict(School.objects.values_list("status").annotate(Count("pk")))
    assert statuses[School.Status.LISTED] > 140
    assert {School.Status.CLOSED, School.Status.NO_ROW} <= set(statuses)
    groups = set(ListingRow.objects.values_list("group", flat=True))
    assert groups == {"billing-coding", "health-records", "medical-office", "administration"}
    assert Place.objects.exists()
    page = client.get("/schools/").content.decode()
    assert page.count(BADGE) == page.count('class="card school-card')


def test_a_run_that_was_stopped_before_the_end_is_finished_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as stopped:
        stopped.setattr(samples.versions, "switch", _stop)
        with pytest.raises(KeyboardInterrupt):
            call_command("sample_schools")
    assert not School.objects.listed().exists()
    call_command("sample_schools")
    assert School.objects.samples().count() == 150
    assert School.objects.listed().count() > 140


def _stop(*_arguments: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_it_says_on_each_school_page_that_it_is_a_sample(client: Client) -> None:
    call_command("sample_schools")
    for school in School.objects.order_by("pk")[:5]:
        page = client.get(school.get_absolute_url()).content.decode()
        assert BADGE in page
        assert "U.S. Department of Education" not in page


def test_it_leaves_samples_out_of_the_sitemap(client: Client) -> None:
    call_command("sample_schools")
    school = School.objects.samples().filter(status=School.Status.LISTED)[0]
    assert school.get_absolute_url() not in client.get("/sitemap.xml").content.decode()


def test_it_removes_them_with_everything_of_theirs() -> None:
    call_command("sample_schools")
    call_command("sample_schools", remove=True)
    for model in (
        School,
        Program,
        ListingRow,
        DirectoryRow,
        Statement,
        Sponsorship,
        FederalFile,
        DataVersion,
    ):
        assert not model.objects.exists(), model


def test_the_first_real_load_removes_them(tmp_path: Path) -> None:
    call_command("sample_schools")
    said = federal.Year(tmp_path, 2023, [federal.school(100654)], [federal.program(100654)]).load()
    assert said["outcome"] == "switched"
    assert not FederalFile.objects.filter(release=samples.RELEASE).exists()
    assert School.objects.get().unitid == 100654


def test_it_refuses_to_stand_among_real_schools() -> None:
    make_school()
    with pytest.raises(CommandError, match="Real schools are loaded"):
        call_command("sample_schools")
    assert not School.objects.samples().exists()


def test_it_states_marked_samples_on_programs_that_state_nothing(client: Client) -> None:
    school = make_school(programs=[{}, {"cip": "51.0714", "months": 9}])
    call_command("sample_schools", statements=5)
    silent = school.programs.get(cip="51.0713")
    assert {statement.by for statement in silent.statements.all()} == {"sample"}
    assert school.programs.get(cip="51.0714").statements.get().by == "school"
    assert ListingRow.objects.get(program=silent).months is not None
    assert "sample" in client.get(school.get_absolute_url()).content.decode()
    call_command("sample_schools", remove=True)
    assert ListingRow.objects.get(program=silent).months is None
    assert Statement.objects.get().by == "school"


def test_it_states_the_same_on_the_same_programs_each_time() -> None:
    make_credential("CPC")
    for number in range(20):
        make_school(f"College {number}", programs=[{}, {"award_level": 3}])

    def stated() -> list[tuple[int | None, str, object]]:
        call_command("sample_schools", statements=10)
        found = list(Statement.objects.order_by("program", "field").values_list("program", "field", "value"))
        call_command("sample_schools", remove=True)
        return found

    first = stated()
    assert len({program for program, *_rest in first}) == 10
    assert {field for _program, field, _value in first} == {"delivery", "credentials", "tuition", "months"}
    assert stated() == first
    assert not Statement.objects.exists()
    assert not ListingRow.objects.filter(has_sample=True).exists()


def test_open_data_hold_no_sample_statement(tmp_path: Path) -> None:
    make_school(programs=[{}])
    call_command("sample_schools", statements=1)
    assert ListingRow.objects.get().has_sample
    call_command("dump_open_data", str(tmp_path / "data"))
    with (tmp_path / "data" / "programs.csv").open(newline="", encoding="utf-8") as lines:
        [row] = csv.DictReader(lines)
    assert (row["tuition_usd"], row["tuition_usd_missing"]) == ("", "not collected")
    assert (row["delivery"], row["delivery_missing"]) == ("", "not collected")
    assert row["awards"] == "12"


@override_settings(PRODUCTION=True)
@pytest.mark.parametrize("options", [{}, {"statements": 5}])
def test_it_refuses_in_production(options: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="PRODUCTION=1"):
        call_command("sample_schools", **options)
    assert not School.objects.exists()


def test_its_paid_places_run_and_end_by_their_dates(client: Client) -> None:
    now = timezone.now()
    samples.add_schools(at=now)
    assert Sponsorship.objects.running(at=now + timedelta(days=364)).count() == 2 * samples.PAID
    assert not Sponsorship.objects.running(at=now + timedelta(days=366)).exists()
    assert LABEL in client.get("/schools/").content.decode()
