"""A link in a mail: looking at it changes nothing, its button opens the page, once."""

from datetime import timedelta

import pytest
from django.test import Client

from content.lib.clock import database_now
from listings.models import Attempt, Letter, Mailbox, MailKey, Submission
from listings.submissions.deciding import withdraw
from tests.build import make_school
from tests.listings.submissions.sent import make_mailbox, make_submission
from tests.listings.submissions.visiting import MY, confirm_key, open_key
from tests.reading import Page

pytestmark = pytest.mark.django_db
Purpose = MailKey.Purpose


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Mailbox, MailKey, Submission, Letter)]


def test_it_shows_what_was_sent_and_the_button_sends_it_on(client):
    sent = make_submission(make_school(), is_proven=False)
    page = Page(client, link := confirm_key(sent))
    assert "Did you send this?" in page.text("h1")
    assert "How it is taught Online Tuition $4,500 (2026)" in page.text()
    answer = client.post(link)
    assert (answer.status_code, answer["Location"]) == (302, f"{MY}sent/{sent.reference}/")
    sent.refresh_from_db()
    assert sent.state == Submission.State.WAITING
    assert Mailbox.objects.get().proven_at
    page = Page(client, answer["Location"])
    assert "Waits for an editor, who decides by" in page.text()
    assert sent.reference in page.text()


def test_a30_opening_it_changes_nothing_however_often(client):
    sent = make_submission(make_school(), is_proven=False)
    links = confirm_key(sent), open_key(sent.mailbox)
    before = everything()
    for link in links * 3:
        for method in (client.get, client.head, client.options):
            assert method(link).status_code in (200, 405)
    assert everything() == before
    assert "sessionid" not in client.cookies


def test_a40_without_its_token_the_button_does_nothing():
    strict = Client(enforce_csrf_checks=True)
    sent = make_submission(make_school(), is_proven=False)
    for link in (confirm_key(sent), open_key(sent.mailbox)):
        before = everything()
        assert strict.post(link).status_code == 403
        strict.get(link)
        token = strict.cookies["csrftoken"].value
        for origin in ("https://evil.example", "null"):
            answer = strict.post(link, {"csrfmiddlewaretoken": token}, HTTP_ORIGIN=origin)
            assert answer.status_code == 403
        assert everything() == before
    assert strict.post(link, {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.OPEN])
def test_a29_it_works_once_and_for_a_day(client, purpose):
    sent = make_submission(make_school(), is_proven=False)
    make = {Purpose.CONFIRM: lambda **named: confirm_key(sent, **named)}.get(
        purpose, lambda **named: open_key(sent.mailbox, **named)
    )
    link = make()
    assert client.post(link).status_code == 302
    for browser in (Client(), client):
        for method in (browser.get, browser.post):
            page = Page.of(method(link), status=410)
            assert page.text("h1") == "This link was used already"
            assert sent.reference not in page.html
            assert sent.mailbox.address not in page.html
    over = make(at=database_now() - timedelta(hours=24, seconds=1))
    for method in (Client().get, Client().post):
        page = Page.of(method(over), status=410)
        assert page.text("h1") == "This link is over"
        assert page.attribute("form input[name=address]", "type") == "email"
    young = make(at=database_now() - timedelta(hours=23, minutes=59))
    assert Client().get(young).status_code == 200


def test_a_key_of_what_was_withdrawn_opens_the_page_and_sends_nothing_on(client):
    sent = make_submission(make_school(), is_proven=False)
    link = confirm_key(sent)
    withdraw(sent)
    assert "Withdrawn" in Page.of(client.post(link, follow=True)).text()
    sent.refresh_from_db()
    assert (sent.state, sent.queued_at) == (Submission.State.WITHDRAWN, None)


@pytest.mark.parametrize("own", list(Purpose))
def test_a76_a_key_of_one_purpose_is_none_of_another(own):
    sent = make_submission(make_school(), is_proven=False)
    token = MailKey.hand_out(own, sent.mailbox, sent)
    doors = {
        Purpose.CONFIRM: f"/for-schools/confirm/{token}/",
        Purpose.OPEN: f"{MY}{token}/",
        Purpose.END_REMINDERS: f"/for-schools/reminders/{token}/",
    }
    before = everything()
    for purpose, door in doors.items():
        if purpose != own:
            for method in (Client().get, Client().post):
                assert method(door).status_code == 404, (own, purpose)
    for elsewhere in (f"/preview/{token}/", f"/admin/once/{token}/"):
        assert Client().get(elsewhere).status_code in (404, 410)
    assert everything() == before
    assert Client().post(doors[own]).status_code in (200, 302)


@pytest.mark.parametrize(
    "token", ["x", "c4ca4238a0", "a" * 32, "ä" * 32, "%00", "1' OR '1'='1", "a" * 5000, "..%2f..%2fadmin"]
)
def test_a27_what_was_never_handed_out_opens_nothing(client, token):
    open_key(make_mailbox())
    for door in ("/for-schools/confirm/", MY, "/for-schools/reminders/"):
        for method in (client.get, client.post):
            assert method(f"{door}{token}/").status_code == 404
    assert not Mailbox.objects.exclude(proven_at=None).exists()


def test_a27_ten_wrong_keys_an_hour_and_the_network_waits(client):
    link = open_key(make_mailbox())
    for number in range(10):
        door = ("/for-schools/confirm/", MY, "/for-schools/reminders/")[number % 3]
        assert client.get(f"{door}{'x' * 30}{number}/").status_code == 404
    for door in (link, f"{MY}{'x' * 32}/", "/for-schools/reminders/y/"):
        for method in (client.get, client.post):
            page = Page.of(method(door), status=429)
            assert "Come back in an hour" in page.text()
    assert Attempt.objects.count() == 10
    assert client.get(link, REMOTE_ADDR="203.0.113.9").status_code == 200
    Attempt.objects.update(at=database_now() - timedelta(minutes=61))
    assert client.post(link).status_code == 302


def test_a27_a_key_that_was_used_or_is_over_is_no_guess(client):
    link = open_key(make_mailbox())
    client.post(link)
    for _ in range(12):
        assert client.get(link).status_code == 410
    assert not Attempt.objects.exists()


def test_a31_no_cache_keeps_it_and_no_page_learns_its_address(client):
    sent = make_submission(make_school(), is_proven=False)
    links = confirm_key(sent), open_key(sent.mailbox)
    for link in (*links, f"{MY}{'x' * 32}/", "/for-schools/reminders/x/", "/for-schools/link/"):
        answer = client.get(link)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        page = Page.of(answer, status=answer.status_code)
        assert [address for address in page.links("body") if "//" in address] == []
        assert 'content="noindex"' in page.html
    for link in links:
        token = link.split("/")[-2]
        assert token not in client.get(link).content.decode()
        assert token not in client.post(link)["Location"]


def test_each_key_is_of_192_random_bits_and_stored_as_a_hash():
    tokens = {MailKey.hand_out(Purpose.OPEN, make_mailbox()) for _ in range(50)}
    assert {len(token) for token in tokens} == {32}
    assert len(tokens) == 50
    stored = str(list(MailKey.objects.values_list()))
    assert not [token for token in tokens if token in stored]
