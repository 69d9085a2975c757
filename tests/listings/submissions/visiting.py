"""A school's people in their browsers: forms with their stamp, keys from mails, an open page."""

from datetime import timedelta
from typing import Any

from django.test import Client

from content.lib.clock import database_now
from content.lib.guard import stamp
from listings.models import Mailbox, MailKey, Submission
from tests.listings.submissions.sent import make_mailbox

LINK = "/for-schools/link/"
MY = "/for-schools/my/"


def stamped(form: str, **typed: Any) -> dict[str, Any]:
    """What a guarded form sends when it was opened a minute ago."""
    return typed | {"stamp": stamp(form, database_now() - timedelta(minutes=1))}


def ask_for_link(client: Client, address: str, **changes: Any) -> Any:
    headers = {name: changes.pop(name) for name in list(changes) if name.isupper()}
    return client.post(LINK, stamped("school-link", address=address) | changes, **headers)


def open_key(mailbox: Mailbox, **named: Any) -> str:
    """The address in a mail that opens the private page."""
    return f"{MY}{MailKey.hand_out(MailKey.Purpose.OPEN, mailbox, **named)}/"


def confirm_key(sent: Submission, **named: Any) -> str:
    assert sent.mailbox
    return f"/for-schools/confirm/{MailKey.hand_out(MailKey.Purpose.CONFIRM, sent.mailbox, sent, **named)}/"


def visitor(mailbox: Mailbox | None = None) -> Client:
    """A browser in which the page of this mailbox is open."""
    client = Client()
    assert client.post(open_key(mailbox or make_mailbox())).status_code == 302
    return client
