"""Years from names, releases, archives, and the two encodings that the publisher used."""

import gzip
import zipfile
from pathlib import Path

import pytest

from listings.models import DataVersion, FederalFile, School
from tests.listings.imports.federal import (
    COMPLETIONS,
    DIRECTORY,
    EARNINGS,
    Year,
    earned,
    load,
    program,
    school,
    write,
)

pytestmark = pytest.mark.django_db

ACCENTED = "École Privée \u2013 Cañón"


def files(folder: Path, encoding: str = "utf-8-sig") -> tuple[Path, Path]:
    directory = write(folder / "hd2023.csv", DIRECTORY, [school(100_001, ACCENTED)], encoding)
    return directory, write(folder / "c2023_a.csv", COMPLETIONS, [program(100_001)], "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_letters_and_dashes_stay_what_they_are(tmp_path: Path, encoding: str) -> None:
    directory, completions = files(tmp_path, encoding)
    load(directory, [completions])
    assert School.objects.get().name == ACCENTED


def test_old_macintosh_and_unix_line_ends(tmp_path: Path) -> None:
    directory, completions = files(tmp_path)
    completions.write_bytes(completions.read_bytes().replace(b"\r\n", b"\n").rstrip())
    directory.write_bytes(directory.read_bytes().replace(b"\r\n", b"\r"))
    load(directory, [completions])
    assert School.objects.get().name == ACCENTED


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("HD2021.csv", 2021),
        ("hd2021_data_stata.csv", 2021),
        ("Hd2021 (1).CSV", 2021),
        ("hd2021_rv.csv", 2021),
    ],
)
def test_the_year_is_read_from_the_beginning_of_the_name(tmp_path: Path, name: str, year: int) -> None:
    directory, completions = files(tmp_path)
    completions = completions.rename(tmp_path / f"C{year}_A{name[6:]}")
    report = load(directory.rename(tmp_path / name), [completions])
    assert report["year"] == year
    assert DataVersion.objects.get().year == year
    assert list(report["awards"]) == [str(year)]


def test_the_year_may_be_told(tmp_path: Path) -> None:
    directory, completions = files(tmp_path)
    directory = directory.rename(tmp_path / "schools.csv")
    completions = completions.rename(tmp_path / "awards.csv")
    assert load(directory, [completions], "--year", "2020")["year"] == 2020
    assert FederalFile.objects.get(kind="directory").release == "schools"


def test_releases_go_by_their_publishers_names(tmp_path: Path) -> None:
    directory, completions = files(tmp_path)
    name = "Most-Recent-Cohorts-Field-of-Study_04172025.csv"
    earnings = write(tmp_path / name, EARNINGS, [earned(100_001)])
    revised = completions.rename(tmp_path / "c2023_a_rv.csv")
    load(directory, [revised], "--earnings", earnings)
    assert sorted(FederalFile.objects.values_list("release", flat=True)) == [
        "C2023_A, revised",
        "Field of study, April 17, 2025",
        "HD2023",
    ]


def test_gzip_and_zip_are_unpacked(tmp_path: Path) -> None:
    directory, completions = files(tmp_path)
    packed = tmp_path / "hd2023.csv.gz"
    packed.write_bytes(gzip.compress(directory.read_bytes()))
    archive = tmp_path / "download.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(completions, "C2023_A/c2023_a.csv")
        out.writestr("C2023_A/readme.txt", "nothing")
    report = load(packed, [archive])
    assert report["year"] == 2023
    assert [entry["name"] for entry in report["files"]] == ["hd2023.csv.gz", "download.zip"]
    assert School.objects.listed().count() == 1


def test_a_revised_release_goes_before_the_first_one(tmp_path: Path) -> None:
    directory, completions = files(tmp_path)
    revised = write(tmp_path / "rv.csv", COMPLETIONS, [program(100_001, awards=77)], "utf-8")
    archive = tmp_path / "C2023_A.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.write(completions, "c2023_a.csv")
        out.write(revised, "c2023_a_RV.csv")
    report = load(directory, [archive])
    assert report["awards"] == {"2023": 77}
    assert FederalFile.objects.get(kind="completions").release == "C2023_A, revised"


def test_columns_are_found_by_name_in_any_order_and_case(tmp_path: Path) -> None:
    header = [name.lower() for name in reversed(DIRECTORY)]
    row = {name.lower(): value for name, value in school(100_001, ACCENTED).items()}
    _directory, completions = files(tmp_path)
    load(write(tmp_path / "hd2023.csv", [*header, "c21basic"], [row]), [completions])
    assert School.objects.get().name == ACCENTED


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    year = Year(tmp_path, 2023, [school(100_001)], [program(100_001)])
    year.completions.write_bytes(year.completions.read_bytes() + b"\r\n\r\n")
    report = year.load()
    assert report["files"][1]["rows"] == 1
