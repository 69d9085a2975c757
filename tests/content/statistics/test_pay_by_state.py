"""What would I earn there, and how sure is that: pay by state, figure by figure with its receipt."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.models import Statistic
from content.pay import PLACES
from tests.build import make_statistic
from tests.content.statistics.loads import DATA, load

pytestmark = pytest.mark.django_db
ADDRESS = "/statistics/pay-by-state/"


def make_state(code, value, *, measure="median-annual", occupation="29-2072", **columns):
    key = f"oews.{occupation}.{code}.{measure}"
    return make_statistic(key, {2025: value}, area=PLACES[code], measure=measure, **columns)


def read(client, address=ADDRESS):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_state_is_answered_with_value_period_receipt_and_error(client):
    make_state("pr", 27990)
    make_state("pr", 6, measure="mean-error", unit="percent", per="", lowest=0, highest=100)
    make_state("oh", 50990)
    page = read(client, f"{ADDRESS}?state=pr")
    answer = page[page.index("In Puerto Rico") : page.index("State by state")]
    assert "$27,990 a year" in answer
    assert "May 2025" in answer
    assert "/statistics/oews.29-2072.pr.median-annual/" in answer
    assert "6%</a>" in answer
    assert "How sure is that?" in answer


def test_the_cells_are_those_of_the_file(client):
    load(DATA / "oews_2025_national_state_wide.csv")
    page = read(client)
    for statistic in Statistic.objects.with_current().filter(key__startswith="oews.29-2072."):
        code = statistic.key.split(".")[2]
        if code in PLACES and statistic.measure == "median-annual":
            row = page[page.index(f'"row">{PLACES[code]}<') :]
            row = row[: row.index("</tr>")]
            current = statistic.current
            said = f"${current.value:,.0f}" if current.value else current.get_missing_display()
            assert f">{said}</a>" in row
            assert current.period in row


def test_what_is_not_published_is_said(client):
    make_state("oh", 50990)
    make_state("vt", None)
    page = read(client)
    assert ">not available</a>" in page
    assert "No figure of this occupation for: Alabama" in page
    assert "For Guam no pay" in read(client, f"{ADDRESS}?state=gu")


def test_no_cell_stands_beside_a_period_that_is_not_its_own(client):
    make_state("oh", 50990)
    make_statistic("oews.29-2072.oh.p10-annual", {2022: 31000}, area="Ohio", measure="p10-annual")
    row = read(client).split('"row">Ohio<')[1].split("</tr>")[0]
    assert "$31,000" not in row
    assert "not recorded" in row


def test_the_map_colours_by_fifths_and_says_what_it_shows(client):
    for place, code in enumerate(["al", "az", "ca", "co", "ct"]):
        make_state(code, 40000 + 1000 * place)
    make_state("vt", None)
    page = read(client)
    found = re.findall(r'class="tile tile-(\d)"><title>(\w+)', page)
    assert {name: rank for rank, name in found} == {
        "Alabama": "1",
        "Arizona": "2",
        "California": "3",
        "Colorado": "4",
        "Connecticut": "5",
        "Vermont": "0",
    }
    assert "Alabama $40,000 a year (May 2025)" in page


@pytest.mark.parametrize("query", ["state=zz", "occupation=99-9999", "state=%00&occupation=%27"])
def test_a_bad_value_is_said_and_does_nothing(client, query):
    make_state("oh", 50990)
    page = read(client, f"{ADDRESS}?{query}")
    assert "choose one from the list" in page
    assert 'content="noindex"' in page
    assert "$50,990" in page


def test_another_occupation_can_be_chosen(client):
    make_state("oh", 50990)
    make_state("oh", 44000, occupation="43-3021", subject="Billing and posting clerks (43-3021)")
    page = read(client, f"{ADDRESS}?occupation=43-3021")
    assert "Pay by state: billing and posting clerks" in page
    assert "$44,000" in page
    assert "$50,990" not in page


def test_it_works_without_a_row(client):
    assert "No figure for a state is recorded yet" in read(client)


def test_the_budget_does_not_grow_with_the_states(client):
    counts = []
    for codes in (["oh", "pr"], [code for code in PLACES if code not in ("oh", "pr")][:20]):
        for code in codes:
            make_state(code, 50000)
        with CaptureQueriesContext(connection) as asked:
            read(client, f"{ADDRESS}?state=oh")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 2


def test_the_start_page_leads_there(client):
    make_statistic()
    page = read(client, "/")
    assert f'action="{ADDRESS}#answer"' in page
    assert '<option value="pr">Puerto Rico</option>' in page
