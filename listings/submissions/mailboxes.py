"""Mail addresses as this site stores and counts them."""

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models.functions import Now

from listings.models import Mailbox

LONGEST: Final = 254
HOW: Final = "Write the address as in registrar@school.edu."
# Providers that ignore dots before the @.
WITHOUT_DOTS: Final = frozenset({"gmail.com", "googlemail.com"})
_valid: Final = EmailValidator(message=HOW, allowlist=())


def normal(address: str) -> str:
    """Lower case, the domain in ASCII; raises ValidationError. Nothing that could add a line to a mail."""
    typed = address.strip()
    if len(typed) > LONGEST or not typed.isprintable():
        raise ValidationError(HOW)
    local, _, domain = typed.rpartition("@")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValidationError(HOW) from None
    made = f"{local}@{domain}".lower()
    # A quoted local part may hold blanks and commas: no school has one, and mail programs disagree on them.
    # Nor does one have a host without a name, such as this very machine.
    if domain.startswith("[") or '"' in made or "%" in made or not local.isascii():
        raise ValidationError(HOW)
    _valid(made)
    return made


def canonical(address: str) -> str:
    """What limits count by, of a normal address: tags and, where the provider ignores them, dots are out."""
    local, _, domain = address.rpartition("@")
    local = local.partition("+")[0]
    if domain in WITHOUT_DOTS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def mailbox_of(address: str) -> Mailbox:
    """The mailbox of an address, made where there is none; raises ValidationError."""
    made = normal(address)
    return Mailbox.objects.get_or_create(address=made, defaults={"canonical": canonical(made)})[0]


def prove(mailbox: Mailbox, *, at: datetime | None = None) -> None:
    """A link sent to the address was used: whoever holds it reads this mailbox."""
    now = at or Now()
    Mailbox.objects.filter(pk=mailbox.pk, proven_at=None).update(proven_at=now)
    Mailbox.objects.filter(pk=mailbox.pk).update(seen_at=now)
