"""What editors rule about the related links of an article: pins in an order, vetoes, and a freeze.

A rule counts at once and survives every rebuild; the places that it frees are filled at the next refresh.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from content.models import Article, RelatedLink

PINNED, VETOED = RelatedLink.Origin.PINNED, RelatedLink.Origin.VETOED
RULE: Final = "content.change_relatedlink"


def pin(article: Article, target: Article, *, by: User) -> None:
    """Puts a link after the pins that stand there already, with the reason that it had as a computed one."""
    _rule(article, target, PINNED, by=by)


def veto(article: Article, target: Article, *, by: User) -> None:
    """The article never links to the target, whatever is computed."""
    _rule(article, target, VETOED, by=by)


def release(article: Article, target: Article, *, by: User) -> None:
    """Takes a pin or veto back: whether they belong together is computed again."""
    with _held(article, by):
        if RelatedLink.objects.of_editors().filter(article=article, target=target).delete()[0]:
            Article.objects.filter(pk=article.pk).update(links_hash="")


def move(article: Article, target: Article, *, up: bool, by: User) -> None:
    """Moves a pin one place up or down among the pins."""
    with _held(article, by):
        pins = list(RelatedLink.objects.filter(article=article, origin=PINNED).order_by("position", "pk"))
        place = next((n for n, link in enumerate(pins) if link.target_id == target.pk), None)
        if place is None:
            raise ValidationError("That link is not pinned any more.")
        other = max(0, place - 1) if up else min(len(pins) - 1, place + 1)
        pins[place], pins[other] = pins[other], pins[place]
        for position, link in enumerate(pins):
            link.position = position
        RelatedLink.objects.bulk_update(pins, ["position"])


def freeze(article: Article, *, by: User) -> None:
    """What is computed for it stays as it is, through every change and rebuild, until it is thawed."""
    with _held(article, by):
        Article.objects.filter(pk=article.pk).update(links_frozen=True)


def thaw(article: Article, *, by: User) -> None:
    """Its links are computed anew at the next refresh."""
    with _held(article, by):
        Article.objects.filter(pk=article.pk).update(links_frozen=False, links_hash="")


def _rule(article: Article, target: Article, origin: RelatedLink.Origin, *, by: User) -> None:
    if article.pk == target.pk:
        raise ValidationError("An article is not linked to itself.")
    with _held(article, by):
        rules = RelatedLink.objects.of_editors().filter(article=article)
        last = rules.filter(origin=PINNED).exclude(target=target).aggregate(last=Max("position"))["last"]
        computed = RelatedLink.objects.current().filter(article=article, target=target).first()
        rule = {"origin": origin, "position": 0 if last is None else last + 1, "made_by": by}
        reason = computed.reason if computed and origin == PINNED else ""
        rules.update_or_create(
            target=target, defaults=rule, create_defaults={**rule, "article": article, "reason": reason}
        )


@contextmanager
def _held(article: Article, by: User) -> Iterator[None]:
    """One transaction that holds the article: two editors' rules come one after the other."""
    if not by.has_perm(RULE):
        raise PermissionDenied
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        yield
