"""Mails to schools: what goes out, to whom, and which links it holds."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from content.lib.clock import database_now
from listings.models import Letter, Mailbox, MailKey, Submission
from listings.submissions import keys, letters, mailboxes
from listings.submissions.post import deliver
from tasks import runs, submissions
from tasks.models import JobRun
from tests.build import make_school
from tests.content.workflow.people import logged_in, make_editor
from tests.listings.submissions.sent import make_mailbox, make_submission

pytestmark = pytest.mark.django_db

State, Purpose = Letter.State, MailKey.Purpose
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def write(event="submission:1:received", *, mailbox=None, subject="We have it", text="Thank you.", **more):
    return letters.write(mailbox or make_mailbox(), event, subject=subject, text=text, at=NOW, **more)


def run(at=NOW):
    return submissions.send_letters(lambda: None, at)


def html_of(mail):
    ((html, kind),) = mail.alternatives
    assert kind == "text/html"
    return html


def tokens_of(mail, path):
    return re.findall(rf"{path}([-\w]{{20,}})/", mail.body)


def test_it_goes_to_the_one_address_as_text_and_as_html(mailoutbox):
    write(text="Thank you.\n\nWe look at <it> & answer.")
    assert run()[State.SENT] == 1
    (mail,) = mailoutbox
    assert mail.recipients() == ["registrar@school.edu"]
    assert (mail.cc, mail.bcc, mail.reply_to) == ([], [], [])
    assert "We look at <it> & answer." in mail.body
    assert "<p>We look at &lt;it&gt; &amp; answer.</p>" in html_of(mail)
    assert Letter.objects.get().sent_at == NOW


def test_no_mail_calls_for_anything_from_elsewhere(mailoutbox):
    write(key=Purpose.OPEN, is_reminder=True)
    run()
    html = html_of(mailoutbox[0])
    assert not re.search(r"<img|<link|<script|<style|src=|url\(|@import", html)
    assert 'name="color-scheme" content="light dark"' in html


def test_it_says_that_a_machine_wrote_it(mailoutbox):
    write()
    run()
    headers = mailoutbox[0].message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"] is None
    assert len(headers.get_all("To")) == len(headers.get_all("Message-ID")) == 1


def test_the_link_stands_in_the_mail_and_nowhere_else(mailoutbox, caplog):
    caplog.set_level("DEBUG")
    write(key=Purpose.OPEN)
    run()
    (token,) = set(tokens_of(mailoutbox[0], "/for-schools/my/"))
    assert token in html_of(mailoutbox[0])
    assert len(token) == 32
    assert keys.look(token, Purpose.OPEN, at=NOW).mailbox.address == "registrar@school.edu"
    rows = [*Letter.objects.values_list(), *MailKey.objects.values_list(), *JobRun.objects.values_list()]
    assert token not in repr(rows)
    assert token not in caplog.text


def test_a_reminder_can_be_ended_from_the_mail_itself(mailoutbox):
    write(key=Purpose.OPEN, is_reminder=True)
    run()
    headers = mailoutbox[0].message()
    (token,) = set(tokens_of(mailoutbox[0], "/for-schools/reminders/"))
    assert headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000/for-schools/reminders/{token}/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    keys.end_reminders(token, at=NOW)
    assert Mailbox.objects.get().reminders_ended_at == NOW


def test_after_the_end_no_reminder_goes_out_and_the_other_letters_do(mailoutbox):
    write("a", is_reminder=True)
    write("b")
    Mailbox.objects.update(reminders_ended_at=NOW)
    run()
    assert list(Letter.objects.order_by("event").values_list("state", flat=True)) == ["stopped", "sent"]
    assert len(mailoutbox) == 1


def test_the_newest_mail_alone_opens_something(mailoutbox):
    sent = make_submission(make_school(), is_proven=False)
    at = NOW + DAY * 1000  # the letter was written just now
    run(at)
    letters.again(Letter.objects.get(), at=at)
    run(at)
    first, second = (tokens_of(mail, "/for-schools/confirm/")[0] for mail in mailoutbox)
    with pytest.raises(keys.KeyRefused, match="over"):
        keys.look(first, Purpose.CONFIRM, at=at)
    assert keys.look(second, Purpose.CONFIRM, at=at).submission == sent


def test_every_mail_ever_sent_can_end_reminders(mailoutbox):
    write("a", is_reminder=True)
    write("b", is_reminder=True)
    run()
    for mail in mailoutbox:
        assert keys.end_reminders(tokens_of(mail, "/for-schools/reminders/")[0], at=NOW + DAY * 500)


def test_an_editor_sends_a_letter_again_which_is_another_letter(mailoutbox):
    letter = write(key=Purpose.OPEN)
    assert letters.again(letter, at=NOW) is None  # it is not sent yet
    run()
    again = letters.again(letter, at=NOW)
    assert letters.again(again, at=NOW) is None
    run()
    first, second = (mail.message()["Message-ID"] for mail in mailoutbox)
    assert first != second
    for _ in range(2):
        assert letters.again(letter, at=NOW)
        run()
    assert letters.again(letter, at=NOW) is None
    assert letters.again(letter, at=NOW + DAY).event == "submission:1:received:again:4"


def test_f38_a_moderator_sends_again_by_the_list_and_nobody_else_does(mailoutbox):
    letter = write(key=Purpose.OPEN)
    run()
    chosen = {"action": "send_again", "_selected_action": [letter.pk]}
    address = reverse("admin:listings_letter_changelist")
    assert logged_in(make_editor("Author")).post(address, chosen).status_code == 403
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_letter"))
    logged_in(viewer).post(address, chosen)
    assert Letter.objects.count() == 1
    for _ in range(2):
        answer = logged_in(make_editor("Reviewer", f"reviewer{_}")).post(address, chosen, follow=True)
    assert "0 of 1 letters go out again" in answer.content.decode()
    assert "The others wait to be sent" in answer.content.decode()
    run(database_now())
    assert len(mailoutbox) == Letter.objects.count() == 2


BAD_ADDRESSES = [
    "a@b.com\r\nBcc: victim@example.org",
    "a@b.com\nBcc: victim@example.org",
    '"x\n"@b.com',
    "a%0ab@b.com",
    "a@b.com%0aBcc:victim@example.org",
    "a@b.com, victim@example.org",
    "a@b.com;victim@example.org",
    "a@b.com victim@example.org",
    "<a@b.com>",
    "a@b.com\x00",
    "a@b.com\u2028Bcc: victim@example.org",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a32_an_address_adds_no_header_and_no_recipient(address):
    with pytest.raises(mailboxes.ValidationError, match="Write the address as in"):
        mailboxes.mailbox_of(address)


@pytest.mark.parametrize(
    "name", ["A\r\nBcc: v@example.org", "A\nB", "A\u2028B", "A\x0bB", "A\x00B", "A\u202eB"]
)
def test_a32_a_name_in_a_subject_adds_no_header(name, mailoutbox):
    letter = write(subject=f"We have {name}")
    run()
    (mail,) = mailoutbox
    assert mail.message()["Bcc"] is None
    assert mail.recipients() == ["registrar@school.edu"]
    assert letter.subject.isprintable()


def test_a32_a_subject_torn_in_its_row_is_refused_and_holds_up_nobody(mailoutbox):
    write("a")
    write("b")
    Letter.objects.filter(event="a").update(subject="A\nBcc: v@example.org")
    run()
    assert list(Letter.objects.order_by("event").values_list("state", flat=True)) == ["refused", "sent"]
    assert len(mailoutbox) == 1


def test_one_event_is_one_letter():
    assert write()
    assert write() is None


def test_two_workers_send_it_once(mailoutbox):
    letter = write()
    mine = Letter.objects.claim(letter.pk, at=NOW)
    assert Letter.objects.claim(letter.pk, at=NOW) is None
    deliver(mine, at=NOW)
    run()
    assert len(mailoutbox) == 1


def test_the_timetable_asks_for_it_only_while_something_is_due():
    letter = write()
    assert not submissions.some_letters_due(NOW - DAY)
    assert submissions.some_letters_due(NOW)
    runs.plan(at=NOW)
    assert JobRun.objects.filter(job="send_letters").exists()
    run()
    assert not submissions.some_letters_due(NOW + DAY)
    Letter.objects.filter(pk=letter.pk).update(state=State.WAITING)  # torn: handed over, never settled
    Letter.objects.filter(pk=letter.pk).update(claimed_until=NOW)
    assert submissions.some_letters_due(NOW)


def test_f03_a_submission_is_stored_with_its_letter_and_needs_no_broker(mailoutbox):
    sent = make_submission(make_school(), is_proven=False)
    assert sent.state == Submission.State.UNCONFIRMED
    submissions.send_letters(lambda: None, None)
    (mail,) = mailoutbox
    (token,) = set(tokens_of(mail, "/for-schools/confirm/"))
    keys.enter(token, Purpose.CONFIRM)
    sent.refresh_from_db()
    assert sent.state == Submission.State.WAITING
    submissions.send_letters(lambda: None, None)
    assert [sent.reference in mail.subject for mail in mailoutbox] == [True, True]
