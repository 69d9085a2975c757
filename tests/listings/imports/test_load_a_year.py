"""A year's files are loaded, then the next year's: every school and program stands where the files put it."""

from datetime import date
from pathlib import Path

import pytest

from listings import staging
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    EarningsRow,
    FederalFile,
    ListingRow,
    Program,
    ReportedRow,
    School,
)
from tests.listings.imports.federal import EARNINGS, Year, earned, program, school, write

pytestmark = pytest.mark.django_db

SCHOOLS = range(100_001, 100_021)


def first_year(folder: Path) -> Year:
    """Twenty schools with one coding program each."""
    return Year(folder, 2022, map(school, SCHOOLS), map(program, SCHOOLS))


def second_year(folder: Path) -> Year:
    """One school closed, one closed but reporting, one merged, one absent, one without a row, one new."""
    schools = {unitid: school(unitid) for unitid in (*SCHOOLS, 100_021) if unitid != 100_004}
    schools[100_001] |= {"CLOSEDAT": "05/26/2023", "CYACTIVE": 3}
    schools[100_002] |= {"CLOSEDAT": "00/00/0000"}
    schools[100_003] |= {"NEWID": 100_006, "CYACTIVE": 3}
    reporting = {*SCHOOLS, 100_021} - {100_001, 100_003, 100_004, 100_005}
    programs = [program(unitid, awards=20) for unitid in sorted(reporting)]
    return Year(folder, 2023, schools.values(), programs)


def status(unitid: int) -> tuple[str, int | None]:
    found = School.objects.get(unitid=unitid)
    return found.status, found.status_year


def test_first_load_lists_every_school_with_a_row(tmp_path: Path) -> None:
    report = first_year(tmp_path).load()
    assert report["outcome"] == "switched"
    assert report["version"] == 1
    assert report["schools"] | {"created": 20, "listed": 20} == report["schools"]
    assert report["programs"] == {
        "created": 20,
        "updated": 0,
        "unchanged": 0,
        "not_reported_any_more": 0,
        "listed": 20,
    }
    assert report["awards"] == {"2022": 240}
    assert [entry["rows"] for entry in report["files"]] == [20, 20]
    assert School.objects.listed().count() == 20
    row = ListingRow.objects.get(school__unitid=100_001)
    assert (row.cip, row.group, row.award, row.awards, row.awards_year) == (
        "51.0713",
        "billing-coding",
        "under-1-year",
        12,
        2022,
    )
    assert (row.state, row.control) == ("OH", "public")


def test_a_school_is_described_but_not_its_officials(tmp_path: Path) -> None:
    first_year(tmp_path).load()
    row = DirectoryRow.objects.get(school__unitid=100_001)
    assert (row.name, row.city, row.zip, row.county) == (
        "College 100001",
        "Dayton",
        "45402-1234",
        "Montgomery County",
    )
    assert (row.latitude, row.longitude) == (39.758949, -84.191605)
    assert row.website == "https://www.college.example/"
    assert row.missing["admissions_url"] == "not-reported"
    assert row.file.release == "HD2022"
    kept = " ".join(map(str, DirectoryRow.objects.values_list().first() or ()))
    assert "Official" not in kept
    assert "311234567" not in kept


def test_the_next_year_says_of_each_school_where_it_stands(tmp_path: Path) -> None:
    first_year(tmp_path).load()
    report = second_year(tmp_path).load("--accept-loss", "25")
    assert report["outcome"] == "switched"
    assert report["schools"] == {
        "created": 1,
        "updated": 19,
        "unchanged": 0,
        "listed": 16,
        "closed": 2,
        "merged": 1,
        "absent": 1,
        "no_row_any_more": 1,
    }
    assert report["programs"] == {
        "created": 1,
        "updated": 16,
        "unchanged": 0,
        "not_reported_any_more": 4,
        "listed": 16,
    }
    assert status(100_001) == ("closed", 2023)
    assert School.objects.get(unitid=100_001).closed_on == date(2023, 5, 26)
    assert status(100_002) == ("closed", 2023)
    assert School.objects.get(unitid=100_002).closed_on is None
    assert status(100_003) == ("merged", 2023)
    assert School.objects.get(unitid=100_003).successor == School.objects.get(unitid=100_006)
    assert status(100_004) == ("absent", 2023)
    assert status(100_005) == ("no-row", 2023)
    assert School.objects.get(unitid=100_005).last_awards_year == 2022
    assert status(100_006) == ("listed", 2023)
    assert set(School.objects.values_list("status", flat=True)) == {
        "listed", "closed", "merged", "absent", "no-row",
    }  # fmt: skip


