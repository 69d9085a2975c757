"""The schools' own sites, as they or the federal directory name them: they are cited, so they are asked."""

from collections.abc import Iterator

from django.urls import reverse

from listings import published
from listings.models import DirectoryRow, School, Statement


def cited() -> Iterator[tuple[str, str]]:
    """The site of each listed school, with the page that leads readers there; invented schools have none."""
    listed = School.objects.listed().filter(is_sample=False)
    said = Statement.objects.valid().filter(field=Statement.Field.WEBSITE, school__in=listed)
    sites: dict[str, str] = dict(said.values_list("school__slug", "value"))
    rows = DirectoryRow.objects.at_version(published.number()).filter(school__in=listed).exclude(website="")
    for website, slug in rows.order_by("school").values_list("website", "school__slug"):
        if slug not in sites:
            yield website, reverse("school-detail", args=[slug])
    for slug, website in sorted(sites.items()):
        yield website, reverse("school-detail", args=[slug])
