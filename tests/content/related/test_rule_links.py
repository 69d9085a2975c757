"""Editors' pins and vetoes: at once, and through every rebuild."""

import pytest
from django.db import IntegrityError, transaction

from content import related
from content.models import Article, RelatedLink
from content.publishing import archive
from tests.content.related.library import CODING, about, coding_and_money, hub_and_stories, shown

pytestmark = pytest.mark.django_db
PINNED, VETOED = RelatedLink.Origin.PINNED, RelatedLink.Origin.VETOED


def rule(article, target, origin, position=0, **more):
    return RelatedLink.objects.create(
        article=article, target=target, origin=origin, position=position, **more
    )


def everything():
    return [
        lambda: None,
        related.rebuild,
        related.refresh_changed,
    ]


@pytest.mark.parametrize("after", everything())
def test_pins_stand_first_in_the_editors_order(after):
    articles = coding_and_money(each=6)
    related.rebuild()
    computed = shown(articles["coding-0"])
    rule(articles["coding-0"], articles["money-1"], PINNED, 2, reason="The editors' choice")
    rule(articles["coding-0"], articles["money-2"], PINNED, 1)
    after()
    links = list(related.related_for(articles["coding-0"]))
    assert [link.target.slug for link in links] == ["money-2", "money-1", *computed[:3]]
    assert links[1].reason == "The editors' choice"


@pytest.mark.parametrize("after", everything())
def test_a_pinned_target_is_not_shown_twice(after):
    articles = coding_and_money(each=6)
    related.rebuild()
    last = shown(articles["coding-0"])[-1]
    rule(articles["coding-0"], articles[last], PINNED)
    after()
    slugs = shown(articles["coding-0"])[:5]
    assert slugs[0] == last
    assert len(set(slugs)) == 5


@pytest.mark.parametrize("after", everything())
def test_a_veto_holds(after):
    articles = coding_and_money(each=6)
    related.rebuild()
    first, *others = shown(articles["coding-0"])
    rule(articles["coding-0"], articles[first], VETOED)
    after()
    assert first not in shown(articles["coding-0"])
    assert shown(articles["coding-0"])[:4] == others


def test_the_place_of_a_vetoed_link_is_filled_by_the_next_refresh():
    articles = coding_and_money(each=8)
    related.rebuild()
    rule(articles["coding-0"], articles[shown(articles["coding-0"])[0]], VETOED)
    assert len(shown(articles["coding-0"])) == 4
    assert related.is_stale()
    assert related.refresh_changed()["redone"] == 1
    assert len(shown(articles["coding-0"])) == 5
    assert not related.is_stale()


def test_a_computed_link_that_an_editor_pins_outlives_its_generation():
    articles = coding_and_money(each=6)
    related.rebuild()
    link = RelatedLink.objects.current().filter(article=articles["coding-0"]).last()
    link.origin = PINNED
    link.save()
    related.rebuild()
    assert shown(articles["coding-0"])[0] == link.target.slug


def test_a_pinned_article_that_is_archived_or_a_draft_is_not_shown():
    articles = coding_and_money()
    draft = about("draft", CODING, published=False)
    rule(articles["coding-0"], draft, PINNED)
    rule(articles["coding-0"], articles["money-0"], PINNED)
    archive(Article.objects.get(slug="money-0"), by=None)
    related.rebuild()
    assert "draft" not in shown(articles["coding-0"])
    assert "money-0" not in shown(articles["coding-0"])
    assert RelatedLink.objects.of_editors().count() == 2


def test_pins_count_against_the_cap():
    hub_and_stories(30)
    related.rebuild()
    links = RelatedLink.objects.current()
    popular = max(Article.objects.all(), key=lambda article: links.filter(target=article).count())
    assert links.filter(target=popular).count() == 20
    others = Article.objects.exclude(related_links__target=popular).exclude(pk=popular.pk)
    for article in others[:5]:
        rule(article, popular, PINNED)
    related.rebuild()
    assert RelatedLink.objects.current().filter(target=popular).count() == 15


@pytest.mark.parametrize("origins", [(PINNED, VETOED), (VETOED, VETOED)])
def test_an_editor_rules_once_on_a_pair(origins):
    articles = coding_and_money(each=1)
    rule(articles["coding-0"], articles["money-0"], origins[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        rule(articles["coding-0"], articles["money-0"], origins[1])
