"""An operator loads the publishers' files with one command."""

import gzip
from decimal import Decimal
from random import Random

import pytest

from content import statistics
from content.models import Observation, Statistic
from tests.content.statistics.loads import (
    DATA,
    EVERY,
    NATIONAL,
    history,
    load,
    rows_of,
    value_of,
    write_csv,
    write_workbook,
    zipped,
)
from tests.proof import count

pytestmark = pytest.mark.django_db

MEDIAN = "oews.29-2072.us.median-annual"


def test_national_tables_give_one_history_with_its_breaks():
    code, _report = load(*NATIONAL)
    medians = {
        (each.statistic.key.split(".")[1], each.period): int(each.value)
        for each in Observation.objects.filter(
            statistic__key__regex=r"^oews\.29-20..\.us\.median-annual$"
        ).select_related("statistic")
    }
    assert code == 0
    assert medians == {
        ("29-2071", "May 2013"): 34970,
        ("29-2071", "May 2014"): 35900,
        ("29-2071", "May 2018"): 40350,
        ("29-2098", "May 2020"): 44090,
        ("29-2072", "May 2021"): 46660,
        ("29-2072", "May 2022"): 47180,
    }
    newest = Statistic.objects.get(key=MEDIAN)
    assert newest.predecessor.key == "oews.29-2098.us.median-annual"
    assert newest.predecessor.predecessor.key == "oews.29-2071.us.median-annual"
    assert "by themselves" in newest.break_reason
    assert newest.current.value == 47180


def test_every_measure_is_kept_with_its_unit():
    load(DATA / "national_M2022_dl.csv")
    stored = Statistic.objects.filter(key__startswith="oews.29-2072.us.").with_current()
    assert {each.measure: (each.unit, each.per, str(each.current.value)) for each in stored} == {
        "employment": ("people", "", "187720.0000"),
        "employment-error": ("percent", "", "1.5000"),
        "mean-error": ("percent", "", "0.5000"),
        "mean-hourly": ("USD", "hour", "24.5600"),
        "mean-annual": ("USD", "year", "51090.0000"),
        "p10-hourly": ("USD", "hour", "15.2500"),
        "p10-annual": ("USD", "year", "31710.0000"),
        "p25-hourly": ("USD", "hour", "18.0400"),
        "p25-annual": ("USD", "year", "37510.0000"),
        "median-hourly": ("USD", "hour", "22.6900"),
        "median-annual": ("USD", "year", "47180.0000"),
        "p75-hourly": ("USD", "hour", "28.9300"),
        "p75-annual": ("USD", "year", "60170.0000"),
        "p90-hourly": ("USD", "hour", "36.2800"),
        "p90-annual": ("USD", "year", "75460.0000"),
    }


def test_a_code_is_not_kept_for_years_in_which_it_meant_something_else():
    load(DATA / "national_M2018_dl.csv", DATA / "national_M2021_dl.csv")
    periods = Observation.objects.filter(statistic__key="oews.29-9099.us.employment").values_list(
        "period", flat=True
    )
    assert any(row[0] == "29-9099" for row in rows_of("national_M2018_dl.csv"))
    assert list(periods) == ["May 2021"]


def test_a_workbook_says_its_year_itself(tmp_path):
    book = write_workbook(
        tmp_path / "tables.xlsx", rows_of("national_M2021_dl.csv"), "May 2021 OEWS Estimates"
    )
    assert load(book)[0] == 0
    assert value_of(MEDIAN, "May 2021") == 46660
    assert value_of("oews.29-2072.us.median-hourly", "May 2021") == Decimal("22.43")


def test_a_workbook_without_notes_goes_by_its_name(tmp_path):
    load(write_workbook(tmp_path / "national_M2018_dl.xlsx", rows_of("national_M2018_dl.csv")))
    assert value_of("oews.29-2071.us.median-annual", "May 2018") == 40350


def test_headers_in_small_letters_are_the_same_columns(tmp_path):
    header, *rows = rows_of("national_M2020_dl.csv")
    load(write_csv(tmp_path / "national_M2019_dl.csv", [[name.lower() for name in header], *rows]))
    assert value_of("oews.29-2098.us.median-annual", "May 2019") == 44090


