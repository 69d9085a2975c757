"""The nightly reminders: each once, to whoever takes them, and nothing after the end."""

from datetime import timedelta

import pytest

from content.lib.clock import database_now
from listings.models import Claim, Letter, Mailbox, MailKey, Statement, Submission
from listings.opening import open_program
from listings.statements import put
from listings.submissions import claims, drafts, letters
from listings.submissions.deciding import Decision, answer, decide
from tasks import submissions
from tests.build import make_school
from tests.listings.submissions.sent import fields_of, make_mailbox, make_moderator, make_submission

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def now():
    return database_now()


@pytest.fixture
def school():
    return make_school("Alpha School")


@pytest.fixture
def mailbox(now):
    made = make_mailbox()
    Mailbox.objects.filter(pk=made.pk).update(proven_at=now)
    made.refresh_from_db()
    return made


def remind(at):
    return {kind: number for kind, number in submissions.remind(lambda: None, at).items() if number}


def send(at):
    return submissions.send_letters(lambda: None, at)


def reminders():
    return Letter.objects.filter(is_reminder=True)


def test_what_nobody_confirmed_is_asked_for_once_more(school, now, mailoutbox):
    make_submission(school, is_proven=False)
    send(now + HOUR)
    assert remind(now + 19 * HOUR) == {}
    assert remind(now + 21 * HOUR) == {"to_confirm": 1}
    assert [remind(now + days * DAY) for days in (1, 2, 29)] == [{}, {}, {}]
    (letter,) = reminders()
    assert letter.key_purpose == MailKey.Purpose.CONFIRM
    send(now + DAY)
    assert "/for-schools/confirm/" in mailoutbox[-1].body
    assert "/for-schools/reminders/" in mailoutbox[-1].body


def test_nobody_is_reminded_of_a_mail_that_did_not_go_out_yet(school, now):
    make_submission(school, is_proven=False)
    assert remind(now + DAY) == {}


def test_a33_who_never_answered_gets_three_letters_a_day_at_most_with_reminders(school, now):
    mailbox = make_mailbox()
    for months in range(1, 7):
        make_submission(school, mailbox=mailbox, is_proven=False, months=months)
        drafts.save({"months": months}, mailbox=mailbox, kind="update", school=school, at=now)
    send(now)
    for night in range(1, 40):
        at = now + night * DAY
        remind(at)
        send(at)
    for letter in Letter.objects.all():
        day = Letter.objects.filter(written_at__gt=letter.written_at - DAY, written_at__lte=letter.written_at)
        assert day.count() <= 3


def test_a_draft_untouched_for_two_weeks_is_recalled_once(school, mailbox, now):
    draft = drafts.save({"months": "1"}, mailbox=mailbox, kind="update", school=school, at=now)
    drafts.save(
        {"months": "2"}, mailbox=mailbox, kind="update", school=school, draft=draft, version=1, at=now + DAY
    )
    assert remind(now + 14 * DAY) == {}
    assert remind(now + 15 * DAY + HOUR) == {"drafts": 1}
    assert remind(now + 16 * DAY) == {}
    assert reminders().get().key_purpose == MailKey.Purpose.OPEN


def test_many_drafts_are_not_many_mails_in_one_night(school, mailbox, now):
    for months in range(3):
        drafts.save({"months": months}, mailbox=mailbox, kind="update", school=school, at=now)
    assert [remind(now + days * DAY) for days in (15, 16, 17, 18)] == [{"drafts": 1}] * 3 + [{}]


