"""The sitemap: every page that search engines may keep, and when it really changed if that is known."""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.lib.verbs import read_only
from content.models import Article, Credential, Revision, Specialty, Statistic
from content.reading import topics_read
from listings.areas import pages as area_pages
from listings.models import School

PER_FILE: Final = 50_000
LISTS: Final = (
    *("home", "article-list", "school-list", "credential-list", "specialty-list", "statistic-list"),
    *("pay-by-state", "how-ordered", "how-paid", "glossary", "credential-choice", "corrections"),
    "for-schools",
)
XMLNS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"

Place = tuple[str, datetime | None]


def places() -> Iterator[Place]:
    """The path of every live page and when it last changed."""
    for name in LISTS:
        yield reverse(name), None
    texts = Revision.objects.live().exclude(article__kind=Article.Kind.PAGE, article__slug="corrections")
    for revision in texts.newest_first().select_related("article"):
        yield revision.get_absolute_url(), revision.published_at
    for topic in topics_read():
        yield reverse("topic-detail", args=[topic.slug]), None
    for name, slugs in (
        ("credential-detail", Credential.objects.values_list("slug", flat=True)),
        ("specialty-detail", Specialty.objects.values_list("slug", flat=True)),
    ):
        for slug in slugs:
            yield reverse(name, args=[slug]), None
    for slug, changed in (
        School.objects.known().filter(is_sample=False).order_by("slug").values_list("slug", "changed_at")
    ):
        yield reverse("school-detail", args=[slug]), changed
    for path in area_pages():
        yield path, None
    accepted = Statistic.objects.exclude(current=None).values_list("key", "current__decided_at")
    for key, decided in accepted:
        yield reverse("statistic-detail", args=[key]), decided


@read_only
def sitemap(request: HttpRequest) -> HttpResponse:
    """One file; an index of files from 50,001 pages on."""
    files = list(batched(places(), PER_FILE))
    asked = request.GET.get("p", "")
    if asked:
        if asked not in {str(number) for number in range(1, len(files) + 1)}:
            raise Http404
        return _answer(_urlset(files[int(asked) - 1]))
    return _answer(_urlset(files[0]) if len(files) == 1 else _index(len(files)))


def _urlset(found: tuple[Place, ...]) -> SafeString:
    urls = format_html_join(
        "\n",
        "<url><loc>{}{}</loc>{}</url>",
        ((settings.SITE_URL, path, _changed(changed)) for path, changed in found),
    )
    return format_html('<urlset xmlns="{}">\n{}\n</urlset>', XMLNS, urls)


def _changed(changed: datetime | None) -> SafeString | str:
    return format_html("<lastmod>{}</lastmod>", changed.isoformat(timespec="seconds")) if changed else ""


def _index(files: int) -> SafeString:
    address = f"{settings.SITE_URL}{reverse('sitemap')}"
    numbers = ((address, number) for number in range(1, files + 1))
    maps = format_html_join("\n", "<sitemap><loc>{}?p={}</loc></sitemap>", numbers)
    return format_html('<sitemapindex xmlns="{}">\n{}\n</sitemapindex>', XMLNS, maps)


def _answer(xml: SafeString) -> HttpResponse:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return HttpResponse(f"{head}{xml}\n", content_type="application/xml; charset=utf-8")
