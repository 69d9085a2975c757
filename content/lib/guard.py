"""What keeps forms that anybody may send from machines: a signed age, and a code for a network."""

from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.utils.crypto import salted_hmac

from content.lib.clock import database_now

FASTEST: Final = timedelta(seconds=3)
LONGEST_OPEN: Final = timedelta(days=1)


def stamp(form: str, at: datetime | None = None) -> str:
    """When a form was handed out, signed for that form alone."""
    return signing.Signer(salt=f"content.guard.{form}").sign(str((at or database_now()).timestamp()))


def age(form: str, stamped: str, at: datetime | None = None) -> timedelta | None:
    """How long ago that was; None where the stamp is not ours or of another form."""
    try:
        moment = float(signing.Signer(salt=f"content.guard.{form}").unsign(stamped))
    except (signing.BadSignature, ValueError):
        return None
    return timedelta(seconds=(at or database_now()).timestamp() - moment)


def network_code(address: str) -> str:
    """What tells one network from another and leads back to none without the site's key."""
    return salted_hmac("content.reporting", address, algorithm="sha256").hexdigest()