def test_what_was_returned_is_recalled_after_a_week_each_time_that_it_is_returned(school, mailbox, now):
    sent = make_submission(school, mailbox=mailbox, months=9)
    moderator = make_moderator()

    def give_back(at):
        row = fields_of(sent)["months"]
        decide(sent, Decision(version=sent.version, give_back={row.pk: "Nine?"}), by=moderator, at=at)

    give_back(now)
    assert remind(now + 6 * DAY) == {}
    assert remind(now + 8 * DAY) == {"returned": 1}
    assert remind(now + 9 * DAY) == {}
    answer(sent, version=sent.version, answers={fields_of(sent)["months"].pk: "Yes."}, at=now + 10 * DAY)
    assert remind(now + 20 * DAY) == {}
    give_back(now + 20 * DAY)
    assert remind(now + 28 * DAY) == {"returned": 1}
    assert remind(now + 29 * DAY) == {}


def claim_of(mailbox, school, now):
    claims.claim(school, mailbox=mailbox, note="I am the registrar.", at=now)
    claims.grant(Claim.objects.get(mailbox=mailbox, school=school), by=None, at=now)


def state(school, at):
    program = open_program(school, "51.0713", 21)
    return put(school=school, program=program, field="months", value=9, by=Statement.By.SCHOOL, at=at)


def test_once_a_year_one_mail_asks_of_all_schools_of_a_person(mailbox, school, now, mailoutbox):
    second, third = make_school("Beta School"), make_school("Gamma School")
    for each, when in ((school, now), (second, now + 30 * DAY), (third, now + 200 * DAY)):
        claim_of(mailbox, each, now)
        state(each, when)
    Letter.objects.all().delete()
    asked = [day for day in range(0, 800, 5) if remind(now + day * DAY)]
    first = now + asked[0] * DAY
    assert 351 <= asked[0] <= 360
    letter = Letter.objects.get(written_at=first)
    assert "- Alpha School\n- Beta School\n" in letter.text
    assert "Gamma" not in letter.text
    # The third school half a year later, and the first two again a year after they were asked.
    assert [551 <= asked[1] <= 560, 700 <= asked[2] <= 720, len(asked)] == [True, True, 3]
    send(first)
    assert "/for-schools/my/" in mailoutbox[-1].body
    assert mailoutbox[-1].extra_headers["List-Unsubscribe"]


def test_what_was_confirmed_is_not_asked_for(mailbox, school, now):
    claim_of(mailbox, school, now)
    old = state(school, now)
    Letter.objects.all().delete()
    put(school=school, program=old.program, field="months", value=9, by="school", at=now + 340 * DAY)
    assert remind(now + 360 * DAY) == {}


def test_only_who_speaks_for_the_school_is_asked(mailbox, school, now):
    claims.claim(school, mailbox=mailbox, note="I am the registrar.", at=now)
    state(school, now)
    assert remind(now + 360 * DAY) == {}


def test_after_the_end_no_reminder_is_written(mailbox, school, now):
    claim_of(mailbox, school, now)
    state(school, now)
    drafts.save({}, mailbox=mailbox, kind="update", school=school, at=now)
    make_submission(school, mailbox=mailbox, is_proven=False, months=3)
    send(now)
    Mailbox.objects.update(reminders_ended_at=now)
    assert remind(now + 20 * DAY) == remind(now + 360 * DAY) == {}
    assert letters.ask_for_link(mailbox, at=now + 20 * DAY)


def test_a_reminder_written_before_the_end_is_not_sent_after_it(school, mailbox, now, mailoutbox):
    drafts.save({}, mailbox=mailbox, kind="update", school=school, at=now)
    remind(now + 15 * DAY)
    Mailbox.objects.update(reminders_ended_at=now + 15 * DAY)
    send(now + 15 * DAY)
    assert mailoutbox == []
    assert reminders().get().state == Letter.State.STOPPED


def test_nobody_who_left_is_reminded(school, mailbox, now):
    sent = make_submission(school, mailbox=mailbox, months=9)
    row = fields_of(sent)["months"]
    decide(sent, Decision(version=sent.version, give_back={row.pk: "Nine?"}), by=make_moderator(), at=now)
    Submission.objects.update(mailbox=None)
    assert remind(now + 30 * DAY) == {}
