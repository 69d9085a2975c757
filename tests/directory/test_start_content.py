"""`start_content`: what a new site knows, and that a second run takes nothing from an editor."""

import io
import re
import tomllib
from decimal import Decimal
from typing import Any

import frontmatter
import pytest
from django.core import serializers
from django.core.management import call_command
from django.test import Client

from content.lint.finding import Level
from content.lint.known import Known
from content.lint.reading import from_revision
from content.lint.rules import prose
from content.lint.run import lint
from content.models import (
    Article,
    Attribution,
    CertifyingBody,
    Credential,
    CredentialSetting,
    Fact,
    FactBox,
    Observation,
    Requirement,
    Revision,
    Source,
    Specialty,
    Statistic,
    Topic,
)
from content.models.article import TOP_PAGES
from content.publishing import publish, save_revision
from directory.starter.loading import ARTICLES, FOLDER

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MODELS = [
    Article,
    Attribution,
    CertifyingBody,
    Credential,
    CredentialSetting,
    Fact,
    FactBox,
    Observation,
    Requirement,
    Revision,
    Source,
    Specialty,
    Statistic,
    Topic,
]
PAGES: dict[str, dict[str, Any]] = {
    file.stem: {**(post := frontmatter.load(str(file))).metadata, "body": post.content}
    for file in sorted(ARTICLES.glob("*.md"))
}
each_page = pytest.mark.parametrize("slug", PAGES)


def start_content() -> str:
    told = io.StringIO()
    call_command("start_content", stdout=told)
    return told.getvalue()


def everything() -> list[dict[str, Any]]:
    return [
        row
        for model in MODELS
        for row in serializers.serialize("python", model._default_manager.order_by("pk"))
    ]


def live(slug: str) -> Revision:
    return Revision.objects.live().get(article__slug=slug)


def test_it_fills_an_empty_site() -> None:
    told = start_content()
    assert "articles 13" in told
    assert "credentials 15" in told
    live = Revision.objects.live()
    assert set(live.articles().values_list("article__slug", flat=True)) == set(PAGES)
    assert set(live.pages().values_list("article__slug", flat=True)) == set(TOP_PAGES)
    assert set(CertifyingBody.objects.values_list("acronym", flat=True)) == {
        "AHIMA",
        "AAPC",
        "AMBA",
        "NHA",
        "PAHCS",
    }
    assert Specialty.objects.count() == 11


def test_a_second_run_changes_nothing() -> None:
    start_content()
    before = everything()
    assert start_content() == "Nothing was missing; nothing changed.\n"
    assert everything() == before


def test_it_never_overwrites_what_an_editor_changed() -> None:
    start_content()
    article = Article.objects.get(slug="what-is-a-coding-certification")
    publish(save_revision(article, title="Ours now", lead="A lead.", body="Our own text."), by=None)
    Credential.objects.filter(slug="cpc").update(slug="cpc-aapc", summary="Changed.", level="")
    Requirement.objects.filter(credential__slug="ccs", kind=Requirement.Kind.EXAM).delete()
    Topic.objects.filter(slug="choosing-a-program").update(slug="choosing", school_filter="state=oh")
    CertifyingBody.objects.filter(slug="pahcs").update(acronym="PAHCS (closed)")
    for source in Source.objects.all():
        Source.objects.filter(pk=source.pk).update(title=f"{source.title}, read again")
    before = everything()
    assert start_content() == "Nothing was missing; nothing changed.\n"
    assert everything() == before


def test_what_an_editor_deleted_comes_back() -> None:
    start_content()
    Specialty.objects.get(slug="urology").delete()
    assert start_content() == "Added: specialties 1.\n"
    assert Specialty.objects.get(slug="urology").name == "Urology"


def test_credentials_from_before_reports_were_kept_get_theirs() -> None:
    start_content()
    complete = everything()
    Attribution.objects.all().delete()
    CredentialSetting.objects.all().delete()
    Credential.objects.update(entry="", became=None)
    assert start_content() == "Added: reports on credentials 15.\n"
    assert [{**row, "pk": 0} for row in everything()] == [{**row, "pk": 0} for row in complete]


def test_what_an_editor_recorded_instead_is_attributed_to_nobody() -> None:
    start_content()
    Attribution.objects.filter(credential__slug="cca").delete()
    CredentialSetting.objects.filter(credential__slug="cca").delete()
    Credential.objects.filter(slug="cca").update(level="core", entry="")
    start_content()
    cca = Credential.objects.get(slug="cca")
    assert (cca.level, cca.entry) == ("core", "diploma")
    assert set(cca.attributions.values_list("attribute", flat=True)) == {"entry", "status"}


