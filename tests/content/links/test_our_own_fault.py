"""Nothing is held against a site while our own network, or the worker, is at fault."""

from datetime import timedelta

import pytest

from content.links import asking, checking
from content.links.control import OurFault
from content.models import CitedLink, LinkCheck, LinkHost
from tasks.models import JobRun
from tasks.runs import execute
from tests.build import make_source
from tests.content.links.conftest import NOW, link, run
from tests.content.links.pages import NOT_FOUND, always, html, moved, page, site, topic
from tests.content.links.sick import CASINO

pytestmark = pytest.mark.django_db
SITES = ["one", "two", "three", "four"]
PORTAL = page("Welcome to our network", "Log in with your room number to use the network of this house.")


@pytest.fixture
def sites(web) -> list[str]:
    """Four cited sites that are well on the first day."""
    for name in SITES:
        web.hosts[f"{name}.example"] = site({"/cited": html(topic("cpc")), "/": html(topic("pay"))})
        make_source(name, url=f"http://{name}.example/cited")
    run(0)
    assert set(states()) == {"good"}
    return [f"http://{name}.example/cited" for name in SITES]


def states() -> list[str]:
    return list(CitedLink.objects.order_by("pk").values_list("state", flat=True))


def test_a_network_that_is_down_counts_for_nobody(web, sites) -> None:
    web.is_off = True
    for day in (8, 9, 10, 11):
        with pytest.raises(OurFault, match="our own network is at fault"):
            run(day)
    assert set(states()) == {"good"}
    assert LinkCheck.objects.count() == 4


def test_the_run_says_so(web, sites) -> None:
    web.is_off = True
    at = NOW + timedelta(days=8)
    done = execute(JobRun.objects.ask("check_links", at=at).pk, at=at)
    assert done is not None
    assert done.state == "skipped"
    assert done.outcome.startswith("skipped: our own network is at fault")
    assert LinkHost.objects.filter(attempts__gt=0).count() == 0


def test_a_dead_site_among_sites_that_answer_counts(web, sites) -> None:
    del web.hosts["two.example"]
    for day in (8, 9, 10):
        run(day)
    assert (link(sites[1]).state, link(sites[1]).failed_days) == ("flagged", 3)
    assert states().count("good") == 3


def test_days_on_which_we_were_down_lie_between(web, sites) -> None:
    del web.hosts["two.example"]
    run(8)
    web.is_off = True
    for day in (9, 10):
        with pytest.raises(OurFault):
            run(day)
    assert link(sites[1]).failed_days == 1
    web.is_off = False
    run(11)
    assert (link(sites[1]).state, link(sites[1]).failed_days) == ("failing", 2)


def test_several_looks_on_one_day_are_one_day(web, sites) -> None:
    web.hosts["two.example"] = site({})
    for _again in range(4):
        link(sites[1]).ask_for_check()
        checking.check_asked(lambda: None, NOW + timedelta(days=8, minutes=_again))
    assert (link(sites[1]).state, link(sites[1]).failed_days) == ("failing", 1)


def test_a_good_day_begins_the_count_anew(web, sites) -> None:
    well, gone = site({"/cited": html(topic("cpc"))}), site({})
    for day, answer in ((8, gone), (9, gone), (10, well), (18, gone), (19, gone)):
        web.hosts["two.example"] = answer
        run(day)
    assert (link(sites[1]).state, link(sites[1]).failed_days) == ("failing", 2)


@pytest.fixture
def control(web, settings) -> str:
    web.hosts["control.example"] = site({"/": html(topic("law"))})
    settings.LINK_CONTROL_URL = "http://control.example/"
    return settings.LINK_CONTROL_URL


def test_a_control_address_that_fails_takes_the_blame(web, sites, control) -> None:
    web.hosts["two.example"] = site({})
    web.hosts["control.example"] = always(html("", 503))
    with pytest.raises(OurFault, match="the control address does not answer"):
        run(8)
    assert link(sites[1]).failed_days == 0
    web.hosts["control.example"] = site({"/": html("here")})
    run(9)
    assert link(sites[1]).failed_days == 1


@pytest.mark.parametrize("portal", [always(moved("http://portal.example/")), always(html(CASINO))])
def test_a_network_that_answers_for_everybody_unlinks_nothing(web, sites, control, portal) -> None:
    """A house's network that asks for a login, or a resolver that leads every name to one place."""
    web.hosts = dict.fromkeys([*web.hosts, "portal.example"], portal)
    web.hosts["portal.example"] = always(html(PORTAL))
    web.hosts["control.example"] = always(moved("http://portal.example/"))
    for day in (8, 9, 10):
        with pytest.raises(OurFault):
            run(day)
    assert set(states()) == {"good"}


def test_with_the_network_off_the_job_is_skipped(settings) -> None:
    settings.NETWORK = False
    done = execute(JobRun.objects.ask("check_links").pk)
    assert done is not None
    assert (done.state, done.outcome) == ("skipped", "skipped: network is off")


def test_a_site_that_breaks_the_check_is_left_alone_and_told(web, sites, monkeypatch) -> None:
    def explode(answer):
        if "two.example" in answer.url and "robots" not in answer.url:
            raise MemoryError
        return kept(answer)

    kept = asking.read
    monkeypatch.setattr(asking, "read", explode)
    for hours in range(3):
        with pytest.raises(MemoryError):
            run_at(8, hours)
    run_at(8, 4)
    assert states() == ["good"] * 4
    assert {row.checked_at > NOW for row in CitedLink.objects.exclude(address=sites[1])} == {True}
    assert [str(host) for host in LinkHost.objects.parked(at=NOW + timedelta(days=9))] == [
        "http://two.example"
    ]
    monkeypatch.setattr(asking, "read", kept)
    link(sites[1]).ask_for_check()
    run_at(9, 0)
    assert LinkHost.objects.filter(attempts__gt=0).count() == 0


def run_at(day: int, hours: int) -> None:
    checking.check_due(lambda: None, NOW + timedelta(days=day, hours=hours))


def test_a_host_that_is_claimed_is_not_asked_twice(web, sites) -> None:
    at = NOW + timedelta(days=8)
    host = link(sites[1]).host
    assert host.claim(at=at)
    assert not host.claim(at=at)
    before = len(web.paths("two.example"))
    run(8)
    assert len(web.paths("two.example")) == before
    assert host.claim(at=at + timedelta(minutes=4))


def test_the_control_is_asked_once_for_a_run(web, sites, control) -> None:
    for name in SITES:
        web.hosts[f"{name}.example"] = always(html(NOT_FOUND, 404))
    run(8)
    assert web.paths("control.example") == ["/"]
