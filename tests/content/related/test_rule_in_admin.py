"""Editors pin, order, veto and freeze the links of an article by buttons, and see how links are spread."""

import pytest
from django.test import Client
from django.urls import reverse

from content import related
from content.models import Article, RelatedLink
from content.publishing import archive, publish
from tests.build import make_revision
from tests.content.related.library import MONEY, coding_and_money, shown
from tests.content.workflow.people import logged_in, make_editor
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles() -> dict[str, Article]:
    made = coding_and_money(each=7)
    related.rebuild()
    return made


@pytest.fixture
def reviewer() -> Client:
    return logged_in(make_editor("Reviewer"))


def page_of(article: Article) -> str:
    return reverse("admin:content_article_related", args=[article.pk])


def press(client: Client, article: Article, verb: str, target: Article) -> str:
    """Presses a button that stands on the page, and gives the message that follows."""
    address = reverse("admin:content_article_rule", args=[article.pk, verb, target.pk])
    page = Page(client, page_of(article))
    assert address in [form.attributes.get("action") for form in page.tree.css("form")], verb
    answer = client.post(address, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def test_the_page_shows_what_readers_see_and_why(reviewer: Client, articles: dict[str, Article]) -> None:
    article = articles["coding-0"]
    page = Page(reviewer, page_of(article))
    links = list(related.related_for(article))
    assert len(links) == 5
    for link, said in zip(links, page.texts("ol.ruled > li"), strict=True):
        assert link.title in said
        assert link.reason in said
        assert "Computed" in said
    public = Page(reviewer, article.get_absolute_url())
    assert [link.target.get_absolute_url() for link in links] == [
        address for address in public.links(".related") if address.startswith("/articles/")
    ]


def test_pins_are_ordered_by_buttons(reviewer: Client, articles: dict[str, Article]) -> None:
    article, money = articles["coding-0"], [articles[f"money-{n}"] for n in range(3)]
    for words in ("money-0", "/articles/money-1/", Page(reviewer, "/articles/money-2/").text("h1")):
        reviewer.post(page_of(article), {"target": words})
    assert shown(article)[:3] == ["money-0", "money-1", "money-2"]
    press(reviewer, article, "up", money[2])
    press(reviewer, article, "down", money[0])
    assert shown(article)[:3] == ["money-2", "money-0", "money-1"]
    press(reviewer, article, "up", money[2])
    assert shown(article)[:3] == ["money-2", "money-0", "money-1"]
    assert "computed again" in press(reviewer, article, "release", money[1])
    related.refresh_changed()
    assert shown(article)[:2] == ["money-2", "money-0"]
    related.rebuild()
    assert shown(article)[:2] == ["money-2", "money-0"]


def test_a_computed_link_is_pinned_with_its_reason_or_vetoed(
    reviewer: Client, articles: dict[str, Article]
) -> None:
    article = articles["coding-0"]
    first, second = list(related.related_for(article))[:2]
    press(reviewer, article, "pin", second.target)
    press(reviewer, article, "veto", first.target)
    related.rebuild()
    assert shown(article)[0] == second.target.slug
    assert related.related_for(article)[0].reason == second.reason
    assert first.target.slug not in shown(article)
    assert first.target.slug in Page(reviewer, page_of(article)).text()
    press(reviewer, article, "release", first.target)
    related.refresh_changed()
    assert first.target.slug in shown(article)


def test_a_frozen_article_keeps_its_links_through_everything(
    reviewer: Client, articles: dict[str, Article]
) -> None:
    article = articles["coding-0"]
    before = shown(article)
    reviewer.post(reverse("admin:content_article_freeze", args=[article.pk]))
    publish(make_revision(article, title="What it costs", lead=MONEY, body=MONEY), by=None)
    for work in (related.refresh_changed, related.rebuild, related.rebuild, related.refresh_changed):
        work()
        assert shown(article) == before
        assert not related.is_stale()
    archive(articles[before[0]], by=None)
    related.refresh_changed()
    related.rebuild()
    assert shown(article) == before[1:]
    reviewer.post(reverse("admin:content_article_freeze", args=[article.pk]))
    assert related.is_stale()
    related.refresh_changed()
    assert shown(article)[0].startswith("money")
    assert not related.is_stale()


@pytest.mark.parametrize("words", ["", "nothing-here", "coding-0", "/articles/draft/", "x" * 400])
def test_what_names_no_other_live_article_is_answered_with_a_sentence(
    reviewer: Client, articles: dict[str, Article], words: str
) -> None:
    answer = reviewer.post(page_of(articles["coding-0"]), {"target": words}, follow=True)
    told = [*answer.context.get("messages", ()), *answer.context["form"].errors.get("target", ())]
    assert told
    assert not RelatedLink.objects.of_editors().exists()


def test_what_is_not_there_any_more_is_told(reviewer: Client, articles: dict[str, Article]) -> None:
    article, other = articles["coding-0"], articles["money-0"]
    gone = reverse("admin:content_article_rule", args=[article.pk, "up", other.pk])
    answer = reviewer.post(gone, follow=True)
    assert "not pinned any more" in " ".join(str(each) for each in answer.context["messages"])
    for verb, target in (("explode", other.pk), ("pin", 999_999)):
        address = reverse("admin:content_article_rule", args=[article.pk, verb, target])
        assert reviewer.post(address).status_code == 404


def test_coverage_counts_what_readers_see(reviewer: Client, articles: dict[str, Article]) -> None:
    alone = articles["money-6"]
    for article in articles.values():
        if article != alone:
            RelatedLink.objects.of_editors().update_or_create(
                article=article, target=alone, defaults={"origin": "vetoed"}
            )
    related.rebuild()
    page = Page(reviewer, reverse("admin:content_relatedlink_coverage"))
    links = [(article.slug, shown(article)) for article in articles.values()]
    full = sum(len(targets) == 5 for _slug, targets in links)
    assert f"{full} of {len(articles)} articles" in page.text()
    led_to = {target for _slug, targets in links for target in targets}
    assert alone.slug not in led_to
    assert f"No other article leads here: {len(set(articles) - led_to)}" in page.text()
    assert reverse("admin:content_article_related", args=[alone.pk]) in page.links()
    row = next(each for each in Page(reviewer, "/admin/").links() if each.endswith("#orphans"))
    assert row == reverse("admin:content_relatedlink_coverage") + "#orphans"