def test_the_form_that_begins_with_area_keeps_all_industries_alone(tmp_path):
    header, *rows = rows_of("national_M2022_dl.csv")
    before = ["AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE"]
    nation = ["99", "U.S.", "1", "US", "000000", "Cross-industry", "cross-industry", "1235"]
    hospitals = ["99", "U.S.", "1", "US", "622000", "Hospitals", "3-digit", "5"]
    ohio = ["39", "Ohio", "2", "OH", "000000", "Cross-industry", "cross-industry", "1235"]
    akron = ["10420", "Akron, OH", "4", "OH", "000000", "Cross-industry", "cross-industry", "1235"]
    records = [row for row in rows if row[0] == "29-2072"]
    wide = [[*nation, *row] for row in rows]
    wide += [[*place, *row] for place in (hospitals, ohio, akron) for row in records]
    wide = [before + header, *wide]
    assert len(wide[0]) == 32
    load(write_csv(tmp_path / "all_data_M2025.csv", wide))
    keys = Statistic.objects.filter(key__regex=r"^oews\.29-2072\..*\.median-annual$").values_list(
        "key", flat=True
    )
    assert sorted(keys) == [
        "oews.29-2072.0010420.median-annual",
        "oews.29-2072.oh.median-annual",
        "oews.29-2072.us.median-annual",
    ]
    assert Statistic.objects.get(key="oews.29-2072.0010420.employment").area == "Akron, OH"
    assert Statistic.objects.get(key="oews.29-2072.oh.employment").area == "Ohio"


def test_marks_stay_marks_and_never_become_zero(tmp_path):
    header, *rows = rows_of("national_M2022_dl.csv")
    at = {name: place for place, name in enumerate(header)}
    for row in rows:
        if row[0] == "29-2072":
            row[at["TOT_EMP"]], row[at["A_MEAN"]] = "**", "*"
            row[at["A_PCT90"]], row[at["H_MEAN"]] = "#", ""
    load(write_csv(tmp_path / "national_M2022_dl.csv", [header, *rows]))
    said = {
        measure: value_of(f"oews.29-2072.us.{measure}", "May 2022")
        for measure in ("employment", "mean-annual", "p90-annual", "mean-hourly")
    }
    assert said == {
        "employment": "not-available",
        "mean-annual": "not-available",
        "p90-annual": "top",
        "mean-hourly": "not-published",
    }


def test_state_and_area_files_give_areas_by_postal_letters_or_survey_code():
    load(DATA / "oews_2025_national_state_wide.csv", DATA / "oews_2025_area_292072_wide.csv")
    assert value_of("oews.29-2072.us.median-annual", "May 2025") == 51140
    assert value_of("oews.29-2072.oh.median-annual", "May 2025") == 50990
    assert value_of("oews.29-2072.0010180.median-annual", "May 2025") == 48390
    assert value_of("oews.29-2072.0013220.employment", "May 2025") == "not-available"
    assert Statistic.objects.get(key="oews.29-2072.0013220.employment").area == "Beckley, WV"


@pytest.mark.parametrize("backwards", [False, True])
def test_an_area_known_by_code_alone_takes_its_name_in_either_order(backwards):
    series, wide = DATA / "oews_2025_area_292072_series.csv", DATA / "oews_2025_area_292072_wide.csv"
    for path in (wide, series) if backwards else (series, wide):
        load(path)
    named = Statistic.objects.get(key="oews.29-2072.0010180.employment")
    assert (named.area, named.label) == (
        "Abilene, TX",
        "Medical records specialists: employment, Abilene, TX",
    )
    assert Observation.objects.filter(statistic=named).count() == 1


def test_footnotes_of_a_series_tell_a_top_from_a_value_not_released(tmp_path):
    rows = [
        ["series_id", "year", "period", "value", "footnote_codes"],
        ["OEUN000000000000029207215", "2025", "A01", "-", "5"],
        ["OEUN000000000000029207213", "2025", "A01", "-", "8"],
        ["OEUN000000000000029207217", "2025", "A01", "1.2", ""],
    ]
    load(write_csv(tmp_path / "series.csv", rows))
    assert value_of("oews.29-2072.us.p90-annual", "May 2025") == "top"
    assert value_of("oews.29-2072.us.median-annual", "May 2025") == "not-available"
    assert Statistic.objects.count() == 2


def test_projections_are_people_not_thousands():
    load(DATA / "ep_2024_2034_table_1_2.csv", DATA / "ep_2024_2034_table_1_10.csv")
    stored = Statistic.objects.filter(key__startswith="ep.29-2072.us.").with_current()
    assert {each.measure: (float(each.current.value), each.current.period) for each in stored} == {
        "employment": (194800, "2024"),
        "employment-projected": (208600, "2024-34"),
        "change-number": (13800, "2024-34"),
        "change-percent": (7.1, "2024-34"),
        "openings": (14200, "2024-34"),
        "median-annual": (50250, "May 2024"),
        "exit-percent": (3.5, "2024-34"),
        "transfer-percent": (2.9, "2024-34"),
        "separation-percent": (6.4, "2024-34"),
        "exits": (7100, "2024-34"),
        "transfers": (5800, "2024-34"),
        "separations": (12900, "2024-34"),
    }


