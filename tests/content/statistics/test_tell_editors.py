"""Editors learn of stale figures by one mail a week, of failing providers on their front page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from content import stale_mail
from content.models import EditorsMail, ProviderState, Statistic
from tasks.models import JobRun
from tests.build import make_statistic

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)


def work(at):
    """What the two jobs do in a run, once each."""
    written = stale_mail.write(at)["written"]
    return written, stale_mail.send(lambda: None, at)["sent"]


@pytest.fixture
def stale():
    for number in range(40):
        make_statistic(f"oews.29-2072.00{10180 + number}.mean-annual", {2022: 40000 + number}, at=MONDAY)
    Statistic.objects.update(stale_at=MONDAY - timedelta(days=3))


def test_one_mail_a_week_not_a_hundred(stale, admin_user):
    days = [work(MONDAY + timedelta(hours=hour)) for hour in range(0, 7 * 24 - 20, 5)]
    assert days[0] == (1, 1)
    assert set(days[1:]) == {(0, 0)}
    assert len(mail.outbox) == 1
    assert work(MONDAY + timedelta(days=7)) == (1, 1)
    assert len(mail.outbox) == 2


def test_the_mail_says_how_many_and_which(stale, admin_user):
    work(MONDAY)
    sent = mail.outbox[0]
    assert sent.subject == "Superbill: 40 figures are past their date"
    assert sent.recipients() == [admin_user.email]
    assert sent.body.count("/statistics/oews.") == 30
    assert "and 10 more." in sent.body
    assert "May 2022" in sent.body


def test_figures_of_one_load_are_one_line_in_mail_and_on_the_front_page(stale, admin_client, admin_user):
    counted = {"provider": "directory", "lowest": None}
    for number in range(3):
        make_statistic(f"directory.oh.51.071{number}.schools", {2022: number + 1}, at=MONDAY, **counted)
    Statistic.objects.update(stale_at=MONDAY - timedelta(days=3))
    work(MONDAY)
    body = mail.outbox[0].body
    assert "43 figures are past" in body
    assert "3 counted in the directory: load newer federal files." in body
    assert body.count("/statistics/oews.") == 30
    assert "/statistics/directory." not in body
    page = " ".join(admin_client.get("/admin/").text.split())
    for count, date in ((40, "stale"), (3, "stale-directory")):
        address = f"/admin/content/statistic/?date={date}"
        assert f'<a href="{address}"><strong>{count}</strong>' in page
        assert f"{count} statistics" in admin_client.get(address).text


def test_without_a_stale_figure_no_mail_is_written(admin_user):
    make_statistic(at=MONDAY)
    Statistic.objects.update(stale_at=MONDAY + timedelta(days=1))
    assert not stale_mail.is_due(MONDAY)
    assert work(MONDAY) == (0, 0)
    assert EditorsMail.objects.count() == 0


def test_with_the_network_off_the_job_says_that_it_was_skipped(settings):
    settings.NETWORK = False
    call_command("run_job", "ask_providers")
    run = JobRun.objects.get(job="ask_providers")
    assert (run.state, run.outcome) == ("skipped", "skipped: network is off")


def test_a_provider_in_trouble_stands_on_the_front_page_of_the_admin(admin_client):
    state = ProviderState.objects.of("bls-api")
    state.fail("It says: <b>closed</b>", at=MONDAY, until=MONDAY, sample="<script>alert(1)</script>")
    page = admin_client.get("/admin/").content.decode()
    assert "provider of figures whose last look did not go well" in page
    listed = admin_client.get("/admin/content/providerstate/?look=trouble").content.decode()
    assert "It says: &lt;b&gt;closed&lt;/b&gt;" in listed
    detail = admin_client.get(f"/admin/content/providerstate/{state.pk}/change/").content.decode()
    assert "&lt;script&gt;alert(1)" in detail
    state.succeed(at=MONDAY)
    assert "last look did not go well" not in admin_client.get("/admin/").content.decode()


def test_the_mails_can_be_read_in_the_admin(stale, admin_client, admin_user):
    stale_mail.write(MONDAY)
    assert "40 figures are past" in admin_client.get("/admin/content/editorsmail/").content.decode()
