"""An article moves to another address, and readers of the old one are sent on in one hop."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from content.models import Redirect
from content.publishing import archive, rename
from tests.build import make_article
from tests.content.workflow.people import logged_in, make_editor

pytestmark = pytest.mark.django_db


def leads(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 301, path
    return answer.headers["Location"]


def test_every_former_address_leads_to_the_newest_in_one_hop(client: Client) -> None:
    article, publisher = make_article("one"), make_editor("Publisher")
    editor = logged_in(publisher)
    for slug in ("two", "three"):
        address = reverse("admin:content_article_change", args=[article.pk])
        sent = {"slug": slug, "kind": "article", "topic": "", "review_at_0": "", "review_at_1": ""}
        for formset in ("related_links", "revisions"):
            sent |= {f"{formset}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
        assert editor.post(address, sent).status_code == 302
    for former in ("/articles/one/", "/articles/two/"):
        assert leads(client, former) == "/articles/three/"
    assert client.get("/articles/three/").status_code == 200
    rename(article, slug="one", by=publisher)
    assert client.get("/articles/one/").status_code == 200
    assert leads(client, "/articles/three/") == "/articles/one/"


def test_redirects_join_to_one_hop_and_never_turn_in_a_circle(client: Client) -> None:
    publisher = make_editor("Publisher")
    new = make_article("new")
    archive(make_article("gone"), by=publisher, to="/old-page/")
    Redirect.objects.create(path="/old-page/", to="/older/")
    Redirect.objects.create(path="/older/", article=new)
    for path in ("/articles/gone/", "/old-page/", "/older/"):
        assert leads(client, path) == "/articles/new/"
    Redirect.objects.create(path="/round/", to="/and-round/")
    Redirect.objects.create(path="/and-round/", to="/round/")
    assert client.get("/round/").status_code == 404


def test_a_draft_moves_without_a_trace() -> None:
    author = make_editor("Author")
    rename(make_article("one", published=False, by=author), slug="two", by=author)
    assert not Redirect.objects.exists()


def test_an_author_moves_no_address_that_readers_know() -> None:
    article = make_article("one")
    with pytest.raises(PermissionDenied):
        rename(article, slug="two", by=make_editor("Author"))


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "/\\x", "/a b", "/a\n"])
def test_a_redirect_stays_within_the_site(to: str) -> None:
    with pytest.raises(ValidationError, match="begins with one slash"):
        Redirect(path="/old/", to=to).full_clean()
