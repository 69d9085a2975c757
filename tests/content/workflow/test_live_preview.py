"""A writer sees what stands in the form as readers will see it; nothing of it is stored."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.models import Revision, UnsavedText
from content.publishing import publish
from content.unsaved import MOST_CHARACTERS
from tests.build import make_article, make_credential, make_revision, make_specialty, make_statistic
from tests.content.rendering.corpus import ELEMENTS
from tests.content.workflow.people import form, logged_in, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return make_editor("Author")


@pytest.fixture
def client(author: User) -> Client:
    return logged_in(author)


@pytest.fixture
def draft(author: User) -> Revision:
    return make_revision(make_article(), title="Saved", body="Saved.", by=author)


def look(client: Client, revision: Revision, **written: Any) -> Any:
    return client.post(reverse("editors-preview", args=[revision.pk]), form(revision, **written))


def test_it_is_the_page_that_readers_get_after_publishing(client: Client, draft: Revision) -> None:
    make_statistic()
    cpc, oncology = make_credential("CPC"), make_specialty("Oncology")
    written = {
        "title": "Zanzibar",
        "lead": "It *pays*.",
        "body": "## Pay\n\n[[stat:oews.29-2072.us.median-annual|full]] <script>alert(1)</script>",
        "credentials": [cpc.pk],
        "specialties": [oncology.pk],
    }
    before = list(Revision.objects.order_by("pk").values())
    shown = look(client, draft, **written).content.decode()
    assert list(Revision.objects.order_by("pk").values()) == before
    assert not UnsavedText.objects.exists()
    assert "$51,140 a year" in shown
    assert "alert(1)" not in shown
    client.post(reverse("admin:content_revision_change", args=[draft.pk]), form(draft, **written))
    draft.refresh_from_db()
    publish(draft, by=None)
    public = Client().get(draft.get_absolute_url()).content.decode()

    def article(html: str) -> str:
        return html.split("<article")[1].split("</article>", maxsplit=1)[0]

    assert article(shown) == article(public)


def test_its_answer_is_for_a_frame_of_this_site_and_no_cache(client: Client, draft: Revision) -> None:
    answer = look(client, draft, body="Zanzibar.")
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    admin = client.get(reverse("admin:content_revision_change", args=[draft.pk]))
    policy = admin.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("text", ELEMENTS)
def test_hostile_words_are_as_harmless_as_on_the_page(client: Client, draft: Revision, text: str) -> None:
    shown = look(client, draft, title=text, lead=text, body=text)
    saved = make_revision(draft.article, title=text.strip()[:200] or "T", lead=text, body=text)
    address = reverse("editors-preview", args=[saved.pk])
    stored = logged_in(make_editor("superuser")).get(address).content.decode()
    assert shown.status_code == 200
    assert prose(shown.content.decode()) == prose(stored)


def prose(html: str) -> str:
    return html.split('<div class="prose">')[1].split('<div class="article-after">', maxsplit=1)[0]


def test_it_needs_the_right_to_write_in_that_text(client: Client, draft: Revision) -> None:
    published = make_article("seen", by=make_editor("Publisher")).revisions.get()
    assert look(client, published, body="Zanzibar.").status_code == 403
    assert look(Client(), draft, body="Zanzibar.").status_code == 401
    other = make_revision(make_article("other"), by=make_editor("Author", "another"))
    assert look(client, other, body="Zanzibar.").status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="author"))
    assert look(strict, draft, body="Zanzibar.").status_code == 403


def test_a_text_beyond_the_limit_is_refused_with_a_sentence(client: Client, draft: Revision) -> None:
    answer = look(client, draft, body="x" * MOST_CHARACTERS)
    assert answer.status_code == 413
    assert answer.json()["said"].endswith("has no preview here.")


def test_it_asks_the_same_of_the_database_however_long_the_text(client: Client, draft: Revision) -> None:
    look(client, draft)
    counts = []
    for parts in (1, 200):
        with CaptureQueriesContext(connection) as asked:
            look(client, draft, body="## Part\n\nWords of a text.\n\n" * parts)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16
