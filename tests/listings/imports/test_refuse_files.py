"""Files that cannot be what they say are refused as a whole: a sentence, exit code 1, nothing changed."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from listings.models import DataVersion, School
from tests.listings.imports.federal import (
    COMPLETIONS,
    DIRECTORY,
    EARNINGS,
    Row,
    Year,
    earned,
    load,
    program,
    school,
    write,
)

pytestmark = pytest.mark.django_db

UNITIDS = range(100_001, 100_021)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(tmp_path, 2023, map(school, UNITIDS), map(program, UNITIDS))


def refused(year: Year, *options: object, directory: Path | None = None, **paths: Path) -> str:
    """The reason; whatever it is, nothing may have changed."""
    completions = paths.get("completions", year.completions)
    before = (DataVersion.objects.count(), School.objects.count())
    report: Row = load(directory or year.directory, [completions], *options, code=1)
    assert report["outcome"] == "refused"
    assert (DataVersion.objects.count(), School.objects.count()) == before
    return str(report["reason"])


def damage(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize("column", ["UNITID", "INSTNM", "STABBR", "CLOSEDAT", "NEWID", "WEBADDR", "LATITUDE"])
def test_a_directory_without_a_column(year: Year, tmp_path: Path, column: str) -> None:
    header = [name for name in DIRECTORY if name != column]
    path = write(tmp_path / "hd2023.csv", header, map(school, UNITIDS))
    assert refused(year, directory=path) == (
        f"hd2023.csv has no column {column}. Give the complete file of its publisher."
    )


@pytest.mark.parametrize("column", COMPLETIONS[:5])
def test_completions_without_a_column(year: Year, tmp_path: Path, column: str) -> None:
    header = [name for name in COMPLETIONS if name != column]
    path = write(tmp_path / "c2023_a.csv", header, map(program, UNITIDS))
    assert f"c2023_a.csv has no column {column}." in refused(year, completions=path)


def test_earnings_without_a_median(year: Year, tmp_path: Path) -> None:
    path = write(tmp_path / "Field-of-Study.csv", EARNINGS[:7], [earned(100_001)])
    reason = refused(year, "--earnings", path)
    assert "has no column EARN_MDN_HI_1YR, EARN_MDN_HI_2YR, EARN_MDN_4YR, EARN_MDN_5YR" in reason


def test_a_column_that_stands_twice(year: Year, tmp_path: Path) -> None:
    path = write(tmp_path / "c2023_a.csv", [*COMPLETIONS, "CTOTALT"], map(program, UNITIDS))
    assert "names the column CTOTALT twice" in refused(year, completions=path)


def test_a_record_cut_short(year: Year) -> None:
    damage(year.completions, lambda text: text[: text.rindex(b",1,")])
    assert "c2023_a.csv, line 21: the record is cut short, 2 of 7 cells." in refused(year)


def test_a_record_cut_inside_quotes(year: Year) -> None:
    damage(year.directory, lambda text: text[:-300] + b'100099,"College of')
    assert "cut short" in refused(year)


def test_a_record_with_too_many_cells(year: Year) -> None:
    damage(year.completions, lambda text: text.replace(b"100002,", b"100002,7,"))
    assert "line 3: the record has 8 cells, the header names 7" in refused(year)


def test_quotes_that_do_not_match(year: Year) -> None:
    damage(year.directory, lambda text: text.replace(b"College 100002", b'"College" 100002'))
    assert "line 3: the quotes do not match" in refused(year)


def test_a_cell_longer_than_any(year: Year) -> None:
    damage(year.directory, lambda text: text.replace(b"College 100002", b"C" * 200_000))
    assert "a cell is longer than 131,072 characters" in refused(year)


@pytest.mark.parametrize("cut", [20, 200, 400])
def test_a_gzip_file_that_ends_early(year: Year, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "hd2023.csv.gz"
    path.write_bytes(gzip.compress(year.directory.read_bytes())[:cut])
    assert "hd2023.csv.gz is a damaged archive" in refused(year, directory=path)


def test_a_gzip_file_with_a_wrong_checksum(year: Year, tmp_path: Path) -> None:
    path = tmp_path / "hd2023.csv.gz"
    packed = bytearray(gzip.compress(year.directory.read_bytes()))
    packed[-8] ^= 1
    path.write_bytes(packed)
    assert "is a damaged archive" in refused(year, directory=path)


def test_a_zip_file_with_a_wrong_byte(year: Year, tmp_path: Path) -> None:
    path = tmp_path / "HD2023.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.write(year.directory, "hd2023.csv")
    damage(path, lambda packed: packed.replace(b"Main Street", b"Main Strevt", 1))
    assert "HD2023.zip is a damaged archive" in refused(year, directory=path)


def test_a_zip_file_without_its_end(year: Year, tmp_path: Path) -> None:
    path = tmp_path / "HD2023.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(year.directory, "hd2023.csv")
    damage(path, lambda packed: packed[:-40])
    assert "is a damaged archive" in refused(year, directory=path)


@pytest.mark.parametrize("names", [(), ("readme.txt",), ("hd2023.csv", "hd2022.csv")])
def test_a_zip_file_that_does_not_hold_one_table(year: Year, tmp_path: Path, names: tuple[str, ...]) -> None:
    path = tmp_path / "HD2023.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.write(year.directory, name)
    tables = sum(name.endswith(".csv") for name in names)
    assert f"HD2023.zip holds {tables} CSV files. Unpack it" in refused(year, directory=path)


def test_a_plain_file_named_as_an_archive(year: Year, tmp_path: Path) -> None:
    path = tmp_path / "hd2023.csv.gz"
    path.write_bytes(year.directory.read_bytes())
    assert "it does not begin like one" in refused(year, directory=path)


def test_an_archive_that_unpacks_to_more_than_anyone_publishes(
    year: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("listings.imports.files.LARGEST", 1 << 20)
    path = tmp_path / "c2023_a.csv.gz"
    path.write_bytes(gzip.compress(year.completions.read_bytes() + b" " * (4 << 20)))
    assert "unpacks to over" in refused(year, completions=path)


@pytest.mark.parametrize("cip", ["51.071", "510713", '="51.0713"', "51.07130", "", "51,0713", "5.0713"])
def test_a_cip_code_of_another_form(year: Year, tmp_path: Path, cip: str) -> None:
    rows = [program(100_001), program(100_002, cip)]
    reason = refused(year, completions=write(tmp_path / "c2023_a.csv", COMPLETIONS, rows))
    assert f"c2023_a.csv, line 3: the CIP code {cip!r} is not of the form 51.0713." in reason


def test_a_block_of_nul(year: Year) -> None:
    damage(year.directory, lambda text: text.replace(b"College 100003", b"\0" * 512))
    assert "hd2023.csv, line 4: a block of NUL bytes" in refused(year)


def test_swapped_files(year: Year) -> None:
    reason = refused(year, directory=year.completions, completions=year.directory)
    assert "c2023_a.csv is a completions file, but was given as a directory file. Swap the files." in reason


def test_earnings_given_as_completions(year: Year, tmp_path: Path) -> None:
    path = write(tmp_path / "c2023_a.csv", EARNINGS, [earned(100_001)])
    assert "is a field-of-study file, but was given as a completions file" in refused(year, completions=path)


def test_no_row_of_our_fields(year: Year, tmp_path: Path) -> None:
    rows = [program(unitid, "52.0201") for unitid in UNITIDS] + [program(100_001, MAJORNUM=2)]
    reason = refused(year, completions=write(tmp_path / "c2023_a.csv", COMPLETIONS, rows))
    assert "c2023_a.csv holds no row of first majors in CIP 51.07." in reason


def test_marked_as_utf8_but_is_not(year: Year) -> None:
    damage(year.directory, lambda text: text.replace(b"College 100005", b"Coll\xe8ge 100005"))
    assert "hd2023.csv, line 6: marked as UTF-8, but its bytes are not." in refused(year)


def test_a_letter_cut_in_half_at_the_end(year: Year) -> None:
    damage(year.directory, lambda text: text + "é".encode()[:1])
    assert "marked as UTF-8, but its bytes are not" in refused(year)


def test_neither_utf8_nor_cp1252(year: Year) -> None:
    damage(year.directory, lambda text: text[3:].replace(b"College 100005", b"Coll\x81ge 100005"))
    assert "line 6: bytes that are neither UTF-8 nor cp1252" in refused(year)


def test_two_encodings_in_one_file(year: Year) -> None:
    def mixed(text: bytes) -> bytes:
        text = text.removeprefix(b"\xef\xbb\xbf").replace(b"College 100005", b"Coll\xe8ge 100005")
        return text.replace(b"College 100007", "Collège 100007".encode())

    damage(year.directory, mixed)
    assert "mixes UTF-8 (line 8) and cp1252 (line 6)" in refused(year)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16(year: Year, tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "hd2023.csv", DIRECTORY, map(school, UNITIDS), encoding)
    reason = refused(year, directory=path)
    assert "is UTF-16" in reason or "NUL" in reason


def test_an_empty_file(year: Year) -> None:
    year.directory.write_bytes(b"")
    assert "hd2023.csv is empty" in refused(year)


def test_a_web_page(year: Year) -> None:
    year.directory.write_bytes(b"\n<!doctype html><title>404</title>")
    assert "hd2023.csv is a web page" in refused(year)


def test_completions_of_another_year(year: Year, tmp_path: Path) -> None:
    older = write(tmp_path / "c2022_a.csv", COMPLETIONS, map(program, UNITIDS))
    reason = refused(year, completions=older)
    assert "c2022_a.csv, is of 2022 (2021-22), the directory file of 2023" in reason
    newer = write(tmp_path / "C2024_A.csv", COMPLETIONS, map(program, UNITIDS))
    assert "is of 2024 (2023-24)" in refused(year, completions=newer)


def test_two_completions_files_of_a_year(year: Year, tmp_path: Path) -> None:
    twin = write(tmp_path / "c2023_a_rv.csv", COMPLETIONS, map(program, UNITIDS))
    report = load(year.directory, [year.completions, twin], code=1)
    assert report["reason"] == "Two completions files are of 2023. Give one of them."


def test_a_name_without_a_year(year: Year, tmp_path: Path) -> None:
    path = write(tmp_path / "directory.csv", DIRECTORY, map(school, UNITIDS))
    assert "directory.csv does not tell its year by its name" in refused(year, directory=path)


def test_a_year_against_the_name(year: Year) -> None:
    assert "is of 2023 by its name, but --year says 2022" in refused(year, "--year", "2022")


def test_the_report_of_a_refusal_has_every_key(year: Year) -> None:
    damage(year.completions, lambda text: text[:-8])
    report = load(year.directory, [year.completions], code=1)
    assert list(report) == [
        "outcome", "reason", "version", "year", "files", "schools", "programs", "awards", "refused",
    ]  # fmt: skip
    assert report["version"] is None
    assert report["year"] == 2023
    assert [entry["name"] for entry in report["files"]] == ["hd2023.csv", "c2023_a.csv"]
    assert all(len(entry["sha256"]) == 64 for entry in report["files"])
    assert set(report["schools"].values()) == {0}
