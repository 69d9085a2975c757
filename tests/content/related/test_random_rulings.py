"""Whatever editors, texts, jobs and crashes do in any order, what readers see obeys the rules of the day."""

from contextlib import suppress
from random import Random

import pytest
from django.contrib.auth.models import User

from content import related, ruling
from content.models import Article, RelatedLink
from content.publishing import archive, publish, rename
from tests.build import make_revision
from tests.content.related.library import CODING, MONEY, about, coding_and_money, shown
from tests.content.workflow.people import make_editor
from tests.proof import count

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Killed(Exception):
    """The worker is gone in the middle of a job."""


class Site:
    """Articles, and beside them by slow and obvious lists what the editors ruled."""

    def __init__(self, rng: Random, by: User) -> None:
        self.rng, self.by = rng, by
        self.articles = list(coding_and_money(each=4).values())
        self.pins: dict[int, list[int]] = {}
        self.vetoes: set[tuple[int, int]] = set()
        self.frozen: dict[int, list[int]] = {}

    def live(self) -> set[int]:
        return set(Article.objects.filter(status="published").values_list("pk", flat=True))

    def pair(self) -> tuple[Article, Article]:
        one, other = self.rng.sample(self.articles, 2)
        return one, other

    def free(self, one: int, other: int) -> None:
        self.vetoes.discard((one, other))
        if other in self.pins.get(one, []):
            self.pins[one].remove(other)

    def pin(self) -> None:
        one, other = self.pair()
        ruling.pin(one, other, by=self.by)
        self.free(one.pk, other.pk)
        self.pins.setdefault(one.pk, []).append(other.pk)

    def veto(self) -> None:
        one, other = self.pair()
        ruling.veto(one, other, by=self.by)
        self.free(one.pk, other.pk)
        self.vetoes.add((one.pk, other.pk))

    def release(self) -> None:
        one, other = self.pair()
        ruling.release(one, other, by=self.by)
        self.free(one.pk, other.pk)

    def move(self) -> None:
        pinned = [(one, pins) for one, pins in self.pins.items() if pins]
        if not pinned:
            return
        one, pins = self.rng.choice(pinned)
        place, up = self.rng.randrange(len(pins)), self.rng.random() < 0.5
        ruling.move(Article.objects.get(pk=one), Article.objects.get(pk=pins[place]), up=up, by=self.by)
        other = max(0, place - 1) if up else min(len(pins) - 1, place + 1)
        pins[place], pins[other] = pins[other], pins[place]

    def freeze(self) -> None:
        article = self.rng.choice(self.articles)
        if article.pk in self.frozen:
            ruling.thaw(article, by=self.by)
            del self.frozen[article.pk]
        else:
            ruling.freeze(article, by=self.by)
            current = RelatedLink.objects.current().filter(article=article).order_by("position", "pk")
            self.frozen[article.pk] = list(current.values_list("target", flat=True))

    def publish(self) -> None:
        article = Article.objects.get(pk=self.rng.choice(self.articles).pk)
        words = self.rng.choice((CODING, MONEY))
        publish(make_revision(article, title=f"New {self.rng.random()}", lead=words, body=words), by=None)

    def archive(self) -> None:
        live = self.live()
        if len(live) > 4:
            article = Article.objects.get(pk=self.rng.choice(sorted(live)))
            archive(article, by=None)
            assert not RelatedLink.objects.computed().filter(target=article).exists()
            assert not RelatedLink.objects.computed().filter(article=article).exists()
            for kept in self.frozen.values():
                if article.pk in kept:
                    kept.remove(article.pk)
            if article.pk in self.frozen:
                self.frozen[article.pk] = []

    def rename(self) -> None:
        article = Article.objects.get(pk=self.rng.choice(self.articles).pk)
        rename(article, slug=f"moved-{self.rng.randrange(10**9)}", by=self.by)

    def add(self) -> None:
        if len(self.articles) < 14:
            self.articles.append(about(f"more-{len(self.articles)}", self.rng.choice((CODING, MONEY))))

    def refresh(self) -> None:
        related.refresh_changed()

    def rebuild(self) -> None:
        related.rebuild()

    def kill(self) -> None:
        left = self.rng.randrange(1, 6)

        def renew() -> None:
            nonlocal left
            left -= 1
            if not left:
                raise Killed

        with suppress(Killed):
            self.rng.choice((related.rebuild, related.refresh_changed))(renew=renew)

    def check(self, done: str) -> None:
        live = self.live()
        for article in self.articles:
            links = list(RelatedLink.objects.shown().filter(article=article))
            targets = [link.target_id for link in links]
            pins = [pk for pk in self.pins.get(article.pk, []) if pk in live]
            computed = targets[len(pins) :]
            assert targets[: len(pins)] == pins, done
            assert len(targets) == len(set(targets)), done
            assert set(targets) <= live - {article.pk}, done
            assert not {(article.pk, target) for target in targets} & self.vetoes, done
            if article.pk in self.frozen:
                kept = [
                    pk
                    for pk in self.frozen[article.pk]
                    if pk not in self.pins.get(article.pk, []) and (article.pk, pk) not in self.vetoes
                ]
                assert computed == kept, done

    def settle(self) -> None:
        """Once the jobs had their turn nothing waits, and each live article has its places filled."""
        for _ in range(20):
            if not related.is_stale():
                break
            related.refresh_changed()
        before = {article.pk: shown(article) for article in self.articles}
        assert related.refresh_changed()["redone"] == 0
        assert {article.pk: shown(article) for article in self.articles} == before
        assert not RelatedLink.objects.computed().exclude(target__in=self.live()).exists()


DEEDS = (
    *("pin", "veto", "release", "move", "freeze", "publish", "archive", "rename", "add"),
    *("refresh", "refresh", "rebuild", "kill"),
)


@pytest.mark.parametrize("seed", range(count(30)))
def test_random_deeds_leave_what_the_rules_say(seed: int) -> None:
    rng = Random(seed)
    site = Site(rng, make_editor("Publisher"))
    related.rebuild()
    for _step in range(25):
        deed = rng.choice(DEEDS)
        getattr(site, deed)()
        site.check(deed)
    site.settle()
    site.check("settle")
    assert not related.is_stale()
