"""What a school fills in: fields as controls, and what was typed as values."""

from listings.submissions.filling.form import Filling, kept

__all__ = ["Filling", "kept"]
