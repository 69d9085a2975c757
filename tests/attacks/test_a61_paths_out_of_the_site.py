"""A61: no path leads to a file, a listing or a tool that is not a page."""

import pytest

from tests.attacks.ground import corpus, make_one_of_each

pytestmark = pytest.mark.django_db


def test_a61_a_path_out_of_the_site_is_not_found(client):
    make_one_of_each()
    for path in corpus("a61_paths"):
        answer = client.generic("GET", path)
        assert answer.status_code == 404, path
        for trace in (b"SECRET_KEY", b"root:", b"Index of", b"Traceback", b"DEBUG = ", b"urlpatterns"):
            assert trace not in answer.content
        if path.startswith("/api/v1/"):
            assert answer.json() == {"detail": "There is nothing at this address."}


@pytest.mark.parametrize("path", ["/admin/doc/", "/admin/doc", "/admin/.git/HEAD", "/admin/../settings.py"])
def test_a61_an_editor_finds_no_more(admin_client, client, path):
    assert admin_client.get(path).status_code == 404
    assert client.get(path).headers.get("Location", "/admin/login/").startswith("/admin/login/")
