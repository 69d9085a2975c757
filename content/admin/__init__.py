"""How editors reach what `content` stores."""

from content.admin import articles, credentials, pages, statistics

__all__ = ["articles", "credentials", "pages", "statistics"]
