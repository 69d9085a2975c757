"""A reader opens a school's page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from listings.models import CompletionsRow, EarningsRow, FederalFile, School, Statement
from tests.build import CLOSED, make_file, make_program, make_school, make_statement
from tests.listings.reading import texts, tree

pytestmark = pytest.mark.django_db


def page_of(client: Client, school: School):
    response = client.get(school.get_absolute_url())
    assert response.status_code == 200
    return tree(response)


def test_programs_stand_by_field_the_nearest_first(client: Client) -> None:
    school = make_school(
        programs=[
            {"cip": "51.0701", "award_level": 5},
            {"cip": "51.0713", "award_level": 3, "awards": 1234},
            {"cip": "51.0713", "award_level": 21, "awards": 0},
        ]
    )
    page = page_of(client, school)
    assert texts(page, "section[aria-labelledby=programs] h3") == ["Billing and coding", "Administration"]
    assert texts(page, ".program-name") == [
        "Medical Insurance Coding Specialist/Coder Certificate of 12 weeks to 1 year · CIP 51.0713",
        "Medical Insurance Coding Specialist/Coder Associate's degree · CIP 51.0713",
        "Health/Health Care Administration/Management Bachelor's degree · CIP 51.0701",
    ]
    assert texts(page, "td.number")[:2] == ["0", "1,234"]


def test_awards_by_year_with_their_sources(client: Client) -> None:
    school = make_school(programs=[{"awards": 12}, {"cip": "51.0714", "awards": None}])
    older = make_file(FederalFile.Kind.COMPLETIONS, "C2022_A", year=2022)
    coding = school.programs.get(cip="51.0713")
    CompletionsRow.objects.create(program=coding, file=older, year=2022, awards=9, since=1)
    CompletionsRow.objects.filter(awards=None).update(missing={"awards": "suppressed"})
    page = page_of(client, school)
    assert texts(page, "section[aria-labelledby=programs] thead th") == ["Program", "2022-23", "2021-22"]
    assert texts(page, "td.number") == ["12", "9", "suppressed for privacy", "not reported"]
    day = date_format(timezone.localtime(older.retrieved_at), "j M Y")
    note = texts(page, "section[aria-labelledby=programs] .source-note")[0]
    assert note.endswith(f"IPEDS completions: C2022_A, retrieved {day}; C2023_A, retrieved {day}.")
    assert "2021-22 9, 2022-23 12." in texts(page, "svg desc")


def test_earnings_are_those_of_all_health_administration_programs(client: Client) -> None:
    school = make_school(programs=[{"award_level": 21}, {"cip": "51.0714", "award_level": 3}])
    file = make_file(FederalFile.Kind.EARNINGS, "Field of study, April 2025", year=2025)
    shared = {"school": school, "file": file, "cip4": "51.07", "since": 1}
    EarningsRow.objects.create(
        credlev=1,
        median_1yr=18577,
        median_4yr=22845,
        missing={"median_2yr": "suppressed", "median_5yr": "not-published"},
        **shared,
    )
    EarningsRow.objects.create(credlev=3, median_1yr=99999, **shared)
    page = page_of(client, school)
    section = "section[aria-labelledby=earnings]"
    assert "all health administration programs at this level" in texts(page, f"{section} p")[0]
    assert texts(page, f"{section} tbody th") == ["Undergraduate certificate or diploma"]
    assert texts(page, f"{section} td.number") == [
        "$18,577",
        "suppressed for privacy",
        "$22,845",
        "not published",
    ]
    assert "Field of study, April 2025, retrieved" in texts(page, f"{section} .source-note")[0]
    assert "different measures" in texts(page, f"{section} .source-note")[0]


def test_without_earnings_it_says_so(client: Client) -> None:
    page = page_of(client, make_school())
    assert texts(page, "section[aria-labelledby=earnings] .missing") == ["Not published"]


def test_what_is_stated_says_who_and_when(client: Client) -> None:
    school = make_school(
        programs=[
            {"delivery": ["hybrid", "online"], "tuition": 4500, "months": 9, "credentials": ["cpc", "ccs"]}
        ]
    )
    day = date_format(timezone.localdate(), "j M Y")
    facts = texts(page_of(client, school), "section[aria-labelledby=stated] .facts div")
    assert facts == [
        f"How it is taught Online, hybrid stated by the school, {day}",
        f"Prepares for CCS, CPC stated by the school, {day}",
        f"Tuition $4,500 ({timezone.now().year}) stated by the school, {day}",
        f"Length 9 months stated by the school, {day}",
    ]


def test_what_nobody_stated_is_not_collected(client: Client) -> None:
    silent = texts(page_of(client, make_school()), "section[aria-labelledby=stated] p")[0]
    assert silent.startswith("Not collected: no federal file asks how a program is taught")
    facts = texts(
        page_of(client, make_school(programs=[{"months": 9}])), "section[aria-labelledby=stated] .facts div"
    )
    assert facts[0] == "How it is taught not collected, ask the school"


def test_a_statement_past_its_last_day_is_not_confirmed_since(client: Client) -> None:
    school = make_school()
    said = timezone.now() - timedelta(days=400)
    statement = make_statement(
        school.programs.get(), "months", 9, stated_at=said, valid_until=timezone.now() - timedelta(seconds=5)
    )
    day = date_format(timezone.localtime(said), "j M Y")
    section = "section[aria-labelledby=stated] .facts div"
    assert f"Length 9 months not confirmed since {day}" in texts(page_of(client, school), section)
    Statement.objects.filter(pk=statement.pk).update(valid_until=timezone.now() + timedelta(days=1))
    assert f"Length 9 months stated by the school, {day}" in texts(page_of(client, school), section)


def test_a_statement_about_a_program_goes_before_one_about_the_school(client: Client) -> None:
    school = make_school(programs=[{"months": 9}, {"cip": "51.0714"}])
    Statement.objects.create(school=school, field="months", value=24, by=Statement.By.EDITOR)
    facts = texts(page_of(client, school), "section[aria-labelledby=stated] .facts div")
    lengths = [fact for fact in facts if fact.startswith("Length")]
    assert [fact.split(" stated")[0] for fact in lengths] == ["Length 9 months", "Length 24 months"]


@pytest.mark.parametrize(
    ("directory", "programs", "words"),
    [
        (CLOSED, [{}], "This school closed on June 30, 2023, as the federal directory of 2023 says."),
        ({"closed_at": "00/00/0000"}, [{}], "This school closed, as the federal directory of 2023 says."),
        (
            {"absent_from": 2023, "year": 2022},
            [{}],
            "Not in the directory of 2023 any more. The federal files do not say why.",
        ),
        (
            {},
            [{"year": 2022, "reported": False}],
            "No awards reported in this field any more (last: 2021-22). "
            "The directory of 2023 still names the school.",
        ),
    ],
)
def test_a_school_that_is_gone_keeps_its_page_with_a_notice(
    client: Client, directory: dict[str, str], programs: list[dict[str, object]], words: str
) -> None:
    school = make_school("Gone College", directory=directory, programs=programs)
    page = page_of(client, school)
    assert texts(page, ".notice p") == [words]
    assert texts(page, "h1") == ["Gone College"]
    assert page.css_first("section[aria-labelledby=stated]") is None


def test_a_merged_school_names_its_successor(client: Client) -> None:
    successor = make_school("State College", unitid=222222)
    school = make_school("Old College", directory={"new_unitid": 222222})
    page = page_of(client, school)
    assert texts(page, ".notice p") == [
        "This school became part of another one, as the federal directory of 2023 says.",
        "It goes on as State College.",
    ]
    assert page.css_first(".notice a").attributes["href"] == successor.get_absolute_url()


def test_links_go_to_the_schools_own_pages(client: Client) -> None:
    school = make_school(
        directory={
            "website": "https://www.example.edu/",
            "admissions_url": "http://example.edu/admissions",
            "aid_url": "https://",
            "application_url": "https://good@evil.example/",
            "net_price_url": "https:///nohost",
        }
    )
    links = page_of(client, school).css(".school-links a")
    assert [(link.text(), link.attributes["href"]) for link in links] == [
        ("Website", "https://www.example.edu/"),
        ("Admissions", "http://example.edu/admissions"),
    ]
    assert {link.attributes["rel"] for link in links} == {"nofollow noopener ugc"}


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("6145550123", "(614) 555-0123"),
        ("614555012345", "(614) 555-0123, extension 45"),
        ("(614) 555-0123", "(614) 555-0123"),
        ("555-0123", "555-0123"),
    ],
)
def test_address_and_telephone(client: Client, number: str, shown: str) -> None:
    school = make_school(directory={"address": "1 Main St", "zip": "45402-1234", "phone": number})
    words = texts(page_of(client, school), ".school-contact p")
    assert "1 Main St, Dayton, OH 45402-1234" in words
    assert f"Telephone: {shown}" in words
    assert any(
        word.startswith("U.S. Department of Education, IPEDS directory HD2023, retrieved") for word in words
    )


def test_a_school_outside_ipeds_says_so(client: Client) -> None:
    school = School.objects.create(slug="own-word", name="Own Word Institute")
    page = page_of(client, school)
    assert (
        "Not in IPEDS: this school is not in the federal directory; every value here is stated by the school."
        in texts(page, ".notice p")
    )
    assert "No programs in this field are known." in texts(page, ".missing")


def test_a_sample_is_marked_and_kept_from_search_engines(client: Client) -> None:
    page = page_of(client, make_school("Invented College", is_sample=True, unitid=None))
    assert texts(page, ".sample-badge") == ["Sample \u2013 invented"]
    assert texts(page, ".notice p")[0].startswith("This school does not exist.")
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert page.css('script[type="application/ld+json"]') == []


def test_an_unknown_address_has_a_way_back(client: Client) -> None:
    response = client.get("/schools/green-wood/")
    assert response.status_code == 404
    links = [link.attributes["href"] for link in tree(response).css("main a")]
    assert links == ["/schools/?q=green%20wood", "/schools/"]


def test_a_school_of_a_version_that_is_not_current_is_not_there_yet(client: Client) -> None:
    school = make_school()
    School.objects.filter(pk=school.pk).update(status=School.Status.UNSEEN)
    assert client.get(school.get_absolute_url()).status_code == 404


def test_programs_that_the_current_data_do_not_name_stay_out(client: Client) -> None:
    school = make_school()
    other = make_program(school, cip="51.0714")
    other.completions.update(since=2)
    assert texts(page_of(client, school), ".program-name") == [
        "Medical Insurance Coding Specialist/Coder Certificate of 12 weeks to 1 year · CIP 51.0713"
    ]
