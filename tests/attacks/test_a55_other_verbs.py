"""A55: a method that an address does not take is 405 with those that it takes; nothing is read or changed."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from listings.models import School
from tests.attacks.ground import API, DATA, PAGES, make_one_of_each

pytestmark = pytest.mark.django_db
ODD = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "MKCOL", "DEBUG", "\u0130", "put", "GETS")


@pytest.fixture
def visitor() -> Client:
    """Checks forms' tokens, as the site does."""
    return Client(enforce_csrf_checks=True)


def test_a55_what_is_only_read_takes_no_other_method(visitor, settings):
    settings.API_RATE = (1_000_000, 60)
    make_one_of_each()
    before = list(School.objects.values())
    for address in (*PAGES, *DATA, *API, "/favicon.ico", "/healthz"):
        for verb in (*ODD, "POST", "post"):
            answer = visitor.generic(verb, address, headers={"X-HTTP-Method-Override": "GET"})
            assert answer.status_code == 405, (verb, address)
            assert set(answer["Allow"].split(", ")) - {"OPTIONS"} == {"GET", "HEAD"}, (verb, address)
    assert list(School.objects.values()) == before


@pytest.mark.parametrize("override", ["DELETE", "POST", "PUT"])
def test_a55_no_header_or_key_makes_another_method(client, override):
    make_one_of_each()
    headers = dict.fromkeys(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"), override)
    for address in ("/schools/greenwood-college-1/", "/api/v1/schools/greenwood-college-1/"):
        assert client.get(f"{address}?_method={override}", headers=headers).status_code == 200
    assert School.objects.count() == 1


def test_a55_no_page_of_the_editors_takes_an_odd_method(admin_client):
    for verb in ODD:
        for address in ("/admin/", "/admin/login/", "/admin/content/article/add/", "/admin/once/x/"):
            answer = admin_client.generic(verb, address)
            assert answer.status_code == 405, (verb, address)
            assert "TRACE" not in answer["Allow"]


def test_a55_logging_out_is_no_link(admin_client):
    assert admin_client.get("/admin/logout/").status_code == 405
    assert admin_client.get("/admin/").status_code == 200


def test_a55_every_address_is_tried_here_or_takes_forms():
    """A new page that is only read is to be tried above."""
    tried = {get_resolver().resolve(address.partition("?")[0]).url_name for address in (*PAGES, *DATA, *API)}
    named = {
        pattern.name
        for pattern in get_resolver().url_patterns
        if not isinstance(pattern, URLResolver) and not hasattr(pattern.callback, "view_class")
    }
    assert named - tried <= {"favicon", "health", "login-once"}
