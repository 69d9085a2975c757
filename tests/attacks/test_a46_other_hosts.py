"""A46: a host that is not ours is refused, and no header makes an address."""

import pytest

from tests.attacks.ground import API, DATA, PAGES, corpus, make_one_of_each

pytestmark = pytest.mark.django_db


def test_a46_another_host_is_a_bad_request(client):
    for host in corpus("a46_hosts"):
        for address in (
            "/",
            "/schools/",
            "/schools",
            "/nope/",
            "/api/v1/schools/",
            "/admin/",
            "/favicon.ico",
        ):
            answer = client.get(address, headers={"Host": host})
            assert answer.status_code == 400, (address, host)
            assert b"evil" not in answer.content


def test_a46_no_header_makes_an_address(client, settings):
    settings.SITE_URL = "https://superbill.example"
    settings.API_RATE = (1_000_000, 60)
    make_one_of_each()
    for address in (*PAGES, *DATA, *API):
        plain = client.get(address).getvalue()
        for headers in corpus("a46_headers"):
            answer = client.get(address, headers=headers)
            assert answer.status_code == 200
            assert answer.getvalue() == plain, (address, headers)


@pytest.mark.parametrize("address", ["/schools", "/statistics/", "/favicon.ico"])
def test_a46_no_header_moves_a_redirect(client, address):
    where = f"{address}?near=" if address == "/schools/" else address
    for headers in corpus("a46_headers"):
        assert "evil" not in client.get(where, headers=headers).headers.get("Location", "")
