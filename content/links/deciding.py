"""What an editor makes of an address that failed or drifted: another one in its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from content.lib.addresses import NotAllowed, check, normal
from content.lib.clock import database_now
from content.models import CertifyingBody, CitedLink, LinkUse, Revision, Source


@dataclass
class Replaced:
    """Where the new address stands now, and the texts in which it has to be written."""

    places: list[str] = field(default_factory=list)
    texts: list[Revision] = field(default_factory=list)


def replace(link: CitedLink, new: str, *, by: User) -> Replaced:
    """Gives sources and bodies the new address; what is published is changed by a new draft of its text.

    Raises ValidationError, and changes nothing then.
    """
    address = _fit(link, new)
    done = Replaced()
    with transaction.atomic():
        for use in link.uses.select_related("source", "body", "revision__article"):
            if use.revision:
                done.texts.append(use.revision)
            for place in _places(use, link):
                place.url = address
                place.full_clean()
                place.save(update_fields=["url"])
                done.places.append(str(place))
                use.delete()
        said = f"Another address in its place: {address}"[:500]
        link.checks.create(at=database_now(), state=link.state, said=said, by=by)
        if not link.uses.exists():
            CitedLink.objects.filter(pk=link.pk).update(unused_since=database_now())
    return done


def _fit(link: CitedLink, new: str) -> str:
    try:
        check(new)
    except NotAllowed as error:
        raise ValidationError(f"{error} Copy it from the address bar of your browser.") from None
    if normal(new) == link.address:
        raise ValidationError("That is the address that stands there now. Give another one.")
    if CitedLink.objects.unlinked().filter(address=normal(new)).exists():
        raise ValidationError(
            "Readers get no link to that address either: it drifted, too. Give another one."
        )
    return new


def _places(use: LinkUse, link: CitedLink) -> Iterator[Source | CertifyingBody]:
    """The rows that still hold the old address."""
    for place in (use.source, use.body):
        if place is not None and normal(place.url) == link.address:
            yield place
