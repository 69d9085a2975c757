"""F32: a login that runs out while an editor writes costs no text, in this window or another."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings

from content.models import Revision
from tests.build import make_article, make_revision
from tests.content.workflow.people import form, page

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
TEXT = 'Zanzibar "quoted" & <b>bold</b>\n\n## Next\n\nWords of an hour, long enough to be shown again.'


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("editor", password=PASSWORD)


def fields(answer) -> dict[str, str]:
    """The hidden fields of a page, as a browser sends them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    return {name: html.unescape(value) for name, value in found}


def draft() -> Revision:
    return make_revision(make_article(), body="Before.")


@pytest.mark.parametrize("enforced", [False, True])
def test_the_text_is_there_again_after_the_login(user: User, enforced: bool) -> None:
    client = Client(enforce_csrf_checks=enforced)
    client.force_login(user)
    revision = draft()
    token = fields(client.get(page(revision))).get("csrfmiddlewaretoken", "")
    client.cookies.pop("sessionid")
    sent = form(revision, body=TEXT, csrfmiddlewaretoken=token)
    asked = client.post(page(revision), sent)
    assert "kept in this page" in asked.content.decode()
    login = fields(asked) | {"username": "editor", "password": "wrong"}
    again = client.post("/admin/login/", login)
    assert "kept in this page" in again.content.decode()
    shown = client.post("/admin/login/", login | fields(again) | {"password": PASSWORD})
    assert "Your text is here" in shown.content.decode()
    assert html.escape(TEXT.splitlines()[0]) in shown.content.decode().replace("&#39;", "'")
    client.post(page(revision), fields(shown))
    revision.refresh_from_db()
    assert revision.body == TEXT


def test_a_login_in_another_window_costs_no_text_either(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    revision = draft()
    old = fields(client.get(page(revision)))["csrfmiddlewaretoken"]
    client.cookies["csrftoken"] = "n" * 32
    answer = client.post(page(revision), form(revision, body=TEXT, csrfmiddlewaretoken=old))
    assert answer.status_code == 403
    assert "Your text is here" in answer.content.decode()
    client.post(page(revision), fields(answer))
    revision.refresh_from_db()
    assert revision.body == TEXT


def test_what_another_site_sends_is_not_shown(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    revision = draft()
    answer = client.post(
        page(revision), form(revision, body=TEXT), headers={"origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 403
    assert "Zanzibar" not in answer.content.decode()


@pytest.mark.parametrize(
    "to", ["//elsewhere.example/", "https://elsewhere.example/", "/articles/", "javascript:x"]
)
def test_a_login_carries_nothing_to_elsewhere(user: User, to: str) -> None:
    sent = {"username": "editor", "password": PASSWORD, "next": to, "kept": '[["body", "Zanzibar"]]'}
    answer = Client().post("/admin/login/", sent)
    assert answer.status_code == 302
    assert "elsewhere" not in answer.headers["Location"]


@pytest.mark.parametrize("kept", ["x", "{}", "[1]", "null", '[["a"]]', "[" * 500])
def test_what_is_no_text_is_dropped(user: User, kept: str) -> None:
    sent = {"username": "editor", "password": PASSWORD, "next": "/admin/", "kept": kept}
    assert Client().post("/admin/login/", sent).status_code == 302


def test_a_session_outlives_a_new_key_by_its_fallback() -> None:
    client = Client()
    with override_settings(SECRET_KEY="the old key"):
        client.force_login(User.objects.create_superuser("keeper", password=PASSWORD))
        assert client.get("/admin/").status_code == 200
    with override_settings(SECRET_KEY="the new key", SECRET_KEY_FALLBACKS=["the old key"]):
        assert client.get("/admin/").status_code == 200
    with override_settings(SECRET_KEY="a third key", SECRET_KEY_FALLBACKS=[]):
        assert client.get("/admin/").status_code == 302
