"""An editor reads in the admin what a version would change, and asks that readers see it."""

import csv
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from listings import versions
from listings.models import DataVersion
from tasks.models import JobRun
from tasks.runs import execute, plan
from tests.listings.imports.federal import Year, program, school
from tests.listings.reading import texts, tree

pytestmark = pytest.mark.django_db

SHOW = "admin:listings_dataversion_difference"
SWITCH = "admin:listings_dataversion_switch"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor", password=None))
    return client


@pytest.fixture(autouse=True)
def two(tmp_path: Path) -> None:
    unitids = range(100_001, 100_011)
    Year(tmp_path, 2022, map(school, unitids), map(program, unitids)).load()
    schools = [
        school(unitid, "<b>New</b> name" if unitid == 100_001 else "") for unitid in (*unitids, 100_011)
    ]
    Year(tmp_path, 2023, schools, [program(row["UNITID"]) for row in schools]).load("--no-switch")


def test_the_front_page_says_that_a_version_waits(editor: Client) -> None:
    words = "data version is loaded that readers do not see yet"
    assert f"1 {words}" in " ".join(texts(tree(editor.get("/admin/")), ".attention li"))
    versions.switch(2)
    assert words not in editor.get("/admin/").content.decode()


def test_it_shows_counts_and_rows(editor: Client) -> None:
    changelist = editor.get(reverse("admin:listings_dataversion_changelist")).content.decode()
    assert reverse(SHOW, args=[2]) in changelist
    page = tree(editor.get(reverse(SHOW, args=[2])))
    rows = texts(page, "#content table tbody tr")
    assert "Schools 1 0 1 name 1" in rows
    assert "Programs 1 0 0" in rows
    assert "schools: changed <b>New</b> name 100001 name College 100001 <b>New</b> name" in rows
    assert "schools: new College 100011 100011" in rows
    only = tree(editor.get(reverse(SHOW, args=[2]) + "?subject=programs"))
    assert all(row.startswith("programs:") for row in texts(only, "#rows tbody tr"))


def test_every_row_can_be_taken_away(editor: Client) -> None:
    answer = editor.get(reverse("admin:listings_dataversion_csv", args=[2]))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    rows = list(csv.DictReader(lines))
    assert {"new", "changed"} == {row["kind"] for row in rows}


def test_the_wish_is_a_row_and_a_job_fulfils_it(editor: Client) -> None:
    assert "switch_version" not in JobRun.objects.filter(pk__in=plan()).values_list("job", flat=True)
    editor.post(reverse(SWITCH, args=[2]))
    asked = DataVersion.objects.get(pk=2)
    assert asked.switch_asked_at
    assert asked.switch_asked_by == User.objects.get()
    assert versions.current() == DataVersion(number=1)
    assert "asked for it at" in editor.get(reverse(SHOW, args=[2])).content.decode()
    plan()
    [run] = JobRun.objects.filter(job="switch_version")
    execute(run.pk)
    run.refresh_from_db()
    assert run.counts == {"switched": 2}
    assert versions.current() == DataVersion(number=2)
    assert not DataVersion.objects.asked().exists()


def test_the_latest_wish_counts(editor: Client) -> None:
    DataVersion.objects.get(pk=1).ask_switch(by=None)
    DataVersion.objects.get(pk=2).ask_switch(by=User.objects.get())
    assert [version.pk for version in DataVersion.objects.asked()] == [2]


def test_a_switch_forgets_older_wishes(editor: Client) -> None:
    DataVersion.objects.get(pk=1).ask_switch(by=None)
    versions.switch(2)
    assert not DataVersion.objects.asked().exists()


def test_while_a_load_runs_the_wish_waits(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy() -> None:
        raise versions.LoadRefusedError(versions.BUSY)

    DataVersion.objects.get(pk=2).ask_switch(by=None)
    plan()
    [run] = JobRun.objects.filter(job="switch_version")
    monkeypatch.setattr(versions, "one_load", busy)
    execute(run.pk)
    run.refresh_from_db()
    assert run.outcome == f"skipped: {versions.BUSY}"
    assert DataVersion.objects.asked().exists()
    assert versions.current() == DataVersion(number=1)


def test_who_may(client: Client) -> None:
    viewer = User.objects.create_user("viewer", is_staff=True)
    client.force_login(viewer)
    assert client.get(reverse(SHOW, args=[2])).status_code == 403
    viewer.user_permissions.add(Permission.objects.get(codename="view_dataversion"))
    page = client.get(reverse(SHOW, args=[2]))
    assert page.status_code == 200
    assert "Let readers see" not in page.content.decode()
    assert client.post(reverse(SWITCH, args=[2])).status_code == 403
    assert client.get(reverse(SWITCH, args=[2])).status_code == 405
    client.logout()
    client.post(reverse(SWITCH, args=[2]))
    assert not DataVersion.objects.asked().exists()


def test_versions_that_are_not_there_or_not_whole(editor: Client) -> None:
    DataVersion.objects.create(number=3, year=2024)
    for number in (3, 9):
        assert editor.get(reverse(SHOW, args=[number])).status_code == 404
        assert editor.post(reverse(SWITCH, args=[number])).status_code == 404
    assert editor.post(reverse(SWITCH, args=[1])).status_code == 302
    assert not DataVersion.objects.asked().exists()
