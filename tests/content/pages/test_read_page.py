"""About, contact and other pages: written like articles, in no list of them."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from content.models import Article, Redirect
from content.previewing import make_link
from content.publishing import archive, publish, rename
from tests.build import make_article, make_revision
from tests.content.workflow.people import logged_in, make_editor
from tests.reading import Page

pytestmark = pytest.mark.django_db
PAGE = Article.Kind.PAGE


def test_it_stands_right_below_the_front_page(client):
    make_article("about", kind=PAGE, title="About us", lead="Who we *are*.", body="## Who\n\nEditors.")
    page = Page(client, "/about/")
    assert page.text("h1") == "About us"
    assert page.text(".lede") == "Who we are ."
    assert page.text(".prose") == "Who Editors."
    assert "Related" not in page.text()
    assert client.get("/articles/about/").status_code == 404


def test_an_article_is_no_page_and_a_draft_is_nothing(client):
    make_article("guide")
    make_article("contact", kind=PAGE, published=False, title="Zanzibar")
    assert client.get("/guide/").status_code == 404
    assert client.get("/contact/").status_code == 404
    assert client.get("/no-such/").status_code == 404


def test_every_page_of_readers_leads_to_them(client):
    links = Page(client, "/").links(".site-footer")
    assert {"/about/", "/contact/", "/editorial-policy/", "/corrections/", "/privacy/", "/glossary/"} <= set(
        links
    )


def test_the_contact_page_says_where_the_site_reads_its_mail(client, settings):
    settings.DEFAULT_FROM_EMAIL = "The editors <desk@example.org>"
    make_article("contact", kind=PAGE)
    make_article("about", kind=PAGE)
    assert "mailto:desk@example.org" in Page(client, "/contact/").links()
    assert "mailto:desk@example.org" not in Page(client, "/about/").links()


def test_the_sitemap_has_it_once_and_lists_and_feeds_have_not(client):
    make_article("about", kind=PAGE, title="Zanzibar")
    make_article("corrections", kind=PAGE)
    sitemap = client.get("/sitemap.xml").content.decode()
    assert sitemap.count("/about/</loc>") == 1
    assert sitemap.count("/corrections/</loc>") == 1
    for surface in ("/articles/", "/feed.atom", "/search/?q=zanzibar", "/api/v1/articles/"):
        assert "/about/" not in client.get(surface).content.decode().partition("<footer")[0], surface


def test_taken_away_it_is_gone_or_leads_on(client):
    archive(make_article("about", kind=PAGE), by=None)
    archive(make_article("contact", kind=PAGE), by=None, to="/articles/")
    assert client.get("/about/").status_code == 410
    assert client.get("/articles/about/").status_code == 404
    assert client.get("/contact/")["Location"] == "/articles/"


def test_under_another_address_it_leads_on_in_one_hop(client):
    page = make_article("about", kind=PAGE)
    rename(page, slug="about-us", by=make_editor("Publisher"))
    assert Redirect.objects.get().path == "/about/"
    assert client.get("/about/")["Location"] == "/about/about-us/"
    assert client.get("/about/about-us/").status_code == 200


def test_other_pages_stand_below_about_and_take_no_address_of_the_site(client):
    page = make_article("schools", kind=PAGE, title="For schools")
    assert page.get_absolute_url() == "/about/schools/"
    assert Page(client, "/about/schools/").text("h1") == "For schools"
    assert Page(client, "/schools/").text("h1") != "For schools"
    make_article("contact", kind=PAGE)
    assert client.get("/about/contact/").status_code == 404


@pytest.mark.parametrize("slug", ["about", "advertise-here", "corrections"])
def test_an_editor_begins_one_and_publishes_it(client, slug):
    editor = make_editor("Publisher")
    answer = logged_in(editor).post(
        reverse("admin:content_article_add"), {"title": "A page of ours", "slug": slug, "kind": "page"}
    )
    assert answer.status_code == 302
    page = Article.objects.get()
    assert client.get(page.get_absolute_url()).status_code == (200 if slug == "corrections" else 404)
    publish(make_revision(page, title="A page of ours", body="Said."), by=None)
    assert "Said." in Page(client, page.get_absolute_url()).text()


def test_what_readers_know_keeps_its_kind(client):
    article = make_article("guide")
    editor = logged_in(make_editor("Publisher"))
    inlines = {
        f"{name}-{part}_FORMS": "0"
        for name in ("revisions", "related_links")
        for part in ("TOTAL", "INITIAL")
    }
    address = reverse("admin:content_article_change", args=[article.pk])
    answer = editor.post(address, {"slug": "guide", "kind": "page"} | inlines)
    assert "Readers know its address" in answer.content.decode()
    article.refresh_from_db()
    assert article.kind == Article.Kind.ARTICLE


def test_a_preview_shows_the_page_and_not_an_article(client):
    editor = make_editor("Publisher")
    page = make_article("contact", kind=PAGE, published=False, title="Write to us", body="Said.")
    draft = page.revisions.get()
    _link, token = make_link(draft, days=1, by=editor)
    for who, address in ((client, f"/preview/{token}/"), (logged_in(editor), f"/admin/preview/{draft.pk}/")):
        shown = Page(who, address)
        assert shown.text("h1") == "Write to us"
        assert shown.texts(".about-article") == []
        assert "mailto:superbill@localhost" in shown.links()


def test_editors_look_back_and_readers_do_not(client):
    make_article("about", kind=PAGE, title="Now")
    assert "As readers saw" not in Page(client, "/about/?asof=2026-01-01").text()
    editor = logged_in(make_editor("Reviewer"))
    assert "readers saw nothing" in Page(editor, "/about/?asof=2020-01-01").text()
    assert editor.get("/articles/about/?asof=2020-01-01").status_code == 404


def test_a_new_site_has_its_pages(client):
    call_command("start_content", verbosity=0)
    for slug in ("about", "contact", "editorial-policy", "privacy", "corrections"):
        page = Page(client, f"/{slug}/")
        for link in page.links(".article"):
            if link.startswith("/"):
                assert client.get(link).status_code == 200, (slug, link)
