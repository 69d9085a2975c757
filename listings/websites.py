"""The schools' own sites, as the federal directory names them: they are cited, so they are looked at."""

from collections.abc import Iterator

from django.urls import reverse

from listings.models import DataVersion, DirectoryRow, School


def cited() -> Iterator[tuple[str, str]]:
    """The site of each listed school, with the page that leads readers there; invented schools have none."""
    version = DataVersion.objects.filter(is_current=True).first()
    if version is None:
        return
    listed = School.objects.listed().filter(is_sample=False)
    rows = DirectoryRow.objects.at_version(version.number).filter(school__in=listed).exclude(website="")
    for website, slug in rows.order_by("school").values_list("website", "school__slug"):
        yield website, reverse("school-detail", args=[slug])
