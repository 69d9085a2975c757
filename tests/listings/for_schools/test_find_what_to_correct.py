"""Beside every value on a school's page stands a link that corrects it, and says which."""

import re

import pytest

from tests.build import make_school
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_each_link_leads_to_the_form_of_its_value(client):
    directory = {
        "address": "12 Main Street",
        "zip": "45402",
        "phone": "6145550123",
        "website": "https://g.edu/",
    }
    programs = [{"delivery": ["online"]}, {"cip": "51.0714", "award_level": 2}]
    make_school(slug="greenwood", directory=directory, programs=programs)
    page = Page(client, "/schools/greenwood/")
    links = [node for node in page.tree.css("main a") if "?field=" in (node.attributes["href"] or "")]
    names = [" ".join(node.text().split()) for node in links]
    assert len(names) == len(set(names)) == 12
    coder = "Medical Insurance Coding Specialist/Coder, Certificate of 12 weeks to 1 year"
    assert names[:2] == ["Correct the name", f"Correct how it is taught of {coder}"]
    for node in links:
        address = node.attributes["href"] or ""
        form = Page(client, address)
        field = re.search(r"field=(\w+)", address)[1]
        assert form.tree.css(f"main form [name*='-{field}']"), address
    assert {node.attributes["rel"] for node in links} == {"nofollow"}


def test_a_sample_is_corrected_by_nobody(client):
    make_school(slug="greenwood", is_sample=True, programs=[{"delivery": ["online"]}])
    assert "/correct/" not in Page(client, "/schools/greenwood/").html
