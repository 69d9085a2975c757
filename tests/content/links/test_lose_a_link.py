"""A cited site drifts: readers keep the words and lose the link at once, and an editor decides."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from content.links.gathering import gather
from content.models import CitedLink, LinkCheck, LinkUse, Source
from content.publishing import NewFact, NewFactBox
from tasks.models import JobRun
from tasks.runs import execute, is_wanted
from tasks.schedule import JOBS
from tests.build import make_article, make_credential, make_source, make_statistic
from tests.content.links.conftest import link, run
from tests.content.links.pages import TOPICS, always, html, site, topic
from tests.content.links.sick import CASINO, PILLS
from tests.content.workflow.people import logged_in, make_editor

pytestmark = pytest.mark.django_db
ADDRESS = "http://sick.example/cited"
BODY = (
    "Read [what the body says](http://sick.example/cited#fees) and "
    "<a href='HTTP://Sick.example:80/cited'>its fees</a>. "
    "Also [another page](http://fine.example/)."
)


@pytest.fixture
def drifted(web) -> CitedLink:
    """Cited as a source of a fact and in a text; well on one day, a casino on the next."""
    web.hosts["sick.example"] = site({"/cited": html(topic("cpc"))})
    web.hosts["fine.example"] = site({"/": html(topic("pay"))})
    source = make_source("The body's page", url=ADDRESS)
    box = NewFactBox(facts=(NewFact(label="Fee", text="100", sources=((source, "*"),)),))
    make_article("told", body=BODY, facts=[box])
    run(0)
    web.hosts["sick.example"] = always(html(CASINO))
    run(8)
    return link(ADDRESS)


def linked(answer: Any) -> bool:
    return "sick.example" in answer.content.decode().lower()


def test_readers_keep_the_words_and_lose_the_link(client: Client, drifted: CitedLink) -> None:
    assert (drifted.state, drifted.verdict, drifted.title) == (
        "unlinked",
        "gambling",
        "Best Online Casinos 2026 - Real Money Slots and Welcome Bonus",
    )
    page = client.get("/articles/told/")
    assert not linked(page)
    for words in ("what the body says", "its fees", "The body&#x27;s page", 'href="http://fine.example/"'):
        assert words in page.content.decode()
    assert not linked(client.get("/api/v1/articles/told/"))


def test_a_page_changes_with_the_row(client: Client, drifted: CitedLink) -> None:
    drifted.vouch(by=make_editor("Reviewer"))
    assert client.get("/articles/told/").content.decode().lower().count("sick.example") == 4
    assert LinkUse.objects.filter(link=drifted).count() == 2


def test_sources_of_figures_and_credentials_lose_it_too(client: Client, drifted: CitedLink) -> None:
    key = make_statistic().key
    Source.objects.update(url=ADDRESS)
    credential = make_credential("CPC")
    credential.body.url = ADDRESS
    credential.body.save()
    for address in (f"/statistics/{key}/", f"/statistics/{key}/data.csv", "/credentials/cpc/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not linked(answer), address


def test_a_site_that_comes_back_waits_for_the_editor(web, client: Client, drifted: CitedLink) -> None:
    web.hosts["sick.example"] = site({"/cited": html(topic("cpc"))})
    run(9)
    again = link(ADDRESS)
    assert (again.state, again.verdict, again.title) == ("unlinked", "good", TOPICS["cpc"][0])
    assert "until you say" in again.said
    assert not linked(client.get("/articles/told/"))


def test_the_editors_front_page_tells_with_evidence(drifted: CitedLink) -> None:
    editor = logged_in(make_editor("Reviewer"))
    address = reverse("admin:content_citedlink_changelist") + "?look=unlinked"
    assert f'href="{address}"' in editor.get("/admin/").content.decode()
    assert ADDRESS in editor.get(address).content.decode()
    page = editor.get(reverse("admin:content_citedlink_change", args=[drifted.pk])).content.decode()
    for words in ("Best Online Casinos", "Its title sells games of chance.", "It is fine again", "Cited in"):
        assert words in page
    assert reverse("admin:content_source_change", args=[Source.objects.get(url=ADDRESS).pk]) in page


def press(button: str, row: CitedLink, role: str = "Reviewer", **sent: str) -> Any:
    editor = logged_in(make_editor(role, f"{role}-{button}"))
    return editor.post(reverse(f"admin:content_citedlink_{button}", args=[row.pk]), sent, follow=True)


def test_what_an_editor_finds_fine_is_not_told_again(web, client: Client, drifted: CitedLink) -> None:
    assert "Readers get the link." in press("fine", drifted).content.decode()
    assert linked(client.get("/articles/told/"))
    run(16)
    again = link(ADDRESS)
    assert (again.state, again.unlinked_at) == ("good", None)
    assert again.vouched_by is not None
    web.hosts["sick.example"] = always(html(PILLS))
    run(24)
    assert link(ADDRESS).state == "unlinked"


def test_an_editor_puts_another_address_in_its_place(client: Client, drifted: CitedLink) -> None:
    page = press("replace", drifted, new="http://fine.example/moved").content.decode()
    assert "The new address stands in 1 places" in page
    assert "Write the new one in a new draft of it" in page
    assert Source.objects.filter(url="http://fine.example/moved").count() == 1
    assert not Source.objects.filter(url=ADDRESS).exists()
    gather([], lambda: None)
    assert LinkUse.objects.filter(link=drifted, source__isnull=False).count() == 0
    assert CitedLink.objects.filter(address="http://fine.example/moved", state="new").exists()


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("", "Write the new address"),
        ("javascript:alert(1)", "does not begin with http"),
        ("http://10.0.0.1/", "not public"),
        ("http://sick.example/cited#other", "stands there now"),
        ("http://a b/", "blanks"),
        ("x" * 600, "at most 500"),
    ],
)
def test_a_bad_address_changes_nothing(drifted: CitedLink, new: str, said: str) -> None:
    assert said in press("replace", drifted, new=new).content.decode()
    assert Source.objects.filter(url=ADDRESS).count() == 1


def test_a_check_asked_for_is_made_within_the_minute(web, settings, drifted: CitedLink) -> None:
    job = JOBS["check_asked_links"]
    assert not is_wanted(job, drifted.due_at)
    assert "looked at within two minutes" in press("check", drifted).content.decode()
    assert is_wanted(job, drifted.due_at)
    before = LinkCheck.objects.filter(link=drifted).count()
    run_row = execute(JobRun.objects.ask("check_asked_links").pk)
    assert run_row is not None
    assert (run_row.state, run_row.counts["checked"]) == ("done", 1)
    assert LinkCheck.objects.filter(link=drifted).count() == before + 1
    assert not is_wanted(job, drifted.due_at)


def test_with_the_network_off_it_says_so(settings, drifted: CitedLink) -> None:
    settings.NETWORK = False
    assert "NETWORK=0" in press("check", drifted).content.decode()
