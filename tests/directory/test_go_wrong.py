"""Something goes wrong: plain words, a next step, no technology, no database."""

import re
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.contrib.staticfiles.finders import find
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from directory import errors, urls
from tests.reading import Page


def refuse(request: HttpRequest) -> None:
    raise PermissionDenied


def suspect(request: HttpRequest) -> None:
    raise SuspiciousOperation


def fail(request: HttpRequest) -> None:
    raise RuntimeError("secret detail")


class Failing:
    """The site's own addresses and three that fail."""

    urlpatterns = [path("refuse/", refuse), path("suspect/", suspect), path("fail/", fail), *urls.urlpatterns]
    handler400, handler403, handler404 = errors.bad_request, errors.permission_denied, errors.page_not_found


@pytest.fixture
def failing(settings) -> Client:
    settings.ROOT_URLCONF = Failing
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("error", [None, OperationalError("the server closed the connection")])
def test_an_address_without_a_page_leads_on_even_without_a_database(failing, monkeypatch, error):
    monkeypatch.setattr(errors, "destination", Mock(side_effect=error, return_value=None))
    page = Page(failing, "/nope/", status=404)
    assert page.text("h1") == "There is no page at this address"
    assert {"/", "/articles/", "/schools/"} <= set(page.links())


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/refuse/", 403, "You may not open this page"),
        ("/suspect/", 400, "That request could not be read"),
    ],
)
def test_a_plain_page_with_ways_on(failing, address, status, title):
    page = Page(failing, address, status=status)
    assert page.text("h1") == title
    assert {"/", "/articles/", "/schools/"} <= set(page.links())
    assert page.attribute("meta[name=robots]", "content") == "noindex"
    assert "Django" not in page.html


def test_a_wrong_host_is_a_bad_request(failing):
    response = failing.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_a_failure_has_a_page_of_its_own_without_database_or_detail(failing):
    page = Page(failing, "/fail/", status=500)
    assert page.text("h1") == "Something went wrong on our side"
    assert page.links() == ["/"]
    assert "secret detail" not in page.html
    assert "{%" not in page.html


def test_a_form_without_its_token_says_what_to_do():
    html = render_to_string("403_csrf.html", {"site_name": "Superbill", "site_url": ""})
    assert "Nothing was stored." in html


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_plainly():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert b"The form could not be sent" in response.content


def test_the_page_of_our_own_fault_links_the_styles_of_its_classes():
    page = HTMLParser(render_to_string("500.html"))
    sheets = [link.attributes["href"].removeprefix("/static/") for link in page.css("link[rel=stylesheet]")]
    styles = "".join(Path(find(sheet)).read_text("utf-8") for sheet in sheets)
    used = {name for node in page.css("[class]") for name in node.attributes["class"].split()}
    assert used
    assert [name for name in sorted(used) if not re.search(rf"\.{name}\b", styles)] == []
