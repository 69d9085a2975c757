"""A reader narrows the table of credentials; what is not recorded is kept, and said so."""

import itertools

import pytest

from content.models import CertifyingBody, Credential, CredentialSetting, Requirement
from tests.build import make_credential, make_setting, make_source
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def credentials():
    """One of each kind: for offices, for stays, with nothing on record, of another body, retired."""
    ahima = CertifyingBody.objects.create(slug="ahima", acronym="AHIMA", name="Health Information")
    make_setting(make_credential("CPC", level="core"), "office")
    make_setting(make_credential("CIC", level="advanced"), "inpatient")
    make_credential("CRC", status="")
    make_setting(make_credential("CCA", level="entry", body=ahima), "office")
    make_setting(make_credential("OLD", level="core", status="retired"), "office")


def rows(page, section):
    """Codes of the rows of a section, by the id of its heading."""
    return [
        link.text().split(":")[0]
        for table in page.tree.css(f'[aria-labelledby="{section}"]')
        for link in table.css("th[scope=row] a")
    ]


def shown(client, query):
    page = Page(client, f"/credentials/?{query}")
    found = {name: rows(page, name) for name in ("aapc", "ahima", "unsaid")}
    return {name: codes for name, codes in found.items() if codes}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"aapc": ["CIC", "CPC", "CRC", "OLD"], "ahima": ["CCA"]}),
        ("body=ahima", {"ahima": ["CCA"]}),
        ("setting=office", {"aapc": ["CPC", "OLD"], "ahima": ["CCA"], "unsaid": ["CRC"]}),
        ("level=core", {"aapc": ["CPC", "OLD"], "unsaid": ["CRC"]}),
        ("status=granted", {"aapc": ["CIC", "CPC"], "ahima": ["CCA"], "unsaid": ["CRC"]}),
        ("setting=office&level=core&status=granted", {"aapc": ["CPC"], "unsaid": ["CRC"]}),
        ("body=ahima&level=core", {}),
    ],
)
def test_it_shows_what_meets_the_choices_and_then_what_is_not_recorded(client, credentials, query, codes):
    assert shown(client, query) == codes


def test_every_choice_gives_what_a_plain_reading_of_the_rows_gives(credentials):
    """A slow, obvious reading of each credential, for every combination."""
    settings = ["", *CredentialSetting.Setting.values]
    levels, statuses = ["", *Credential.Level.values[:-1]], ["", "granted", "retired"]
    everything = list(Credential.objects.prefetch_related("settings", "body"))
    for body, setting, level, status in itertools.product(["", "aapc", "ahima"], settings, levels, statuses):
        chosen = {"body": body, "setting": setting, "level": level, "status": status}
        stated, kept = set(), set()
        for each in everything:
            has = {place.setting for place in each.settings.all()}
            met = [
                not body or each.body.slug == body,
                not setting or setting in has or (None if not has else False),
                not level or each.level == level or (None if not each.level else False),
                not status or each.status == status or (None if not each.status else False),
            ]
            if False not in met:
                kept.add(each.code)
                if None not in met:
                    stated.add(each.code)
        found = Credential.objects.narrowed({key: value for key, value in chosen.items() if value})
        assert {each.code for each in found} == kept, chosen
        assert {each.code for each in found if each.is_stated} == stated, chosen


def test_it_says_how_many_meet_the_choices_and_marks_them(client, credentials):
    page = Page(client, "/credentials/?setting=office")
    said = page.text("main [role=status]")
    assert said.startswith(
        "3 credentials on record meet this; 1 more has no record of it and stands at the end."
    )
    assert page.attribute("select[name=setting] option[selected]", "value") == "office"
    assert (
        "No credential on record meets all of this."
        in Page(client, "/credentials/?body=ahima&level=core").text()
    )


@pytest.mark.parametrize("value", ["nowhere", "%00", "OFFICE", "office%27--"])
def test_a_value_that_is_no_choice_is_said_so_and_narrows_nothing(client, credentials, value):
    page = Page(client, f"/credentials/?setting={value}&level=entry")
    assert "\u201cUsed in\u201d has no such choice, so it was left out." in page.text(".notice-warn")
    assert rows(page, "ahima") == ["CCA"]
    assert "noindex" in page.attribute("meta[name=robots]", "content")


def test_a_row_compares_entry_exam_and_renewal_with_their_years(client):
    credential = make_credential("CPC", entry="open", setting="Offices")
    page = make_source("Exam", publisher="AAPC")
    for kind, text in (("exam", "100 questions."), ("exam", "Older: 150."), ("renewal", "36 units.")):
        Requirement.objects.create(credential=credential, kind=kind, text=text, source=page, as_of=2022)
    row = Page(client, "/credentials/").text("tbody tr")
    told = "100 questions. AAPC, 2022 36 units. AAPC, 2022"
    assert row == f"CPC: Certified CPC not recorded Offices No proof asked for {told}"
