"""How editors reach what `listings` stores."""

from listings.admin import federal, schools, sponsorships, statements, versions

__all__ = ["federal", "schools", "sponsorships", "statements", "versions"]
