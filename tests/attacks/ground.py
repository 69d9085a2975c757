"""One thing of every kind, the addresses that show it, and the lists of what attackers send."""

import json
from pathlib import Path
from typing import Any, Final

from tests.build import (
    make_article,
    make_credential,
    make_school,
    make_specialty,
    make_statistic,
    make_topic,
)

CORPUS: Final = Path(__file__).parent / "corpus"
KEY: Final = "oews.29-2072.us.median-annual"
PAGES: Final = (
    *("/", "/articles/", "/articles/coding-certification/", "/topics/basics/", "/credentials/"),
    *("/credentials/cpc/", "/specialties/", "/specialties/oncology/", "/statistics/"),
    *(f"/statistics/{KEY}/", "/statistics/pay-by-state/", "/schools/", "/schools/greenwood-college-1/"),
    *("/schools/compare/?schools=greenwood-college-1", "/schools/saved/?schools=greenwood-college-1"),
    *("/schools/in/oh/", "/programs/51.0713/oh/", "/search/?q=coding", "/how-listings-are-ordered/"),
    *("/how-this-site-is-paid-for/", "/api/v1/", "/api/v1/docs/"),
    *("/for-schools/", "/for-schools/?q=greenwood"),
)
DATA: Final = (
    *("/search/suggest/?q=green", "/sitemap.xml", "/robots.txt", "/feed.atom", "/topics/basics/feed.atom"),
    *(f"/statistics/{KEY}/data.csv", f"/statistics/{KEY}/chart.svg", "/schools/export.csv"),
)
API: Final = (
    *("/api/v1/schema/", "/api/v1/facets/", "/api/v1/schools/", "/api/v1/schools/greenwood-college-1/"),
    "/api/v1/programs/",
    *("/api/v1/programs/greenwood-college-1.51.0713.21/", "/api/v1/credentials/", "/api/v1/credentials/cpc/"),
    *("/api/v1/articles/", "/api/v1/articles/coding-certification/", "/api/v1/statistics/"),
    f"/api/v1/statistics/{KEY}/",
)
# Lists in numbered pages.
LISTS: Final = (
    *("/articles/", "/articles/coding-certification/", "/topics/basics/", "/statistics/", "/schools/"),
    *("/schools/in/oh/", "/programs/51.0713/oh/", "/search/?q=coding", "/search/?q=coding&in=articles"),
    *("/api/v1/schools/", "/api/v1/programs/", "/api/v1/articles/", "/api/v1/statistics/"),
    "/api/v1/credentials/",
)


def make_one_of_each() -> None:
    make_article(topic=make_topic("basics"))
    make_credential("CPC")
    make_specialty("Oncology")
    make_statistic(KEY)
    make_school("Greenwood College", programs=[{"credentials": ["cpc"], "delivery": ["online"]}])


def corpus(name: str) -> list[Any]:
    """The payloads of a file; a long one is written as what is repeated, and how often."""
    listed = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return [
        entry["repeat"] * entry["times"] if isinstance(entry, dict) and "repeat" in entry else entry
        for entry in listed
    ]


def with_query(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"
