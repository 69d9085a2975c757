"""How editors reach what `content` stores."""

from content.admin import (
    articles,
    credentials,
    facts,
    imports,
    links,
    lint,
    mending,
    pages,
    pictures,
    previewing,
    providers,
    redirects,
    related,
    reports,
    revisions,
    statistics,
)

__all__ = [
    "articles",
    "credentials",
    "facts",
    "imports",
    "links",
    "lint",
    "mending",
    "pages",
    "pictures",
    "previewing",
    "providers",
    "redirects",
    "related",
    "reports",
    "revisions",
    "statistics",
]