def test_only_listed_schools_have_listing_rows(tmp_path: Path) -> None:
    first_year(tmp_path).load()
    second_year(tmp_path).load("--accept-loss", "25")
    with_rows = set(ListingRow.objects.values_list("school__unitid", flat=True))
    assert with_rows == {*range(100_006, 100_022)}
    assert ReportedRow.objects.open().filter(program__school__unitid=100_002).exists()


def test_a_row_of_no_awards_is_a_program(tmp_path: Path) -> None:
    Year(tmp_path, 2023, [school(100_001)], [program(100_001, awards=0)]).load()
    assert status(100_001) == ("listed", 2023)
    assert ListingRow.objects.get().awards == 0


def test_the_version_before_is_still_read_as_it_was(tmp_path: Path) -> None:
    first_year(tmp_path).load()
    before = sorted(CompletionsRow.objects.at_version(1).values_list("program", "year", "awards"))
    directory = sorted(DirectoryRow.objects.at_version(1).values_list("school", "year", "closed_at"))
    second_year(tmp_path).load("--accept-loss", "25")
    assert sorted(CompletionsRow.objects.at_version(1).values_list("program", "year", "awards")) == before
    assert sorted(DirectoryRow.objects.at_version(1).values_list("school", "year", "closed_at")) == directory
    assert CompletionsRow.objects.at_version(2).filter(year=2022).count() == 20
    assert DirectoryRow.objects.at_version(2).count() == 21


def test_loading_the_same_files_again_writes_nothing(tmp_path: Path) -> None:
    year = first_year(tmp_path)
    earnings = write(tmp_path / "Field-of-Study_04172025.csv", EARNINGS, [earned(100_001)])
    year.load("--earnings", earnings)
    before = rows()
    report = year.load("--earnings", earnings)
    assert report["outcome"] == "unchanged"
    assert report["version"] == 1
    assert report["schools"]["unchanged"] == 20
    assert report["programs"]["unchanged"] == 20
    assert rows() == before


def test_a_changed_cell_rewrites_its_row_alone(tmp_path: Path) -> None:
    first_year(tmp_path).load()
    kept = set(DirectoryRow.objects.values_list("pk", flat=True))
    schools = [school(unitid) for unitid in SCHOOLS]
    schools[3]["CITY"] = "Akron"
    report = Year(tmp_path, 2022, schools, map(program, SCHOOLS)).load()
    assert report["schools"]["updated"] == 1
    assert report["programs"]["unchanged"] == 20
    assert DirectoryRow.objects.exclude(pk__in=kept).get().city == "Akron"
    assert DirectoryRow.objects.filter(pk__in=kept, until=None).count() == 19
    assert School.objects.get(unitid=100_004).city == "Akron"


def test_a_load_without_earnings_keeps_what_was_known_of_them(tmp_path: Path) -> None:
    earnings = write(tmp_path / "Field-of-Study_04172025.csv", EARNINGS, [earned(100_001)])
    first_year(tmp_path).load("--earnings", earnings)
    second_year(tmp_path).load("--accept-loss", "25")
    row = EarningsRow.objects.at_version(2).get()
    assert row.median_1yr == 30000
    assert row.file.release == "Field of study, April 17, 2025"
    assert row.until is None


def test_an_older_year_loaded_last_adds_history_and_moves_nothing_back(tmp_path: Path) -> None:
    second_year(tmp_path).load()
    listed = sorted(ListingRow.objects.values_list("program", "awards", "awards_year"))
    report = first_year(tmp_path).load()
    assert report["outcome"] == "history"
    assert report["year"] == 2022
    assert report["schools"]["listed"] == 16
    assert DataVersion.objects.get(is_current=True).year == 2023
    assert sorted(ListingRow.objects.values_list("program", "awards", "awards_year")) == listed
    current = DataVersion.objects.get(is_current=True).number
    assert CompletionsRow.objects.at_version(current).filter(year=2022).count() == 20
    assert status(100_004) == ("absent", 2023)
    assert DirectoryRow.objects.at_version(current).get(school__unitid=100_006).year == 2023
    assert status(100_005) == ("no-row", 2023)


