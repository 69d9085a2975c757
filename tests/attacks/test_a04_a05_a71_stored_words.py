"""A04, A05, A71: what is stored is shown as the words that it is: in pages, data, files and the admin."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from selectolax.lexbor import LexborHTMLParser

from content.models import Article
from content.publishing import publish, save_revision
from listings.models import School
from tests.attacks.ground import API, KEY
from tests.build import (
    make_article,
    make_credential,
    make_school,
    make_source,
    make_specialty,
    make_sponsorship,
    make_statistic,
    make_topic,
)
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAMES = (
    '"><script>alert(1)</script>',
    "</script><script>alert(1)</script><!--",
    "{{7*7}}{% debug %}${7*7}#{7*7}<%=7*7%>",
    "%s%n%(a)s {event.__init__} {0.__class__}",
    "'\" onmouseover=alert(1) x='",
    '=HYPERLINK("https://evil.example")',
)
SHOWN = (
    *("/", "/articles/", "/articles/evil/", "/topics/evil/", "/credentials/", "/credentials/evil/"),
    *(
        "/specialties/",
        "/specialties/evil/",
        "/statistics/",
        f"/statistics/{KEY}/",
        "/schools/",
        "/schools/evil/",
    ),
    *("/schools/compare/?schools=evil", "/schools/in/oh/", "/programs/51.0713/oh/", "/search/?q=alert"),
)
FILES = ("/feed.atom", "/topics/evil/feed.atom", "/sitemap.xml", f"/statistics/{KEY}/chart.svg")


def acts(html: str) -> bool:
    """Whether a stored name became an element or an attribute."""
    tree = LexborHTMLParser(html)
    return any(
        "alert(1)" in each.text() and "ld+json" not in (each.attributes.get("type") or "")
        for each in tree.css("script")
    ) or bool(tree.css("[onmouseover], [onerror]"))


def make_all_named(name: str) -> None:
    make_source(title=name, publisher=name)
    topic = make_topic("evil", name=name)
    credential = make_credential("EVIL", name=name[:200])
    specialty = make_specialty(name, slug="evil")
    make_statistic(KEY, label=name, subject=name)
    article = make_article("evil", published=False, topic=topic)
    text = {"title": name, "lead": name, "summary": name, "body": f"{name}\n\n[[stat:{KEY}|full]]"}
    draft = save_revision(
        article, **text, change_note=name, credentials=[credential], specialties=[specialty]
    )
    publish(draft, by=None)
    school = make_school(
        name,
        slug="evil",
        aliases=name,
        city=name[:100],
        programs=[{"credentials": ["evil"], "delivery": ["online"]}],
    )
    make_sponsorship(school)


@pytest.mark.parametrize("name", NAMES)
def test_a04_readers_see_the_name_and_nothing_runs(client: Client, name: str) -> None:
    make_all_named(name)
    for address in (*SHOWN, *FILES):
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert not acts(text), address
        assert "49" not in re.findall(r">\s*([^<>]*?)\s*<", text), address
    assert Page(client, "/schools/evil/").text("h1") == " ".join(name.split())
    assert escape(name) in client.get("/schools/evil/").content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a05_data_for_machines_holds_the_name_whole(client: Client, settings: Any, name: str) -> None:
    settings.API_RATE = (1_000_000, 60)
    make_all_named(name)
    for address in ("/schools/evil/", "/articles/evil/", f"/statistics/{KEY}/"):
        (data,) = Page(client, address).tree.css('script[type="application/ld+json"]')
        assert name in json.dumps(json.loads(data.text()), ensure_ascii=False).replace('\\"', '"'), address
    assert client.get("/api/v1/schools/evil/").json()["name"] == name
    for address in API:
        if "greenwood" not in address and "coding-certification" not in address and "cpc" not in address:
            assert not client.get(address)["Content-Type"].startswith("text/html"), address


@pytest.mark.parametrize("name", NAMES)
def test_a04_no_cell_of_a_file_is_run_by_a_spreadsheet(client: Client, name: str) -> None:
    make_all_named(name)
    text = b"".join(client.get("/schools/export.csv").streaming_content).decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert name in (row["school_name"], row["school_name"].removeprefix("'"))
    assert not row["school_name"].startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES[:3])
def test_a71_the_admin_shows_a_superuser_the_words(admin_client: Client, name: str) -> None:
    make_all_named(name)
    Client(headers={"User-Agent": name}).post("/admin/login/", {"username": name, "password": "x"})
    seen = 0
    for model in admin.site._registry:
        app, kind = model._meta.app_label, model._meta.model_name
        pages = [
            reverse(f"admin:{app}_{kind}_changelist"),
            reverse(f"admin:{app}_{kind}_changelist") + "?q=alert",
        ]
        pk = model._default_manager.values_list("pk", flat=True).first()
        if pk is not None:
            pages += [
                reverse(f"admin:{app}_{kind}_{page}", args=[pk]) for page in ("change", "history", "delete")
            ]
        for address in pages:
            answer = admin_client.get(address)
            assert answer.status_code in (200, 302, 403), address
            assert not acts(answer.content.decode()), address
            seen += escape(name) in answer.content.decode()
    assert seen >= 10
    assert not acts(admin_client.get("/admin/").content.decode())


def test_a71_a_message_about_what_was_saved_is_text(admin_client: Client) -> None:
    sent = {"publisher": NAMES[0], "title": NAMES[0], "url": ""}
    html = admin_client.post(reverse("admin:content_source_add"), sent, follow=True).content.decode()
    assert 'class="success"' in html
    assert not acts(html)


def test_a04_nothing_was_evaluated_on_the_way() -> None:
    make_all_named(NAMES[2])
    assert School.objects.get().name == NAMES[2]
    assert Article.objects.get().published_revision.title == NAMES[2]
    assert mail.outbox == []
