"""Listed schools' sites are looked at too; a site that is sold is not linked from the school's page."""

from datetime import timedelta

import pytest
from django.test import Client

from content.models import CitedLink
from tasks.models import JobRun
from tasks.runs import execute
from tests.build import make_school
from tests.content.links.conftest import NOW, link
from tests.content.links.pages import always, html, site, topic
from tests.content.links.sick import SALE

pytestmark = pytest.mark.django_db
SITE = "http://sick.example/"


def job(day: int) -> dict[str, int]:
    at = NOW + timedelta(days=day)
    done = execute(JobRun.objects.ask("check_links", at=at).pk, at=at)
    assert done is not None
    assert done.state == "done", done.outcome
    return done.counts


def test_a_school_whose_site_is_sold(web, client: Client) -> None:
    pages = {"website": SITE, "aid_url": f"{SITE}aid", "net_price_url": "https://price.example/"}
    school = make_school(directory=pages)
    web.hosts["sick.example"] = site({"/": html(topic("school"))})
    assert job(0)["checked"] == 1
    assert [use.page for use in link(SITE).uses.all()] == [school.get_absolute_url()]
    assert client.get(school.get_absolute_url()).content.decode().count("sick.example") >= 2
    web.hosts["sick.example"] = always(html(SALE))
    assert job(8)["unlinked"] == 1
    page = client.get(school.get_absolute_url()).content.decode()
    assert "sick.example" not in page
    assert "https://price.example/" in page


def test_invented_schools_are_nobodys(web) -> None:
    make_school(directory={"website": SITE}, is_sample=True)
    assert job(0)["addresses"] == 0
    assert CitedLink.objects.count() == 0
