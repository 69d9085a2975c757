"""A37 and its kin: what makes an editor look twice is said in words, adds up, and decides nothing."""

from datetime import timedelta

import pytest

from content.lib.clock import database_now
from listings.models import Mailbox, Submission, TuitionRow
from listings.submissions.domains import looks_like
from listings.submissions.risk import HIGH, SIGNS, assess
from listings.submissions.sending import Entry
from tests.build import make_file, make_school
from tests.listings.submissions.sent import PROGRAM, make_mailbox, make_submission

SITE = {"website": "https://www.greenwood.edu/programs"}
TEXT = "Students bring a high school diploma, a laptop of their own and patience for long lists of codes."


def known(address: str) -> Mailbox:
    """A mailbox whose person said who they are and that we know for long."""
    mailbox = make_mailbox(address)
    mailbox.person, mailbox.position = "Jo Doe", "Registrar"
    mailbox.created_at = database_now() - timedelta(days=400)
    mailbox.save()
    return mailbox


def reasons(address: str = "jo@greenwood.edu", **sent) -> str:
    made = make_submission(make_school(directory=SITE), mailbox=known(address), **(sent or {"months": 9}))
    return " ".join(made.risk_reasons)


@pytest.mark.django_db
def test_an_address_of_the_school_gives_no_reason():
    assert reasons() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("jo@gmail.com", "Anybody can have an address at gmail.com."),
        ("jo@mailinator.com", "mailinator.com gives addresses that are thrown away after use."),
        ("jo@elsewhere.org", "elsewhere.org is not the school's own domain (greenwood.edu)."),
        ("jo@greenw00d.edu", "greenw00d.edu looks like the school's own greenwood.edu, and is another"),
        ("jo@greenwood.com", "greenwood.com looks like the school's own greenwood.edu, and is another"),
        ("info@greenwood.edu", "Several people may read a mailbox called “info”."),
    ],
)
def test_an_address_is_judged_in_words(address, reason):
    assert reason in reasons(address)


@pytest.mark.django_db
def test_a_school_without_a_site_is_said_to_have_none():
    made = make_submission(make_school(), mailbox=known("jo@elsewhere.org"), months=9)
    assert "We hold no site of the school that elsewhere.org could belong to." in made.risk_reasons


@pytest.mark.django_db
def test_links_in_texts_are_counted_once_each():
    text = "See https://www.casino.example/win and www.pills.example, or mail us."
    assert "2 links stand in its texts." in reasons(prerequisites=text)
    assert "links" not in reasons("eve@greenwood.edu", prerequisites="See www.greenwood.edu for more.")


@pytest.mark.django_db
def test_the_same_text_for_three_schools_stands_out():
    for number in range(3):
        school = make_school(f"College {number}")
        last = make_submission(school, mailbox=known(f"jo{number}@gmail.com"), prerequisites=TEXT)
    assert "The same text under “Prerequisites” was sent for 3 schools." in last.risk_reasons
    short = "A high school diploma."
    for number in range(3):
        school = make_school(f"Institute {number}")
        last = make_submission(school, mailbox=known(f"ann{number}@gmail.com"), prerequisites=short)
    assert "same text" not in " ".join(last.risk_reasons)


@pytest.mark.django_db
def test_a_number_far_from_the_federal_one_stands_out():
    school = make_school(directory=SITE)
    figures = {"cip": "51.0713", "year": 2023, "tuition": 12_000, "months": 10, "since": 1, "size_rank": 1}
    TuitionRow.objects.create(school=school, file=make_file("tuition", "IC2023_PY"), **figures)
    mailbox = known("jo@greenwood.edu")
    near = make_submission(school, mailbox=mailbox, tuition={"amount": 4_000, "year": 2026}, months=30)
    far = make_submission(school, mailbox=mailbox, tuition={"amount": 3_999, "year": 2026})
    assert near.risk_reasons == []
    assert far.risk_reasons == ["Tuition 51.0713.21 is over 3 times away from the federal value."]


@pytest.mark.django_db
def test_a_new_mailbox_that_sends_much_stands_out():
    mailbox = make_mailbox("jo@greenwood.edu")
    school = make_school(directory=SITE)
    sent = [make_submission(school, mailbox=mailbox, months=number) for number in range(3, 8)]
    assert "A new mailbox that sent 5 times within a day." in sent[-1].risk_reasons
    assert "sent 4 times" not in " ".join(sent[-2].risk_reasons)


@pytest.mark.django_db
def test_everything_at_once_is_a_hundred_and_still_waits_for_a_person():
    text = f"{TEXT} https://a.example www.b.example"
    for number in range(2):
        make_submission(make_school(f"College {number}"), mailbox=known("a@b.org"), prerequisites=text)
    made = make_submission(
        make_school(directory=SITE), mailbox=make_mailbox("info@greenw00d.edu"), prerequisites=text
    )
    assert (made.risk, made.state) == (100, Submission.State.WAITING)
    assert made.risk >= HIGH
    assert len(made.risk_reasons) > 4
    assert all(weight > 0 for weight, _sign in SIGNS)


@pytest.mark.django_db
def test_what_nobody_is_known_to_have_sent_has_no_reasons():
    made = make_submission(make_school(), given=(Entry(PROGRAM, "months", 9),))
    made.mailbox = None
    assert assess(made) == (0, [])


@pytest.mark.parametrize(
    ("domain", "host", "is_alike"),
    [
        ("exarnple.edu", "example.edu", True),
        ("examp1e.edu", "example.edu", True),
        ("xn--exmple-4nf.edu", "example.edu", True),
        ("example.com", "example.edu", True),
        ("exam-ple.edu", "example.edu", True),
        ("example.edu.evil.org", "example.edu", True),
        ("exampel.edu", "example.edu", False),
        ("exmple.edu", "example.edu", True),
        ("examples.edu", "example.edu", True),
        ("exanple.edu", "example.edu", True),
        ("example.edu", "example.edu", False),
        ("mail.example.edu", "example.edu", False),
        ("example.edu", "nursing.example.edu", False),
        ("other.edu", "example.edu", False),
        ("osu.edu", "asu.edu", False),
        ("", "example.edu", False),
    ],
)
def test_a_domain_looks_like_another(domain, host, is_alike):
    assert looks_like(domain, host) is is_alike
