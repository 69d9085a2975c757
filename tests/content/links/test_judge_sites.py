"""Forty sites that go wrong are judged right, and two hundred that are well are left alone."""

import pytest

from content.lib import http
from content.links import checking
from content.models import CitedLink, LinkCheck
from tests.build import make_source
from tests.content.links.conftest import link, run
from tests.content.links.healthy import healthy
from tests.content.links.pages import html, site, topic
from tests.content.links.sick import NEVER, SICK, Sick
from tests.proof import PROOF

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def cite(case: Sick) -> str:
    host = case.host or "sick.example"
    scheme = "https" if case.host else "http"
    address = f"{scheme}://{host}{case.path}"
    make_source(case.name, url=address)
    return address


def days_of(web, case: Sick, monkeypatch) -> list[CitedLink]:
    """The link after a good day and after each of three bad ones."""
    address, host = cite(case), case.host or "sick.example"
    web.hosts["fine.example"] = site({"/": html(topic("pay"))})
    make_source("Fine", url="http://fine.example/")
    web.hosts[host] = site({case.path: html(topic(case.topic))})
    web.expired.clear()
    run(0)
    found = [link(address)]
    if case.seen == "slow":
        monkeypatch.setattr(http, "DEADLINE", 1.0)
    if case.after is not None:
        web.hosts[host] = case.after
    web.hosts.update(case.others)
    web.names.update(case.names)
    if case.fails == "unknown":
        del web.hosts[host]
    elif case.fails == "down":
        web.down.add(host)
    elif case.fails == "expired":
        web.expired.add(host)
    for day in (8, 9, 10):
        run(day)
        found.append(link(address))
    return found


def test_there_are_forty() -> None:
    assert len(SICK) >= 40
    assert len({case.name for case in SICK}) == len(SICK)


@pytest.mark.parametrize("case", SICK, ids=[case.name for case in SICK])
def test_a_site_that_goes_wrong_is_judged_right(web, case: Sick, monkeypatch) -> None:
    first, *days = days_of(web, case, monkeypatch)
    assert (first.state, first.verdict) == ("good", "good")
    assert [day.verdict for day in days] == [case.seen] * 3, [day.said for day in days]
    if case.drifts:
        expected = ["unlinked"] * 3
    elif case.seen in NEVER:
        expected = ["unsure"] * 3
    else:
        expected = ["failing", "failing", "flagged"]
    assert [day.state for day in days] == expected
    assert all(day.said for day in days)
    assert link("http://fine.example/").state == "good"


@pytest.mark.slow
def test_no_false_alarm_on_two_hundred_that_are_well(web, monkeypatch) -> None:
    monkeypatch.setattr(checking, "MOST_A_RUN", 1000)
    monkeypatch.setattr(checking, "LONGEST_RUN", 1000.0)
    monkeypatch.setattr(http, "DEADLINE", 20.0)
    cases = healthy()
    assert len(cases) == 200
    for host, path, _days in cases:
        make_source(host, url=f"http://{host}{path}")
    rounds = 4 if PROOF else 1
    for day in range(rounds):
        for host, _path, days in cases:
            web.hosts[host] = days(day)
        assert run(8 * day)["checked"] == 200
        told = CitedLink.objects.needing_an_editor().values_list("address", "verdict", "said", "evidence")
        assert list(told) == []
    assert LinkCheck.objects.count() == 200 * rounds
