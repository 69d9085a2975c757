"""A page beside what was read of it: lines go back to their place, texts are mended, a draft is made."""

import random

import pytest
from django.test import Client
from django.urls import reverse

from content.importing import make_draft
from content.models import Article, BatchPage, Revision
from content.pipeline.left_out import LeftOut, Reading, paragraphs
from tests.content.importing.uploading import html, mended, page_of, run, upload
from tests.content.workflow.people import logged_in, make_editor
from tests.proof import count

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Client:
    return logged_in(make_editor("Author"))


@pytest.fixture
def row(author: Client) -> BatchPage:
    upload(author, ("coder.html", html()))
    run()
    return BatchPage.objects.get()


def line(row: BatchPage, said: str) -> int:
    """The number of the left-out line that says so."""
    lines = [each["text"] for each in row.reading["left_out"]]
    return next(number for number, text in enumerate(lines) if said in text)


def press(client: Client, row: BatchPage, **sent: object) -> object:
    answer = client.post(page_of(row), mended(row, **sent))
    row.refresh_from_db()
    return answer


def test_every_line_is_on_the_page_kept_or_left_out(author, row):
    shown = author.get(page_of(row)).content.decode()
    for text in ("Coders read charts", "Programs take nine months.", "Exams follow."):
        assert text in shown
    for text in ("Home All", "Share this article on Facebook", "Copyright 2014 Coders Today"):
        assert f">{text}" in shown.replace("\n", "").replace("  ", "").replace("> ", ">")
    assert shown.count("Put it back") == 3


def test_a_line_goes_back_between_its_neighbours(author, row):
    press(author, row, back=line(row, "Facebook"))
    assert row.body == (
        "## Training\n\nPrograms take nine months.\n\nShare this article on Facebook\n\nExams follow."
    )
    assert "Back in the text" in author.get(page_of(row)).content.decode()


def test_what_was_typed_is_kept_when_a_line_goes_back(author, row):
    body = row.body.replace("nine months", "a year").replace("Exams", "New words.\r\n\r\nExams")
    press(author, row, title="A better title", body=body, back=line(row, "Facebook"))
    assert row.title == "A better title"
    assert paragraphs(row.body) == [
        "## Training",
        "Programs take a year.",
        "New words.",
        "Share this article on Facebook",
        "Exams follow.",
    ]


def test_a_line_goes_back_once(author, row):
    number = line(row, "Facebook")
    press(author, row, back=number)
    press(author, row, back=number)
    assert row.body.count("Facebook") == 1
    answer = author.post(page_of(row), mended(row, back=99), follow=True)
    assert "no such line" in answer.content.decode()


def test_lines_before_the_article_go_back_to_its_lead(author, row):
    press(author, row, back=line(row, "Home All"))
    assert row.lead == "Home All\n\nCoders read charts and write codes."


def test_words_that_go_back_are_no_markup(author):
    evil = "Share this on Facebook [x](javascript:alert(1)) <b>now</b> # *you*"
    page = f"<h1>T</h1><p>One.</p><nav><a href='/'>{evil.replace('<', '&lt;')}</a></nav><p>Two.</p>"
    upload(author, ("page.html", f"<html><body><main>{page}</main></body></html>".encode()))
    run()
    row = BatchPage.objects.get()
    press(author, row, back=0)
    press(author, row, do="draft")
    shown = author.get(reverse("editors-preview", args=[Revision.objects.get().pk])).content.decode()
    assert "[x]( alert(1))" in shown
    assert 'href="javascript' not in shown
    assert "<b>now" not in shown


def test_the_draft_has_the_mended_texts_and_the_pages_facts(author):
    page = html().replace(b"<h2>", b"<table><tr><td>Median salary</td><td>$50,000 (2023)*</td></tr></table>"
                          b"<p>*Source: Bureau of Labor Statistics</p><h2>")  # fmt: skip
    upload(author, ("coder.html", page))
    run()
    row = BatchPage.objects.get()
    answer = press(author, row, do="draft", title="Coding Careers", body="## One\n\nMended.")
    draft = Revision.objects.get()
    assert answer.headers["Location"] == reverse("admin:content_revision_change", args=[draft.pk])
    assert (draft.title, draft.body, draft.number, draft.state) == (
        "Coding Careers",
        "## One\n\nMended.",
        1,
        "draft",
    )
    assert [fact.label for box in draft.fact_boxes.all() for fact in box.facts.all()] == ["Median salary"]
    assert list(draft.written_by.all()) == [draft.created_by]
    assert (row.state, row.article_id) == ("made", draft.article_id)


