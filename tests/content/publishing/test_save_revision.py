"""A text is saved as the next numbered revision, with its facts boxes."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from content.models import Fact, Revision
from content.publishing import NewFact, NewFactBox, save_revision
from tests.build import make_article, make_credential, make_source

pytestmark = pytest.mark.django_db


def test_the_same_marker_may_mean_another_source_in_the_next_box():
    article = make_article(published=False)
    wages, outlook = make_source("Wages"), make_source("Outlook")
    boxes = [
        NewFactBox(
            title="Pay",
            facts=(
                NewFact(label="Median pay", kind="money", value=Decimal(51140), sources=((wages, "*"),)),
                NewFact(label="Skills", kind="list", text="Analysis\nIntegrity"),
            ),
        ),
        NewFactBox(
            title="Outlook",
            facts=(NewFact(label="Growth", kind="percent", value=Decimal(7), sources=((outlook, "*"),)),),
        ),
    ]
    revision = save_revision(article, title="Pay", facts=boxes, credentials=[make_credential("CPC")])
    assert [box.title for box in revision.fact_boxes.all()] == ["Pay", "Outlook"]
    assert list(Fact.objects.values_list("label", "markers__marker", "markers__source__title")) == [
        ("Median pay", "*", "Wages"),
        ("Skills", None, None),
        ("Growth", "*", "Outlook"),
    ]
    assert [credential.code for credential in revision.credentials.all()] == ["CPC"]


@pytest.mark.parametrize(
    ("fact", "about"),
    [
        (NewFact(label="Tuition", value_min=Decimal(9), value_max=Decimal(1)), "content_fact_range"),
        (NewFact(label="Growth", period_from=2034, period_to=2024), "content_fact_period"),
        (NewFact(label=""), "label"),
        (NewFact(label="Pay", kind="gold"), "kind"),
    ],
)
def test_a_wrong_fact_refuses_the_whole_revision(fact, about):
    article = make_article(published=False)
    with pytest.raises(ValidationError, match=about):
        save_revision(article, title="Pay", facts=[NewFactBox(facts=(fact,))])
    assert Revision.objects.count() == 1


def test_a_revision_needs_a_title_that_fits():
    article = make_article(published=False)
    for title in ("", "x" * 201):
        with pytest.raises(ValidationError, match="title"):
            save_revision(article, title=title)
    assert Revision.objects.count() == 1
