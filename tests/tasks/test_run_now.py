"""Asking for a run in the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tasks import runs
from tasks.models import JobRun

pytestmark = pytest.mark.django_db

LIST = "/admin/tasks/jobrun/"


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("ada")
    client.force_login(user)
    return user


def ask(client, job="purge"):
    return client.post(reverse("admin:tasks_jobrun_run_now", args=[job]), follow=True)


def test_the_button_writes_a_row_that_the_next_tick_runs(client, editor):
    assert "The job purge starts within 15 seconds" in ask(client).text
    run = JobRun.objects.get()
    assert (run.job, run.state, run.asked_by) == ("purge", "asked", editor)
    assert run.pk in runs.plan()
    assert runs.execute(run.pk).state == JobRun.State.DONE


def test_a_job_that_runs_is_not_asked_for_again(client, editor):
    JobRun.objects.claim(JobRun.objects.ask("purge").pk)
    assert "The job purge is running already, since" in ask(client).text
    assert JobRun.objects.count() == 1


def test_an_unknown_job_is_not_found(client, editor):
    assert ask(client, "no-such-job").status_code == 404


def test_asking_needs_the_permission(client, django_user_model):
    reader = django_user_model.objects.create_user("bob", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_jobrun"))
    client.force_login(reader)
    assert ask(client).status_code == 403
    assert "Run now" not in client.get(LIST).text
    assert not JobRun.objects.exists()


def test_following_a_link_asks_for_nothing(client, editor):
    assert client.get(reverse("admin:tasks_jobrun_run_now", args=["purge"])).status_code == 405


def test_the_list_names_every_job_with_its_time_and_its_runs(client, editor):
    run = JobRun.objects.ask("purge")
    page = client.get(LIST).text
    assert "nightly at 04:30" in page
    assert reverse("admin:tasks_jobrun_change", args=[run.pk]) in page
    assert client.get(reverse("admin:tasks_jobrun_change", args=[run.pk])).status_code == 200


@pytest.mark.parametrize("needs", ["person", "worker"])
def test_the_list_shows_what_needs_attention(client, editor, needs):
    parked = JobRun.objects.ask("purge")
    for _attempt in range(3):
        JobRun.objects.update(state="asked", claimed_until=None)
        JobRun.objects.claim(parked.pk).fail("the disk is full")
    waiting = JobRun.objects.create(job="related", slot=parked.slot, asked="2020-01-01T00:00:00Z")
    chosen, other = (parked, waiting) if needs == "person" else (waiting, parked)
    page = client.get(LIST, {"needs": needs}).text
    assert reverse("admin:tasks_jobrun_change", args=[chosen.pk]) in page
    assert reverse("admin:tasks_jobrun_change", args=[other.pk]) not in page


def test_the_front_page_tells_of_jobs_that_gave_up_until_one_ends_well(client, editor):
    run = JobRun.objects.ask("purge")
    for _attempt in range(3):
        JobRun.objects.update(state="asked", claimed_until=None)
        JobRun.objects.claim(run.pk).fail("the disk is full")
    assert "</strong> job gave up and waits for a person" in client.get("/admin/").text
    runs.execute(JobRun.objects.ask("purge").pk)
    assert "gave up and wait" not in client.get("/admin/").text
