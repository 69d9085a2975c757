"""A59 and A60: what another site may read, and that none may show a page of ours in a frame."""

import pytest
from django.test import Client

from tests.attacks.ground import API, DATA, PAGES, make_one_of_each

pytestmark = pytest.mark.django_db
ORIGINS = ("https://evil.example", "null", "https://127.0.0.1:8000.evil.example", "https://evil-127.0.0.1")


@pytest.fixture
def site(settings) -> Client:
    settings.API_RATE = (1_000_000, 60)
    make_one_of_each()
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def test_a59_pages_are_open_to_no_other_site_and_the_api_to_all(site):
    for address in (*PAGES, *DATA, *API, "/admin/login/", "/nope/", "/api/v1/nope/"):
        is_data = address.startswith("/api/v1/") and address not in ("/api/v1/", "/api/v1/docs/")
        is_open = is_data or address == "/schools/export.csv"
        for origin in ORIGINS:
            answer = site.get(address, headers={"Origin": origin})
            assert answer.headers.get("Access-Control-Allow-Origin") == ("*" if is_open else None), address
            assert not answer.has_header("Access-Control-Allow-Credentials")


def test_a60_no_answer_may_be_framed(site, monkeypatch, settings):
    settings.API_RATE = (10**9, 60)
    wrong = ["/nope/", "/schools", "/schools/?page=1", "/schools/?page=0", "/schools/nope/", "/admin/"]
    wrong += ["/admin/login/", "/admin/once/x/", "/api/v1/nope/", "/api/v1/schools/?state=XX", "/favicon.ico"]
    wrong += ["/healthz", "/schools/?" + "&".join(f"a{n}=1" for n in range(3000)), "/static/nope.css"]
    answers = [site.get(address) for address in (*PAGES, *DATA, *API, *wrong)]
    answers += [site.get("/", headers={"Host": "evil.example"}), site.post("/admin/login/"), site.put("/")]
    answers.append(site.get("/api/v1/schools/", headers={"Host": "evil.example"}))
    monkeypatch.setattr("directory.views.HomePage.get_context_data", fails)
    answers.append(site.get("/"))
    assert {301, 302, 400, 403, 404, 405, 410, 500} <= {answer.status_code for answer in answers}
    for answer in answers:
        assert answer["X-Frame-Options"] == "DENY", answer.request["PATH_INFO"]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def fails(*args: object, **kwargs: object) -> None:
    raise RuntimeError
