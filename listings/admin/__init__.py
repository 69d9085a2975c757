"""How editors reach what `listings` stores."""

from listings.admin import claims, contacts, federal, schools, sponsorships, statements, submissions, versions

__all__ = [
    "claims",
    "contacts",
    "federal",
    "schools",
    "sponsorships",
    "statements",
    "submissions",
    "versions",
]
