"""Somebody asks to speak for a school: by the domain at once, else by evidence that a person looks at."""

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile

from listings.models import Claim, Mailbox
from listings.submissions import claims
from tests.build import make_school
from tests.listings.submissions.sent import make_mailbox, make_moderator
from tests.listings.submissions.visiting import MY, visitor
from tests.reading import Page

pytestmark = pytest.mark.django_db
PDF, PNG, JPEG = b"%PDF-1.7 letter", b"\x89PNG\r\n\x1a\n letter", b"\xff\xd8\xff letter"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def school():
    return make_school("Alpha College", directory={"website": "https://www.alpha.edu/apply"})


def address(school):
    return f"{MY}claim/{school.slug}/"


def file(data=PDF, name="letter.pdf"):
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize("mail", ["ann@alpha.edu", "Ann@ALPHA.edu"])
def test_an_address_of_the_schools_own_domain_needs_one_button(school, mail):
    browser = visitor(make_mailbox(mail))
    page = Page(browser, address(school))
    assert "Your address at alpha.edu is of the school" in page.text()
    assert page.texts("textarea") == []
    for _ in range(2):
        assert browser.post(address(school)).status_code == 302
    claim = Claim.objects.get()
    assert (claim.state, claim.basis) == ("granted", "domain")
    assert "You speak for it since" in Page(browser, MY).text()
    assert "You speak for this school." in Page(browser, address(school)).text()


@pytest.mark.parametrize(
    "mail",
    [
        "ann@gmail.com",
        "ann@a1pha.edu",
        "ann@alpha.edu.evil.example",
        "ann@xn--lpha-43d.edu",
        "ann@mail.alpha.edu",
        "ann@mailinator.com",
        "ann@edu",
        "ann@alpha.com",
    ],
)
def test_a34_any_other_address_needs_evidence_and_a_person(school, mail):
    if mail.endswith("@edu"):
        Mailbox.objects.create(address=mail, canonical=mail)
    browser = visitor(Mailbox.objects.filter(address=mail).first() or make_mailbox(mail))
    page = Page.of(browser.post(address(school)), status=400)
    assert "Write how you belong to the school, or add a letter" in page.text()
    assert not Claim.objects.exists()
    assert browser.post(address(school), {"note": "I am\u202e the registrar."}).status_code == 302
    claim = Claim.objects.get()
    assert (claim.state, claim.basis, claim.note) == ("waiting", "evidence", "I am the registrar.")
    assert "You get a mail." in Page(browser, address(school)).text()


def test_a34_where_the_site_is_a_shared_one_no_domain_speaks(db):
    school = make_school("Beta", directory={"website": "https://sites.google.com/beta"})
    browser = visitor(make_mailbox("ann@google.com"))
    assert browser.post(address(school)).status_code == 400
    assert not Claim.objects.exists()


def test_who_was_revoked_is_not_granted_by_the_domain_again(school):
    mailbox = make_mailbox("ann@alpha.edu")
    browser = visitor(mailbox)
    browser.post(address(school))
    claims.revoke(Claim.objects.get(), by=make_moderator(), reason="She left the school.")
    page = Page(browser, address(school))
    assert "She left the school." in page.text()
    assert browser.post(address(school)).status_code == 400
    browser.post(address(school), {"note": "I am back."})
    assert [claim.state for claim in Claim.objects.order_by("pk")] == ["revoked", "waiting"]


def test_who_was_revoked_is_not_granted_by_another_spelling_of_the_address(school):
    visitor(make_mailbox("ann@alpha.edu")).post(address(school))
    claims.revoke(Claim.objects.get(), by=make_moderator(), reason="She left the school.")
    browser = visitor(make_mailbox("ann+again@alpha.edu"))
    text = Page(browser, address(school)).text()
    assert "An editor has to look at it." in text
    assert "She left the school." not in text
    assert browser.post(address(school)).status_code == 400
    assert not Claim.objects.granted().exists()


@pytest.mark.parametrize(("data", "ending"), [(PDF, ".pdf"), (PNG, ".png"), (JPEG, ".jpg")])
def test_a_letter_lies_where_nothing_is_served(client, school, data, ending):
    browser = visitor(make_mailbox("ann@gmail.com"))
    name = "../../<b>settings\u202e.py"
    assert browser.post(address(school), {"letter": file(data, name)}).status_code == 302
    claim = Claim.objects.get()
    assert claim.letter.endswith(ending)
    assert len(claim.letter) == 32 + len(ending)
    kept = claims.folder() / claim.letter
    assert kept.read_bytes() == data
    assert (kept.stat().st_mode & 0o777, claims.folder().stat().st_mode & 0o777) == (0o600, 0o700)
    assert site.MEDIA_ROOT not in kept.parents
    for path in (f"/letters/{claim.letter}", f"/media/{claim.letter}", f"/static/../letters/{claim.letter}"):
        assert client.get(path).status_code == 404
    page = Page(browser, address(school))
    assert claim.letter not in page.html


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg onload=alert(1)>", "no PDF, PNG or JPEG"),
        (b"GIF89a", "no PDF, PNG or JPEG"),
        (b"%PDF-" + b"x" * 5_000_000, "over 5 MB"),
        (b"", "empty"),
    ],
)
def test_another_file_is_refused_and_the_note_stays(school, data, said):
    browser = visitor(make_mailbox("ann@gmail.com"))
    page = Page.of(browser.post(address(school), {"note": "Me.", "letter": file(data)}), status=400)
    assert said in page.text()
    assert page.text("textarea") == "Me."
    assert not Claim.objects.exists()
    assert not list(claims.folder().iterdir())


@pytest.mark.parametrize("note", ["x" * 2001, "a\x00b"])
def test_a_note_that_cannot_be_kept_is_said(school, note):
    browser = visitor(make_mailbox("ann@gmail.com"))
    assert browser.post(address(school), {"note": note}).status_code == 400
    assert not Claim.objects.exists()


def test_many_that_wait_are_enough(school):
    browser = visitor(make_mailbox("ann@gmail.com"))
    for number in range(claims.MOST_WAITING):
        browser.post(address(make_school(f"School {number}")), {"note": "Me."})
    page = Page.of(browser.post(address(school), {"note": "Me.", "letter": file()}), status=400)
    assert "Many of your claims wait" in page.text()
    assert Claim.objects.count() == claims.MOST_WAITING
    assert not list(claims.folder().iterdir())


def test_a25_a26_a_claim_is_of_who_sends_it_and_of_the_school_in_the_address(school):
    other, victim = make_school("Beta"), make_mailbox("victim@alpha.edu")
    browser = visitor(make_mailbox("ann@gmail.com"))
    typed = {"note": "Me.", "state": "granted", "basis": "domain", "mailbox": victim.pk, "school": other.pk}
    browser.post(address(school), typed | {"decided_by": "1", "id": "1"})
    claim = Claim.objects.get()
    assert (claim.mailbox.address, claim.school, claim.state) == ("ann@gmail.com", school, "waiting")
    assert browser.post(f"{MY}claim/no-such-school/", {"note": "Me."}).status_code == 404
