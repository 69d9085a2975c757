"""A48: what one visitor sends is never in what the next one gets, and private pages are kept nowhere."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.attacks.ground import API, DATA, PAGES, corpus, make_one_of_each, with_query

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_RATE = (1_000_000, 60)


def varies_by(answer) -> set[str]:
    return {name.strip().lower() for name in answer.headers.get("Vary", "").split(",")}


@pytest.mark.slow
def test_a48_the_same_bytes_whatever_the_headers(client):
    make_one_of_each()
    for address in (*PAGES, *DATA, *API):
        plain = client.get(address).getvalue()
        for headers in corpus("a48_headers"):
            answer = client.get(address, headers=headers)
            assert answer.status_code == 200, (address, headers)
            told = {name.lower() for name in headers} & varies_by(answer)
            assert told or (answer.getvalue() == plain and not answer.cookies), (address, headers)
            client.cookies.clear()
        assert client.get(address).getvalue() == plain


@pytest.mark.slow
def test_a48_a_key_that_is_none_leaves_no_trace(client):
    make_one_of_each()
    for address in (*PAGES, *DATA, *API):
        plain = client.get(address).getvalue()
        for query in corpus("a48_queries"):
            answer = client.get(with_query(address, query))
            assert answer.status_code == 200, (address, query)
            assert answer.getvalue() == plain, (address, query)


def test_a48_a_page_under_another_name_is_not_there(client):
    make_one_of_each()
    for path in corpus("a48_paths"):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "public" not in answer.headers.get("Cache-Control", "")


def test_a48_private_pages_are_kept_nowhere(admin_client):
    models = sorted(admin.site._registry, key=lambda model: model._meta.label)
    lists = [reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist") for model in models]
    tricks = [f"{lists[0]}x.css", "/admin/x.css", "/admin/login/x.js", "/admin/;x.css", "/admin/?x.css"]
    assert len(lists) > 10
    for address in ("/admin/", "/admin/password_change/", "/admin/jsi18n/", *lists, *tricks):
        answer = admin_client.get(address)
        assert "no-store" in answer.headers.get("Cache-Control", "") or answer.status_code == 404, address
