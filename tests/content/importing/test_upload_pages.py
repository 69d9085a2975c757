"""Pages are uploaded, read by the job, and told about one by one."""

import pytest
from django.test import Client
from django.urls import reverse

from content.models import Article, BatchPage, ImportedPage, Revision
from tests.content.importing.uploading import html, newest, page_of, run, states, upload, zipped
from tests.content.workflow.people import logged_in, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Client:
    return logged_in(make_editor("Author"))


def batch_page(client: Client, **asked: str) -> str:
    address = reverse("admin:content_importbatch_change", args=[newest().pk])
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_files_become_rows_before_anything_is_read(author):
    answer = upload(author, ("coder.html", html()), ("clerk.txt", b"A Clerk\n\nClerks file charts."))
    assert answer.status_code == 302
    assert states() == ["waiting", "waiting"]
    assert Article.objects.count() == 0
    assert "0 of 2 pages" in batch_page(author)


def test_the_job_reads_them_and_makes_no_draft_unasked(author):
    upload(author, ("coder.html", html()))
    assert run().counts == {"read": 1}
    row = BatchPage.objects.get()
    assert (row.state, row.title, row.lead) == (
        "read",
        "How to Become a Coder",
        "Coders read charts and write codes.",
    )
    assert row.body == "## Training\n\nPrograms take nine months.\n\nExams follow."
    assert Article.objects.count() == 0


def test_drafts_are_made_where_they_are_wanted_and_belong_to_who_uploaded(author):
    upload(author, ("coder.html", html()), wants_draft="on")
    assert run().counts == {"made": 1}
    draft = Revision.objects.get()
    assert (draft.state, draft.article.slug, draft.created_by.username) == (
        "draft",
        "how-to-become-a-coder",
        "author",
    )
    assert bytes(ImportedPage.objects.get().raw) == html()
    assert BatchPage.objects.get().raw is None


def test_the_same_page_again_is_recognised_and_says_so(author):
    upload(author, ("coder.html", html()), wants_draft="on")
    run()
    upload(author, ("again.html", html()), ("twice.html", html("Other")), ("thrice.html", html("Other")))
    run()
    assert states() == ["known", "read", "known"]
    shown = batch_page(author)
    assert "was imported before, as coder.html" in shown
    assert "is in this upload already, as twice.html" in shown
    assert Article.objects.count() == 1


def test_a_zip_holds_pages_and_what_is_none_is_told(author):
    files = [
        ("site/coder.html", html()),
        ("site/logo.png", b"x"),
        ("__MACOSX/._coder.html", b"x"),
        ("site/.hidden", b"x"),
        ("site/", b""),
        ("README", b"Read me\n\nThis is a page too."),
    ]
    upload(author, ("pages.zip", zipped(files)))
    assert list(newest().pages.values_list("name", flat=True)) == ["coder.html", "README"]
    assert "Not taken, since they are no pages: 1 .png." in batch_page(author)


def test_pages_are_listed_by_state(author):
    upload(author, ("coder.html", html()), ("broken.html", b"\0\0\0"))
    run()
    shown = batch_page(author, state="refused")
    assert "broken.html" in shown
    assert "coder.html" not in shown.split("<tbody>")[1]
    assert "NUL bytes" in shown
    assert "No page of this upload" in batch_page(author, state="left")
    assert "coder.html" in batch_page(author, state="no-such-state")


def test_one_button_asks_for_all_drafts(author):
    upload(author, *((f"{number}.html", html(f"Page {number}")) for number in range(3)), ("no.html", b""))
    run()
    author.post(page_of(BatchPage.objects.get(name="0.html")), {"do": "leave"})
    author.post(reverse("admin:content_importbatch_drafts", args=[newest().pk]))
    assert Article.objects.count() == 0
    run()
    assert states() == ["left", "made", "made", "empty"]
    assert Article.objects.count() == 2


def test_a_page_refused_by_its_rules_keeps_no_other_from_its_result(author):
    upload(
        author,
        ("huge.html", b"a" * 2_000_001),
        ("report.pdf", b"%PDF-1.7"),
        ("letter.docx", zipped([("[Content_Types].xml", b"<Types/>")])),
        ("coder.html", html()),
    )
    run()
    assert states() == ["refused", "refused", "refused", "read"]
    shown = batch_page(author)
    for sentence in ("over 2,000,000 bytes", "This is a PDF", "an Office document"):
        assert sentence in shown


@pytest.mark.parametrize(
    "files", [[], [("empty.zip", zipped([]))], [("pictures.zip", zipped([("a.png", b"x")]))]]
)
def test_an_upload_without_a_page_is_refused_with_a_sentence(author, files):
    answer = upload(author, *files)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert BatchPage.objects.count() == 0


def test_others_see_nothing_of_an_authors_upload(author):
    upload(author, ("coder.html", html()))
    run()
    row = BatchPage.objects.get()
    batch = reverse("admin:content_importbatch_change", args=[row.batch_id])
    stranger = logged_in(make_editor("Author", "stranger"))
    for address in (
        page_of(row),
        batch,
        *(reverse(f"admin:content_batchpage_{name}", args=[row.pk]) for name in ("raw", "json")),
    ):
        assert stranger.get(address).status_code == 404
    assert "coder.html" not in stranger.get(reverse("admin:content_batchpage_changelist")).content.decode()
    reviewer = logged_in(make_editor("Reviewer"))
    assert reviewer.get(page_of(row)).status_code == 200


def test_the_draft_of_another_is_not_named(author):
    other = logged_in(make_editor("Author", "other"))
    upload(other, ("secret-name.html", html("Secret title")), wants_draft="on")
    run()
    upload(author, ("mine.html", html("Secret title")))
    run()
    assert states() == ["known"]
    assert "secret-title" not in batch_page(author)
