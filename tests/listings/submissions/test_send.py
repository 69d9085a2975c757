"""Whatever way something is sent: what no form would let through is refused, the same sent twice is one."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from content.lib.clock import database_now
from listings.models import Letter, MailKey, Submission
from listings.submissions.keys import KeyRefused, enter, look
from listings.submissions.post import send_due
from listings.submissions.sending import FROM_ONE, Entry, TooMany
from tests.build import make_school
from tests.listings.submissions.sent import PROGRAM, fields_of, make_mailbox, make_submission

pytestmark = pytest.mark.django_db
Purpose = MailKey.Purpose


@pytest.mark.parametrize(
    "entry",
    [
        Entry(PROGRAM, "months", 0),
        Entry(PROGRAM, "months", "nine"),
        Entry(PROGRAM, "status", "approved"),
        Entry(PROGRAM, "name", "A school's field on a program"),
        Entry("", "months", 9),
        Entry("51.0713.99", "months", 9),
        Entry("11.0101.21", "months", 9),
        Entry("../../etc", "months", 9),
    ],
)
def test_what_no_form_lets_through_is_refused(entry):
    with pytest.raises(ValidationError):
        make_submission(make_school(), given=(entry,))
    assert not Submission.objects.exists()


def test_the_same_sent_again_is_one_with_one_letter():
    school = make_school()
    first = make_submission(school, is_proven=False, months=9)
    second = make_submission(school, is_proven=False, months=9)
    assert (first.pk, first.state) == (second.pk, Submission.State.UNCONFIRMED)
    assert Letter.objects.count() == 1


def test_the_same_sent_again_after_its_link_is_over_brings_another_link():
    school, now = make_school(), database_now()
    for days in (0, 0, 2, 2):
        make_submission(school, is_proven=False, at=now + timedelta(days=days), months=9)
        send_due(lambda: None, now + timedelta(days=days))
    sent = Submission.objects.get()
    assert sent.letters.count() == len(mail.outbox) == 2
    assert sent.keys.usable(now + timedelta(days=2)).count() == 1


def test_a_key_confirms_once_and_only_what_it_is_for():
    sent = make_submission(make_school(), is_proven=False, months=9)
    token = MailKey.hand_out(Purpose.CONFIRM, sent.mailbox, sent)
    assert token not in str(MailKey.objects.values())
    for other in (Purpose.OPEN, Purpose.END_REMINDERS):
        with pytest.raises(KeyRefused, match="unknown"):
            enter(token, other)
    assert look(token, Purpose.CONFIRM).submission == sent
    enter(token, Purpose.CONFIRM)
    sent.refresh_from_db()
    assert (sent.state, sent.mailbox.proven_at is not None) == (Submission.State.WAITING, True)
    with pytest.raises(KeyRefused, match="used"):
        enter(token, Purpose.CONFIRM)
    assert Letter.objects.filter(event__endswith=":received").count() == 1


def test_a_key_is_over_after_a_day():
    sent = make_submission(make_school(), is_proven=False, months=9)
    token = MailKey.hand_out(Purpose.CONFIRM, sent.mailbox, sent)
    with pytest.raises(KeyRefused, match="over"):
        enter(token, Purpose.CONFIRM, at=database_now() + timedelta(hours=24, seconds=1))
    assert fields_of(sent)["months"].state == "waiting"


def test_one_mailbox_gets_three_letters_a_day_that_anybody_may_cause():
    school = make_school()
    for number, tag in enumerate(("", "+one", "+two", "+three", "+four"), 1):
        mailbox = make_mailbox(f"registrar{tag}@school.edu")
        make_submission(school, mailbox=mailbox, is_proven=False, months=number)
    assert (Submission.objects.count(), Letter.objects.count()) == (5, 3)


def test_one_network_sends_so_much_a_day():
    school = make_school()
    for number in range(1, FROM_ONE[1] + 1):
        make_submission(school, mailbox=make_mailbox(f"a{number}@school.edu"), months=number)
    with pytest.raises(TooMany):
        make_submission(school, mailbox=make_mailbox("other@school.edu"), months=99)


def test_the_same_sent_again_while_it_waits_brings_a_link_to_its_page():
    school = make_school()
    first = make_submission(school, months=9)
    again = make_submission(school, is_proven=False, months=9)
    assert again == first
    link = Letter.objects.get(event__startswith="link:")
    assert (link.key_purpose, Submission.objects.count()) == (Purpose.OPEN, 1)
