"""The full rebuild: what readers then find under an article, and what they never do."""

import gc
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from content import related
from content.models import Article, RelatedGeneration, RelatedLink, Revision
from content.publishing import archive, publish, schedule
from tests.build import make_article, make_credential, make_revision, make_topic
from tests.content.related.library import CODING, MONEY, about, coding_and_money, hub_and_stories, shown

pytestmark = pytest.mark.django_db


def stored():
    columns = ("article__slug", "target__slug", "position", "score", "reason")
    return sorted(RelatedLink.objects.current().values_list(*columns))


def test_an_article_shows_what_is_on_its_subject_with_the_reason(client):
    topic = make_topic("certification")
    articles = coding_and_money(topic=topic)
    counts = related.rebuild()
    assert counts == {"articles": 6, "links": RelatedLink.objects.current().count(), "superseded": 0}
    assert set(shown(articles["coding-0"])[:2]) == {"coding-1", "coding-2"}
    page = client.get(articles["coding-0"].get_absolute_url()).content.decode()
    assert "Story coding-1" in page
    assert "Both mention" in page
    assert "same topic: Certification" in page


def test_at_most_five_stand_under_an_article():
    articles = coding_and_money(each=8)
    related.rebuild()
    assert [len(shown(article)) for article in articles.values()] == [5] * 16
    assert related.related_for(articles["coding-0"]).count() == 5


def test_reasons_name_the_page_that_links_to_both_and_links_back():
    articles = coding_and_money()
    body = "Read [one](/articles/coding-0/) and [two](/articles/coding-1/)."
    about("guide", CODING, body=body)
    related.rebuild()
    reasons = dict(
        RelatedLink.objects.filter(article=articles["coding-0"]).values_list("target__slug", "reason")
    )
    assert "also linked from “Story guide”" in reasons["coding-1"]
    assert "links to this article" in reasons["guide"]


def test_what_the_text_links_to_already_is_not_repeated(settings):
    articles = coding_and_money(each=5)
    body = (
        "[a](/articles/coding-0/) [b][2] <"
        + settings.SITE_URL
        + "/articles/coding-2/?x=1#y> [c](../coding-3/)\n\n"
        "`[d](/articles/coding-4/)` [e](https://elsewhere.example/articles/coding-4/)\n\n"
        "[2]: /articles/coding-1/\n"
    )
    linking = about("linking", CODING, body=body)
    related.rebuild()
    assert shown(linking)[0] == "coding-4"
    assert not {"coding-0", "coding-1", "coding-2", "coding-3"}.intersection(shown(linking))
    assert "linking" in shown(articles["coding-0"])


def test_drafts_scheduled_archived_and_plain_pages_never_appear():
    articles = coding_and_money()
    about("draft", CODING, published=False)
    about("page", CODING, kind=Article.Kind.PAGE)
    archive(about("archived", CODING), by=None)
    tomorrow = timezone.now() + timedelta(days=1)
    later = about("later", CODING, published=False)
    schedule(later.revisions.get(), publish_at=tomorrow, by=None)
    related.rebuild()
    assert set(shown(articles["coding-0"])) <= set(articles) - {"coding-0"}
    assert shown(later) == []
    related.rebuild(at=tomorrow + timedelta(minutes=1))
    assert "later" in shown(articles["coding-0"], at=tomorrow + timedelta(minutes=1))
    assert "later" not in shown(articles["coding-0"])


def test_an_article_taken_away_is_gone_at_once():
    articles = coding_and_money()
    related.rebuild()
    archive(articles["coding-1"], by=None)
    assert shown(articles["coding-0"])[0] == "coding-2"
    assert "coding-1" not in shown(articles["coding-0"])


def test_an_article_deleted_takes_its_links_along():
    articles = coding_and_money()
    related.rebuild()
    Article.objects.filter(slug="coding-1").update(status="draft", published_revision=None)
    Article.objects.get(slug="coding-1").delete()
    assert not RelatedLink.objects.filter(target__slug="coding-1").exists()
    assert related.rebuild()["articles"] == 5
    assert "coding-1" not in shown(articles["coding-0"])


def test_a_near_identical_text_is_no_related_article():
    words = " ".join(f"word{number}" for number in range(60))
    first = make_article("first", title="Coding at home", lead=f"{CODING} {words}")
    make_article("copy", title="Working from home", lead=f"{CODING} {words} indeed")
    make_article("other", title="Coding", lead=f"{words[200:]} {CODING}")
    related.rebuild()
    assert shown(first) == ["other"]


def test_two_near_identical_texts_do_not_stand_beside_each_other():
    words = " ".join(f"word{number}" for number in range(60))
    asking = make_article("asking", title="Coding", lead=f"{words[200:]} {CODING}")
    make_article("one", title="Coding at home", lead=f"{CODING} {words}")
    make_article("two", title="Coding at home", lead=f"{CODING} {words} indeed")
    related.rebuild()
    assert len(shown(asking)) == 1


