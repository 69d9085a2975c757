"""A34: a person looks at whoever says to speak for a school without its domain, both domains side by side."""

import pytest
from django.test import Client

from listings.models import Claim, ContactLook, Letter, Submission
from listings.submissions import claims
from tests.build import make_school
from tests.content.workflow.people import logged_in, make_editor
from tests.listings.submissions.moderating import reviewer, who
from tests.listings.submissions.sent import make_claim, make_mailbox, make_submission

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/listings/claim/"
SITE = {"website": "https://www.greenwood.edu/"}


@pytest.fixture(autouse=True)
def letters_of_their_own(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def ask(address: str = "jo@gmail.com", letter: bytes = b"") -> Claim:
    sent = make_submission(make_school(directory=SITE), mailbox=make_mailbox(address), months=9)
    return make_claim(sent, letter=letter)


def page(claim: Claim) -> str:
    return f"{CLAIMS}{claim.pk}/change/"


@pytest.mark.parametrize(
    "address", ["jo@gmail.com", "jo@exarnple.edu", "jo@greenwood.com", "jo@gr\u0435enwood.edu"]
)
def test_a34_a_free_or_a_look_alike_domain_waits_for_a_person(address):
    asked = ask(address)
    assert asked.state == Claim.State.WAITING
    html = reviewer().get(page(asked)).content.decode()
    assert f"<code>{asked.mailbox.domain}</code>" in html
    assert asked.mailbox.domain.isascii()
    assert "<code>greenwood.edu</code>" in html
    assert "I am the registrar." in html
    assert asked.mailbox.address not in html
    looks_alike = address not in ("jo@gmail.com", "jo@exarnple.edu")
    assert ("it looks like greenwood.edu and is another domain" in html) is looks_alike
    assert ("anybody can have an address" in html) is (address == "jo@gmail.com")


def test_the_schools_own_domain_needs_nobody():
    assert ask("registrar@greenwood.edu").state == Claim.State.GRANTED


def test_a_claim_is_granted_and_what_waits_is_trusted_then_revoked():
    asked, client = ask(), reviewer()
    assert client.post(page(asked), {"do": "grant"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (Claim.State.GRANTED, who(client))
    assert Submission.objects.get().is_trusted
    assert "Write why" in client.post(page(asked), {"do": "revoke"}).content.decode()
    client.post(page(asked), {"do": "revoke", "reason": "The school says that it was nobody of theirs."})
    asked.refresh_from_db()
    assert (asked.state, Submission.objects.get().is_trusted) == (Claim.State.REVOKED, False)
    assert Letter.objects.filter(event__startswith="claim:").count() == 2
    assert "nobody of theirs" in Letter.objects.get(event__endswith="revoked").text


def test_a_refusal_needs_a_reason_and_is_read_by_the_person():
    asked, client = ask(), reviewer()
    assert "Write why" in client.post(page(asked), {"do": "refuse", "reason": " "}).content.decode()
    client.post(page(asked), {"do": "refuse", "reason": "The letter names another school."})
    asked.refresh_from_db()
    assert asked.state == Claim.State.REFUSED
    late = client.post(page(asked), {"do": "grant", "reason": "After all."})
    assert "Somebody else decided this claim" in late.content.decode()
    assert "Press one of the buttons" in client.post(page(asked), {"do": "delete"}).content.decode()
    assert Letter.objects.filter(event__startswith="claim:").count() == 1


def test_the_letter_comes_as_a_download_alone_and_is_written_down():
    asked, client = ask(letter=b"%PDF-1.7 <script>alert(1)</script>"), reviewer()
    address = f"{CLAIMS}{asked.pk}/letter/"
    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert answer.content == b"%PDF-1.7 <script>alert(1)</script>"
    assert answer["Content-Disposition"] == f'attachment; filename="claim-{asked.pk}.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    look = ContactLook.objects.get()
    assert (look.by, look.of, look.rows) == (who(client), f"letter of claim {asked.pk}", 1)


def test_the_letter_is_for_moderators_and_its_path_never_comes_from_outside():
    asked = ask(letter=b"%PDF-1.7")
    address = f"{CLAIMS}{asked.pk}/letter/"
    assert Client().post(address).status_code == 200  # the login page
    assert logged_in(make_editor("Author")).post(address).status_code == 403
    client = reviewer()
    outside = claims.folder().parent / "secret.pdf"
    outside.write_bytes(b"%PDF secret")
    for forged in ("file", "name", "path", "letter"):
        assert client.post(address, {forged: "../secret.pdf"}).content == b"%PDF-1.7"
    assert client.post(f"{CLAIMS}../secret.pdf/letter/", follow=True).status_code == 404
    (claims.folder() / asked.letter).unlink()
    assert client.post(address).status_code == 404
    without = make_claim(make_submission(make_school("Other"), months=9))
    assert client.post(f"{CLAIMS}{without.pk}/letter/").status_code == 404


def test_waiting_claims_come_first_and_the_others_are_found():
    asked, client = ask(), reviewer()
    assert list(client.get(CLAIMS).context["cl"].queryset) == [asked]
    client.post(page(asked), {"do": "grant"})
    assert list(client.get(CLAIMS).context["cl"].queryset) == []
    assert list(client.get(CLAIMS + "?standing=granted").context["cl"].queryset) == [asked]
    assert client.get(CLAIMS + "999/change/").status_code == 404
