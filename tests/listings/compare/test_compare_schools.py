"""A reader puts schools beside one another."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from listings.models import EarningsRow, FederalFile, School
from tests.build import CLOSED, make_file, make_program, make_school
from tests.listings.reading import texts, tree

pytestmark = pytest.mark.django_db

STATED = {"delivery": ["online"], "tuition": 4500, "months": 9, "credentials": ["cpc"]}


def slugs(*schools: School) -> str:
    return ",".join(sorted(school.slug for school in schools))


def make_earnings(school: School) -> None:
    file = make_file(FederalFile.Kind.EARNINGS, "Field of study, October 2025")
    EarningsRow.objects.create(
        school=school,
        file=file,
        since=1,
        cip4="51.07",
        credlev=1,
        median_1yr=31000,
        median_4yr=36500,
        missing={"median_2yr": "suppressed", "median_5yr": "not-published"},
    )


def test_it_shows_what_is_known_and_says_what_is_missing(client: Client) -> None:
    first = make_school("Alder College", programs=[STATED, {"cip": "51.0707", "award_level": 3}])
    make_program(first, cip="51.0714", awards=None)
    second = make_school("Birch College", programs=[{"cip": "51.0707", "awards": 1234}])
    make_earnings(first)
    response = client.get(f"/schools/compare/?schools={slugs(first, second)}")
    page = tree(response)
    rows = {
        " ".join(row.css_first("th").text().split()): [
            " ".join(cell.text().split()) for cell in row.css("td")
        ]
        for row in page.css("tbody tr")
    }
    assert [name.split(" Remove")[0] for name in texts(page, "thead th")] == [
        "Alder College",
        "Birch College",
    ]
    assert rows["Kind of school"] == ["Public", "Public"]
    nearest, records = rows["Programs of the nearest field"]
    assert nearest.startswith("Billing and coding")
    assert nearest.endswith("and 1 in other fields")
    assert records.startswith("Health records Health Information/Medical Records Technology")
    awards = next(cells for name, cells in rows.items() if name.startswith("Awards a year"))
    assert "2022-23 12." in awards[0]
    assert "2022-23 1,234." in awards[1]
    delivery = rows["How it is taught"]
    assert "Online stated by the school" in delivery[0]
    assert delivery[0].lower().endswith("not collected program 2")
    assert delivery[1].lower() == "not collected"
    short = next(cells for name, cells in rows.items() if "after their highest" in name)
    assert "1 year $31,000, 2 years" in short[0]
    assert "suppressed" in short[0].lower()
    assert short[1] == "not published"
    source = " ".join(texts(page, ".source-note"))
    for said in (
        "HD2023",
        "C2023_A",
        "Field of study, October 2025",
        "cannot be compared",
        "never for coding alone",
    ):
        assert said in source
    assert response["Content-Type"].startswith("text/html")
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex, follow"


def test_bars_of_all_columns_have_one_scale(client: Client) -> None:
    small, large = (
        make_school("Small", programs=[{"awards": 50}]),
        make_school("Tall", programs=[{"awards": 100}]),
    )
    page = tree(client.get(f"/schools/compare/?schools={slugs(small, large)}"))
    widths = [float(bar.attributes["width"] or 0) for bar in page.css("rect.chart-bar")]
    assert widths == [43, 86]


@pytest.mark.parametrize(
    ("asked", "clean"),
    [
        ("?school=b-1&school=a-2&school=b-1", "?schools=a-2,b-1"),
        ("?schools=b-1,a-2", "?schools=a-2,b-1"),
        ("?schools=a-2,,b-1,", "?schools=a-2,b-1"),
        ("?schools=a-2&schools=b-1", "?schools=a-2,b-1"),
        ("?schools=a-2&school=b-1", "?schools=a-2,b-1"),
        ("?schools=", ""),
        ("?school=", ""),
    ],
)
@pytest.mark.parametrize("page", ["compare", "saved"])
def test_every_other_spelling_moves_to_the_one_address(
    client: Client, page: str, asked: str, clean: str
) -> None:
    response = client.get(f"/schools/{page}/{asked}")
    assert (response.status_code, response["Location"]) == (302, f"/schools/{page}/{clean}")
    assert client.get(response["Location"]).status_code == 200


def test_an_unknown_school_is_said_and_the_others_are_shown(client: Client) -> None:
    school = make_school("Alder College")
    hidden = make_school("Unseen College")
    School.objects.filter(pk=hidden.pk).update(status=School.Status.UNSEEN)
    page = tree(client.get(f"/schools/compare/?schools={slugs(school, hidden)},zz-none"))
    (note,) = texts(page, ".notice")
    assert note == f"No school has the address “{hidden.slug}” and “zz-none”, so they are left out."
    assert len(page.css("thead th")) == 1


def test_more_than_five_are_named_as_left_out(client: Client) -> None:
    schools = [make_school(f"School {letter}") for letter in "ABCDEFG"]
    page = tree(client.get(f"/schools/compare/?schools={slugs(*schools)}"))
    assert len(page.css("thead th")) == 5
    assert texts(page, ".notice") == ["5 schools fit side by side; left out: School F and School G."]


def test_one_column_can_be_taken_away(client: Client) -> None:
    first, second = make_school("Alder College"), make_school("Birch College")
    page = tree(client.get(f"/schools/compare/?schools={slugs(first, second)}"))
    (away, _) = page.css("thead a.no-print")
    assert away.attributes["href"] == f"/schools/compare/?schools={second.slug}"


def test_a_closed_school_is_shown_as_closed(client: Client) -> None:
    school = make_school("Alder College", directory=CLOSED)
    page = tree(client.get(f"/schools/compare/?schools={school.slug}"))
    assert "Closed" in texts(page, "tbody td")[0]


@pytest.mark.parametrize(
    "words",
    [
        "%00",
        "%ED%A0%80",
        "a" * 60_000,
        "," * 5000,
        "%3Cscript%3E,%27",
        "a%0d%0aSet-Cookie:x",
        "caf%C3%A9",
        "../../x",
    ],
)
@pytest.mark.parametrize("page", ["compare", "saved"])
def test_hostile_addresses_are_answered(client: Client, page: str, words: str) -> None:
    response = client.get(f"/schools/{page}/?schools={words}", follow=True)
    assert response.status_code == 200
    assert b"<script>," not in response.content
    assert len(response.content) <= 60_000


def test_it_asks_a_fixed_number_of_times(client: Client) -> None:
    schools = [
        make_school(f"School {letter}", programs=[STATED, {"cip": "51.0714", **STATED}]) for letter in "ABCDE"
    ]
    for school in schools:
        make_earnings(school)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    for page, most in (("compare", 9), ("saved", 2)):
        one = queries(f"/schools/{page}/?schools={schools[0].slug}")
        assert one == queries(f"/schools/{page}/?schools={slugs(*schools)}") <= most
        assert queries(f"/schools/{page}/") <= most


def test_a_saved_list_is_its_address(client: Client) -> None:
    first, second = make_school("Birch College"), make_school("Alder College")
    response = client.get(f"/schools/saved/?schools={slugs(first, second)},zz-none")
    page = tree(response)
    assert texts(page, ".school-card h3 a") == ["Alder College", "Birch College"]
    assert "“zz-none”" in texts(page, ".notice")[0]
    assert not response.cookies
    assert [box.attributes["value"] for box in page.css("input[name=school]")] == [second.slug, first.slug]


def test_the_list_offers_boxes_for_the_comparison(client: Client) -> None:
    school = make_school("Alder College")
    page = tree(client.get("/schools/"))
    (box,) = page.css("input[name=school]")
    form = page.css_first(f"form#{box.attributes['form']}")
    assert form.attributes["action"] == "/schools/compare/"
    assert (form.attributes["method"], box.attributes["value"]) == ("get", school.slug)
    assert texts(page, ".school-choose label") == ["Compare Alder College"]
    assert not page.css("button[data-save]")  # the script that they need makes them


def test_what_only_one_school_states_gets_a_row(client: Client) -> None:
    one = make_school("Alder College", programs=[{"aid": ["federal"]}])
    other = make_school("Birch College")
    page = tree(client.get("/schools/compare/", {"schools": f"{one.slug},{other.slug}"}))
    rows = {
        row.css_first("th").text(strip=True): [" ".join(cell.text().split()) for cell in row.css("td")]
        for row in page.css(".compare-table tbody tr")
    }
    assert rows["Financial aid accepted"][0].startswith("Federal student aid stated by the school")
    assert rows["Financial aid accepted"][1] == "not collected"
    assert "Externship" not in rows
    assert "Tuition" in rows
