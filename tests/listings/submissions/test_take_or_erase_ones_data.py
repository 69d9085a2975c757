"""A person takes a copy of what is kept of them, or has it erased; proof is the open page."""

import pytest
from django.test import Client

from listings.models import Mailbox, Submission
from tests.build import make_school
from tests.listings.submissions.sent import make_mailbox, make_submission
from tests.listings.submissions.visiting import MY, open_key, visitor
from tests.reading import Page

pytestmark = pytest.mark.django_db
DATA = f"{MY}data/"


def test_the_copy_holds_ones_own_and_nobody_elses():
    school = make_school()
    mine = make_submission(school, mailbox=make_mailbox("ann@alpha.edu"))
    other = make_submission(school, mailbox=make_mailbox("bob@alpha.edu"), months=7)
    browser = visitor(mine.mailbox)
    assert "ann@alpha.edu" not in Page(browser, DATA).text()
    answer = browser.post(DATA, {"do": "copy"})
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert "ann@alpha.edu" in text
    assert mine.reference in text
    assert "bob@" not in text
    assert other.reference not in text


def test_erasing_takes_a_tick_and_ends_the_visit():
    sent = make_submission(make_school())
    browser, elsewhere = visitor(sent.mailbox), visitor(sent.mailbox)
    key = open_key(sent.mailbox)
    page = Page.of(browser.post(DATA, {"do": "erase"}), status=400)
    assert "Tick the box first" in page.text()
    assert Mailbox.objects.exists()
    assert "All of it is erased" in Page.of(browser.post(DATA, {"do": "erase", "sure": "on"})).text()
    assert not Mailbox.objects.exists()
    assert not Submission.objects.exists()
    for client in (browser, elsewhere):
        assert client.get(MY).status_code == 302
        assert client.post(DATA, {"do": "erase", "sure": "on"}).status_code == 403
    assert Client().post(key).status_code == 404


def test_a77_nobody_does_it_for_another():
    mailbox, other = make_mailbox("ann@alpha.edu"), make_mailbox("bob@beta.edu")
    stranger = visitor(other)
    named = {"mailbox": mailbox.pk, "address": mailbox.address, "id": mailbox.pk}
    assert "ann@" not in stranger.post(DATA, named | {"do": "copy"}).content.decode()
    stranger.post(DATA, named | {"do": "erase", "sure": "on"})
    assert Mailbox.objects.get() == mailbox
    for do in ("copy", "erase"):
        assert Client().post(DATA, named | {"do": do, "sure": "on"}).status_code == 403
    assert Mailbox.objects.get() == mailbox
