"""Many at once: of two with one key one enters, and fifty requests for a link cause three mails."""

import pytest
from django.test import Client

from listings.models import Attempt, Letter, Mailbox, Submission
from listings.submissions import limits
from listings.submissions.letters import TO_ONE
from tests.at_once import at_once, shared_database  # noqa: F401
from tests.build import make_school
from tests.listings.submissions.sent import make_mailbox, make_submission
from tests.listings.submissions.visiting import ask_for_link, confirm_key, open_key, stamped

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]


@pytest.mark.parametrize("make", [confirm_key, lambda sent: open_key(sent.mailbox)])
def test_a29_of_two_that_use_one_key_one_enters(make):
    sent = make_submission(make_school(), is_proven=False)
    link = make(sent)
    answers = at_once(2, lambda _: Client().post(link))
    assert sorted(answer.status_code for answer in answers) == [302, 410]
    assert sum("sessionid" in answer.cookies for answer in answers) == 1
    sent.refresh_from_db()
    if make is confirm_key:
        assert (sent.state, sent.version) == (Submission.State.WAITING, 2)
        assert Letter.objects.filter(event__endswith=":received").count() == 1


def test_a33_fifty_that_ask_for_one_mailbox_cause_three_mails():
    answers = at_once(
        50, lambda number: ask_for_link(Client(), "ann@school.edu", REMOTE_ADDR=f"10.0.0.{number}")
    )
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/for-schools/link/?sent=1")
    }
    assert (Mailbox.objects.count(), Letter.objects.count()) == (1, TO_ONE[1])


def test_a33_fifty_spellings_of_one_mailbox_at_once_cause_three_mails():
    at_once(
        50, lambda number: ask_for_link(Client(), f"a+{number}@school.edu", REMOTE_ADDR=f"10.0.0.{number}")
    )
    assert Letter.objects.count() == TO_ONE[1]


def test_a33_fifty_of_one_network_at_once_cause_no_more_than_its_limit():
    most = limits.MOST[limits.Kind.MAIL][1]
    answers = at_once(50, lambda number: ask_for_link(Client(), f"a{number}@school.edu"))
    assert {answer.status_code for answer in answers} <= {302, 429}
    assert Letter.objects.count() == sum(answer.status_code == 302 for answer in answers) <= most
    assert Attempt.objects.count() <= most


def test_two_clicks_that_confirm_on_the_page_are_one():
    mailbox = make_mailbox()
    sent = make_submission(make_school(), mailbox=mailbox, is_proven=False)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post(open_key(mailbox))
    path = f"/for-schools/my/sent/{sent.reference}/"
    answers = at_once(2, lambda number: browsers[number].post(path, stamped("x", do="confirm")))
    assert {answer.status_code for answer in answers} == {302}
    assert sent.events.count() == 2
    assert Letter.objects.filter(event__endswith=":received").count() == 1
