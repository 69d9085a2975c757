"""A figure as a picture for other sites, and in the words of machines."""

import json
import re

import pytest
from defusedxml.ElementTree import fromstring

from tests.build import make_statistic

pytestmark = pytest.mark.django_db
KEY = "oews.29-2072.us.median-annual"
CHART = f"/statistics/{KEY}/chart.svg"


def texts(answer):
    return " ".join(
        "".join(each.itertext()) for each in fromstring(answer.content.decode()).iter() if each.text
    )


@pytest.mark.parametrize("values", [{2025: 51140}, {2023: 47180, 2024: 48780, 2025: 51140}])
def test_the_picture_says_value_period_and_source(client, values):
    make_statistic(values=values)
    answer = client.get(CHART)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    said = texts(answer)
    assert "$51,140 a year" in said
    assert "May 2025" in said
    assert "Source: U.S. Bureau of Labor Statistics" in said
    assert f"/statistics/{KEY}/" in said.replace(" ", "")
    assert ("<polyline" in answer.content.decode()) == (len(values) > 1)


def test_the_picture_runs_nothing_and_sets_no_cookie(client):
    make_statistic(label='</text><script>alert("x")</script>', release="<b>May</b>")
    answer = client.get(CHART)
    assert "script" not in {element.tag.rpartition("}")[2] for element in fromstring(answer.content).iter()}
    assert not re.search(r"\sstyle=|<style|\son\w+=", answer.content.decode())
    assert not answer.cookies


@pytest.mark.parametrize("key", ["oews.none", "..", "%00"])
def test_a_key_that_is_not_there_has_no_picture(client, key):
    assert client.get(f"/statistics/{key}/chart.svg").status_code == 404


def test_machines_read_the_same_figure(client):
    make_statistic()
    page = client.get(f"/statistics/{KEY}/").content.decode()
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert (said["@type"], str(said["value"]), said["unitText"]) == ("Observation", "51140", "USD a year")
    assert (said["observationDate"], said["observationPeriod"]) == ("2025-05-31", "May 2025")
    assert said["isBasedOn"] == "https://www.bls.gov/oes/"
    assert f'href="{CHART}"' in page


def test_a_missing_value_is_no_observation(client):
    make_statistic(values={2025: None})
    assert "ld+json" not in client.get(f"/statistics/{KEY}/").content.decode()
    assert "not available" in texts(client.get(CHART))
