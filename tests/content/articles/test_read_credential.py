"""A reader looks a credential or a specialty up."""

import pytest

from content.models import CertifyingBody, Credential, Requirement
from tests.build import (
    attribute,
    make_article,
    make_credential,
    make_school,
    make_setting,
    make_source,
    make_specialty,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_what_is_asked_for_stands_as_reported_by_its_source_and_year(client):
    credential = make_credential("CPC", name="Certified Professional Coder")
    page = make_source("CPC exam", publisher="AAPC", url="https://www.aapc.com/cpc")
    Requirement.objects.create(
        credential=credential, kind="exam", text="100 questions.", source=page, as_of=2022
    )
    Requirement.objects.create(credential=credential, kind="cost", text="A fee.", source=page)
    found = Page(client, "/credentials/cpc/")
    assert found.text("h1") == "CPC: Certified Professional Coder"
    said = found.texts(".requirements dd")
    assert said == [
        "Not recorded.",
        "100 questions. As reported by AAPC, CPC exam , 2022.",
        "A fee. As reported by AAPC, CPC exam , year not stated.",
        "Not recorded.",
    ]
    assert "before you pay" in found.text(".notice")
    assert "https://www.aapc.com/cpc" in found.links(".requirements")


def test_what_is_not_recorded_is_said_so(client):
    make_credential("CPC", status=Credential.Status.UNKNOWN)
    found = Page(client, "/credentials/cpc/")
    assert found.texts(".panel .missing") == ["not recorded"] * 4
    assert found.texts(".requirements dd") == ["Not recorded."] * 4


def test_a_retired_one_is_marked_and_points_on(client):
    coc = make_credential("COC", name="Certified Outpatient Coder")
    make_credential("CPC-H", status=Credential.Status.RETIRED, became=coc)
    found = Page(client, "/credentials/cpc-h/")
    assert "no longer granted" in found.text(".notice-warn")
    assert found.links(".notice-warn") == ["/credentials/coc/"]
    assert found.links("header .meta") == []
    assert "/credentials/cpc-h/" in Page(client, "/credentials/coc/").links("header")
    listed = Page(client, "/credentials/")
    assert "Retired" in listed.text("tbody tr:nth-child(2)")


def test_schools_that_state_they_prepare_for_it(client):
    make_credential("CPC")
    make_school("Says So", programs=[{"credentials": ["cpc"]}])
    make_school("Says Other", programs=[{"credentials": ["ccs"]}])
    make_school("Silent")
    found = Page(client, "/credentials/cpc/")
    assert "1 school states that a program prepares for it ; 1 did not say." in found.text()
    assert "/schools/?credential=cpc&include_unknown=0" in found.links()
    assert [name for name in ("Says So", "Says Other", "Silent") if name in found.html] == ["Says So"]


def test_no_school_has_stated_it(client):
    make_credential("CPC")
    make_school("Silent")
    assert "No school here has stated it yet; 1 did not say." in Page(client, "/credentials/cpc/").text()


def test_articles_that_name_it(client):
    make_article("cpc", title="The CPC", credentials=[make_credential("CPC")])
    make_article("ccs", title="The CCS")
    assert Page(client, "/credentials/cpc/").texts(".entry h3") == ["The CPC"]


def test_credentials_stand_by_body(client):
    ahima = CertifyingBody.objects.create(slug="ahima", acronym="AHIMA", name="Health Information")
    CertifyingBody.objects.create(slug="none", acronym="NONE", name="Grants nothing")
    make_credential("CPC")
    make_credential("CCS", body=ahima, level="advanced", setting="Hospitals")
    make_credential("", slug="specialist", name="Specialist", body=ahima)
    found = Page(client, "/credentials/")
    assert found.texts("h2") == ["American Academy of Professional Coders AAPC", "Health Information AHIMA"]
    nothing = " ".join(["not recorded"] * 5)
    assert found.texts("tbody tr") == [
        f"CPC: Certified CPC {nothing}",
        f"Specialist {nothing}",
        "CCS: Certified CCS Advanced Hospitals not recorded not recorded not recorded",
    ]


def test_a_credential_without_a_code_has_a_page(client):
    make_credential("", slug="specialist", name="Medical Coding Specialist")
    found = Page(client, "/credentials/specialist/")
    assert found.text("h1") == "Medical Coding Specialist"
    assert found.text("title") == "Medical Coding Specialist: AAPC credential"


def test_each_value_stands_with_who_reported_it(client):
    credential = make_credential("CPC", level="core", entry="open", status="granted", setting="Offices")
    attribute(credential, "level")
    attribute(credential, "status", source=make_source("Exams", publisher="AAPC, 2nd page"), as_of=None)
    make_setting(credential, "office")
    credential.specialties.add(make_specialty("Oncology"))
    found = Page(client, "/credentials/cpc/")
    assert found.texts(".panel dd") == [
        "American Academy of Professional Coders (AAPC)",
        "Core As reported by AAPC, A page on its rules , 2021.",
        "Offices Doctors' offices and clinics As reported by AAPC, A page on its use , 2022.",
        "Oncology",
        "No proof asked for",
        "Yes As reported by AAPC, 2nd page, Exams , year not stated.",
    ]


def test_a_specialty_says_what_its_coders_read_and_which_credentials_name_it(client):
    source = make_source("Specialties", publisher="A page")
    oncology = make_specialty("Oncology", work="Reports of scans.", source=source, as_of=2019)
    make_credential("CHONC", source=source, as_of=2020).specialties.add(oncology)
    make_specialty("Urology")
    found = Page(client, "/specialties/oncology/").text()
    assert "Reports of scans. Named as a specialty of coders by A page, Specialties , 2019." in found
    assert "CHONC: Certified CHONC AAPC As reported by A page, Specialties , 2020." in found
    other = Page(client, "/specialties/urology/").text()
    assert "Not recorded." in other
    assert "None on record." in other


def test_a_specialty_and_the_articles_that_name_it(client):
    oncology = make_specialty("Oncology", summary="Cancer care.")
    make_specialty("Urology")
    make_article("cpc", title="The CPC", specialties=[oncology])
    assert Page(client, "/specialties/").links("main ul") == [
        "/specialties/oncology/",
        "/specialties/urology/",
    ]
    found = Page(client, "/specialties/oncology/")
    assert (found.text(".lede"), found.texts(".entry h3")) == ("Cancer care.", ["The CPC"])
    assert "No article names this specialty yet." in Page(client, "/specialties/urology/").text()


def test_nothing_recorded_and_nothing_of_that_name(client):
    assert "No credential is recorded yet." in Page(client, "/credentials/").text()
    assert "No specialty is recorded yet." in Page(client, "/specialties/").text()
    assert client.get("/credentials/nope/").status_code == 404
    assert client.get("/specialties/nope/").status_code == 404
