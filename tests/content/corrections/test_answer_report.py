"""An editor answers a report; what was corrected stands where readers can see it."""

from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.models import ErrorReport
from content.models.error_report import MOVES, Given
from content.publishing import archive, publish
from tests.build import make_article, make_report, make_revision
from tests.content.workflow.people import logged_in, make_editor
from tests.proof import count
from tests.reading import Page

pytestmark = pytest.mark.django_db
WAITING = "/admin/content/errorreport/?state__exact=new"


@pytest.fixture
def editor() -> Client:
    return logged_in(make_editor("Reviewer"))


def answer(editor: Client, report: ErrorReport, move: str, **sent: object) -> str:
    """The page after the answer; empty where it was taken."""
    address = reverse("admin:content_errorreport_answer", args=[report.pk])
    got = editor.post(address, {"move": move, **sent})
    report.refresh_from_db()
    return "" if got.status_code == 302 else got.content.decode()


def test_the_front_page_counts_what_waits_and_leads_to_it(editor):
    make_report("Wrong fee", address="/articles/fees/")
    make_report(state="no-report", answered_at=timezone.now())
    front = editor.get("/admin/").content.decode()
    assert "error that a reader reported waits for your answer" in front
    assert WAITING in front
    listed = editor.get(WAITING).content.decode()
    assert "Wrong fee" in listed


def test_the_page_of_an_article_leads_editors_to_what_waits_on_it():
    fees, other = make_article("fees"), make_article("other")
    make_report("Wrong fee", article=fees)
    make_report("Long answered", article=fees, state="no-report", answered_at=timezone.now())
    make_report("Wrong year", article=other)
    editor = logged_in(make_editor("Reviewer"))
    page = Page(editor, reverse("admin:content_article_change", args=[fees.pk]))
    (link,) = page.tree.css("a[href*=errorreport][href*=article]")
    assert link.text() == "1 error report on it waits for an answer"
    listed = editor.get(link.attributes["href"]).content.decode()
    assert "Wrong fee" in listed
    assert "Long answered" not in listed
    assert "Wrong year" not in listed
    ErrorReport.objects.get(article=fees, state="new").move("no-report", by=make_editor("Publisher"))
    assert "waits for an answer" not in Page(editor, page.response.request["PATH_INFO"]).html
    assert "1 error report" in listed


def test_corrected_in_a_text_that_readers_see(client, editor):
    article = make_article("fees", title="What it costs", body="90 dollars.")
    report = make_report("The fee is 80.", article=article, address="/articles/fees/", email="a@example.org")
    mended = make_revision(article, title="What it costs", body="80 dollars.")
    said = {"answer": "The fee was 90 dollars here. It is 80."}
    assert "Publish the corrected text first" in answer(editor, report, "corrected", **said)
    assert "Select a valid choice" in answer(editor, report, "corrected", revision=mended.pk, **said)
    assert report.state == "new"
    publish(mended, by=None)
    assert answer(editor, report, "corrected", revision=mended.pk, **said) == ""
    assert (report.state, report.revision, report.answered_by.username) == ("corrected", mended, "reviewer")
    page = Page(client, "/corrections/")
    today = timezone.localtime(report.answered_at)
    assert page.texts(".entry") == [
        "What it costs The fee was 90 dollars here. It is 80."
        f" Corrected: {today:%B} {today.day}, {today.year}"
    ]
    assert "/articles/fees/" in page.links(".entry")
    assert "a@example.org" not in page.html
    assert "The fee is 80." not in page.html
    shown = editor.get(reverse("admin:content_errorreport_answer", args=[report.pk])).content.decode()
    assert reverse("admin:content_revision_change", args=[mended.pk]) in shown
    assert "a@example.org" in shown


def test_not_an_error_has_its_answer_in_public_too(client, editor):
    report = make_report(about="/schools/", address="/schools/")
    assert "Write the answer that readers will read." in answer(editor, report, "not-an-error")
    assert answer(editor, report, "not-an-error", answer="The file says so.") == ""
    page = Page(client, "/corrections/")
    assert "The file says so. Left as it is" in page.text(".entry")
    assert page.links(".entry") == ["/schools/"]


