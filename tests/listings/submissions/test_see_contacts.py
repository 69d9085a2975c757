"""A45: names and addresses are shown to one role, each time with a reason that is written down."""

import csv
import io

import pytest

from content.lib.cells import plain
from listings.models import ContactLook, Mailbox
from tests.build import make_school
from tests.listings.submissions.moderating import page, publisher, reviewer, who
from tests.listings.submissions.sent import make_mailbox, make_submission

pytestmark = pytest.mark.django_db
MAILBOXES = "/admin/listings/mailbox/"
WHY = "The school asked by telephone who wrote."
EVIL = ("=HYPERLINK(1)", "+1+cmd|'/c calc'!A1", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "\xa0=1")
EVIL += ("\uff1d1", 'a";="b')


def contact(mailbox: Mailbox) -> str:
    return f"{MAILBOXES}{mailbox.pk}/contact/"


def export(client, *chosen: Mailbox, **more: str):
    keys = [mailbox.pk for mailbox in chosen]
    return client.post(MAILBOXES, {"action": "export_contacts", "_selected_action": keys, **more})


def test_it_asks_why_shows_once_and_writes_the_look_down():
    mailbox, client = make_mailbox("jo@secret.org"), publisher()
    assert "jo@secret.org" not in client.get(contact(mailbox)).content.decode()
    for reason in ("", "because", "x" * 201):
        assert "jo@secret.org" not in client.post(contact(mailbox), {"reason": reason}).content.decode()
    assert not ContactLook.objects.exists()
    answer = client.post(contact(mailbox), {"reason": WHY})
    assert "jo@secret.org" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    look = ContactLook.objects.get()
    assert (look.by, look.reason, look.rows, look.of) == (who(client), WHY, 1, f"Mailbox {mailbox.pk}")


def test_no_other_page_of_the_admin_shows_an_address_to_anybody():
    mailbox = make_mailbox("jo@secret.org")
    mailbox.person = "Jo Secretperson"
    mailbox.save()
    sent = make_submission(make_school(), mailbox=mailbox, months=9)
    pages = [page(sent), MAILBOXES, f"{MAILBOXES}{mailbox.pk}/change/", f"{MAILBOXES}{mailbox.pk}/history/"]
    letter = sent.letters.get()
    pages += ["/admin/", "/admin/listings/submission/", "/admin/listings/letter/"]
    pages += [f"/admin/listings/letter/{letter.pk}/change/", "/admin/listings/contactlook/"]
    for client in (reviewer(), publisher()):
        for address in pages:
            html = client.get(address).content.decode()
            assert "jo@secret.org" not in html, address
            assert "Secretperson" not in html, address


def test_who_may_not_see_them_finds_out_nothing():
    mailbox, client = make_mailbox("jo@secret.org"), reviewer()
    assert client.get(contact(mailbox)).status_code == 403
    assert client.post(contact(mailbox), {"reason": WHY}).status_code == 403
    export(client, mailbox, confirmed="1", reason=WHY)
    listed = client.get(MAILBOXES, {"q": "jo@nobody.org"})
    assert listed.context["cl"].result_count == 1  # no search at all
    assert not ContactLook.objects.exists()


def test_an_export_asks_why_is_written_down_and_leaves_no_link():
    mailboxes = [make_mailbox(f"jo{number}@secret.org") for number in range(3)]
    client = publisher()
    asked = export(client, *mailboxes)
    assert "3 names and mail addresses" in asked.content.decode()
    assert "This field is required" in export(client, *mailboxes, confirmed="1").content.decode()
    assert not ContactLook.objects.exists()
    answer = export(client, *mailboxes[:2], confirmed="1", reason=WHY)
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode()
    assert [row[1] for row in csv.reader(io.StringIO(text))][1:] == ["jo0@secret.org", "jo1@secret.org"]
    assert answer["Content-Disposition"].startswith("attachment")
    look = ContactLook.objects.get()
    assert (look.rows, look.of, look.reason) == (2, "export of contacts", WHY)


@pytest.mark.parametrize("evil", EVIL)
def test_a41_no_cell_of_the_export_runs_and_reading_gives_it_back(evil):
    mailbox, client = make_mailbox("jo@secret.org"), publisher()
    Mailbox.objects.filter(pk=mailbox.pk).update(person=evil, position=evil)
    answer = export(client, mailbox, confirmed="1", reason=WHY)
    text = b"".join(answer.streaming_content).decode()
    _header, row = csv.reader(io.StringIO(text, newline=""))
    assert not row[2].lstrip().startswith(("=", "+", "-", "@", "\uff1d"))
    assert [plain(cell) for cell in row[2:]] == [evil, evil]


def test_looks_are_read_and_never_changed():
    client = publisher()
    client.post(contact(make_mailbox()), {"reason": WHY})
    look = ContactLook.objects.get()
    address = f"/admin/listings/contactlook/{look.pk}/"
    assert WHY in client.get("/admin/listings/contactlook/").content.decode()
    assert client.post(f"{address}change/", {"reason": "Another"}).status_code == 403
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert reviewer().get("/admin/listings/contactlook/").status_code == 403
