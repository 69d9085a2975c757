"""A reader looks a word up; an editor explains another."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from content.models import Article, Term
from content.publishing import archive
from tests.build import make_article, make_credential, make_source, make_term
from tests.content.workflow.people import logged_in, make_editor
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_a_term_says_what_it_means_where_that_was_read_and_where_to_go_on(client):
    claim = make_term("Claim")
    term = make_term(
        "Explanation of Benefits",
        "EOB",
        definition="A letter <of> the plan.",
        source=make_source("Glossary of terms", publisher="CMS", url="https://www.cms.gov/glossary"),
        credential=make_credential("CPC"),
        article=make_article("payers", title="The payer side"),
    )
    term.see_also.add(claim)
    page = Page(client, "/glossary/")
    said = page.text("#term-explanation-of-benefits")
    assert "Explanation of Benefits (EOB)" in said
    assert "A letter <of> the plan." in said
    assert "See also: Claim ." in said
    assert "After CMS: Glossary of terms Date unknown." in said
    assert page.links("#term-explanation-of-benefits") == [
        "#term-claim",
        "/credentials/cpc/",
        "/articles/payers/",
        "https://www.cms.gov/glossary",
    ]
    assert page.texts("h2") == ["C", "E", "Letters of credentials and their bodies"]


def test_letters_of_credentials_lead_to_them(client):
    make_credential("CPC-H", status="retired")
    page = Page(client, "/glossary/")
    assert page.texts(".letters dd") == [
        "American Academy of Professional Coders , a certifying body",
        "Certified CPC-H , AAPC, no longer granted",
    ]
    assert "No word is explained here yet." in page.text()


def test_machines_read_the_same(client):
    make_term("</script><b>Claim", "CLM", slug="claim")
    data = Page(client, "/glossary/").structured()[0]
    assert data["@type"] == "DefinedTermSet"
    entry = data["hasDefinedTerm"][0]
    assert (entry["name"], entry["termCode"], entry["url"]) == ("</script><b>Claim", "CLM", "#term-claim")


def test_an_article_that_nobody_can_read_is_not_named(client):
    draft = make_article("hidden", title="Zanzibar", published=False)
    gone = make_article("gone", title="Timbuktu")
    make_term("Claim", article=draft)
    make_term("Payer", article=gone)
    archive(Article.objects.get(slug="gone"), by=None)
    html = Page(client, "/glossary/").html
    assert "Zanzibar" not in html
    assert "Timbuktu" not in html
    assert "/articles/" not in Page(client, "/glossary/").links("dl")


def test_the_starter_glossary_has_forty_terms_each_leading_on(client):
    call_command("start_content", verbosity=0)
    page = Page(client, "/glossary/")
    places = {node.attributes["id"] for node in page.tree.css("[id]")}
    assert len(page.texts(".term")) >= 40
    assert {link[1:] for link in page.links("dl") if link.startswith("#")} <= places
    assert not Term.objects.filter(see_also=None).exists()


def test_an_editor_adds_a_term_and_letters_stand_for_one_thing(client):
    make_credential("CPC")
    editor = logged_in(make_editor("Reviewer"))
    sent = {"slug": "cpc", "name": "Cost per click", "acronym": "CPC", "definition": "What an ad costs."}
    answer = editor.post(reverse("admin:content_term_add"), sent)
    assert "CPC stands for “Certified CPC” already." in answer.content.decode()
    assert not Term.objects.exists()
    editor.post(reverse("admin:content_term_add"), sent | {"acronym": ""})
    assert Term.objects.get().name == "Cost per click"


def test_the_database_keeps_letters_single():
    make_term("Claim", "CLM")
    with pytest.raises(ValidationError, match="acronym"):
        Term(slug="x", name="Other", acronym="CLM", definition="D.").full_clean()
