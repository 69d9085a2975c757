"""An editor begins, edits, publishes, schedules and archives a text; readers see published texts alone."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.models import Article, RelatedLink, Revision
from content.publishing import NewFact, NewFactBox
from tests.build import make_article, make_revision, make_source, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor", password=None))
    return client


def texts(revision: Revision, **changes: str) -> dict[str, str]:
    """What the form of a revision sends."""
    kept = {name: getattr(revision, name) for name in ("title", "summary", "lead", "body", "disclosures")}
    boxes = {f"fact_boxes-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    base = {"base": str(revision.number), "change_note": "", "publish_at_0": "", "publish_at_1": ""}
    return kept | boxes | base | changes


def change(revision: Revision) -> str:
    return reverse("admin:content_revision_change", args=[revision.pk])


def test_it_begins_an_article_with_its_first_draft(editor: Client) -> None:
    sent = {
        "title": "Working at home",
        "slug": "working-at-home",
        "kind": "article",
        "topic": make_topic().pk,
    }
    answer = editor.post(reverse("admin:content_article_add"), sent)
    draft = Revision.objects.get(article__slug="working-at-home")
    assert answer.headers["Location"] == change(draft)
    assert draft.title == "Working at home"
    assert editor.get("/articles/working-at-home/").status_code == 404


def test_it_changes_nothing_for_readers_until_the_draft_is_published(editor: Client) -> None:
    article = make_article(title="As it was", body="Old words.")
    draft = make_revision(article, title="As it was", body="Old words.")
    editor.post(change(draft), texts(draft, body="New words."))
    assert "Old words." in editor.get("/articles/coding-certification/").content.decode()
    draft.refresh_from_db()
    editor.post(change(draft), texts(draft, body="New words.", _publish="1"))
    assert "New words." in editor.get("/articles/coding-certification/").content.decode()
    article.refresh_from_db()
    assert article.published_revision == draft


def test_it_keeps_what_readers_saw_as_it_was(editor: Client) -> None:
    shown = make_article(body="Seen by many.").published_revision
    assert shown is not None
    editor.post(change(shown), texts(shown, body="Rewritten.", _publish="1"))
    shown.refresh_from_db()
    assert shown.body == "Seen by many."
    draft = Revision.objects.get(state="draft")
    assert (draft.body, draft.number) == ("Rewritten.", 3)
    assert Revision.objects.live().get() == shown


def test_it_copies_texts_and_facts_into_a_new_draft(editor: Client) -> None:
    fact = NewFact(label="Pay", text="Varies", sources=((make_source(), "*"),))
    article = make_article(body="Words.", facts=[NewFactBox(title="Facts", facts=(fact,))])
    shown = article.published_revision
    answer = editor.post(reverse("admin:content_revision_restore", args=[shown.pk]))
    draft = article.revisions.order_by("-number")[0]
    assert answer.headers["Location"] == change(draft)
    assert (draft.number, draft.body, draft.state) == (2, "Words.", "draft")
    copied = draft.fact_boxes.get().facts.get()
    assert (copied.label, copied.markers.get().marker) == ("Pay", "*")


def test_it_schedules_and_says_where_the_date_is_missing_or_past(editor: Client) -> None:
    article = make_article(published=False)
    draft = article.revisions.get()
    missing = editor.post(change(draft), texts(draft, _schedule="1"))
    assert "Give the date and the time" in missing.content.decode()
    past = texts(draft, _schedule="1", publish_at_0="2020-01-01", publish_at_1="08:00:00")
    assert "That moment has passed" in editor.post(change(draft), past, follow=True).content.decode()
    day = timezone.localtime() + timedelta(days=3)
    later = texts(draft, _schedule="1", publish_at_0=f"{day:%Y-%m-%d}", publish_at_1="08:00:00")
    editor.post(change(draft), later)
    article.refresh_from_db()
    assert article.next_revision == draft
    assert editor.get(article.get_absolute_url()).status_code == 404


def test_it_publishes_an_earlier_revision_again(editor: Client) -> None:
    article = make_article(body="First.")
    first = article.published_revision
    assert first is not None
    editor.post(change(second := make_revision(article)), texts(second, _publish="1"))
    chosen = {"action": "publish_now", "_selected_action": [first.pk]}
    editor.post(reverse("admin:content_revision_changelist"), chosen)
    assert Article.objects.get().published_revision == first


def test_it_archives_and_never_deletes_what_was_public(editor: Client) -> None:
    article = make_article()
    address = reverse("admin:content_article_delete", args=[article.pk])
    assert editor.post(address, {"post": "yes"}).status_code == 403
    chosen = {"action": "archive", "_selected_action": [article.pk]}
    editor.post(reverse("admin:content_article_changelist"), chosen)
    assert editor.get(article.get_absolute_url()).status_code == 410


def test_it_says_who_reviewed_an_article(editor: Client) -> None:
    article = make_article()
    chosen = {"action": "mark_reviewed", "_selected_action": [article.pk]}
    editor.post(reverse("admin:content_article_changelist"), chosen)
    article.refresh_from_db()
    assert article.reviewed_by == User.objects.get(username="editor")
    assert "Not yet" not in editor.get(article.get_absolute_url()).content.decode()


def test_it_pins_a_related_article_but_never_a_computed_one(editor: Client) -> None:
    article, target = make_article(), make_article("cpc")
    row = {"article": article.pk, "target": target.pk, "position": "0", "reason": ""}
    add = reverse("admin:content_relatedlink_add")
    assert "Choose pinned or vetoed" in editor.post(add, row | {"origin": "computed"}).content.decode()
    editor.post(add, row | {"origin": "pinned"})
    assert RelatedLink.objects.get().origin == RelatedLink.Origin.PINNED