def test_history_loaded_twice_changes_nothing(tmp_path: Path) -> None:
    second_year(tmp_path).load()
    first_year(tmp_path).load()
    before = rows()
    assert first_year(tmp_path).load()["outcome"] == "unchanged"
    assert rows() == before


def test_several_years_of_completions_come_in_one_load(tmp_path: Path) -> None:
    older = first_year(tmp_path)
    newer = second_year(tmp_path)
    report = newer.load("--completions", newer.completions, older.completions)
    assert report["awards"] == {"2022": 228, "2023": 340}
    years = CompletionsRow.objects.filter(program__school__unitid=100_006).values_list("year", flat=True)
    assert sorted(years) == [2022, 2023]
    assert status(100_005) == ("no-row", 2023)
    [stranger] = report["refused"]
    assert stranger["value"] == "100004"
    assert "neither in the directory file nor known" in stranger["reason"]


def test_schools_of_one_name_get_addresses_of_their_own(tmp_path: Path) -> None:
    schools = [
        school(100_001, "Bryan University", CITY="Tempe", STABBR="AZ"),
        school(100_002, "Bryan University", CITY="Springfield", STABBR="MO"),
        school(100_003, "Bryan University", CITY="Springfield", STABBR="MO"),
        school(100_004, "In"),
        school(100_005, "\u00c9cole d\u2019\u00e9t\u00e9 \u2013 \u00c9t\u00e9"),
    ]
    Year(tmp_path, 2023, schools, [program(unitid) for unitid in range(100_001, 100_006)]).load()
    slugs = dict(School.objects.values_list("unitid", "slug"))
    assert slugs == {
        100_001: "bryan-university-tempe-az",
        100_002: "bryan-university-springfield-mo",
        100_003: "bryan-university-100003",
        100_004: "in-dayton-oh",
        100_005: "ecole-dete-ete",
    }


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    first_year(tmp_path).load()
    before = rows()
    report = second_year(tmp_path).load("--accept-loss", "25", "--dry-run")
    assert report["outcome"] == "dry-run"
    assert report["schools"]["created"] == 1
    assert report["schools"]["absent"] == 1
    assert rows() == before
    assert School.objects.count() == 20


def test_cip_prefixes_say_which_fields_are_loaded(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.CIP_PREFIXES = ["51.0713", "51.08"]
    rows = [program(100_001), program(100_001, "51.0801"), program(100_001, "51.0714")]
    Year(tmp_path, 2023, [school(100_001)], rows).load()
    assert sorted(Program.objects.values_list("cip", flat=True)) == ["51.0713", "51.0801"]


def test_second_majors_and_other_fields_stay_out(tmp_path: Path) -> None:
    rows = [program(100_001), program(100_001, "51.0714", MAJORNUM=2), program(100_001, "52.0201")]
    rows.append(program(100_001, "99", awards=99))
    Year(tmp_path, 2023, [school(100_001), school(100_002)], rows).load()
    assert Program.objects.get().cip == "51.0713"
    assert School.objects.get().unitid == 100_001


def test_the_search_text_names_fields_state_and_aliases(tmp_path: Path) -> None:
    Year(tmp_path, 2023, [school(100_001, IALIAS="Dayton Tech|DT")], [program(100_001)]).load()
    text = School.objects.get().text
    assert text == "Dayton Tech|DT\nOhio\nBilling and coding\nMedical Insurance Coding Specialist/Coder"


def test_temporary_tables_are_gone_after_a_load(tmp_path: Path) -> None:
    first_year(tmp_path).load()
    with pytest.raises(Exception, match="load_directory"):
        staging.number("SELECT COUNT(*) FROM load_directory")


def rows() -> list[list[tuple[object, ...]]]:
    """All federal rows, listing rows, versions and files."""
    models = (DataVersion, FederalFile, DirectoryRow, CompletionsRow, ReportedRow, EarningsRow, ListingRow)
    return [sorted(model._default_manager.values_list("pk", *_span(model))) for model in models]


def _span(model: type[object]) -> tuple[str, ...]:
    return ("since", "until") if hasattr(model, "since") else ()
