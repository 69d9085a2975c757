"""How editors reach what `content` stores."""

from content.admin import articles, credentials, lint, pages, providers, statistics

__all__ = ["articles", "credentials", "lint", "pages", "providers", "statistics"]
