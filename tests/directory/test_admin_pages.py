"""The admin as a whole: every model is there, every page answers, the front page counts what waits."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.models import Observation, Statistic
from content.statistics import propose
from tasks.models import JobRun
from tests.build import (
    make_article,
    make_credential,
    make_figure,
    make_picture,
    make_school,
    make_sponsorship,
    make_statistic,
)

OURS = ("content", "listings", "tasks")
# Read through the rows they belong to, or written by the machine for the machine.
WITHOUT_PAGE = {
    "Bystander",
    "ListingRow",
    "ListingCredential",
    "ListingStamp",
    "FactSource",
    "RelatedGeneration",
    "ArticleDigest",
    "UnsavedText",
    "Attribution",
    "CredentialSetting",
    "LinkUse",
    "LinkCheck",
    "LinkHost",
    "MailKey",
    "SubmittedField",
    "SubmissionEvent",
    "Attempt",
    "Sheet",
    "SheetRow",
}

pytestmark = pytest.mark.django_db


def our_models() -> list[type]:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in models if model._meta.managed and not model.__name__.startswith("Historical")]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor", password=None))
    return client


def test_it_shows_every_model_to_editors() -> None:
    missing = {model.__name__ for model in our_models() if model not in admin.site._registry}
    assert missing == WITHOUT_PAGE


def test_it_answers_on_every_list_with_rows_and_with_a_search(editor: Client) -> None:
    make_sponsorship(make_school())
    make_credential()
    make_statistic()
    make_article()
    make_picture()
    JobRun.objects.ask("purge")
    for model in admin.site._registry:
        if model._meta.app_label not in OURS:
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert editor.get(address).status_code == 200, address
        assert editor.get(address, {"q": "x'\"%"}).status_code == 200, address
        first = model._default_manager.first()
        if first is not None:
            form = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[first.pk])
            assert editor.get(form).status_code == 200, form


def test_it_keeps_its_lists_at_the_same_number_of_queries(editor: Client) -> None:
    make_school()
    address = reverse("admin:listings_school_changelist")
    editor.get(address)
    with CaptureQueriesContext(connection) as few:
        editor.get(address)
    for number in range(12):
        make_school(f"College {number}")
    with CaptureQueriesContext(connection) as many:
        editor.get(address)
    assert len(many) == len(few)


def test_it_counts_what_waits_and_leads_to_exactly_those_rows(editor: Client) -> None:
    make_statistic(values={2024: 50000})
    propose([make_figure(150000, year=2025)])
    waiting = Observation.objects.waiting()
    assert waiting.count() == 1
    page = editor.get("/admin/")
    rows = {row.text: row for row in page.context["attention"]}
    row = rows["new value of a statistic waits for your decision"]
    assert row.count == 1
    listed = editor.get(row.address).context["cl"].queryset
    assert list(listed) == list(waiting)


def test_it_says_so_where_nothing_waits(editor: Client) -> None:
    assert "Nothing waits." in editor.get("/admin/").content.decode()


def test_it_shows_an_accepted_value_to_readers_at_once(editor: Client) -> None:
    make_statistic(values={2024: 50000})
    propose([make_figure(150000, year=2025)])
    waiting = Observation.objects.waiting().get()
    chosen = {"action": "accept", "_selected_action": [waiting.pk]}
    editor.post(reverse("admin:content_observation_changelist"), chosen)
    waiting.refresh_from_db()
    assert waiting.decided_by is not None
    assert Statistic.objects.get().current == waiting
    receipt = editor.get(reverse("statistic-detail", args=[waiting.statistic.key])).content.decode()
    assert "$150,000" in receipt


def test_it_keeps_the_last_good_value_where_a_new_one_is_refused(editor: Client) -> None:
    good = make_statistic(values={2024: 50000}).current
    propose([make_figure(150000, year=2025)])
    chosen = {"action": "refuse", "_selected_action": [Observation.objects.waiting().get().pk]}
    editor.post(reverse("admin:content_observation_changelist"), chosen)
    assert Statistic.objects.get().current == good


def test_it_lets_nobody_overwrite_a_figure(editor: Client) -> None:
    shown = make_statistic().current
    assert shown is not None
    address = reverse("admin:content_observation_change", args=[shown.pk])
    assert editor.post(address, {"value": "1"}).status_code == 403
    shown.refresh_from_db()
    assert shown.value == 51140


def test_it_turns_strangers_away(client: Client) -> None:
    make_school()
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert client.get(address).status_code == 302, address
