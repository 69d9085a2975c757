"""A reader reports an error: it is stored, or the form says what to do and keeps every word."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.lib.clock import database_now
from content.lib.guard import stamp
from content.models import ErrorReport
from content.publishing import archive
from content.reporting import FORM, FROM_ALL, FROM_ONE
from tests.build import make_article, make_report, make_school, make_statistic
from tests.reading import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/corrections/report/"


def words(**changes: str) -> dict[str, str]:
    """What the form sends when it was opened a minute ago."""
    then = database_now() - timedelta(minutes=1)
    return {"about": "fees", "text": "The fee is 90 dollars.", "evidence": "", "email": "", "website": ""} | {
        "stamp": stamp(FORM, then),
        **changes,
    }


def shown(client: Client, sent: dict[str, str], status: int = 200, **headers: Any) -> Page:
    """The form as it comes back."""
    return Page.of(client.post(ADDRESS, sent, **headers), status=status)


def test_each_article_leads_to_a_form_that_knows_it(client):
    make_article("fees", title="What it costs")
    link = next(each for each in Page(client, "/articles/fees/").links() if "report" in each)
    assert link == f"{ADDRESS}?about=fees"
    form = Page(client, link)
    assert "About “What it costs”" in form.text()
    assert form.attribute("input[name=about]", "type") == "hidden"
    sent = words() | {"about": form.attribute("input[name=about]", "value")}
    answer = client.post(ADDRESS, sent | {"evidence": "www.example.org", "email": "a@example.org"})
    assert answer["Location"] == f"{ADDRESS}?sent=1&about=fees"
    report = ErrorReport.objects.get()
    assert (report.article.slug, report.address, report.text) == (
        "fees",
        "/articles/fees/",
        "The fee is 90 dollars.",
    )
    assert (report.evidence, report.email, report.state) == ("www.example.org", "a@example.org", "new")
    assert "Your report is stored" in Page(client, answer["Location"]).text()


def test_figures_schools_and_credentials_lead_to_it_too(client):
    statistic = make_statistic()
    school = make_school(slug="greenwood")
    for path in (f"/statistics/{statistic.key}/", school.get_absolute_url()):
        link = next(each for each in Page(client, path).links() if "report" in each)
        form = Page(client, link)
        assert f"About the page {path}" in form.text()
        client.post(ADDRESS, words(about=path, text=path))
        assert ErrorReport.objects.get(text=path).address == path


@pytest.mark.parametrize(
    "about",
    ["no-such", "/no/such/", "//evil.example/", "/admin/", "hidden", "gone", "http://x.example/", "\u202e"],
)
def test_a_page_that_nobody_knows_counts_all_the_same(client, about):
    make_article("hidden", title="Zanzibar", published=False)
    archive(make_article("gone", title="Timbuktu"), by=None)
    page = Page(client, f"{ADDRESS}?about={about}")
    assert f"We know no page by “{about.strip()}”." in page.text()
    assert page.attribute("input[name=about]", "type") == "text"
    assert "Zanzibar" not in page.html
    assert "Timbuktu" not in page.html
    answer = client.post(ADDRESS, words(about=about))
    assert "We know no page by" in Page(client, answer["Location"]).text()
    report = ErrorReport.objects.get()
    assert (report.article, report.address, report.about) == (None, "", about)


def test_without_a_page_it_asks_which(client):
    page = Page(client, ADDRESS)
    assert "We know no page" not in page.text()
    assert client.post(ADDRESS, words(about="")).status_code == 302
    assert ErrorReport.objects.get().about == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "Write what is wrong, in a sentence or two."),
        ({"text": "x" * 4001}, "at most 4000 characters (it has 4001)"),
        ({"evidence": "x" * 501}, "at most 500 characters"),
        ({"email": "nobody"}, "Write the address as in name@example.org, or leave it empty."),
        ({"website": "http://spam"}, "Leave this field empty; it is there to catch machines."),
        ({"stamp": "forged"}, "This form was open for too long."),
        ({"stamp": ""}, "This form was open for too long."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"about": "x" * 201}, "at most 200 characters"),
    ],
)
def test_nothing_is_lost_when_something_is_wrong(client, change, said):
    kept = {"about": "fees", "text": "The fee is wrong.", "evidence": "See there", "email": "a@example.org"}
    page = shown(client, words(**(kept | change)))
    assert said in page.text()
    assert "Nothing is sent yet." in page.text()
    sent = kept | change
    assert page.text("textarea").replace("\ufffd", "\x00") == sent["text"]
    assert page.attribute("input[name=evidence]", "value") == sent["evidence"]
    assert page.attribute("input[name=email]", "value") == sent["email"]
    assert not ErrorReport.objects.exists()


def test_a_form_filled_in_within_a_moment_is_sent_again(client):
    now = database_now()
    page = shown(client, words(stamp=stamp(FORM, now)))
    assert "That was faster than one can read." in page.text()
    assert page.attribute("input[name=stamp]", "value") == stamp(FORM, now)
    assert not ErrorReport.objects.exists()


def test_a_form_of_yesterday_gets_a_fresh_stamp(client):
    page = shown(client, words(stamp=stamp(FORM, database_now() - timedelta(days=2))))
    fresh = page.attribute("input[name=stamp]", "value")
    assert "open for too long" in page.text()
    assert fresh.startswith(str(int(timezone.now().timestamp()))[:7])


def test_one_network_sends_so_many_an_hour_and_keeps_its_text(client):
    _time, most = FROM_ONE[0]
    for number in range(most):
        assert client.post(ADDRESS, words(text=f"Report {number}")).status_code == 302
    page = shown(client, words(text="One more"), status=429)
    assert "Keep your text and send it later." in page.text()
    assert page.text("textarea") == "One more"
    assert ErrorReport.objects.count() == most
    assert client.post(ADDRESS, words(text="Other"), REMOTE_ADDR="203.0.113.9").status_code == 302
    ErrorReport.objects.update(sent_at=database_now() - timedelta(hours=2))
    assert client.post(ADDRESS, words(text="Later")).status_code == 302


def test_all_networks_together_are_bounded(client):
    _time, most = FROM_ALL
    ErrorReport.objects.bulk_create(ErrorReport(text=f"{number}") for number in range(most))
    assert "send it in an hour" in shown(client, words(), status=429).text()


def test_the_same_words_sent_twice_are_one_report(client):
    for _ in range(3):
        assert client.post(ADDRESS, words()).status_code == 302
    assert ErrorReport.objects.count() == 1


def test_the_network_is_known_by_a_code_alone(client):
    client.post(ADDRESS, words(), REMOTE_ADDR="203.0.113.9")
    client.post(ADDRESS, words(text="B"), REMOTE_ADDR="2001:db8::1")
    client.post(ADDRESS, words(text="C"), REMOTE_ADDR="2001:db8::2")
    codes = [report.network for report in ErrorReport.objects.order_by("pk")]
    assert len(set(codes)) == 2
    assert codes[1] == codes[2]
    assert "203" not in codes[0]


def test_without_the_cookie_the_text_comes_back(client):
    strict = Client(enforce_csrf_checks=True)
    page = shown(strict, words(text="Long words"), status=403)
    assert "Your browser did not send back the cookie" in page.text()
    assert page.text("textarea") == "Long words"
    assert not ErrorReport.objects.exists()
    token = page.attribute("input[name=csrfmiddlewaretoken]", "value")
    assert strict.post(ADDRESS, words() | {"csrfmiddlewaretoken": token}).status_code == 302
    other = strict.post(ADDRESS, words() | {"csrfmiddlewaretoken": token}, HTTP_ORIGIN="https://evil.example")
    assert (other.status_code, "The fee is" in other.content.decode()) == (403, False)


def test_only_the_form_sets_a_cookie_and_nothing_keeps_it(client):
    make_article("fees")
    form = client.get(ADDRESS)
    assert set(form.cookies) == {"csrftoken"}
    assert "no-store" in form["Cache-Control"]
    assert 'name="robots" content="noindex"' in form.content.decode()
    reader = Client()
    for path in ("/corrections/", "/articles/fees/"):
        assert not reader.get(path).cookies


def test_what_a_reader_sends_is_never_shown_to_readers(client):
    make_report("Zanzibar", email="zanzibar@example.org", about="//zanzibar.example", state="new")
    assert "anzibar" not in client.get("/corrections/").content.decode()
