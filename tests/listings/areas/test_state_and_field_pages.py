"""A reader or a search engine opens the page of a state, or of one field in a state."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from listings.fields import CIP_TITLES
from listings.models import CompletionsRow
from listings.places import STATES
from listings.views.area import AreaPage
from tests.build import make_file, make_program, make_school, make_statistic
from tests.listings.reading import organic, texts, tree
from tests.settling import settle

pytestmark = pytest.mark.django_db

MOST = 10
STATE, FIELD = "/schools/in/oh/", "/programs/51.0713/oh/"


def read(client: Client, address: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(address)
    assert response.status_code == status, address
    return tree(response)


def history(school: str, awards: dict[int, int], **columns: object) -> None:
    made = make_school(school, programs=[{"awards": awards[2023]}], **columns)
    program = made.programs.get()
    for year in (2021, 2022):
        file = make_file("completions", f"C{year}_A", year=year)
        CompletionsRow.objects.create(program=program, file=file, year=year, awards=awards[year], since=1)


def test_a_state_has_its_schools_and_its_own_figures(client: Client) -> None:
    history("Ada", {2021: 10, 2022: 20, 2023: 30})
    history("Bell", {2021: 1_000, 2022: 2, 2023: 3})
    make_school("Office", programs=[{"cip": "51.0710", "awards": 99}])
    history("Texan", {2021: 5, 2022: 5, 2023: 5}, state="TX")
    page = read(client, STATE)
    assert texts(page, "h1") == ["Medical billing and coding schools in Ohio"]
    assert organic(page) == ["Ada", "Bell", "Office"]
    assert texts(page, ".area-figures .figure-value")[:2] == ["3", "33"]
    assert texts(page, ".area-figures .figure-period")[0] == "schools with 3 programs, listed now"
    rows = [texts(LexborHTMLParser(f"<table>{row.html}</table>"), "th, td") for row in page.css("tbody tr")]
    assert rows == [["2022-23", "33"], ["2021-22", "22"], ["2020-21", "1,010"]]
    assert "2020-21 1,010, 2021-22 22, 2022-23 33." in texts(page, ".chart desc")
    assert [link.attributes["href"] for link in page.css(".area-fields a")] == [
        "/programs/51.0710/oh/",
        FIELD,
    ]


def test_a_closed_schools_awards_stay_in_the_years_they_were_given(client: Client) -> None:
    history("Ada", {2021: 10, 2022: 20, 2023: 30})
    history("Closed", {2021: 7, 2022: 0, 2023: 0}, directory={"closed_at": "06/30/2023"})
    page = read(client, STATE)
    assert organic(page) == ["Ada"]
    assert "2020-21 17, 2021-22 20, 2022-23 30." in texts(page, ".chart desc")


def test_a_field_in_a_state_shows_that_field_alone(client: Client) -> None:
    school = make_school("Ada")
    make_program(school, "51.0714", awards=400)
    make_school("Biller", programs=[{"cip": "51.0714"}])
    page = read(client, FIELD)
    assert texts(page, "h1") == ["Medical Insurance Coding Specialist/Coder in Ohio"]
    assert organic(page) == ["Ada"]
    assert texts(page, ".area-figures .figure-value")[:2] == ["1", "12"]
    assert [link.attributes["href"] for link in page.css(".area-fields a")] == ["/programs/51.0714/oh/"]


def test_pay_links_to_its_receipt_and_is_said_to_be_missing_otherwise(client: Client) -> None:
    make_school()
    assert texts(read(client, STATE), ".area-figures .missing") == ["not available"]
    key = "oews.29-2072.oh.median-annual"
    make_statistic(key, {2025: 48_880}, label="Medical records specialists: median annual pay, Ohio")
    for address in (STATE, FIELD):
        link = read(client, address).css_first(".area-figures a.figure-value")
        assert link.attributes["href"] == f"/statistics/{key}/"
        assert "48,880" in link.text()


@pytest.mark.parametrize("address", [STATE, FIELD])
def test_pages_are_numbered_canonical_and_kept_by_search_engines(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AreaPage, "per_page", 2)
    for name in "ABCDE":
        make_school(name)
    seen = []
    for number, suffix in ((1, ""), (2, "?page=2"), (3, "?page=3")):
        page = read(client, address + suffix)
        seen += organic(page)
        canonical = page.css_first("link[rel=canonical]").attributes["href"] or ""
        assert canonical.endswith(address + suffix)
        assert page.css_first("meta[name=robots]") is None
        assert bool(page.css_first("#area-figures")) == (number == 1)
    assert seen == ["A", "B", "C", "D", "E"]
    assert client.get(f"{address}?page=1").status_code == 301
    for wrong in ("0", "4", "x", "\u0662"):
        missing = read(client, f"{address}?page={wrong}", 404)
        assert missing.css_first(f'a[href="{address}"]') is not None


def test_the_lists_filter_names_the_states_page_as_its_own(client: Client) -> None:
    make_school()
    page = read(client, "/schools/?state=OH")
    assert (page.css_first("link[rel=canonical]").attributes["href"] or "").endswith(STATE)
    narrower = read(client, "/schools/?state=OH&field=51.0713")
    assert "/schools/?state=OH&field=51.0713" in (
        narrower.css_first("link[rel=canonical]").attributes["href"] or ""
    )
    assert "noindex" in (narrower.css_first("meta[name=robots]").attributes["content"] or "")


def test_capitals_move_to_the_one_address(client: Client) -> None:
    for wrong, right in (("/schools/in/OH/", STATE), ("/programs/51.0713/Oh/", FIELD)):
        response = client.get(wrong)
        assert (response.status_code, response["Location"]) == (301, right)


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/schools/in/zz/", "/schools/"),
        ("/schools/in/%C5%BFc/", "/schools/"),
        ("/schools/in/%3Cscript%3E/", "/schools/"),
        ("/programs/51.9999/oh/", STATE),
        ("/programs/billing-coding/oh/", STATE),
        ("/programs/51.0713/zz/", "/schools/"),
    ],
)
def test_unknown_places_and_fields_lead_back(client: Client, address: str, back: str) -> None:
    page = read(client, address, 404)
    assert page.css_first(f'main a[href="{back}"]') is not None
    assert "<script>" not in (page.css_first("main").html or "")


@pytest.mark.parametrize("address", [STATE, FIELD, "/schools/in/mp/"])
def test_without_a_school_the_page_says_so_and_is_not_kept(client: Client, address: str) -> None:
    page = read(client, address)
    assert "noindex" in (page.css_first("meta[name=robots]").attributes["content"] or "")
    assert texts(page, "#area-schools ~ .missing")
    assert page.css_first('main a.button-quiet[href="/schools/"]') is not None


def test_sample_schools_are_said_to_be_invented_and_not_kept(client: Client) -> None:
    school = make_school("Ada", is_sample=True, unitid=None)
    version = school.directory_rows.get().file.version
    version.is_sample = True
    version.save()
    page = read(client, STATE)
    assert texts(page, ".figure-source")[0] == "Invented, to show how this page works."
    assert "noindex" in (page.css_first("meta[name=robots]").attributes["content"] or "")
    assert "/schools/in/" not in client.get("/sitemap.xml").content.decode()


def test_the_sitemap_names_pages_with_schools_and_no_others(client: Client) -> None:
    make_school("Ada")
    make_school("Texan", state="TX", programs=[{"cip": "51.0710"}])
    make_school("Closed", state="NY", directory={"closed_at": "06/30/2023"})
    sitemap = client.get("/sitemap.xml").content.decode()
    for path in (STATE, FIELD, "/schools/in/tx/", "/programs/51.0710/tx/"):
        assert f"{path}</loc>" in sitemap
        assert client.get(path).status_code == 200
    for path in ("/schools/in/ny/", "/programs/51.0710/oh/", "/programs/51.0713/tx/"):
        assert f"{path}</loc>" not in sitemap


def test_titles_and_descriptions_have_useful_lengths_and_differ(client: Client) -> None:
    titles, descriptions = [], []
    for state in ("OH", "FM", "DC"):
        make_school(f"School of {state}", state=state, programs=[{"cip": cip} for cip in CIP_TITLES])
        addresses = [f"/programs/{cip}/{state.lower()}/" for cip in CIP_TITLES]
        for address in (f"/schools/in/{state.lower()}/", *addresses):
            page = read(client, address)
            titles += texts(page, "head > title")
            descriptions.append(page.css_first("meta[name=description]").attributes["content"] or "")
    assert [title for title in titles if not 15 <= len(title) <= 60] == []
    assert [words for words in descriptions if not 50 <= len(words) <= 160] == []
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


def test_every_state_has_a_title_that_fits(client: Client) -> None:
    assert max(len(f"Medical coding schools in {name}") for name in STATES.values()) <= 60


@pytest.mark.parametrize("address", [STATE, FIELD, f"{STATE}?page=2"])
def test_pages_do_not_ask_more_often_when_they_grow(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries() -> int:
        settle()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    monkeypatch.setattr(AreaPage, "per_page", 3)
    for number in range(7):
        make_school(f"School {number}")
    few = queries()
    for number in range(7, 60):
        make_school(f"School {number}", programs=[{}, {"cip": "51.0710"}])
    monkeypatch.setattr(AreaPage, "per_page", 20)
    assert queries() == few <= MOST