def test_duplicates_and_nonsense_are_told_to_nobody(client, editor):
    first, second, noise = make_report("A"), make_report("B"), make_report("C")
    assert "Choose the first report" in answer(editor, second, "duplicate")
    assert answer(editor, second, "duplicate", duplicate_of=first.pk) == ""
    assert answer(editor, noise, "no-report", answer="Advertising") == ""
    assert (second.duplicate_of, noise.answer) == (first, "")
    assert Page(client, "/corrections/").texts(".entry") == []


def test_several_are_put_away_at_once(editor):
    reports = [make_report(f"Buy {number}") for number in range(3)]
    chosen = {"action": "put_away", "_selected_action": [report.pk for report in reports[:2]]}
    editor.post(WAITING, chosen)
    assert [report.state for report in ErrorReport.objects.order_by("pk")] == [
        "no-report",
        "no-report",
        "new",
    ]


def test_opened_again_it_is_taken_back(client, editor):
    report = make_report()
    answer(editor, report, "not-an-error", answer="It is right.")
    assert answer(editor, report, "reopen") == ""
    assert (report.state, report.answer, report.answered_by, report.answered_at) == ("new", "", None, None)
    assert Page(client, "/corrections/").texts(".entry") == []


def test_who_answers_second_is_told(editor):
    report = make_report()
    late = ErrorReport.objects.get()
    assert answer(editor, report, "not-an-error", answer="First.") == ""
    with pytest.raises(ValidationError, match="Somebody else answered"):
        late.move("no-report", by=make_editor("Publisher"))
    assert "Select a valid choice" in answer(editor, report, "corrected", answer="Second.")
    assert report.answer == "First."


def test_an_article_that_was_taken_down_loses_its_name(client, editor):
    article = make_article("fees", title="Zanzibar")
    report = make_report(article=article, address="/articles/fees/")
    revision = article.published_revision_id
    answer(editor, report, "corrected", answer="Mended.", revision=revision)
    assert "Zanzibar" in Page(client, "/corrections/").text()
    archive(article, by=None)
    entry = Page(client, "/corrections/")
    assert "An article that was taken down Mended." in entry.text(".entry")
    assert entry.links(".entry") == []
    assert "Zanzibar" not in entry.html


def test_many_answers_stand_on_numbered_pages(client):
    start = timezone.now()
    for number in range(45):
        made = start - timedelta(hours=number)
        make_report(state="not-an-error", answer=f"Answer {number}.", answered_at=made)
    assert "Answer 0." in Page(client, "/corrections/").text(".entry")
    assert len(Page(client, "/corrections/?page=3").texts(".entry")) == 5
    Page(client, "/corrections/?page=4", status=404)
    assert client.get("/corrections/?page=1").status_code == 301


def test_the_table_of_moves_is_the_only_way():
    """Random moves on random reports: each is a line of the table, or changes nothing."""
    editor, rng = make_editor("Publisher"), Random(4)
    article = make_article("fees")
    revision = article.published_revision
    reports = [make_report(f"{number}", article=rng.choice((None, article))) for number in range(6)]
    for _ in range(count(2_000)):
        report, name = rng.choice(reports), rng.choice(list(MOVES))
        report.refresh_from_db()
        before = report.state
        given = Given(
            answer=rng.choice(("", " ", "Said.")),
            revision=rng.choice((None, revision)),
            duplicate_of=rng.choice((None, *reports)),
        )
        try:
            with transaction.atomic():
                report.move(name, given, by=editor)
        except ValidationError:
            report.refresh_from_db()
            assert report.state == before
            continue
        assert before in MOVES[name].starts
        assert report.state == MOVES[name].becomes
        assert (report.answered_at is None) == (report.state == "new")
        assert bool(report.answer) == (report.state in ("corrected", "not-an-error"))
        assert (report.duplicate_of_id is not None) == (report.state == "duplicate")
        assert report.revision is None or report.state == "corrected"


@pytest.mark.parametrize(
    "columns",
    [{"state": "corrected"}, {"state": "corrected", "answered_at": timezone.now()}, {"state": "duplicate"}],
)
def test_the_database_refuses_half_an_answer(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(**columns)
