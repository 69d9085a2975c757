"""Once a year a school says that what is stated is still correct: the same values, a new day, no editor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from listings.models import Letter, ListingRow, Statement, Submission
from listings.statements import state
from listings.submissions.claims import claim
from tests.build import make_school
from tests.listings.for_schools.filled import controls, visiting
from tests.reading import Page

pytestmark = pytest.mark.django_db
HERE = "/for-schools/my/still-correct/greenwood/"
CODER, BILLER = "51.0713.21", "51.0714.2"


@pytest.fixture
def school():
    programs = [{"cip": "51.0713", "award_level": 21}, {"cip": "51.0714", "award_level": 2}]
    directory = {"website": "https://www.school.edu/"}
    school = make_school(programs=programs, slug="greenwood", directory=directory)
    then = timezone.now() - timedelta(days=400)
    for program in school.programs.all():
        state(school=school, program=program, field="months", value=9, by="school", at=then)
        state(school=school, program=program, field="delivery", value=["online"], by="school", at=then)
    state(school=school, program=None, field="phone", value="6145550123", by="editor", at=then)
    return school


def days() -> dict[str, int]:
    """How many days ago each current statement was made."""
    now = timezone.now()
    current = Statement.objects.filter(replaced_at=None).select_related("program")
    return {
        f"{row.program.key if row.program else ''} {row.field}": (now - row.stated_at).days for row in current
    }


def test_one_press_confirms_one_program_and_another_all(client, school):
    mailbox = visiting(client)
    assert claim(school, mailbox=mailbox).state == "granted"
    Letter.objects.all().delete()
    page = Page(client, HERE)
    assert page.texts("main h2") == [
        "The school",
        "Medical Insurance Coding Specialist/Coder, Certificate of 12 weeks to 1 year",
        "Medical Insurance Specialist/Medical Biller, Certificate of 1 to 2 years",
    ]
    assert ListingRow.objects.filter(months=9).count() == 0  # what lapsed does not count
    client.post(HERE, controls(page) | {"do": f"key-{CODER}"})
    assert days() == {
        " phone": 400,
        f"{CODER} months": 0,
        f"{CODER} delivery": 0,
        f"{BILLER} months": 400,
        f"{BILLER} delivery": 400,
    }
    assert ListingRow.objects.filter(months=9).count() == 1
    answer = client.post(HERE, controls(Page(client, HERE)) | {"do": "all"})
    assert set(days().values()) == {0}
    assert {row.by for row in Statement.objects.filter(replaced_at=None)} == {"school"}
    assert "Done" in Page(client, answer["Location"]).text("main [role=status]")
    assert [(row.kind, row.state) for row in Submission.objects.all()] == [("confirmation", "done")] * 2
    assert not Letter.objects.exists()


def test_what_changed_meanwhile_is_looked_at_again(client, school):
    claim(school, mailbox=visiting(client))
    old = controls(Page(client, HERE))
    state(school=school, program=school.programs.first(), field="months", value=12, by="editor")
    answer = client.post(HERE, old | {"do": "all"})
    assert "changed since" in Page.of(answer).text("[role=alert]")
    assert not Submission.objects.exists()
    client.post(HERE, old | {"do": "key-"})
    assert days()[" phone"] == 0
    for strange in ("key-51.0799.21", "key-51.0713.21'", "nothing", ""):
        assert "changed since" in Page.of(client.post(HERE, old | {"do": strange})).text("[role=alert]")


@pytest.mark.parametrize("address", ["somebody@gmail.com", "registrar@other.edu"])
def test_only_who_speaks_for_the_school_confirms(client, school, address):
    visiting(client, address)
    assert client.get(HERE).status_code == 404
    assert client.post(HERE, {"do": "all"}).status_code == 404
    assert set(days().values()) == {400}


def test_without_an_open_page_it_leads_to_a_link(client, school):
    assert client.get(HERE).status_code == 302
    assert client.post(HERE, {"do": "all"}).status_code == 403
