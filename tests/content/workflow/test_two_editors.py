"""F32: two editors write in one draft: nothing is overwritten, every accepted text is in a revision."""

from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from content.admin.saving import RevisionForm
from content.models import Fact, Revision
from content.publishing import NewFact, NewFactBox, publish
from tests.build import make_article, make_credential, make_revision
from tests.content.workflow.people import form, logged_in, make_editor, page
from tests.proof import count

pytestmark = pytest.mark.django_db
FIELDS = ("title", "summary", "lead", "body")


class Desk:
    """An editor with a form open, as a browser holds it."""

    def __init__(self, name: str) -> None:
        self.client = logged_in(make_editor("Reviewer", name))
        self.sent: dict[str, Any] = {}

    def open(self, draft: Revision) -> None:
        draft.refresh_from_db()
        self.sent = form(draft)

    def save(self, draft: Revision) -> bool:
        """Whether it was accepted; if not, the form is what the answer shows."""
        answer = self.client.post(page(draft), self.sent)
        if answer.status_code == 302:
            return True
        assert answer.status_code == 200
        shown: RevisionForm = answer.context["adminform"].form
        written = {name: self.sent[name] for name in FIELDS if "word" in self.sent[name]}
        html = answer.content.decode()
        assert all(text in html or is_kept(name, text) for name, text in written.items())
        self.sent |= {name: shown[name].value() for name in (*FIELDS, "base")}
        return False


def is_kept(name: str, text: str) -> bool:
    return Revision.objects.filter(**{name: text}).exists()


@pytest.mark.slow
@pytest.mark.once
def test_random_interleavings_of_two_editors_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content.templatetags.lint.judge", lambda _revision: [])
    rng, refused = Random(32), 0
    desks, reader = [Desk("one"), Desk("two")], Client()
    for round_ in range(count(1000)):
        article = make_article(f"article-{round_}", title="As published", body="As published.")
        draft, live, accepted = make_revision(article, title="T", body="B"), "As published.", []
        for desk in desks:
            desk.open(draft)
        for step in range(4):
            desk = rng.choice(desks)
            if rng.random() < 0.25:
                desk.open(draft)
            name, text = rng.choice(FIELDS), f"word {round_}-{step}-{rng.random()}"
            desk.sent[name] = text
            if desk.save(draft):
                accepted += [(each, desk.sent[each]) for each in FIELDS if "word" in desk.sent[each]]
            else:
                refused += 1
            if rng.random() < 0.1:
                draft.refresh_from_db()
                publish(draft, by=None)
                live, draft = draft.body, make_revision(article, title="T", body="B")
                for each in desks:
                    each.open(draft)
            assert Revision.objects.live().get(article=article).body == live
        assert all(is_kept(*each) for each in accepted), accepted
        assert live in reader.get(article.get_absolute_url()).content.decode()
    assert refused > count(1000) // 4


def two_forms(**texts: str) -> tuple[Revision, Desk, Desk]:
    draft = make_revision(make_article(), **texts)
    first, second = Desk("first"), Desk("second")
    first.open(draft)
    second.open(draft)
    return draft, first, second


def test_the_second_sees_three_texts_and_keeps_their_own() -> None:
    draft, first, second = two_forms(body="The fee is high.")
    first.sent["body"] = "The fee is low."
    assert first.save(draft)
    second.sent["body"] = "The fee is high and due at once."
    answer = second.client.post(page(draft), second.sent)
    html = answer.content.decode()
    assert "first saved this draft after you opened it" in html
    assert "<del>high</del>" in html
    assert "<ins>low</ins>" in html
    assert "<ins> and due at once</ins>" in html
    assert "The fee is high and due at once.</textarea>" in html
    draft.refresh_from_db()
    assert draft.body == "The fee is low."
    second.sent["base"] = str(draft.number)
    assert second.save(draft)
    draft.refresh_from_db()
    assert draft.body == "The fee is high and due at once."
    assert is_kept("body", "The fee is low.")
    assert is_kept("body", "The fee is high.")


def test_changes_of_different_fields_are_joined() -> None:
    draft, first, second = two_forms(body="B", summary="S")
    first.sent["summary"] = "Theirs"
    assert first.save(draft)
    second.sent["body"] = "Mine"
    assert not second.save(draft)
    assert (second.sent["summary"], second.sent["body"]) == ("Theirs", "Mine")
    assert second.save(draft)
    draft.refresh_from_db()
    assert (draft.summary, draft.body) == ("Theirs", "Mine")


def test_a_form_sent_again_by_the_back_button_changes_nothing() -> None:
    draft, first, _second = two_forms(body="B")
    first.sent["body"] = "Mine"
    assert first.save(draft)
    assert first.save(draft)
    assert Revision.objects.filter(body="Mine").count() == 1


def test_credentials_of_both_are_compared_too() -> None:
    draft, first, second = two_forms(body="B")
    cpc, ccs = make_credential("CPC"), make_credential("CCS")
    first.sent["credentials"] = [cpc.pk]
    assert first.save(draft)
    second.sent["credentials"] = [ccs.pk]
    html = second.client.post(page(draft), second.sent).content.decode()
    assert "<h3>Credentials</h3>" in html
    assert [each.code for each in draft.credentials.all()] == ["CPC"]


def test_a_text_that_went_to_review_meanwhile_becomes_a_new_draft() -> None:
    draft, first, second = two_forms(body="B")
    first.sent |= {"body": "Theirs", "_submit": "1"}
    first.save(draft)
    second.sent["body"] = "Mine"
    assert second.save(draft)
    draft.refresh_from_db()
    assert (draft.state, draft.body) == ("in-review", "Theirs")
    assert Revision.objects.get(body="Mine").state == "draft"


def test_a_changed_fact_keeps_the_draft_as_it_was() -> None:
    box = NewFactBox(title="Facts", facts=(NewFact(label="Fee", text="100 dollars"),))
    draft = make_revision(make_article(), facts=[box])
    desk = Desk("one")
    fact = Fact.objects.get(box__revision=draft)
    address = reverse("admin:content_fact_change", args=[fact.pk])
    sent = {"label": "Fee", "position": "0", "kind": "text", "text": "200 dollars", "base": draft.number}
    sent |= {f"markers-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert desk.client.post(address, sent).status_code == 302
    draft.refresh_from_db()
    kept = Revision.objects.get(state="kept")
    assert [kept.fact_boxes.get().facts.get().text, draft.fact_boxes.get().facts.get().text] == [
        "100 dollars",
        "200 dollars",
    ]
    late = desk.client.post(address, sent | {"text": "300 dollars"})
    assert "Somebody saved this draft after you opened it" in late.content.decode()
    assert "300 dollars" in late.content.decode()
    fact.refresh_from_db()
    assert fact.text == "200 dollars"


@pytest.mark.parametrize("base", ["", "0", "-1", "999", "x", "9" * 30])
def test_a_form_without_its_number_is_refused_with_its_text(base: str) -> None:
    draft, first, _second = two_forms(body="B")
    first.sent |= {"body": "Mine", "base": base}
    html = first.client.post(page(draft), first.sent).content.decode()
    assert "Mine</textarea>" in html
    draft.refresh_from_db()
    assert draft.body == "B"
