"""A file in bad form is refused with a sentence and changes nothing; a bad cell refuses its row alone."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from content.lib.tables import BadFile
from content.models import Observation, Source, Statistic
from content.providers import read_file
from tests.content.statistics.loads import DATA, load, rows_of, write_csv, write_workbook, zipped
from tests.proof import count

NAME = "national_M2022_dl.csv"
RAW = (DATA / NAME).read_bytes()
OUTLOOK = "ep_2024_2034_table_1_2.csv"


def cut_short(folder: Path) -> Path:
    path = folder / NAME
    path.write_bytes(RAW[: len(RAW) - 40])
    return path


def without_a_column(folder: Path) -> Path:
    rows = rows_of(NAME)
    place = rows[0].index("A_MEDIAN")
    return write_csv(folder / NAME, [row[:place] + row[place + 1 :] for row in rows])


def with_a_cell_too_many(folder: Path) -> Path:
    rows = rows_of(NAME)
    rows[4].append("5")
    return write_csv(folder / NAME, rows)


def with_nul_bytes(folder: Path) -> Path:
    path = folder / NAME
    path.write_bytes(RAW[:500] + bytes(512) + RAW[500:])
    return path


def with_an_open_quote(folder: Path) -> Path:
    path = folder / NAME
    path.write_bytes(RAW.replace(b"29-2072,", b'29-2072,"', 1))
    return path


def marked_utf8_but_not(folder: Path) -> Path:
    path = folder / NAME
    path.write_bytes(b"\xef\xbb\xbf" + RAW.replace(b"Medical", b"M\xe9dical"))
    return path


def without_a_year(folder: Path) -> Path:
    return write_csv(folder / "national.csv", rows_of(NAME))


def of_two_years(folder: Path) -> Path:
    return write_workbook(folder / "national_M2022_dl.xlsx", rows_of(NAME), "May 2021 OEWS Estimates")


def a_part_of_the_nation(folder: Path) -> Path:
    return write_csv(folder / NAME, rows_of(NAME)[:6])


def without_our_occupations(folder: Path) -> Path:
    rows = rows_of(NAME)
    return write_csv(folder / NAME, [rows[0], *(row for row in rows if row[0] == "27-2011")])


def a_damaged_gzip(folder: Path) -> Path:
    path = folder / f"{NAME}.gz"
    path.write_bytes(gzip.compress(RAW)[:-200])
    return path


def a_damaged_zip(folder: Path) -> Path:
    path = zipped(folder / "national.zip", (NAME, RAW))
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(bytes(data))
    return path


def a_zip_cut_short(folder: Path) -> Path:
    path = zipped(folder / "national.zip", (NAME, RAW))
    path.write_bytes(path.read_bytes()[:-30])
    return path


def a_gzip_bomb(folder: Path) -> Path:
    path = folder / f"{NAME}.gz"
    path.write_bytes(gzip.compress(bytes(200_000_000), compresslevel=1))
    return path


def a_zip_bomb(folder: Path) -> Path:
    return zipped(folder / "national.zip", (NAME, bytes(50_000_000)))


def an_archive_of_archives(folder: Path) -> Path:
    inner = zipped(folder / "inner.zip", (NAME, RAW)).read_bytes()
    return zipped(folder / "outer.zip", ("inner.xlsx", inner))


def a_workbook_with_entities(folder: Path) -> Path:
    return _with_part(
        folder,
        "xl/worksheets/sheet1.xml",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>',
    )


def a_workbook_with_broken_xml(folder: Path) -> Path:
    return _with_part(folder, "xl/workbook.xml", b"<workbook><sheets>")


def _with_part(folder: Path, part: str, data: bytes) -> Path:
    book = write_workbook(folder / "sound.xlsx", rows_of(NAME))
    path = folder / "national_M2022_dl.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return path


def an_old_workbook(folder: Path) -> Path:
    path = folder / "national_M2013_dl.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    return path


def an_empty_file(folder: Path) -> Path:
    path = folder / NAME
    path.write_bytes(b"")
    return path


def a_page_instead_of_a_table(folder: Path) -> Path:
    path = folder / NAME
    path.write_text("<!DOCTYPE html><html><title>Access denied</title></html>")
    return path


def an_outlook_cut_short(folder: Path) -> Path:
    return write_csv(folder / OUTLOOK, rows_of(OUTLOOK)[:-1])


def an_outlook_not_in_thousands(folder: Path) -> Path:
    rows = rows_of(OUTLOOK)
    rows[0][0] = rows[0][0].replace("(Employment in thousands)", "")
    return write_csv(folder / OUTLOOK, rows)


def an_outlook_with_another_column(folder: Path) -> Path:
    rows = rows_of(OUTLOOK)
    rows[1] = [name.replace("Employment change, percent", "Change, share") for name in rows[1]]
    return write_csv(folder / OUTLOOK, rows)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (cut_short, "cut short"),
        (without_a_column, "no table that this site reads"),
        (with_a_cell_too_many, "Line 5 has more cells than the header"),
        (with_nul_bytes, "NUL"),
        (with_an_open_quote, "not sound csv"),
        (marked_utf8_but_not, "its bytes are not"),
        (without_a_year, "must hold the survey's year once"),
        (of_two_years, "Its name says 2022, its notes say 2021"),
        (a_part_of_the_nation, "it is a part of the table"),
        (without_our_occupations, "none of the occupations"),
        (a_damaged_gzip, "damaged or cut short"),
        (a_damaged_zip, "cannot be unpacked"),
        (a_zip_cut_short, "damaged or cut short"),
        (a_gzip_bomb, "Unpacked, the file is larger"),
        (a_zip_bomb, "packed more tightly"),
        (an_archive_of_archives, "an archive inside an archive"),
        (a_workbook_with_entities, "not a sound workbook"),
        (a_workbook_with_broken_xml, "not a sound workbook"),
        (an_old_workbook, "old Excel form"),
        (an_empty_file, "no table that this site reads"),
        (a_page_instead_of_a_table, "no table that this site reads"),
        (an_outlook_cut_short, "the table is cut short"),
        (an_outlook_not_in_thousands, "no table that this site reads"),
        (an_outlook_with_another_column, "no column 'employment change, percent, 2024-34'"),
    ],
)
def test_bad_form_refuses_the_file_and_changes_nothing(tmp_path, make: Callable[[Path], Path], says):
    path = make(tmp_path)
    code, report = load(DATA / "national_M2021_dl.csv", path, report=tmp_path / "report.json")
    assert code == 1
    assert report["outcome"] == "refused"
    assert report["reason"].startswith(f"{path.name}: ")
    assert says in report["reason"]
    assert "Nothing was changed." in report["reason"]
    assert not Statistic.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("A_MEDIAN", "47,18", "Neither a number"),
        ("A_MEDIAN", "1e5", "Neither a number"),
        ("A_MEDIAN", "NaN", "Neither a number"),
        ("A_MEDIAN", "=1+1", "Neither a number"),
        ("A_MEDIAN", "\N{FULLWIDTH DIGIT NINE}0", "Neither a number"),
        ("TOT_EMP", "#", "Neither a number"),
        ("TOT_EMP", "-5", "implausible"),
        ("A_MEAN", "47180000", "implausible"),
        ("A_MEDIAN", "90000", "do not ascend"),
    ],
)
def test_a_bad_cell_refuses_its_row_alone(tmp_path, column, text, reason):
    header, *rows = rows_of(NAME)
    line = next(place for place, row in enumerate(rows, 2) if row[0] == "29-2072")
    rows[line - 2][header.index(column)] = text
    code, report = load(write_csv(tmp_path / NAME, [header, *rows]))
    assert code == 0
    refused = [each for each in report["refused"] if each["column"] == column]
    assert [(each["line"], reason in each["reason"]) for each in refused] == [(line, True)]
    assert not Observation.objects.filter(statistic__key=f"oews.29-2072.us.{_measure(column)}").exists()
    assert Observation.objects.filter(statistic__key="oews.43-3021.us.median-annual").exists()


def _measure(column: str) -> str:
    return {"A_MEDIAN": "median-annual", "TOT_EMP": "employment", "A_MEAN": "mean-annual"}[column]


@pytest.mark.django_db
def test_where_every_row_is_bad_the_run_is_refused(tmp_path):
    rows = [
        ["series_id", "year", "period", "value", "footnote_codes"],
        ["OEUN000000000000029207213", "2025", "A01", "many", ""],
        ["EEUN000000000000029207213", "2025", "A01", "51140", ""],
        ["OEUN000000000000029207213", "2025", "M05", "51140", ""],
    ]
    code, report = load(write_csv(tmp_path / "series.csv", rows))
    assert (code, report["outcome"], report["observations"]["refused"]) == (1, "refused", 3)
    assert not Statistic.objects.exists()


SNIPPETS = [b"", b'"', b"\n", b",", b"\x00", b"\xff\xfe"]


def refusal_of(path: Path) -> str:
    """The sentence that refuses the file, empty where it is read; every figure has a value or a reason."""
    try:
        batches = read_file(path)
    except BadFile as error:
        return str(error)
    assert all(each.missing or each.value is not None for batch in batches for each in batch.figures)
    return ""


@pytest.mark.parametrize("name", [NAME, OUTLOOK, "oews_2025_area_292072_series.csv"])
def test_no_mutation_of_a_file_makes_more_than_a_sentence(tmp_path, name):
    sound, chance = (DATA / name).read_bytes(), Random(name)
    path = tmp_path / name
    said = []
    for _attempt in range(count(2000)):
        data = bytearray(sound)
        for _change in range(chance.randint(1, 6)):
            start = chance.randrange(len(data))
            stop = start + chance.randint(0, 60)
            twice = bytes(data[start:stop]) * 2
            data[start:stop] = chance.choice([*SNIPPETS, chance.randbytes(5), twice])
        path.write_bytes(bytes(data))
        said.append(refusal_of(path))
    assert {sentence[-1] for sentence in said if sentence} <= {".", "?"}
    assert any(said)


def test_no_mutation_of_a_workbook_makes_more_than_a_sentence(tmp_path):
    book = write_workbook(tmp_path / "national_M2022_dl.xlsx", rows_of(NAME), "May 2022 OEWS Estimates")
    sound, chance = book.read_bytes(), Random(2022)
    said = []
    for _attempt in range(count(500)):
        data = bytearray(sound)
        for _change in range(chance.randint(1, 4)):
            start = chance.randrange(len(data))
            data[start : start + chance.randint(0, 40)] = chance.randbytes(chance.randint(0, 40))
        book.write_bytes(bytes(data))
        said.append(refusal_of(book))
    assert {sentence[-1] for sentence in said if sentence} <= {".", "?"}
    assert any(said)
