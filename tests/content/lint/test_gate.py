"""A text with faults goes no further than its editor, by whatever path; a waiver lets a warning through."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.lint.gate import blocking, check_live
from content.models import Article, Revision, TextCheck, Waiver
from content.publishing import publish, schedule
from tests.build import make_article, make_revision, make_statistic

pytestmark = [pytest.mark.django_db, pytest.mark.lint_gate]
LEAD = (
    "A coder reads what was done for a patient and gives each of it a code. Here is how you learn the work,"
    " what you need before you begin, and whom to ask about the price."
)
SENTENCES = (
    "A coder reads the record of a visit. The record names what was done. Each of it has a code in a book. "
)
CLEAN: dict[str, Any] = {
    "title": "How to begin as a coder",
    "summary": "How people learn to code, and what they need before they begin.",
    "lead": LEAD,
    "body": "## The work\n\n" + (SENTENCES * 2 + "\n\n") * 6,
}


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("editor", password=None)


@pytest.fixture
def editor(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def draft(**texts: Any) -> Revision:
    article = make_article("begin", published=False, **(CLEAN | texts))
    return article.revisions.get()


def is_public(client: Client) -> bool:
    return client.get("/articles/begin/").status_code == 200


def waive(revision: Revision, code: str, *, text: str = "", until: date | None = None) -> Waiver:
    day = until or timezone.localdate() + timedelta(days=30)
    return Waiver.objects.create(
        article=revision.article, code=code, text=text, reason="It is right", until=day
    )


def test_a_clean_text_passes(user: User, client: Client) -> None:
    revision = draft()
    assert blocking(revision) == []
    publish(revision, by=user)
    assert is_public(client)


@pytest.mark.parametrize(
    "body",
    [
        "Read [more](/nowhere/).",
        "![](picture:x)",
        "Go to [the form](javascript:alert(1)).",
        "[[stat:no.such.key]]",
    ],
)
def test_an_error_is_never_published(body: str, user: User, client: Client) -> None:
    revision = draft(body=f"{CLEAN['body']}\n\n{body}")
    with pytest.raises(ValidationError):
        publish(revision, by=user)
    with pytest.raises(ValidationError):
        schedule(revision, publish_at=timezone.now() + timedelta(days=1), by=user)
    for code in ("broken-link", "image-alt", "unsafe-link"):
        waive(revision, code)
    with pytest.raises(ValidationError):
        publish(revision, by=user)
    assert not is_public(client)


def test_every_path_of_the_admin_obeys(editor: Client) -> None:
    revision = draft(title="Short")
    change = reverse("admin:content_revision_change", args=[revision.pk])
    page = editor.get(change).text
    assert "title-length" in page
    assert "1 of 1 keep it from being published." in " ".join(page.replace("<strong>", "").split())
    action = {"action": "publish_now", "_selected_action": [revision.pk]}
    answer = editor.post(reverse("admin:content_revision_changelist"), action, follow=True).text
    assert "The title has 5 characters." in answer
    assert "published." not in answer.replace("is not published.", "")
    assert not is_public(editor)


def test_a_waiver_lets_its_warning_through(editor: Client, user: User) -> None:
    revision = draft(title="Short")
    page = editor.get(reverse("admin:content_revision_change", args=[revision.pk])).text
    link = page.split('href="/admin/content/waiver/add/?')[1].split('"')[0].replace("&amp;", "&")
    assert link == f"article={revision.article_id}&code=title-length&text=Short"
    sent = {
        "article": revision.article_id,
        "code": "title-length",
        "text": "Short",
        "reason": "It is the name",
    }
    day = timezone.localdate() + timedelta(days=30)
    editor.post(reverse("admin:content_waiver_add"), {**sent, "until": day.isoformat()})
    waiver = Waiver.objects.get()
    assert (waiver.created_by, waiver.until) == (user, day)
    publish(revision, by=user)
    assert is_public(editor)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"until": "2020-01-01"}, "That day has passed."),
        ({"until": "2200-01-01"}, "Choose a day within a year"),
        ({"reason": "Yes"}, "Say in a few words why"),
        ({"reason": ""}, "This field is required."),
        ({"code": "broken-link"}, "Select a valid choice."),
        ({"code": "hedges"}, "Select a valid choice."),
    ],
)
def test_a_waiver_has_a_reason_and_an_end(changed: dict[str, str], said: str, editor: Client) -> None:
    day = timezone.localdate() + timedelta(days=30)
    sent = {
        "article": draft().article_id,
        "code": "title-length",
        "reason": "It is the name",
        "until": day.isoformat(),
    }
    answer = editor.post(reverse("admin:content_waiver_add"), sent | changed)
    assert said in answer.text
    assert not Waiver.objects.exists()


def test_a_waiver_is_for_its_words_its_code_its_article_and_its_days(user: User) -> None:
    revision = draft(title="Short", summary="")
    other = make_article("other", published=False).revisions.get()
    waive(revision, "title-length", text="Other words")
    waive(revision, "missing-summary", until=timezone.localdate() - timedelta(days=1))
    waive(other, "title-length")
    assert [each.code for each in blocking(revision)] == ["missing-summary", "title-length"]
    waive(revision, "title-length", text="Short")
    waive(revision, "missing-summary", until=timezone.localdate())
    assert blocking(revision) == []
    later = timezone.now() + timedelta(days=40)
    assert [each.code for each in blocking(revision, at=later)] == ["missing-summary", "title-length"]


def test_the_message_names_three_and_says_how_many_more(user: User) -> None:
    revision = make_article("begin", published=False, title="No", lead="", summary="").revisions.get()
    with pytest.raises(ValidationError) as refused:
        publish(revision, by=user)
    assert len(refused.value.messages) == 4
    assert refused.value.messages[0].startswith("Lead: There is no lead.")
    assert refused.value.messages[3] == "One more stands below the text."


def test_a_text_that_went_stale_comes_to_attention(editor: Client) -> None:
    make_statistic(values={2025: 51140})
    marked = f"{CLEAN['body']}\n\nThe median is [[stat:oews.29-2072.us.median-annual|full]]."
    make_article("begin", published=datetime(2026, 1, 1, tzinfo=UTC), **(CLEAN | {"body": marked}))
    make_revision(Article.objects.get(), title="A draft")
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert check_live(now) == {"checked": 1, "failing": 0}
    assert check_live(now + timedelta(hours=1)) == {"checked": 0, "failing": 0}
    assert check_live(datetime(2032, 6, 1, tzinfo=UTC)) == {"checked": 1, "failing": 1}
    assert TextCheck.objects.get().errors == 1
    front = editor.get("/admin/").text
    assert "text that readers see has faults" in front
    listed = editor.get("/admin/content/textcheck/?faults=any").text
    assert "begin" in listed
    assert "begin" not in editor.get("/admin/content/textcheck/?faults=none").text.split("result_list")[-1]


def test_the_job_looks_at_live_texts_and_forgets_others() -> None:
    article = make_article("begin", **CLEAN)
    call_command("run_job", "check_texts", verbosity=0)
    assert TextCheck.objects.get().revision == article.published_revision
    Article.objects.update(status=Article.Status.ARCHIVED)
    check_live()
    assert not TextCheck.objects.exists()


def test_who_may_not_give_a_waiver_is_not_offered_one(client: Client) -> None:
    call_command("make_roles", verbosity=0)
    author = User.objects.create_user("author", is_staff=True)
    author.groups.add(Group.objects.get(name="Author"))
    client.force_login(author)
    page = client.get(reverse("admin:content_revision_change", args=[draft(title="Short").pk])).text
    assert "title-length" in page
    assert "waiver/add" not in page
