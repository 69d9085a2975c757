"""Who is there: the mailbox whose private page this browser opened by a link in a mail."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from content.lib.clients import client_address
from content.lib.guard import network_code
from listings.models import Mailbox
from listings.submissions.mailboxes import mailbox_of
from listings.submissions.sending import Sender

NAME: Final = "for-schools"
OPEN_FOR: Final = timedelta(hours=12)


def begin(request: HttpRequest, mailbox: Mailbox) -> None:
    """Opens the page in this browser; an editor who is logged in stays so, under a new session key."""
    request.session.cycle_key()
    until = (timezone.now() + OPEN_FOR).timestamp()
    request.session[NAME] = {"mailbox": mailbox.pk, "until": until}


def end(request: HttpRequest) -> None:
    request.session.pop(NAME, None)
    request.session.cycle_key()


def mailbox(request: HttpRequest) -> Mailbox | None:
    """None where no page is open, or its time is over, or the mailbox was erased since."""
    kept = request.session.get(NAME)
    if not kept or kept["until"] < timezone.now().timestamp():
        return None
    return Mailbox.objects.filter(pk=kept["mailbox"]).first()


def sender(request: HttpRequest, address: str = "") -> Sender:
    """Who sends a form: the open page's mailbox, else the address that was typed. Raises ValidationError."""
    network = network_code(client_address(request))
    if here := mailbox(request):
        return Sender(here, network, is_proven=True)
    return Sender(mailbox_of(address), network, is_proven=False)
