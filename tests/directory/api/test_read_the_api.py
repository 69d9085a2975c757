"""What the API answers: values with their sources, filters, pages, copies, errors in sentences."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from content.models import Article
from content.publishing import schedule
from listings.models import FederalFile, InstitutionRow, School, Statement
from tests.build import (
    CLOSED,
    attribute,
    make_article,
    make_credential,
    make_file,
    make_program,
    make_revision,
    make_school,
    make_setting,
    make_statement,
    make_statistic,
)

pytestmark = pytest.mark.django_db

FIGURE = {"value", "missing", "unit", "period", "source", "release"}


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_RATE = (1_000_000, 60)


def ask(client, address: str, status: int = 200):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status, (address, response.content)
    return response.json()


def figures(value):
    """Every figure in an answer."""
    if isinstance(value, dict):
        if "release" in value:
            yield value
        for each in value.values():
            yield from figures(each)
    elif isinstance(value, list):
        for each in value:
            yield from figures(each)


def names(found) -> list[str]:
    return [school["name"] for school in found["results"]]


def test_every_figure_carries_its_source_and_every_missing_one_its_kind(client):
    make_school(programs=[{"tuition": 3000, "delivery": ["online"]}, {"award_level": 3, "awards": None}])
    make_statistic(values={2024: 50250, 2025: 51140})
    make_statistic("oews.29-2072.gu.median-annual", {2025: None})
    found = [
        figure
        for address in (
            "schools/",
            "schools/greenwood-college-1/",
            "programs/",
            "statistics/",
            "statistics/oews.29-2072.us.median-annual/",
        )
        for figure in figures(ask(client, address))
    ]
    assert len(found) > 15
    for figure in found:
        assert set(figure) == FIGURE
        if figure["value"] is None:
            assert figure["missing"]
        else:
            assert figure["missing"] is None
            assert figure["source"]
            assert figure["period"]
            assert figure["release"]
    [program, other] = sorted(ask(client, "programs/")["results"], key=lambda each: each["key"])

    awards = {each["award_level"]: each["awards"] for each in (program, other)}
    assert awards["Associate's degree"]["value"] is None
    assert awards["Associate's degree"]["missing"] == "not reported"
    assert awards["Certificate of 12 weeks to 1 year"]["release"] == "C2023_A"


def test_the_filters_are_those_of_the_school_list(client):
    make_school("Online College", programs=[{"delivery": ["online"]}])
    make_school("Campus College", programs=[{"delivery": ["campus"]}])
    make_school("Quiet College")
    found = ask(client, "schools/?delivery=online")
    assert names(found) == ["Online College", "Quiet College"]
    assert (found["count"], found["stated"], found["did_not_say"]) == (2, 1, 1)
    assert names(ask(client, "schools/?delivery=online&include_unknown=0")) == ["Online College"]
    programs = ask(client, "programs/?delivery=campus&include_unknown=0")
    assert [each["school_name"] for each in programs["results"]] == ["Campus College"]
    assert ask(client, "schools/?nonsense=1&name__startswith=a")["count"] == 3


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("state=XX", "state"),
        ("sort=password", "sort"),
        ("max_tuition=cheap", "max_tuition"),
        ("per_page=0", "per_page"),
        ("per_page=101", "per_page"),
        ("per_page=1e2", "per_page"),
        ("cursor=-1", "cursor"),
        ("cursor=start&page=2", "cursor"),
        ("updated_since=yesterday", "updated_since"),
        ("updated_since=0001-01-01T00:00:00%2B14:00", "updated_since"),
        ("updated_since=2026-01-01&page=2", "updated_since"),
        ("q=%00", "q"),
        ("state=%00", "state"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(client, query, key):
    for name in ("schools", "programs"):
        problem = ask(client, f"{name}/?{query}", 400)
        assert key in {error["key"] for error in problem["errors"]}
        assert all(error["message"].endswith(".") for error in problem["errors"])


def test_the_sentence_is_that_of_the_page(client):
    [error] = ask(client, "schools/?state=XX", 400)["errors"]
    assert error["message"] in client.get("/schools/?state=XX").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "1e3", "99999", "999999999", "%00", "٣", "2&page=3", ""])
def test_a_page_that_is_none_is_not_found(client, page):
    make_school()
    status = 400 if page == "%00" else 404
    assert "detail" in ask(client, f"schools/?page={page}", status)


def test_pages_lead_to_each_other_at_the_sites_own_address(client, settings):
    settings.SITE_URL = "https://superbill.example"
    for number in range(5):
        make_school(f"College {number}")
    first = ask(client, "schools/?per_page=2&sort=name&state=OH")
    assert first["previous"] is None
    assert first["next"].startswith("https://superbill.example/api/v1/schools/?")
    seen = names(first)
    while first["next"]:
        first = ask(client, first["next"].removeprefix("https://superbill.example/api/v1/"))
        seen += names(first)
    assert seen == [f"College {number}" for number in range(5)]


@pytest.mark.parametrize("name", ["schools", "programs", "credentials", "articles", "statistics"])
def test_a_copy_holds_every_row_once(client, name):
    for number in range(7):
        make_school(f"College {number}")
        make_credential(f"C{number}")
        make_article(f"article-{number}")
        make_statistic(f"x.y.us.m-{number}")
    key = {"schools": "slug", "credentials": "slug", "articles": "slug"}.get(name, "key")
    seen, address = [], f"{name}/?cursor=start&per_page=3"
    while address:
        part = ask(client, address)
        seen += [row[key] for row in part["results"]]
        address = part["next"] and part["next"].partition("/api/v1/")[2]
    assert len(seen) == len(set(seen)) == 7


def test_updated_since_gives_what_changed_and_what_is_gone(client):
    now = timezone.now()
    make_school("Old College")
    make_school("Closed College", directory=CLOSED)
    make_school("New College")
    School.objects.filter(name="Old College").update(changed_at=now - timedelta(days=9))
    since = (now - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = ask(client, f"schools/?updated_since={since}")
    assert {each["name"]: each["status"] for each in found["results"]} == {
        "Closed College": "closed",
        "New College": "listed",
    }
    assert ask(client, "schools/?updated_since=2999-01-01")["results"] == []
    assert ask(client, "articles/?updated_since=2999-01-01")["results"] == []


def test_a_closed_school_keeps_its_address_and_says_why(client):
    school = make_school("Closed College", directory=CLOSED)
    found = ask(client, f"schools/{school.slug}/")
    assert found["programs"] == []
    assert "closed on June 30, 2023" in found["notice"]


def test_an_answer_that_stayed_is_not_sent_again(client):
    make_school()
    first = client.get("/api/v1/schools/")
    tag = first["ETag"]
    assert tag.startswith('W/"')
    held = client.get("/api/v1/schools/", headers={"If-None-Match": f'"other", {tag}'})
    assert (held.status_code, held.content, held["ETag"]) == (304, b"", tag)
    assert held["Access-Control-Allow-Origin"] == "*"
    make_school("Another College")
    assert client.get("/api/v1/schools/", headers={"If-None-Match": tag}).status_code == 200


def test_a56_what_readers_cannot_see_is_as_if_it_were_not_there(client):
    make_article("seen")
    make_article("draft", published=False)
    later = make_revision(make_article("later", published=False))
    schedule(later, publish_at=timezone.now() + timedelta(days=1), by=None)
    make_article("gone")
    Article.objects.filter(slug="gone").update(status=Article.Status.ARCHIVED)
    make_revision(Article.objects.get(slug="seen"), title="Unseen words")
    unseen = make_school("Unseen College")
    School.objects.filter(pk=unseen.pk).update(status=School.Status.UNSEEN)
    absent = client.get("/api/v1/articles/absent/")
    for address in ("articles/draft/", "articles/later/", "articles/gone/", f"schools/{unseen.slug}/"):
        answer = client.get(f"/api/v1/{address}", headers={"If-None-Match": "*"})
        assert (answer.status_code, answer.content) == (404, absent.content)
        assert not answer.has_header("ETag")
    for query in ("", "?cursor=start", "?updated_since=2000-01-01"):
        assert [each["slug"] for each in ask(client, f"articles/{query}")["results"]] == ["seen"]
        assert ask(client, f"schools/{query}")["results"] == []
    assert "Unseen words" not in client.get("/api/v1/articles/seen/").content.decode()


def test_samples_are_marked_and_name_no_agency(client):
    school = make_school(is_sample=True)
    make_program(school, award_level=3)
    found = ask(client, f"schools/{school.slug}/")
    assert found["is_sample"]
    assert all(program["is_sample"] for program in found["programs"])
    assert {each["source"] for each in figures(found) if each["value"] is not None} == {
        "Invented figures, to show how the list works."
    }


def test_a_statement_past_its_last_day_is_not_given_as_stated(client):
    school = make_school()
    past = timezone.now() - timedelta(days=1)
    make_statement(school.programs.get(), Statement.Field.MONTHS, 9, valid_until=past)
    [program] = ask(client, f"schools/{school.slug}/")["programs"]
    assert (program["length"]["value"], program["length"]["missing"]) == (None, "not collected")


def test_the_details_carry_what_is_stated_by_whom_and_when(client):
    school = make_school(programs=[{}, {"award_level": 3}])
    [program, other] = school.programs.order_by("pk")
    day = timezone.localdate().isoformat()
    make_statement(program, "voucher", {"included": True, "credential": "cpc"}, by="editor")
    Statement.objects.create(school=school, field="aid", value=["federal"], by="school")
    past = {"by": "school", "valid_until": timezone.now() - timedelta(days=1)}
    Statement.objects.create(school=school, field="phone", value="6145550123", **past)
    make_statement(other, "months", 9)
    found = {each["field"]: each for each in ask(client, f"schools/{school.slug}/")["stated"]}
    assert list(found) == ["aid", "phone", "voucher", "months"]
    assert found["voucher"] == {
        "cip": "51.0713",
        "award_level": "Certificate of 12 weeks to 1 year",
        "field": "voucher",
        "label": "Exam voucher",
        "value": {"included": True, "credential": "cpc"},
        "words": "Included: CPC",
        "source": "stated by an editor of this site",
        "stated_on": day,
        "is_confirmed": True,
    }
    assert (found["phone"]["words"], found["phone"]["is_confirmed"]) == ("(614) 555-0123", False)
    of_program = ask(client, f"programs/{school.slug}.51.0713.21/")["stated"]
    assert [each["field"] for each in of_program] == ["aid", "voucher"]


def test_the_detail_names_the_accreditor_and_what_befell_the_school(client):
    school = make_school(directory=CLOSED)
    found = ask(client, f"schools/{school.slug}/")
    assert found["accreditor"]["missing"] == "not reported"
    [event] = found["events"]
    assert (event["when"], event["text"]) == ("June 30, 2023", "Closed.")
    assert event["source"].endswith(", HD2023")
    file = make_file(FederalFile.Kind.INSTITUTION, "Most recent institution")
    InstitutionRow.objects.create(school=school, file=file, since=1, accreditor="A Commission")
    accreditor = ask(client, f"schools/{school.slug}/")["accreditor"]
    assert accreditor["name"] == "A Commission"
    assert accreditor["source"].endswith(", Most recent institution")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_a55_the_api_only_reads(client, method):
    answer = getattr(client, method)("/api/v1/schools/", headers={"X-HTTP-Method-Override": "GET"})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("origin", ["https://evil-superbill.example", "null", "https://a.example"])
def test_a59_every_site_may_read_without_credentials(client, origin):
    for address in ("schools/", "schools/absent/", "schools/?state=XX", "nothing/", "schema/"):
        answer = client.get(f"/api/v1/{address}", headers={"Origin": origin})
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.has_header("Access-Control-Allow-Credentials")
        assert not answer.cookies
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "key",
    [
        "fields=editor",
        "fields=submitter_email",
        "expand=statements",
        "include=by",
        "format=xml",
        "format=csv",
        "format=api",
    ],
)
def test_a56_no_key_brings_other_fields_or_another_format(client, key):
    make_school()
    plain = client.get("/api/v1/schools/")
    other = client.get(f"/api/v1/schools/?{key}", headers={"Accept": "text/html"})
    assert (other.status_code, other["Content-Type"]) == (200, "application/json")
    assert other.content == plain.content


def test_the_guides_calls_are_answered(client):
    make_school()
    page = client.get("/api/v1/").content.decode()
    calls = [part.split('"')[0] for part in page.split('href="/api/v1/')[1:]]
    answered = [call.replace("&amp;", "&") for call in calls if not call.startswith(("docs", "schema"))]
    assert len([call for call in answered if call]) == 6
    for call in answered:
        assert client.get(f"/api/v1/{call}").status_code == 200, call


def test_the_examples_of_the_docs_are_answered(client, settings):
    make_school()
    text = (settings.BASE_DIR / "directory/docs/api.md").read_text()
    examples = re.findall(r"\$ curl 'https://superbill\.example(\S+)'", text)
    assert len(examples) == 4
    for address in examples:
        assert client.get(address).status_code == 200, address


def test_a_credential_says_who_reported_each_value(client):
    new = make_credential("COC")
    old = make_credential("CPC-H", level="core", status="retired", became=new, setting="Hospitals")
    make_setting(old, "outpatient")
    for name in ("level", "became"):
        attribute(old, name, as_of=None)
    told = client.get("/api/v1/credentials/cpc-h/").json()
    assert (told["became"], told["entry"], told["setting"]) == ("coc", "Not recorded", "Hospitals")
    rules = {"source": "AAPC: A page on its rules", "as_of": None}
    assert told["stated"] == [
        {"attribute": "level", "value": "Core"} | rules,
        {"attribute": "became", "value": "coc"} | rules,
        {
            "attribute": "setting",
            "value": "Hospital outpatient care, surgery centers",
            "source": "AAPC: A page on its use",
            "as_of": 2022,
        },
    ]
