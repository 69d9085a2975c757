"""The csv of a filtered list and the open data: whole, safe in a spreadsheet, without invented schools."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.lib.cells import plain, safe
from listings.models import School
from listings.opening import open_program
from listings.statements import state
from tests.build import CLOSED, make_outside, make_program, make_school, make_statement, make_statistic
from tests.proof import count
from tests.reading import Page
from tests.settling import settle

pytestmark = pytest.mark.django_db
DANGEROUS = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001  # what the rule is about


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_RATE = (1_000_000, 60)


def export(client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/schools/export.csv{query}")
    assert answer.status_code == 200
    assert answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode(), newline="")))


def test_the_csv_holds_what_the_list_shows_in_its_order(client):
    make_school("Online College", programs=[{"delivery": ["online"], "tuition": 3000}])
    make_school("Campus College", programs=[{"delivery": ["campus"]}])
    make_school("Quiet College", programs=[{"awards": None}])
    rows = export(client, "?delivery=online&sort=name")
    assert [row["school_name"] for row in rows] == ["Online College", "Quiet College"]
    assert (rows[0]["tuition_usd"], rows[0]["tuition_usd_source"]) == ("3000", "stated by the school")
    assert (rows[1]["tuition_usd"], rows[1]["tuition_usd_missing"]) == ("", "not collected")
    assert (rows[1]["awards"], rows[1]["awards_missing"]) == ("", "not reported")
    assert (rows[0]["awards"], rows[0]["awards_period"], rows[0]["awards_release"]) == (
        "12",
        "2022-23",
        "C2023_A",
    )


def test_the_list_links_to_itself_as_csv(client):
    make_school("Online College", programs=[{"delivery": ["online"]}])
    make_school("Campus College", programs=[{"delivery": ["campus"]}])
    page = Page(client, "/schools/?delivery=online&state=ZZ")
    [link] = [address for address in page.links() if "export.csv" in address]
    assert [row["school_name"] for row in export(client, link.removeprefix("/schools/export.csv"))] == [
        "Online College"
    ]


def test_a_value_that_would_not_filter_is_refused(client):
    answer = client.get("/schools/export.csv?state=XX")
    assert answer.status_code == 400
    assert "is no state or territory" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x")',
        "+1+cmd",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "\u00a0=1",
        "\uff1d1",
        "'=1",
        'a";=1',
    ],
)
def test_a41_no_cell_of_it_runs_in_a_spreadsheet_and_the_text_comes_back(client, name):
    make_school(name)
    [row] = export(client)
    assert row["school_name"].lstrip()[0] not in DANGEROUS
    assert plain(row["school_name"]) == School.objects.get().name


@settings(max_examples=count(1000), derandomize=True, deadline=None, database=None)
@given(st.text(st.one_of(st.sampled_from(f"{DANGEROUS}' a1;\"\0"), st.characters()), max_size=12))
@example("''=1")
def test_a_cell_is_safe_and_comes_back(text):
    cell = safe(text)
    assert plain(cell) == text
    assert not cell.strip() or cell.strip()[0] not in "=+-@＝＋－＠"  # noqa: RUF001


def test_many_schools_come_in_few_queries(client, django_assert_max_num_queries):
    for number in range(30):
        make_school(f"College {number}", programs=[{}, {"award_level": 3}])
    settle()
    with django_assert_max_num_queries(9):
        assert len(export(client)) == 60


def read(folder, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_dump_holds_everything_public_with_its_dictionary(tmp_path):
    school = make_school("=Real College", programs=[{"tuition": 3000}, {"award_level": 3, "awards": None}])
    make_program(school, cip="51.0714", awards=4, year=2022, reported=False)
    make_school("Closed College", directory=CLOSED)
    make_statement(make_school("Sample College", is_sample=True).programs.get(), "months", 9, by="sample")
    outside = make_outside("Riverbend", website="https://riverbend.org/")
    said = {"program": open_program(outside, "51.0713", 21), "field": "externship", "by": "school"}
    state(school=outside, value={"kind": "required", "hours": 160}, **said)
    make_statistic(values={2024: 50250, 2025: None})
    folder = tmp_path / "data"
    call_command("dump_open_data", str(folder))
    call_command("dump_open_data", str(folder))
    files = {path.name for path in folder.iterdir()}
    names = ("schools", "programs", "awards", "statements", "statistics")
    assert files == {f"{name}.csv" for name in (*names, "dictionary")}
    schools = read(folder, "schools")
    assert [each["name"] for each in schools] == ["'=Real College", "Closed College", "Riverbend"]
    assert [each["status"] for each in schools] == ["listed", "closed", "listed"]
    assert schools[2]["source"] == "Stated to this site; the school is not in IPEDS."
    programs = read(folder, "programs")
    assert [each["tuition_usd"] for each in programs] == ["3000", "", ""]
    assert [each["awards_missing"] for each in programs] == ["", "not reported", "not reported"]
    said = {(each["school"], each["field"]): each for each in read(folder, "statements")}
    assert [field for slug, field in said if slug == "riverbend"] == [
        "name", "address", "website", "externship",
    ]  # fmt: skip
    externship = said["riverbend", "externship"]
    assert (externship["cip"], externship["words"]) == ("51.0713", "Required, 160 hours")
    assert json.loads(externship["value"]) == {"kind": "required", "hours": 160}
    awards = {(each["cip"], each["award_level_code"]): each for each in read(folder, "awards")}
    assert awards["51.0714", "21"]["awards"] == "4"
    assert awards["51.0713", "3"]["missing"] == "not reported"
    values = [(each["value"], each["missing"], each["release"]) for each in read(folder, "statistics")]
    assert ("50250", "", "OEWS May 2024") in values
    meanings = read(folder, "dictionary")
    described = {(each["file"], each["column"]) for each in meanings if each["meaning"] and each["licence"]}
    for name in names:
        with (folder / f"{name}.csv").open() as file:
            columns = next(csv.reader(file))
        assert {(f"{name}.csv", column) for column in columns} <= described
    assert "Sample College" not in "".join(path.read_text() for path in folder.iterdir())


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="nothing can be written there"):
        call_command("dump_open_data", str(tmp_path / "file"))
