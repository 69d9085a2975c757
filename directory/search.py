"""One search over schools, articles and credentials: a page, and suggestions while somebody types."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from content import search as content_search
from content.lib.fulltext import MAX_CHARACTERS, words
from content.lib.hits import Hit
from content.lib.pages import NumberedPages, NumberedPagesMixin
from content.lib.verbs import read_only
from listings import hits as school_hits

FIRST: Final = 5
PER_PAGE: Final = 20
GUESSES: Final = 3
SHORTEST: Final = 2


@dataclass(frozen=True)
class Kind:
    """What can be found: how many there are for a text, which ones, and which are spelled nearly like it."""

    slug: str
    name: str
    one: str
    count: Callable[[str], int]
    find: Callable[[str, int, int], list[Hit]]
    spelled_like: Callable[[str, int], list[Hit]]


KINDS: Final = (
    Kind(
        "schools",
        "Schools",
        "School",
        school_hits.count_schools,
        school_hits.schools,
        school_hits.schools_spelled_like,
    ),
    Kind(
        "articles",
        "Articles",
        "Article",
        content_search.count_articles,
        content_search.articles,
        content_search.articles_spelled_like,
    ),
    Kind(
        "credentials",
        "Credentials",
        "Credential",
        lambda text: len(content_search.credentials(text)),
        lambda text, start, stop: content_search.credentials(text)[start:stop],
        content_search.credentials_spelled_like,
    ),
)


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `all_address` leads to the rest where there is more."""

    kind: Kind
    total: int
    hits: list[Hit]
    all_address: str = ""
    guesses: list[Hit] = field(default_factory=list)


def asked(request: HttpRequest) -> str:
    """The words of an address, without what no database takes, blanks folded."""
    text = request.GET.get("q", "")[: 4 * MAX_CHARACTERS]
    clean = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(clean.split())[:MAX_CHARACTERS]


class SearchPage(NumberedPagesMixin, TemplateView):
    """The first hits of every kind, or with `in` all of one kind in numbered pages."""

    template_name = "search.html"
    per_page = PER_PAGE

    @cached_property
    def text(self) -> str:
        return asked(self.request)

    @cached_property
    def kind(self) -> Kind | None:
        return next((kind for kind in KINDS if kind.slug == self.request.GET.get("in")), None)

    def page_query(self) -> str:
        return _query(self.text, self.kind)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.text and self.kind and self.kind.slug == "schools":
            return HttpResponseRedirect(_all_schools(self.text))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups: list[Group] = []
        pages = None
        if not words(self.text):
            self.pages(0)
        elif self.kind:
            pages = self.pages(self.kind.count(self.text))
            groups = [_page_of(self.kind, self.text, pages)]
        else:
            self.pages(0)
            groups = [_group(kind, self.text) for kind in KINDS]
        return super().get_context_data(**kwargs) | {
            "q": self.text,
            "kind": self.kind,
            "groups": groups,
            "pages": pages,
            "total": sum(group.total for group in groups),
            "everything": f"{reverse('search')}?{_query(self.text)}",
        }


@read_only
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"suggestions": [{"kind", "label", "note", "address"}]}`; near spellings where nothing is found."""
    text = asked(request)
    found: list[tuple[Kind, Hit]] = []
    if len(text) >= SHORTEST and words(text):
        found = [(kind, hit) for kind in KINDS for hit in kind.find(text, 0, FIRST)]
        if not found:
            found = [(kind, hit) for kind in KINDS for hit in kind.spelled_like(text, GUESSES)]
    suggestions = [
        {"kind": kind.one, "label": hit.title, "note": hit.note, "address": hit.address}
        for kind, hit in found
    ]
    answer = JsonResponse({"suggestions": suggestions})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _group(kind: Kind, text: str) -> Group:
    total = kind.count(text)
    more = total > FIRST
    return Group(
        kind,
        total,
        kind.find(text, 0, FIRST) if total else [],
        all_address=_all(kind, text) if more else "",
        guesses=[] if total else kind.spelled_like(text, GUESSES),
    )


def _page_of(kind: Kind, text: str, pages: NumberedPages) -> Group:
    guesses = [] if pages.total else kind.spelled_like(text, GUESSES)
    return Group(kind, pages.total, kind.find(text, pages.start, pages.stop), guesses=guesses)


def _all(kind: Kind, text: str) -> str:
    """All schools are the school list's to show, with its filters."""
    return _all_schools(text) if kind.slug == "schools" else f"{reverse('search')}?{_query(text, kind)}"


def _all_schools(text: str) -> str:
    return f"{reverse('school-list')}?{urlencode({'q': text, 'sort': 'relevance'})}"


def _query(text: str, kind: Kind | None = None) -> str:
    return urlencode(({"q": text} if text else {}) | ({"in": kind.slug} if kind else {}))
