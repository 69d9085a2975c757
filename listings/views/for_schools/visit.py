"""Who is there: the mailbox whose private page this browser opened by a link in a mail."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils import timezone

from content.lib.clients import client_address
from content.lib.guard import network_code
from listings.models import Mailbox
from listings.submissions.mailboxes import mailbox_of
from listings.submissions.sending import Sender

NAME: Final = "for-schools"
ONWARD: Final = "for-schools-onward"
OPEN_FOR: Final = timedelta(hours=12)
LONGEST_PATH: Final = 200


def begin(request: HttpRequest, mailbox: Mailbox) -> None:
    """Opens the page in this browser; an editor who is logged in stays so, under a new session key."""
    request.session.cycle_key()
    rotate_token(request)
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


def network(request: HttpRequest) -> str:
    return network_code(client_address(request))


def sender(request: HttpRequest, address: str = "") -> Sender:
    """Who sends a form: the open page's mailbox, else the address that was typed. Raises ValidationError."""
    if here := mailbox(request):
        return Sender(here, network(request), is_proven=True)
    return Sender(mailbox_of(address), network(request), is_proven=False)


def go_on_to(request: HttpRequest, path: str) -> None:
    """Remembers where this browser wanted to go before it had to ask for a link; only private pages count."""
    if path.startswith(reverse("school-my")) and len(path) <= LONGEST_PATH:
        request.session[ONWARD] = path


def onward(request: HttpRequest, otherwise: str) -> str:
    """Where to go on, once."""
    return str(request.session.pop(ONWARD, otherwise))