def test_the_facts_of_the_first_article_are_the_newest_figures() -> None:
    start_content()
    box = live("what-is-a-coding-certification").fact_boxes.get()
    assert box.title == "Important facts"
    facts = {fact.label: fact for fact in box.facts.select_related("statistic__current")}
    pay, outlook = facts["Median annual pay"].statistic, facts["Job outlook"].statistic
    assert pay is not None
    assert pay.current is not None
    assert (pay.key, pay.current.value, pay.current.period) == (
        "oews.29-2072.us.median-annual",
        Decimal(51140),
        "May 2025",
    )
    assert outlook is not None
    assert outlook.current is not None
    assert (outlook.current.value, outlook.current.period) == (Decimal("7.1"), "2024-34")
    assert facts["Work environment"].text.splitlines()[0] == "Hospitals"
    assert facts["Work environment"].kind == Fact.Kind.LIST


def test_what_an_older_page_printed_is_kept_as_history() -> None:
    start_content()
    outlook = Statistic.objects.get(key="ep.29-2072.us.change-percent")
    assert outlook.predecessor is not None
    quoted = outlook.predecessor.observations.select_related("source").get()
    assert (quoted.value, quoted.period) == (Decimal(13), "2016-26")
    assert quoted.source.publisher == "The page this site began with"
    pay = Observation.objects.get(statistic__key="payscale.medical-coders.us.median-annual")
    assert (pay.value, pay.period, pay.status) == (Decimal(41000), "2019", Observation.Status.ACCEPTED)


def test_every_marker_of_a_box_means_one_source() -> None:
    start_content()
    for box in FactBox.objects.all():
        markers = {(m.marker, m.source_id) for fact in box.facts.all() for m in fact.markers.all()}
        assert len({marker for marker, _source in markers}) == len(markers)


def test_every_credential_says_who_reported_it() -> None:
    start_content()
    assert not Credential.objects.filter(source=None).exists()
    renamed = Credential.objects.get(code="CPC-H")
    assert renamed.became == Credential.objects.get(code="COC")
    assert renamed not in Credential.objects.current()


def test_a_credential_without_a_code_goes_by_its_name() -> None:
    start_content()
    assert Credential.objects.get(body__acronym="PAHCS").label == "Medical Coding Specialist"


def test_every_source_is_cited_by_something() -> None:
    start_content()
    written = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    stored = set(Source.objects.values_list("title", flat=True))
    assert {row["title"] for row in written.values()} <= stored


@each_page
def test_an_article_keeps_the_editors_measures(slug: str) -> None:
    page = PAGES[slug]
    assert page["slug"] == slug
    assert 15 <= len(page["title"]) <= 60
    assert 120 <= len(page["lead"].strip()) <= 320
    assert page["summary"]
    assert 400 <= len(page["body"].split()) <= 900
    assert max(len(sentence.split()) for sentence in sentences(page["body"])) < 30


def test_the_lint_has_nothing_against_the_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """And grade 10 is enough to read them."""
    start_content()
    monkeypatch.setattr(prose, "MOST_GRADE", 10.0)
    known = Known()
    found = [hit for text in Revision.objects.live() for hit in lint(from_revision(text), known)]
    assert [hit for hit in found if hit.level != Level.INFO or hit.code == "reading-grade"] == []


@each_page
def test_an_article_types_no_figure_that_a_statistic_holds(slug: str) -> None:
    """Pay and growth stand as marks; a share of an exam's questions is no statistic."""
    assert not re.search(r"\$\s?\d|\d%", PAGES[slug]["body"])


@each_page
def test_every_link_and_figure_of_an_article_leads_somewhere(slug: str, client: Client) -> None:
    start_content()
    page = client.get(f"/articles/{slug}/")
    assert page.status_code == 200
    assert "not available" not in page.content.decode()
    for address in re.findall(r"\]\((/[^)]*)\)", PAGES[slug]["body"]):
        assert client.get(address).status_code == 200, address


def sentences(text: str) -> list[str]:
    """The sentences and list items of a Markdown text, without its addresses and tables."""
    words = re.sub(r"\]\([^)]*\)", "]", re.sub(r"^\|.*$", "", text, flags=re.MULTILINE))
    return re.split(r"(?<=[.!?:;])\s+|\n\n|\n(?=- |\d\. |#)", words)
