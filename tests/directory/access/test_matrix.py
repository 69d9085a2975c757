"""A66, A67: every address x every role x own or other's object x method: 0 deviations from the rows."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from content.links.gathering import gather
from content.models import (
    Article,
    ErrorReport,
    Fact,
    FactBox,
    ImportBatch,
    Observation,
    PreviewLink,
    Revision,
)
from content.previewing import make_link
from content.publishing import NewFact, NewFactBox
from listings.models import School
from tasks.models import JobRun
from tests.build import (
    make_article,
    make_credential,
    make_picture,
    make_report,
    make_school,
    make_specialty,
    make_sponsorship,
    make_statistic,
    make_topic,
)
from tests.content.workflow.people import make_editor
from tests.directory.access.rows import APART, OF_SCHOOLS, PUBLIC, RIGHTS, ROLES, SPECIAL
from tests.listings.submissions.sent import make_claim, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
OF_MODEL = re.compile(r"admin/(\w+)/(\w+)/(?:(add)/|<path:object_id>/(?:(history|delete|change)/)?)?$")
SENT = {
    "content_revision_preview_link": {"days": "3"},
    "content_revision_unsaved": {"tab": "a tab", "body": "Not saved."},
    "content_article_unsaved": {"tab": "a tab", "title": "Not saved."},
}
OWNED = {"content.article", "content.revision", "content.factbox", "content.fact", "content.previewlink"}
OWNED |= {"content.importbatch", "content.batchpage"}


def addresses() -> list[tuple[str, str]]:
    """The pattern and the name of every address that the resolver knows."""

    def walk(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
        for each in patterns:
            whole = prefix + str(each.pattern)
            if hasattr(each, "url_patterns"):
                yield from walk(each.url_patterns, whole)
            else:
                yield whole, each.name or whole

    return list(dict.fromkeys(walk(get_resolver().url_patterns)))


def test_every_address_has_a_row() -> None:
    known = {*PUBLIC, *SPECIAL, *APART}
    without = []
    for pattern, name in addresses():
        model = OF_MODEL.match(pattern)
        if not (name in known or (model and f"{model[1]}.{model[2]}" in RIGHTS)):
            without.append((pattern, name))
    assert without == []
    assert {each._meta.label_lower for each in admin.site._registry} == set(RIGHTS)


class World:
    """One object of every kind, and of the texts one of the author's and one of somebody else's."""

    def __init__(self) -> None:
        self.users = {role: make_editor(role) for role in ROLES[1:]}
        self.clients = {role: Client(raise_request_exception=False) for role in ROLES}
        for role, user in self.users.items():
            self.clients[role].force_login(user)
        shared = {"topic": make_topic(), "credentials": [make_credential()]}
        make_article("public", specialties=[make_specialty()], body="B", **shared)
        make_sponsorship(make_school("Greenwood", slug="greenwood"))
        make_statistic()
        make_picture()
        gather([], lambda: None)
        for slug in ("about", "ours"):
            make_article(slug, kind=Article.Kind.PAGE)
        make_report()
        JobRun.objects.ask("purge")
        make_claim(make_submission(School.objects.get(slug="greenwood")), letter=b"%PDF-1.7")
        stranger = User.objects.create_user("stranger", is_staff=True)
        self.objects = {"own": self.text("own", self.users["Author"]), "other": self.text("other", stranger)}

    def text(self, slug: str, by: User) -> dict[str, int]:
        box = NewFactBox(title="Facts", facts=(NewFact(label="Fee", text="100"),))
        article = make_article(slug, published=False, body="B", facts=[box], by=by)
        revision = article.revisions.get()
        link, _token = make_link(revision, days=3, by=self.users["superuser"])
        batch = ImportBatch.objects.create(by=by, size=1)
        page = batch.pages.create(position=1, name="page.html", state="read", raw=b"<p>Words</p>")
        found = (article, revision, FactBox.objects.get(revision=revision), link, batch, page)
        rows = {each._meta.label_lower: each.pk for each in found}
        return rows | {"content.fact": Fact.objects.get(box__revision=revision).pk}

    def pk(self, model: str, whose: str) -> int:
        if model in OWNED:
            return self.objects[whose][model]
        found = next(each for each in admin.site._registry if each._meta.label_lower == model)
        return found._default_manager.values_list("pk", flat=True).order_by("pk").first() or 0

    def reset(self, whose: str) -> None:
        """What a move or a link that was allowed changed, for the next one who asks."""
        row = self.objects[whose]
        Revision.objects.filter(pk=row["content.revision"]).update(state="in-review")
        Article.objects.filter(pk=row["content.article"]).update(status="draft", archived_to="")
        PreviewLink.objects.filter(pk=row["content.previewlink"]).update(revoked_at=None)

    def ask(self, role: str, method: str, address: str) -> int:
        return self.clients[role].generic(method, address).status_code


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> World:
    settings.VAR_DIR = tmp_path  # for the letter of a claim
    return World()


def test_pages_of_readers_answer_all_alike(world: World) -> None:
    deviations = []
    for name, (named, expected) in PUBLIC.items():
        address = reverse(name, kwargs=named)
        cache.clear()  # the rate of the API is not asked here
        for role in ROLES:
            for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
                wanted = expected if method in ("GET", "HEAD") else 405
                got = world.ask(role, method, address)
                if got != wanted:
                    deviations.append((name, role, method, got))
    assert deviations == []


def expected(model: str, role: str, whose: str, page: str, method: str) -> set[int]:
    """By the letters of the row; a list, a form or a question that may be opened answers 200."""
    if role == "anonymous":
        return {200} if method == "POST" else {302}
    rights = RIGHTS[model][ROLES.index(role) - 1]
    letter = {"list": "v", "add": "a", "history": "v", "delete": "d", "change": "v"}[page]
    if page == "change" and method == "POST":
        letter = "c"
    hidden = whose == "other" and role == "Author" and model in OWNED
    if hidden and "v" in rights and page in ("change", "history", "delete"):
        return {404} if letter in rights or page != "delete" else {403, 404}
    if letter not in rights:
        return {403}
    return {200, 302} if method == "POST" else {200}


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_models_answer_by_their_rights(world: World, role: str) -> None:
    deviations = []
    for model in RIGHTS:
        name = "admin:" + model.replace(".", "_")
        for whose in ("own", "other") if model in OWNED else ("own",):
            world.reset(whose)
            Revision.objects.filter(pk=world.objects[whose]["content.revision"]).update(state="draft")
            pk = world.pk(model, whose)
            pages = {"list": [], "add": [], "history": [pk], "delete": [pk], "change": [pk]}
            for page, named in pages.items():
                address = reverse(f"{name}_{'changelist' if page == 'list' else page}", args=named)
                if named and not pk:
                    continue
                for method in ("GET", "POST"):
                    got = world.ask(role, method, address)
                    if got not in expected(model, role, whose, page, method):
                        deviations.append((model, page, whose, method, got))
    assert deviations == []


def special(world: World, name: str, whose: str) -> str:
    if name in OF_SCHOOLS:
        return reverse(name, kwargs=OF_SCHOOLS[name][0])
    row = world.objects[whose]
    article, revision = row["content.article"], row["content.revision"]
    if name == "view_on_site":
        return reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(Article).pk, article])
    arguments: dict[str, list[Any]] = {
        "login-once": ["forged"],
        "app_list": ["content"],
        "tasks_jobrun_run_now": ["purge"],
        "content_observation_decide": [Observation.objects.order_by("pk")[0].pk],
        "content_errorreport_answer": [ErrorReport.objects.get().pk],
        "content_article_archive": [article],
        "content_revision_pick": ["articles"],
        "content_article_related": [article],
        "content_article_freeze": [article],
        "content_article_rule": [article, "veto", Article.objects.get(slug="public").pk],
        "content_revision_move": [revision, "approve"],
        "content_previewlink_revoke": [row["content.previewlink"]],
        "content_importbatch_drafts": [row["content.importbatch"]],
        "content_batchpage_raw": [row["content.batchpage"]],
        "content_batchpage_json": [row["content.batchpage"]],
        "listings_sponsorship_simple_history": [1, 999],
        "content_redirect_simple_history": [1, 999],
        "auth_user_password_change": [world.users["superuser"].pk],
    }
    if name.startswith("content_citedlink"):
        return reverse(f"admin:{name}", args=[world.pk("content.citedlink", whose)])
    if name in ("listings_claim_letter", "listings_mailbox_contact"):
        return reverse(f"admin:{name}", args=[world.pk(name.rpartition("_")[0].replace("_", "."), whose)])
    if name.startswith("listings_dataversion"):
        return reverse(f"admin:{name}", args=[1])
    given = arguments.get(name, [revision] if "revision" in name or name == "editors-preview" else [])
    outside = ("login-once", "editors-preview", "report-error")
    return reverse(name if name in outside else f"admin:{name}", args=given)


@pytest.mark.parametrize("name", SPECIAL)
def test_every_other_address_answers_by_its_row(world: World, name: str) -> None:
    deviations = []
    for asked, answers in SPECIAL[name].items():
        method, _, whose = asked.partition(" ")
        for role, wanted in zip(ROLES, answers.split(), strict=True):
            world.reset(whose or "own")
            address = special(world, name, whose or "own")
            sent = SENT.get(name, {})
            client = world.clients[role]
            got = client.post(address, sent) if method == "POST" else client.generic(method, address)
            if got.status_code != int(wanted):
                deviations.append((asked, role, got.status_code))
    assert deviations == []