def test_of_two_editors_the_second_sees_both_texts(author, row):
    opened = mended(row)
    press(author, row, title="From the first")
    answer = author.post(page_of(row), opened | {"title": "From the second"})
    shown = answer.content.decode()
    assert "saved this page after you opened it" in shown
    assert 'value="From the second"' in shown
    assert "From the first" in shown
    row.refresh_from_db()
    assert row.title == "From the first"


def test_a_draft_is_made_once(author, row):
    opened = mended(row, do="draft")
    author.post(page_of(row), opened)
    again = author.post(page_of(row), opened, follow=True)
    assert "not open any more" in again.content.decode()
    assert Article.objects.count() == 1


def test_a_page_without_an_article_can_be_mended_into_one(author):
    upload(
        author,
        ("menu.html", b"<html><body><nav><a href='/'>Home</a> <a href='/a'>About</a></nav></body></html>"),
    )
    run()
    row = BatchPage.objects.get()
    assert row.state == "empty"
    press(author, row, back=0)
    press(author, row, do="draft")
    assert row.state == "made"
    assert "Home" in Revision.objects.get().body + Revision.objects.get().lead


def test_a_page_is_left_out_and_opened_again(author, row):
    press(author, row, do="leave")
    assert row.state == "left"
    assert "Open this page again" in author.get(page_of(row)).content.decode()
    press(author, row, do="take-back")
    assert row.state == "read"


@pytest.mark.parametrize("sent", [{}, {"version": "x"}, {"title": ""}, {"title": "x" * 201}, {"back": "x"}])
def test_a_broken_form_is_shown_again_with_its_text(author, row, sent):
    answer = author.post(page_of(row), mended(row, body="Own words of an hour") | sent if sent else {})
    assert answer.status_code == 200
    assert not sent or "Own words of an hour" in answer.content.decode()


def test_the_raw_page_is_shown_and_never_run(author):
    evil = (
        b"<html><body><main><h1>T</h1><p onclick='x()'>Words that stay.</p><script>alert(1)</script>"
        b"<iframe src='//evil.example'></iframe><img src=x onerror=alert(1)>"
        b"<a href='/schools/'>Schools</a> <a href='https://elsewhere.example/'>elsewhere</a></main></body></html>"
    )
    upload(author, ("evil.html", evil))
    run()
    address = reverse("admin:content_batchpage_raw", args=[BatchPage.objects.get().pk])
    answer = author.get(address)
    shown = answer.content.decode()
    assert "Words that stay." in shown
    assert not any(bad in shown for bad in ("<script", "<iframe", "<img", "onclick", "onerror", "<a "))
    assert "Schools elsewhere" in shown
    source = author.get(address, {"as": "text"}).content.decode()
    assert "&lt;script&gt;alert(1)" in source
    for each in (answer, author.get(address, {"as": "text"})):
        policy = each.headers["Content-Security-Policy"]
        assert policy == "default-src 'none'; sandbox; frame-ancestors 'self'"
        assert each.headers["X-Frame-Options"] == "SAMEORIGIN"


def obvious(reading: Reading, backs: list[int]) -> dict[str, list[str]]:
    """Each part as it was read, with those lines in their places: written out, without looking for places."""
    return {
        part: [
            text if number is None else reading.left_out[number].text
            for text, number in reading.in_order(part)
            if number is None or number in backs
        ]
        for part in ("lead", "body")
    }


def test_lines_go_back_in_any_order_as_if_they_had_never_gone():
    chance = random.Random(4)
    for _ in range(count(2000)):
        texts = {
            part: [chance.choice("abcd") for _ in range(chance.randrange(6))] for part in ("lead", "body")
        }
        rows = [
            LeftOut("promo", f"L{at}", part, chance.randrange(len(texts[part]) + 1))
            for at in range(chance.randrange(1, 6))
            for part in [chance.choice(["lead", "body"])]
        ]
        reading = Reading(
            texts["lead"], texts["body"], sorted(rows, key=lambda row: (row.part != "lead", row.behind))
        )
        now = {part: "\n\n".join(lines) for part, lines in texts.items()}
        backs = chance.sample(range(len(rows)), chance.randrange(1, len(rows) + 1))
        at = reading
        for number in backs:
            at, now = at.put_back(number, now)
        assert {part: paragraphs(text) for part, text in now.items()} == obvious(reading, backs)


def test_a_draft_of_a_page_that_nobody_may_mend_any_more_is_refused(author, row):
    make_draft(row.pk, by=None)
    press(author, row, title="Too late")
    assert row.title == "How to Become a Coder"
