"""F38: the mail server is down, slow, refuses one recipient, hangs up: nothing is sent twice."""

import smtplib
import socket
from datetime import UTC, datetime, timedelta

import pytest

from content.lib import careful_smtp
from listings.models import Letter, Mailbox, MailKey
from listings.models.letter import GIVEN_UP_AFTER, pause
from listings.submissions import letters
from tasks import submissions
from tests.faults.mail_server import mail_server
from tests.listings.submissions.sent import make_mailbox
from tests.listings.submissions.test_send_letters import BAD_ADDRESSES

pytestmark = pytest.mark.django_db

State = Letter.State
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def write(address="registrar@school.edu", event="submission:1:received", **more):
    return letters.write(
        make_mailbox(address), event, subject="We have it", text="Thank you.", at=NOW, **more
    )


def run(at=NOW):
    counts = submissions.send_letters(lambda: None, at)
    return {state: number for state, number in counts.items() if number}


def use(settings, port, **options):
    settings.MAILERS = {
        "default": {
            "BACKEND": f"{careful_smtp.__name__}.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 0.3, **options},
        }
    }


@pytest.fixture
def closed_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_down_it_waits_a_minute_then_twice_as_long_and_is_given_up_after_a_day(settings, closed_port):
    use(settings, closed_port)
    letter = write()
    at, waits = NOW, []
    while letter.state == State.WAITING:
        run(at)
        letter.refresh_from_db()
        waits.append(letter.next_try_at - at)
        at = letter.next_try_at
    assert letter.state == State.GIVEN_UP
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert timedelta(hours=20) < sum(waits, timedelta()) <= GIVEN_UP_AFTER
    assert "refused" in letter.error.lower()
    assert not MailKey.objects.exists()
    assert run(at + timedelta(days=1)) == {}


def test_no_pause_is_longer_than_four_hours():
    assert max(filter(None, map(pause, range(1, 20)))) == timedelta(hours=4)


def test_down_the_others_are_not_made_to_wait(settings, closed_port):
    use(settings, closed_port)
    first, second = write(), write(event="submission:2:received")
    assert run() == {State.WAITING: 1}
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)
    with mail_server() as server:
        use(settings, server.port)
        assert run(NOW + timedelta(seconds=15)) == {State.SENT: 1}
        assert run(LATER) == {State.SENT: 1}
        assert len(server.taken) == 2


@pytest.mark.parametrize("step", ["hello", "ehlo", "mail", "rcpt"])
def test_slow_before_the_text_it_is_tried_again_and_comes_once(settings, step):
    letter = write(key=MailKey.Purpose.OPEN)
    with mail_server() as server:
        server.pause[step] = 0.6
        if step == "ehlo":
            server.pause["helo"] = 0.6
        use(settings, server.port)
        assert run() == {State.WAITING: 1}
        assert not MailKey.objects.exists()
        server.pause.clear()
        assert run(LATER) == {State.SENT: 1}
        assert len(server.taken) == 1
    letter.refresh_from_db()
    assert (letter.attempts, letter.sent_at) == (2, LATER)


def test_slow_after_the_text_it_is_never_sent_again(settings):
    write()
    with mail_server() as server:
        server.pause["text"] = 0.6
        use(settings, server.port)
        assert run() == {State.PERHAPS: 1}
        server.pause.clear()
        for minutes in (1, 10, 10_000):
            assert run(NOW + timedelta(minutes=minutes)) == {}
        assert len(server.read) == 1


def test_taken_and_hung_up_without_a_word_it_is_never_sent_again(settings):
    letter = write()
    with mail_server(text=None) as server:
        use(settings, server.port)
        assert run() == {State.PERHAPS: 1}
        assert run(LATER) == {}
        assert len(server.read) == 1
    letter.refresh_from_db()
    assert letter.get_state_display().startswith("Perhaps sent")


def test_taken_and_hung_up_it_is_sent(settings):
    write()
    write(event="submission:2:received")
    with mail_server(after="close") as server:
        use(settings, server.port)
        assert run() == {State.SENT: 2}
        assert len(server.taken) == 2


def test_slow_to_say_goodbye_it_is_sent(settings):
    write()
    with mail_server() as server:
        server.pause["quit"] = 0.6
        use(settings, server.port)
        assert run() == {State.SENT: 1}
        assert run(LATER) == {}
        assert len(server.taken) == 1


