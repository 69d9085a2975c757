"""How editors reach what `content` stores."""

from content.admin import articles, credentials, pages, providers, statistics

__all__ = ["articles", "credentials", "pages", "providers", "statistics"]
