"""Preview links: made, shown once, found by the hash of their token."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from content.lib.clock import database_now
from content.models import PreviewLink, Revision
from content.models.preview_link import LONGEST


def make_link(
    revision: Revision, *, days: int, by: User, at: datetime | None = None
) -> tuple[PreviewLink, str]:
    """A link to this one text and its token of 256 bits, which nobody can read again later.

    Raises PermissionDenied where that person has no hand in the text, ValidationError beyond seven days.
    """
    if not by.has_perm("content.change_revision") or not revision.is_open_to(by):
        raise PermissionDenied
    if not 1 <= days <= LONGEST.days:
        raise ValidationError(f"A link lasts 1 to {LONGEST.days} days.")
    token = secrets.token_urlsafe(32)
    made = at or database_now()
    link = PreviewLink.objects.create(
        revision=revision,
        token_hash=hashed(token),
        made_by=by,
        made_at=made,
        expires_at=made + timedelta(days=days),
    )
    return link, token


def hashed(token: str) -> str:
    """Plain SHA-256: 256 random bits need neither salt nor key, so a new SECRET_KEY changes nothing."""
    return sha256(token.encode()).hexdigest()


def find(token: str) -> PreviewLink | None:
    """The link of that token, ended ones too."""
    links = PreviewLink.objects.select_related("revision__article__topic", "revision__article__reviewed_by")
    return links.filter(token_hash=hashed(token)).first()
