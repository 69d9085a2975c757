"""The one-time login link that `make run` prints."""

import time
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.management import CommandError, call_command
from django.core.signing import dumps
from django.test import Client

from directory import once

pytestmark = pytest.mark.django_db


def link(**options):
    printed = StringIO()
    call_command("editor_login", stdout=printed, **options)
    return printed.getvalue().strip()


def path(**options):
    return urlsplit(link(**options)).path


def test_the_first_link_makes_the_first_editor(client, django_user_model):
    assert link().startswith(settings.SITE_URL)
    editor = django_user_model.objects.get()
    assert (editor.username, editor.is_superuser, editor.has_usable_password()) == ("editor", True, False)
    link()
    assert django_user_model.objects.count() == 1


def test_the_link_shows_a_button_and_the_button_logs_in(client):
    where = path()
    page = client.get(where)
    assert "Log in" in page.text
    assert SESSION_KEY not in client.session
    assert "no-store" in page["Cache-Control"]
    answer = client.post(where)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert client.get("/admin/tasks/jobrun/").status_code == 200


def test_a_link_works_once(client, django_user_model):
    first, second = path(), path()
    client.post(first)
    client.logout()
    for where in (first, second):
        for answer in (client.get(where), client.post(where)):
            assert answer.status_code == 410
            assert "used already, or is older than ten minutes" in answer.text
    assert SESSION_KEY not in client.session


def test_of_two_who_press_at_once_one_gets_in(django_user_model):
    editor = django_user_model.objects.create_superuser("editor")
    assert [once.use(editor), once.use(editor)] == [True, False]


def test_a_link_ends_after_ten_minutes(client, monkeypatch):
    where = path()
    later = time.time() + 601
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.get(where).status_code == 410


@pytest.mark.parametrize(
    "forge",
    [lambda: "x", lambda: dumps([1, None]), lambda: dumps([1, None], salt=once.SALT) + "x"],
    ids=["no token", "of another page", "changed"],
)
def test_a_forged_link_is_refused(client, django_user_model, forge):
    django_user_model.objects.create_superuser("editor", pk=1)
    token = forge()
    assert client.post(f"/admin/once/{token}/").status_code == 410


def test_a_link_dies_with_the_account(client, django_user_model):
    where = path()
    django_user_model.objects.update(is_active=False)
    assert client.get(where).status_code == 410


def test_a_named_editor_gets_the_link(client, django_user_model):
    django_user_model.objects.create_superuser("ada")
    django_user_model.objects.create_user("bob", is_staff=True)
    assert "as bob" in client.get(path(user="bob")).text
    assert "as ada" in client.get(path()).text


@pytest.mark.parametrize(("user", "reason"), [("nobody", "called nobody"), (None, "--user NAME")])
def test_without_an_editor_to_log_in_it_says_what_to_type(django_user_model, user, reason):
    django_user_model.objects.create_user("bob", is_staff=True)
    with pytest.raises(CommandError, match=reason):
        link(user=user)


def test_the_form_wants_its_token(django_user_model):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path()).status_code == 403
