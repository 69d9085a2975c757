"""A67: two revisions side by side: the marks are right, and any of them is restored as a new draft."""

from random import Random

import pytest
from django.urls import reverse

from content.lib.wording import Part, side_by_side
from content.models import Revision
from tests.build import make_article, make_revision
from tests.content.workflow.people import logged_in, make_editor
from tests.proof import count

WORDS = ("fee", "exam", "the", "a", "\n", "\n\n", " ", ".", "2026", "é", "\u2028", "x" * 40)


def joined(parts: list[Part], *, same: bool = False) -> str:
    return "".join(part.text for part in parts if not (same and part.is_other))


def test_random_texts_are_shown_whole_and_marked_where_they_differ() -> None:
    rng = Random(5)
    for _ in range(count(3000)):
        left = "".join(rng.choices(WORDS, k=rng.randrange(40)))
        right = left if rng.random() < 0.1 else "".join(rng.choices(WORDS, k=rng.randrange(40)))
        rows = side_by_side(left, right)
        lefts = [part for row in rows for part in row.left]
        rights = [part for row in rows for part in row.right]
        assert (joined(lefts), joined(rights)) == (left, right)
        assert joined(lefts, same=True) == joined(rights, same=True)
        assert all(row.is_same for row in rows) == (left == right)


@pytest.mark.django_db
def test_an_editor_compares_and_restores() -> None:
    article = make_article(body="The fee is high.\n\nKept line.")
    second = make_revision(article, title="Other", body="The fee is low.\n\nKept line.")
    editor = logged_in(make_editor("Author"))
    html = editor.get(reverse("admin:content_revision_compare", args=[second.pk])).content.decode()
    assert "<del>high</del>" in html
    assert "<ins>low</ins>" in html
    first = article.published_revision
    answer = editor.post(reverse("admin:content_revision_restore", args=[first.pk]))
    restored = Revision.objects.order_by("-number")[0]
    assert answer.headers["Location"] == reverse("admin:content_revision_change", args=[restored.pk])
    assert (restored.number, restored.state, restored.body) == (3, "draft", first.body)
    assert Revision.objects.live().get() == first


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["0", "x", "9" * 30, "-1"])
def test_what_is_not_of_this_article_is_not_found(other: str) -> None:
    editor = logged_in(make_editor("Reviewer"))
    text = make_article().published_revision
    foreign = make_article("foreign").published_revision
    address = reverse("admin:content_revision_compare", args=[text.pk])
    for wanted in (other, str(foreign.pk)):
        assert editor.get(address, {"with": wanted}).status_code == 404