def test_the_outlook_table_reads_the_same_from_its_workbook(tmp_path):
    rows = rows_of("ep_2024_2034_table_1_2.csv")
    rows[1] = [name.replace("Employment, 2024", "Employment,\n2024") for name in rows[1]]
    load(write_workbook(tmp_path / "occupation.xlsx", rows))
    assert value_of("ep.29-2072.us.change-percent", "2024-34") == Decimal("7.1")


def test_packed_files_are_read_as_they_are(tmp_path):
    plain = (DATA / "national_M2022_dl.csv").read_bytes()
    packed = tmp_path / "national_M2022_dl.csv.gz"
    packed.write_bytes(gzip.compress(plain))
    book = write_workbook(tmp_path / "national_M2021_dl.xlsx", rows_of("national_M2021_dl.csv"))
    archive = zipped(
        tmp_path / "oesm21nat.zip",
        ("oesm21nat/national_M2021_dl.xlsx", book.read_bytes()),
        ("oesm21nat/../../file_descriptions.csv", b"field,meaning\nOCC_CODE,code\n"),
    )
    code, report = load(packed, archive)
    assert code == 0
    assert [file["name"] for file in report["files"]] == ["national_M2022_dl.csv.gz", "oesm21nat.zip"]
    assert value_of(MEDIAN, "May 2021") == 46660
    assert value_of(MEDIAN, "May 2022") == 47180


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found_out(tmp_path, encoding):
    load(write_csv(tmp_path / "national_M2022_dl.csv", rows_of("national_M2022_dl.csv"), encoding))
    assert value_of(MEDIAN, "May 2022") == 47180


def test_loading_again_changes_nothing(tmp_path, django_assert_max_num_queries):
    report = tmp_path / "report.json"
    assert load(*EVERY, report=report)[1]["outcome"] == "loaded"
    before, rows = history(), list(Observation.objects.order_by("pk").values())
    with django_assert_max_num_queries(4 * len(EVERY)) as asked:
        code, said = load(*EVERY, report=report)
    assert (code, said["outcome"], said["observations"]["created"]) == (0, "unchanged", 0)
    assert history() == before
    assert list(Observation.objects.order_by("pk").values()) == rows
    assert not [each["sql"] for each in asked if not each["sql"].startswith("SELECT")]


def test_files_in_any_order_give_the_same_history():
    load(*EVERY)
    expected = history()
    order = Random(20261123)
    for _attempt in range(count(20)):
        Statistic.objects.update(current=None, predecessor=None)
        Observation.objects.all().delete()
        Statistic.objects.all().delete()
        paths = order.sample(EVERY, len(EVERY))
        cuts = sorted(order.sample(range(len(paths)), 3))
        for start, stop in zip([0, *cuts], [*cuts, len(paths)], strict=True):
            if paths[start:stop]:
                load(*paths[start:stop])
        assert history() == expected, [path.name for path in paths]


def test_the_report_says_what_happened(tmp_path):
    header, *rows = rows_of("national_M2022_dl.csv")
    rows[3][4] = "n/a"
    rows[5][header.index("A_MEDIAN")] = "forty thousand"
    path = write_csv(tmp_path / "national_M2022_dl.csv", [header, *rows])
    code, report = load(path)
    assert code == 0
    assert set(report) == {"outcome", "reason", "files", "observations", "refused"}
    assert (report["outcome"], report["reason"]) == ("loaded", None)
    assert [(each["name"], each["rows"], len(each["sha256"])) for each in report["files"]] == [
        ("national_M2022_dl.csv", 15, 64)
    ]
    assert report["observations"] == {"created": 13 * 15, "unchanged": 0, "refused": 1}
    assert report["refused"] == [
        {
            "file": "national_M2022_dl.csv",
            "line": 7,
            "column": "A_MEDIAN",
            "value": "forty thousand",
            "reason": "Neither a number nor a mark of this survey.",
        }
    ]


def test_a_load_that_was_broken_off_is_finished_by_loading_again(monkeypatch):
    load(DATA / "national_M2022_dl.csv")
    expected = history()
    Statistic.objects.update(current=None)
    Observation.objects.all().delete()
    Statistic.objects.all().delete()

    monkeypatch.setattr(statistics, "CHUNK", 50)
    store, chunks = statistics._store, iter(range(9))

    def fall_over_in_the_third(*arguments):
        store(*arguments)
        if next(chunks) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(statistics, "_store", fall_over_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        load(DATA / "national_M2022_dl.csv")
    assert Observation.objects.count() == 100
    load(DATA / "national_M2022_dl.csv")
    assert history() == expected


def test_a_wrong_call_is_told_from_a_refused_file(tmp_path):
    assert load(tmp_path / "none.csv")[0] == 2
    assert load(tmp_path)[0] == 2
    assert load(DATA / "README.md", report=tmp_path / "r.json")[0] == 1
