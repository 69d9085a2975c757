"""F44: what the key before signed holds while that key is a fallback, then ends with a clear page."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from content.previewing import make_link
from directory.lockout import COOKIE
from directory.once import link_for
from tests.build import make_article
from tests.content.workflow.people import make_editor

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def new_key(*fallbacks: str) -> Any:
    return override_settings(SECRET_KEY="the new key", SECRET_KEY_FALLBACKS=list(fallbacks))


@pytest.fixture
def before() -> tuple[Client, str, str]:
    """A logged-in editor, a link to log in once and a preview link, made under the old key."""
    client = Client()
    with override_settings(SECRET_KEY="the old key"):
        user = User.objects.create_superuser("editor", password=PASSWORD)
        client.post("/admin/login/", {"username": "editor", "password": PASSWORD, "next": "/admin/"})
        revision = make_article(published=False, title="Hidden").revisions.get()
        _link, token = make_link(revision, days=1, by=user)
        once = link_for(make_editor("Publisher"))
    return client, once, reverse("preview", args=[token])


def test_f44_a_fallback_keeps_sessions_and_links(before: tuple[Client, str, str]) -> None:
    client, once, preview = before
    with new_key("the old key"):
        assert client.get("/admin/").status_code == 200
        assert client.get("/admin/").status_code == 200
        assert Client().get(preview).status_code == 200
        answer = Client().post(once)
        assert answer.status_code == 302
        assert COOKIE in answer.cookies


def test_f44_without_it_each_says_what_to_do(before: tuple[Client, str, str]) -> None:
    client, once, preview = before
    with new_key():
        asked = client.get("/admin/content/article/")
        assert (asked.status_code, asked["Location"]) == (302, "/admin/login/?next=/admin/content/article/")
        answer = Client().get(once)
        assert answer.status_code == 410
        assert "makes a new one" in " ".join(answer.content.decode().split())
        # A preview link is no signature: its hash is stored, so it ends by its own date alone.
        assert Client().get(preview).status_code == 200


def test_f44_a_preview_ends_by_its_date_under_any_key() -> None:
    revision = make_article(published=False).revisions.get()
    past = timezone.now() - timedelta(days=3)
    _link, token = make_link(revision, days=2, by=make_editor("superuser"), at=past)
    with new_key("the old key"):
        answer = Client().get(reverse("preview", args=[token]))
    assert answer.status_code == 410
    assert "This preview has ended" in answer.content.decode()
