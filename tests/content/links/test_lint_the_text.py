"""The lint tells of links that the checks found broken, and stops a text that has them."""

import pytest

from content.lint.gate import blocking
from content.models import Article, CitedLink
from tests.build import make_article
from tests.content.links.conftest import link, run
from tests.content.links.pages import always, html, site, topic
from tests.content.links.sick import PILLS
from tests.content.workflow.people import make_editor

pytestmark = pytest.mark.django_db
ADDRESS = "http://sick.example/cited"


def told() -> list[str]:
    revision = Article.objects.get(slug="told").revisions.get()
    return [each.message for each in blocking(revision) if each.code == "broken-link"]


@pytest.fixture
def text(web) -> CitedLink:
    web.hosts["fine.example"] = site({"/": html(topic("pay"))})
    web.hosts["sick.example"] = site({"/cited": html(topic("cpc"))})
    make_article("told", body=f"Read [the page of the body]({ADDRESS}#part) and [it](http://fine.example/).")
    run(0)
    assert told() == []
    return link(ADDRESS)


def test_on_the_third_day_of_failure(web, text) -> None:
    web.hosts["sick.example"] = site({})
    for day, expected in ((8, 0), (9, 0), (10, 1)):
        run(day)
        assert len(told()) == expected
    assert told() == ["There is no such page any more (status 404)."]


def test_at_once_where_it_drifted_and_never_again_once_an_editor_vouches(web, text) -> None:
    web.hosts["sick.example"] = always(html(PILLS))
    run(8)
    assert told() == ["Its title sells drugs. Readers get no link there."]
    link(ADDRESS).vouch(by=make_editor("Reviewer"))
    assert told() == []


def test_robots_sent_away_are_no_fault(web, text) -> None:
    web.hosts["sick.example"] = always(html("", 403))
    for day in (8, 16, 24, 32):
        run(day)
    assert (link(ADDRESS).state, told()) == ("unsure", [])
