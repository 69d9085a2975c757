"""An editor changes a line of a facts box: one click from the text, and back to it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.models import Fact, FactSource
from content.publishing import NewFact, NewFactBox
from tests.build import make_article, make_revision, make_source
from tests.content.workflow.people import logged_in, make_editor, page

pytestmark = pytest.mark.django_db


def test_each_line_is_one_click_from_its_text_and_leads_back() -> None:
    lines = tuple(NewFact(label=label, text="100 dollars") for label in ("Exam fee", "Renewal <b>fee"))
    revision = make_revision(make_article(), facts=[NewFactBox(title="Costs", facts=lines)])
    client = logged_in(make_editor("Reviewer"))
    html = client.get(page(revision)).content.decode()
    fact = Fact.objects.get(box__revision=revision, label="Exam fee")
    address = reverse("admin:content_fact_change", args=[fact.pk])
    assert f'<a href="{address}">Exam fee</a>' in html
    assert "Renewal &lt;b&gt;fee</a>" in html
    source = make_source()
    sent = {"label": "Exam fee", "position": "0", "kind": "text", "text": "200 dollars"}
    sent |= {"base": revision.number, "markers-TOTAL_FORMS": "1", "markers-INITIAL_FORMS": "0"}
    answer = client.post(address, sent | {"markers-0-source": source.pk, "markers-0-marker": "*"})
    assert answer.headers["Location"] == f"{page(revision)}#fact_boxes-group"
    fact.refresh_from_db()
    assert fact.text == "200 dollars"
    assert FactSource.objects.get(fact=fact).source == source


def test_the_page_of_a_text_asks_the_same_of_the_database_however_many_lines() -> None:
    client = logged_in(make_editor("Reviewer"))
    counts = []
    for number in (1, 10):
        lines = tuple(NewFact(label=f"Fee {each}", text="1") for each in range(number))
        revision = make_revision(make_article(f"a-{number}"), facts=[NewFactBox(title="Costs", facts=lines)])
        client.get(page(revision))
        with CaptureQueriesContext(connection) as asked:
            client.get(page(revision))
        counts.append(len(asked))
    assert counts[0] == counts[1]
