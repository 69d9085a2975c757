"""A word planted in each personal field turns up nowhere that the register does not allow."""

import logging
import pickle
import sqlite3
import tarfile

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from content.models import Article
from directory.deploy.backup import backup
from directory.logs import JsonLines, TextLines
from directory.roles import make_roles
from listings.models import MailKey
from tasks.open_data import write_open_data
from tests.build import make_article, make_topic
from tests.content.workflow.people import logged_in, make_editor
from tests.directory.privacy.canaries import Garden
from tests.listings.submissions.visiting import stamped

pytestmark = pytest.mark.django_db

PUBLIC = (
    *("/", "/articles/", "/articles/guide/", "/credentials/", "/specialties/", "/glossary/", "/statistics/"),
    *("/schools/", "/schools/export.csv", "/schools/in/oh/", "/programs/51.0713/oh/", "/schools/saved/"),
    *(
        "/how-listings-are-ordered/",
        "/how-this-site-is-paid-for/",
        "/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
    ),
    *("/corrections/", "/corrections/report/", "/privacy/", "/about/", "/healthz", "/search/?q=alpha"),
    *(
        "/api/v1/schools/",
        "/api/v1/programs/",
        "/api/v1/credentials/",
        "/api/v1/articles/",
        "/api/v1/facets/",
    ),
    *("/api/v1/statistics/", "/api/v1/schema/", "/search/suggest/?q=alpha", "/topics/certification/"),
    *("/for-schools/", "/for-schools/new/", "/for-schools/my/", "/admin/login/"),
)


@pytest.fixture
def garden(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    make_article("privacy", kind=Article.Kind.PAGE)
    make_topic()
    return Garden()


def addresses(garden):
    slug = garden.school.slug
    own = (f"/schools/{slug}/", f"/schools/{slug}/correct/", f"/api/v1/schools/{slug}/")
    return (*PUBLIC, *own, f"/schools/compare/?schools={slug}")


def body(response):
    return b"".join(response) if response.streaming else response.content


def test_no_page_feed_file_or_api_shows_one(garden, client):
    for address in addresses(garden):
        response = client.get(address)
        assert response.status_code in (200, 302, 404), address
        said = body(response).decode() + repr(response.headers)
        assert garden.seen_in(said) == [], address


def test_searching_for_a_word_finds_nothing(garden, client):
    words = " ".join(garden.words.values())
    for address in ("/schools/?q=", "/search/?q=", "/for-schools/?q=", "/api/v1/schools/?q="):
        assert garden.school.slug not in body(client.get(f"{address}{words[:100]}")).decode()
        for name in ("address", "person", "position"):
            word = garden.words["mailboxes", name]
            assert garden.school.slug not in body(client.get(f"{address}{word}")).decode(), address


def test_the_open_data_holds_none(garden, tmp_path):
    write_open_data(tmp_path / "open")
    files = [file for file in (tmp_path / "open").rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert garden.seen_in(file.read_bytes().decode("utf-8", "replace") + file.name) == [], file.name


def test_the_cache_holds_none(garden, client):
    for address in addresses(garden):
        client.get(address)
    assert garden.seen_in(kept_in_the_cache()) == []


def kept_in_the_cache():
    """All of it, as text: in memory, or in the worker's own Redis."""
    if hasattr(cache, "_expire_info"):
        return repr({key: pickle.loads(value) for key, value in cache._cache.items()})
    server = cache._cache.get_client()
    return repr({key: server.get(key) for key in server.keys("*")})


def test_a45_nobody_without_the_right_sees_one_in_the_admin(garden):
    make_roles()
    nobody = User.objects.create_user("nobody", is_staff=True)
    for user in (nobody, make_editor("Author")):
        browser = logged_in(user)
        for address in admin_pages(garden):
            said = body(browser.get(address)).decode()
            assert garden.seen_in(said) == [], (user.username, address)
    root = logged_in(User.objects.create_superuser("root", password=None))
    assert garden.seen_in(body(root.get(reverse("admin:content_errorreport_changelist"))).decode())


def test_a45_contacts_are_seen_by_one_right_alone(garden):
    user = User.objects.create_user("moderator", is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(codename__in=("see_contacts", "read_letter")))
    browser = logged_in(user)
    for address in admin_pages(garden):
        said = body(browser.get(address)).decode()
        assert not [seen for seen in garden.seen_in(said) if seen.startswith("mailboxes.")], address


def admin_pages(garden):
    """The front page, each list, and forms of rows with a word in them."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        for row in model._default_manager.all()[:2]:
            yield reverse(f"{name}_change", args=[row.pk])


@pytest.mark.parametrize("debug", [False, True])
def test_a31_no_log_line_holds_a_key_or_an_address(garden, settings, caplog, debug, monkeypatch):
    settings.DEBUG = debug
    caplog.set_level("DEBUG")
    token = MailKey.hand_out(MailKey.Purpose.CONFIRM, garden.mailbox)

    def broken(*args, **named):
        raise RuntimeError(f"Key (address)=({garden.mailbox.address}) already exists, {token}@example.org")

    monkeypatch.setattr("listings.views.for_schools.visit.mailbox_of", broken)
    monkeypatch.setattr("listings.views.for_schools.link.mailbox_of", broken, raising=False)
    browser = Client(raise_request_exception=False)
    for door in ("confirm", "my", "reminders"):
        for method in (browser.get, browser.head, browser.post, browser.put):
            method(f"/for-schools/{door}/{token}/")
            method(f"/for-schools/{door}/{token}x/")
            method(f"/for-schools/{door}/{token}/no-such-page/")
    typed = {"address": garden.mailbox.address, "person": garden.words["mailboxes", "person"]}
    browser.post("/for-schools/link/", stamped("school-link", **typed))
    browser.post(f"/schools/{garden.school.slug}/correct/?field=tuition&program=51.0713.21", typed)
    browser.post(f"/for-schools/confirm/{token}/", typed)
    logging.getLogger("django.request").error("Broken: %s", typed["address"])
    lines = (TextLines(), JsonLines())
    said = "\n".join(line.format(each) for each in caplog.records for line in lines)
    assert "(mail address)" in said
    assert "(key)" in said
    assert token not in said
    assert garden.seen_in(said) == []


def test_a_backup_names_nobody_and_leaves_letters_of_evidence_out(garden, tmp_path, settings, monkeypatch):
    file = tmp_path / "superbill.sqlite3"
    sqlite3.connect(file).close()
    embedded = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    monkeypatch.setitem(settings.DATABASES, "default", embedded)
    (tmp_path / "media").mkdir()
    folder = backup()
    names = [each.name for each in folder.iterdir()]
    with tarfile.open(folder / "media.tar.gz") as archive:
        names += archive.getnames()
    assert garden.seen_in(" ".join(names)) == []
    assert not any(garden.letter.name in name for name in names)


def test_what_a_row_says_of_itself_in_a_log_is_its_number(garden):
    for row in (
        garden.mailbox,
        garden.unconfirmed,
        *garden.mailbox.letters.all(),
        *garden.mailbox.keys.all(),
    ):
        assert garden.seen_in(f"{row} {row!r}") == []
