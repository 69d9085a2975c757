"""The minute's refresh: articles that changed, and those that should now point to them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content import related
from content.models import Article, ArticleDigest, RelatedLink
from content.publishing import archive, publish, schedule
from tests.build import make_article, make_revision, make_topic
from tests.content.related.library import CODING, MONEY, about, coding_and_money, shown

pytestmark = pytest.mark.django_db
NOTHING = {"changed": 0, "gone": 0, "redone": 0, "links": 0}


def test_a_new_site_gets_its_first_links_without_a_rebuild():
    articles = coding_and_money()
    assert related.is_stale()
    assert related.refresh_changed()["changed"] == 6
    assert set(shown(articles["coding-0"])[:2]) == {"coding-1", "coding-2"}
    assert not related.is_stale()


def test_a_new_article_gets_the_links_of_a_rebuild_and_others_point_to_it():
    coding_and_money(each=6)
    related.rebuild()
    new = about("coding-new", f"{CODING} audits audits audits")
    assert related.is_stale()
    assert related.refresh_changed()["changed"] == 1
    own = shown(new)
    pointing = set(RelatedLink.objects.current().filter(target=new).values_list("article__slug", flat=True))
    assert "coding-3" in pointing
    related.rebuild()
    assert shown(new) == own
    again = set(RelatedLink.objects.current().filter(target=new).values_list("article__slug", flat=True))
    assert again == pointing


def test_nothing_changed_writes_nothing():
    coding_and_money()
    related.rebuild()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert not related.is_stale()
        assert related.refresh_changed() == NOTHING
    assert not [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]


def test_a_new_revision_moves_an_article_to_its_new_subject():
    articles = coding_and_money()
    related.rebuild()
    publish(make_revision(articles["coding-0"], title="What it costs", lead=MONEY), by=None)
    related.refresh_changed()
    assert shown(articles["coding-0"])[0].startswith("money")
    assert "coding-0" in shown(articles["money-0"])
    assert "coding-0" not in shown(articles["coding-1"])[:1]


def test_the_same_content_published_again_computes_nothing():
    articles = coding_and_money()
    related.rebuild()
    before = Article.objects.get(slug="coding-0").links_hash
    old = articles["coding-0"].revisions.get()
    publish(make_revision(articles["coding-0"], title=old.title, lead=old.lead, body=old.body), by=None)
    assert related.is_stale()
    assert related.refresh_changed() == NOTHING
    assert not related.is_stale()
    assert Article.objects.get(slug="coding-0").links_hash == before


def test_another_topic_counts_as_a_change():
    articles = coding_and_money()
    related.rebuild()
    Article.objects.filter(slug="coding-0").update(topic=make_topic("pay"))
    assert related.is_stale()
    assert related.refresh_changed()["changed"] == 1
    Article.objects.filter(slug="coding-0").update(topic=None)
    assert related.refresh_changed()["changed"] == 1
    assert not related.is_stale()
    assert shown(articles["coding-0"])


def test_a_place_that_an_archived_article_held_is_filled_again():
    articles = coding_and_money(each=8)
    related.rebuild()
    held = shown(articles["coding-0"])
    archive(Article.objects.get(slug=held[0]), by=None)
    assert shown(articles["coding-0"]) == held[1:]
    assert related.is_stale()
    assert not RelatedLink.objects.computed().filter(target__slug=held[0]).exists()
    assert related.refresh_changed()["redone"] > 0
    assert len(shown(articles["coding-0"])) == 5
    assert not RelatedLink.objects.filter(target__slug=held[0]).exists()
    assert not RelatedLink.objects.filter(article__slug=held[0]).exists()
    assert not related.is_stale()


def test_an_archived_article_that_returns_is_computed_anew():
    articles = coding_and_money()
    related.rebuild()
    archive(articles["coding-1"], by=None)
    related.refresh_changed()
    publish(articles["coding-1"].revisions.get(), by=None)
    assert related.refresh_changed()["changed"] == 1
    assert "coding-1" in shown(articles["coding-0"])
    assert shown(articles["coding-1"])


def test_a_scheduled_article_counts_from_its_moment_on():
    articles = coding_and_money()
    related.rebuild()
    tomorrow = timezone.now() + timedelta(days=1)
    later = about("later", CODING, published=False)
    schedule(later.revisions.get(), publish_at=tomorrow, by=None)
    assert not related.is_stale()
    assert related.is_stale(at=tomorrow)
    related.refresh_changed(at=tomorrow)
    assert "later" in shown(articles["coding-0"], at=tomorrow)
    assert "later" not in shown(articles["coding-0"])


def test_a_run_takes_no_more_than_its_limit():
    coding_and_money()
    assert related.refresh_changed(limit=2)["changed"] == 2
    assert ArticleDigest.objects.count() == 2
    assert related.is_stale()
    while related.is_stale():
        related.refresh_changed(limit=2)
    assert Article.objects.filter(links_hash="").count() == 0


def test_a_run_that_stops_before_its_write_is_repeated_by_the_next():
    articles = coding_and_money()
    calls = []

    def renew():
        calls.append(None)
        if len(calls) == 3:
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        related.refresh_changed(renew=renew)
    assert not RelatedLink.objects.exists()
    assert related.is_stale()
    related.refresh_changed()
    assert shown(articles["coding-0"])


def test_a_text_of_hostile_markdown_is_read():
    links = "".join(f"[x{number}](/articles/coding-{number}/" for number in range(200))
    hostile = make_article("hostile", title="[](", lead="]] [[stat:x", body=f"{'> ' * 300}{links}[a]([b](<\\")
    coding_and_money()
    related.rebuild()
    assert ArticleDigest.objects.get(article=hostile).content_hash