def test_one_refused_recipient_keeps_nobody_else_from_a_mail(settings):
    gone = write("gone@school.edu", "submission:1:received", key=MailKey.Purpose.OPEN)
    write("here@school.edu", "submission:2:received")

    def rcpt(session):
        return "550 5.1.1 <gone@school.edu> unknown" if "gone" in session.line else "250 fine"

    with mail_server(rcpt=rcpt) as server:
        use(settings, server.port)
        assert run() == {State.REFUSED: 1, State.SENT: 1}
        assert run(NOW + timedelta(days=1)) == {}
        assert [mail["To"] for mail in server.taken] == ["here@school.edu"]
    gone.refresh_from_db()
    assert gone.error == "550 5.1.1 <(the address)> unknown"
    assert not MailKey.objects.exists()


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"rcpt": "450 later"}, State.WAITING),
        ({"mail": "451 later"}, State.WAITING),
        ({"data": "451 later"}, State.WAITING),
        ({"text": "452 full"}, State.WAITING),
        ({"hello": "421 busy"}, State.WAITING),
        ({"mail": "530 log in first"}, State.WAITING),  # of the site's own making: not the letter's fault
        ({"rcpt": "550 nobody"}, State.REFUSED),
        ({"text": "554 spam"}, State.REFUSED),
    ],
)
def test_what_the_server_says_decides(settings, answers, state):
    letter = write()
    with mail_server(**answers) as server:
        use(settings, server.port)
        run()
        assert server.taken == []
    letter.refresh_from_db()
    assert letter.state == state
    assert letter.error[:3].isdigit()


def test_a_second_copy_could_be_told_from_a_second_letter(settings):
    write()
    with mail_server(text="451 later") as server:
        use(settings, server.port)
        run()
        server.answers.clear()
        run(LATER)
        first, second = server.read
        assert first["Message-ID"] == second["Message-ID"]
        assert first["Message-ID"].startswith("<")


def test_a_worker_that_died_after_handing_over_leaves_it_perhaps_sent(settings):
    letter = write()
    claimed = Letter.objects.claim(letter.pk, at=NOW)
    assert claimed.hand_over(at=NOW)
    with mail_server() as server:
        use(settings, server.port)
        assert run(NOW + timedelta(seconds=settings.JOB_LEASE - 1)) == {}
        assert run(NOW + timedelta(seconds=settings.JOB_LEASE)) == {State.PERHAPS: 1}
        assert run(NOW + timedelta(days=2)) == {}
        assert server.read == []


def test_a_worker_that_died_before_leaves_it_to_the_next(settings):
    letter = write()
    assert Letter.objects.claim(letter.pk, at=NOW)
    assert Letter.objects.claim(letter.pk, at=NOW) is None
    with mail_server() as server:
        use(settings, server.port)
        assert run(NOW + timedelta(seconds=settings.JOB_LEASE)) == {State.SENT: 1}


def test_a_claim_that_ran_out_hands_nothing_over():
    letter = write()
    slow = Letter.objects.claim(letter.pk, at=NOW)
    assert Letter.objects.claim(letter.pk, at=NOW + timedelta(hours=1))
    assert not slow.hand_over(at=NOW + timedelta(hours=1))


def test_tls_is_spoken_where_the_address_says_so():
    kinds = [
        careful_smtp.EmailBackend(alias="default", host="127.0.0.1", use_ssl=use_ssl).connection_class
        for use_ssl in (False, True)
    ]
    assert [issubclass(kind, smtplib.SMTP_SSL) for kind in kinds] == [False, True]
    assert all(issubclass(kind, careful_smtp.Careful) for kind in kinds)


@pytest.mark.parametrize("address", [each for each in BAD_ADDRESSES if "\0" not in each])
def test_a32_an_address_torn_in_its_row_brings_no_second_recipient(settings, address):
    mailbox = Mailbox.objects.create(address=address, canonical=address)
    letter = letters.write(mailbox, "torn", subject="We have it", text="Thank you.", at=NOW)
    with mail_server() as server:
        use(settings, server.port)
        run()
        assert not any("victim" in line for line in server.recipients)
        assert len(server.recipients) <= 1
        assert all(mail["Bcc"] is None for mail in server.taken)
    letter.refresh_from_db()
    assert letter.state in (State.REFUSED, State.SENT)