def test_articles_with_nothing_in_common_are_not_related():
    about("coding", CODING)
    alone = make_article("gardens", title="Tulips", lead="Bulbs want sun")
    about("money", MONEY)
    related.rebuild()
    assert shown(alone) == []


def test_no_article_stands_under_more_than_twenty_others():
    hub_and_stories(30)
    related.rebuild()
    pointing = Counter(RelatedLink.objects.current().values_list("target__slug", flat=True))
    assert max(pointing.values()) == 20
    assert RelatedLink.objects.current().count() == 31 * 5


def test_the_topic_and_credentials_of_an_article_speak_for_it():
    articles = coding_and_money(each=4)
    related.rebuild()
    first, second = shown(articles["coding-0"])[:2]
    coding, cpc = make_topic("coding"), make_credential("CPC")
    for slug in ("coding-0", second):
        old = articles[slug].revisions.get()
        publish(make_revision(articles[slug], title=old.title, lead=old.lead, credentials=[cpc]), by=None)
        Article.objects.filter(slug=slug).update(topic=coding)
    related.rebuild()
    assert shown(articles["coding-0"])[:2] == [second, first]


def test_figures_in_the_text_are_not_taken_for_words():
    about("one", "[[stat:oews.29-2072.us.median-annual]] and little else")
    two = about("two", "[[stat:oews.29-2072.us.median-annual|full]] but nothing more")
    related.rebuild()
    assert not any("oews" in reason for reason in two.related_links.values_list("reason", flat=True))


def test_a_second_rebuild_changes_nothing_and_leaves_one_generation():
    coding_and_money()
    related.rebuild()
    before = stored()
    related.rebuild()
    assert stored() == before
    assert RelatedGeneration.objects.count() == 1
    assert RelatedLink.objects.count() == len(before)
    assert not related.is_stale()


def test_no_text_that_was_read_waits_in_memory_for_the_collector():
    coding_and_money(credentials=[make_credential("CPC")])
    gc.collect()
    gc.disable()
    try:
        related.rebuild()
        assert [thing for thing in gc.get_objects() if type(thing) is Revision] == []
    finally:
        gc.enable()


@pytest.mark.parametrize("articles", [0, 1])
def test_a_site_of_hardly_any_article_has_no_links(articles):
    for number in range(articles):
        about(f"story-{number}", CODING)
    assert related.rebuild() == {"articles": articles, "links": 0, "superseded": 0}
    assert not related.is_stale()


class Stopped(Exception):
    pass


def stopping_after(calls):
    left = iter(range(calls))

    def renew():
        if next(left, None) is None:
            raise Stopped

    return renew


def test_a_rebuild_that_is_stopped_shows_nothing_half_done():
    articles = coding_and_money()
    related.rebuild()
    before = stored()
    about("coding-new", CODING)
    # Before its digest is made; then before ranking, before the first rows, and before the swap.
    for calls in (0, 0, 1, 2):
        with pytest.raises(Stopped):
            related.rebuild(renew=stopping_after(calls))
        assert stored() == before
    assert RelatedGeneration.objects.count() > 1
    related.rebuild()
    assert "coding-new" in shown(articles["coding-0"])
    assert RelatedGeneration.objects.count() == 1
    assert RelatedLink.objects.count() == len(stored())


def test_a_rebuild_that_began_later_wins():
    coding_and_money()
    later = []

    def renew():
        if RelatedGeneration.objects.exists() and not later:
            later.append(None)
            about("coding-new", CODING)
            later[0] = related.rebuild()

    counts = related.rebuild(renew=renew)
    assert later[0]["superseded"] == 0
    assert counts == {"articles": 6, "links": 0, "superseded": 1}
    assert any("coding-new" in row[:2] for row in stored())
    assert RelatedGeneration.objects.count() == 1


def test_a_text_that_changed_during_a_rebuild_is_computed_after_it():
    articles = coding_and_money()
    changed = []

    def renew():
        if RelatedGeneration.objects.exists() and not changed:
            changed.append(None)
            publish(make_revision(articles["coding-0"], title="Money", lead=MONEY), by=None)
            related.refresh_changed()

    related.rebuild(renew=renew)
    assert changed
    assert related.is_stale()
    related.refresh_changed()
    assert shown(articles["coding-0"])[0].startswith("money")
    assert not related.is_stale()


@pytest.mark.parametrize(
    "columns",
    [
        {"origin": "computed", "generation": None},
        {"origin": "pinned", "generation": "current"},
    ],
)
def test_the_database_ties_computed_links_alone_to_a_generation(columns):
    articles = coding_and_money(each=1)
    related.rebuild()
    generation = RelatedGeneration.objects.get() if columns["generation"] else None
    link = RelatedLink(
        article=articles["money-0"],
        target=articles["coding-0"],
        **columns | {"generation": generation},
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedLink.objects.bulk_create([link])
