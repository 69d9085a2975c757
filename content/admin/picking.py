"""What a writer looks up for a text, as JSON with its mark: figures, credentials, articles, pictures."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from content.admin.statistics import shown
from content.models import Credential, Picture, Revision
from content.pictures import SCHEME
from content.views.statistics import matching, words_of

MOST_FOUND: Final = 20
MARKUP: Final = re.compile(r"[\\\[\]*_`<]")


@dataclass(frozen=True, kw_only=True)
class Found:
    """`marks` are what may be put into the text; selected words may link to `address` instead.

    `image` is the address of a small picture of it.
    """

    label: str
    note: str
    marks: tuple[str, ...]
    address: str = ""
    image: str = ""


def _statistics(words: str) -> Iterable[Found]:
    for each in matching(words).with_current()[: MOST_FOUND + 1]:
        forms = ("[[stat:{}]]", "[[stat:{}|full]]", "[[stat-table:{}]]", "[[stat-chart:{}]]")
        yield Found(label=each.label, note=shown(each), marks=tuple(form.format(each.key) for form in forms))


def _credentials(words: str) -> Iterable[Found]:
    rows = Credential.objects.select_related("body")
    for word in words.split():
        rows = rows.filter(
            Q(code__icontains=word) | Q(name__icontains=word) | Q(body__acronym__icontains=word)
        )
    for each in rows[: MOST_FOUND + 1]:
        address = reverse("credential-detail", args=[each.slug])
        note = f"{each.body}, {each.get_status_display().lower()}"
        yield Found(label=str(each), note=note, marks=(link(each.label, address),), address=address)


def _articles(words: str) -> Iterable[Found]:
    """Those that readers see: a link to any other would be broken."""
    rows = Revision.objects.live().select_related("article")
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(article__slug__icontains=word))
    for each in rows.order_by("title", "pk")[: MOST_FOUND + 1]:
        address = each.get_absolute_url()
        yield Found(label=each.title, note=address, marks=(link(each.title, address),), address=address)


def _pictures(words: str) -> Iterable[Found]:
    rows = Picture.objects.all()
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(slug__icontains=word) | Q(alternative__icontains=word))
    for each in rows[: MOST_FOUND + 1]:
        note = each.alternative or "decorative"
        mark = f"![]({SCHEME}{each.slug})"
        yield Found(label=each.name, note=note, marks=(mark,), image=each.address(each.widths[0]))


def link(words: str, address: str) -> str:
    """A link of Markdown whose words may hold any character."""
    return f"[{MARKUP.sub(r'\\\g<0>', words)}]({address})"


KINDS: Final[dict[str, tuple[str, Callable[[str], Iterable[Found]]]]] = {
    "statistics": ("content.view_statistic", _statistics),
    "credentials": ("content.view_credential", _credentials),
    "articles": ("content.view_article", _articles),
    "pictures": ("content.view_picture", _pictures),
}


def pick(request: HttpRequest, kind: str) -> HttpResponse:
    """The first of that kind that have all the words of `q`; `more` says that there are others."""
    if kind not in KINDS:
        raise Http404
    right, find = KINDS[kind]
    if not request.user.has_perm(right):
        raise PermissionDenied
    found = list(find(words_of(request.GET.get("q", ""))))
    rows = [asdict(each) for each in found[:MOST_FOUND]]
    return JsonResponse({"found": rows, "more": len(found) > MOST_FOUND})
