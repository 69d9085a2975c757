"""Reminders end by one click, in a browser or by the mail program itself."""

import pytest
from django.test import Client

from listings.models import Mailbox, MailKey
from tests.listings.submissions.sent import make_mailbox
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox():
    return make_mailbox()


@pytest.fixture
def address(mailbox):
    return f"/for-schools/reminders/{MailKey.hand_out(MailKey.Purpose.END_REMINDERS, mailbox)}/"


def ended():
    return Mailbox.objects.get().reminders_ended_at


def test_a_look_ends_nothing_and_the_button_does(client, address):
    for method in (client.get, client.head):
        assert method(address).status_code == 200
    page = Page(client, address)
    assert page.text("h1") == "End reminders"
    assert "school.edu" not in page.text()
    assert ended() is None
    assert Page.of(client.post(address)).text("h1") == "You get no more reminders"
    first = ended()
    assert first
    assert Page.of(client.post(address)).text("h1") == "You get no more reminders"
    assert ended() == first


def test_a_mail_program_ends_them_without_a_cookie(address):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert ended()
    assert not strict.cookies


def test_a77_no_guess_ends_anybodys_and_it_opens_nothing(client, mailbox, address):
    for guess in (str(mailbox.pk), "1", mailbox.address, address.split("/")[-2][:-1]):
        assert client.post(f"/for-schools/reminders/{guess}/").status_code == 404
    assert ended() is None
    client.post(address)
    assert "sessionid" not in client.cookies
    mailbox.refresh_from_db()
    assert mailbox.proven_at is None
