"""F03, F38: letters to schools while broker, mail server or worker are gone: each goes out once."""

import contextlib
import time

import pytest

from tests.faults.mail_server import mail_server
from tests.proof import count
from tests.services.site import LEASE, START, wait_for

pytestmark = [pytest.mark.services, pytest.mark.slow]

MANY = count(1000)
# What visitors cause, through the functions that their forms call.
SENT_BY_SCHOOLS = """
import sys
from listings.models import School, Submission
from listings.submissions.mailboxes import mailbox_of
from listings.submissions.sending import Entry, Parcel, Sender, send
school = School.objects.create(slug="alpha", name="Alpha School", city="Dayton", state="OH")
for number in range({many}):
    mailbox = mailbox_of(f"registrar{{number}}@school.edu")
    entries = (Entry("51.0713.21", "months", 9),)
    parcel = Parcel(kind=Submission.Kind.UPDATE, school=school, entries=entries)
    send(parcel, Sender(mailbox, f"network {{number}}", is_proven=False))
"""


def send_in(site, many):
    site.manage("shell", "--no-imports", "-c", SENT_BY_SCHOOLS.format(many=many))


def mails_to(site, server):
    # The port of a closed server: nobody listens there until a test opens it.
    site.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"


def states(site):
    rows = site.query("SELECT state, count(*) FROM listings_letter GROUP BY state")
    return dict(rows)


def ids(server):
    return [mail["Message-ID"] for mail in server.read]


def let_all_be_due(site):
    """Letters that failed wait a minute or more; a test does not."""
    site.query("UPDATE listings_letter SET next_try_at = written_at WHERE state = 'waiting'")


def test_f03_f38_all_is_stored_while_broker_and_mail_server_are_down_and_goes_out_once_after(site):
    with mail_server(hello="421 closed") as server:
        mails_to(site, server)
        if "REDIS_URL" in site.environment:
            site.environment["REDIS_URL"] = "redis://127.0.0.1:1/0"
        send_in(site, MANY)
        assert states(site) == {"waiting": MANY}
        site.manage("run_job", "send_letters", good=False)
        assert states(site) == {"waiting": MANY}
        assert server.read == []
        server.answers.clear()
        let_all_be_due(site)
        for _two_that_race in range(2):
            site.start("manage", "run_job", "send_letters")
        deadline = time.monotonic() + START + MANY
        while states(site) != {"sent": MANY} and time.monotonic() < deadline:
            site.manage("run_job", "send_letters", good=False)
        assert states(site) == {"sent": MANY}
        assert len(server.taken) == len(set(ids(server))) == MANY
        assert len({mail["To"] for mail in server.taken}) == MANY


def test_f38_a_worker_killed_in_the_middle_of_sending_sends_nothing_twice(site):
    many = 12
    with mail_server() as server:
        mails_to(site, server)
        server.pause["text"] = 0.5  # so that the kill meets a mail whose text was read and not yet answered
        send_in(site, many)
        worker = site.worker("-B")
        wait_for(lambda: len(server.read) >= 3, seconds=START + 30)
        site.kill(worker)
        after_the_kill = len(server.read)
        assert 3 <= after_the_kill < many
        server.pause.clear()
        site.worker("-B")
        wait_for(lambda: "waiting" not in states(site), seconds=START + 60 + 4 * LEASE)
        found = states(site)
        assert found.get("perhaps", 0) <= 1
        assert found["sent"] + found.get("perhaps", 0) == many
        assert len(ids(server)) == len(set(ids(server)))
        assert many - 1 <= len(server.read) <= many


def test_f38_killed_again_and_again_nothing_is_sent_twice(site):
    many = 10
    with mail_server() as server:
        mails_to(site, server)
        server.pause["text"] = 0.2
        send_in(site, many)
        for kill in range(4):
            job = site.start("manage", "run_job", "send_letters")
            with contextlib.suppress(AssertionError):
                wait_for(lambda kill=kill: len(server.read) > 2 * kill, seconds=START)
            site.kill(job)
            # Another run may begin at once; the letter in hand is held until its lease ends.
            site.query("DELETE FROM tasks_jobrun")
        time.sleep(LEASE)
        server.pause.clear()
        let_all_be_due(site)
        site.manage("run_job", "send_letters")
        assert "waiting" not in states(site)
        assert len(ids(server)) == len(set(ids(server)))
        assert len(server.read) <= many
        assert states(site)["sent"] >= many - 4
