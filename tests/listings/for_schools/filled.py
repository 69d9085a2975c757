"""Forms for schools as a browser sends them."""

from datetime import timedelta
from typing import Any

from django.test import Client
from selectolax.lexbor import LexborNode

from content.lib.clock import database_now
from content.lib.guard import stamp
from listings.models import Mailbox
from listings.submissions.mailboxes import mailbox_of
from tests.reading import Page

ADDRESS = "registrar@school.edu"


def controls(page: Page) -> dict[str, list[str]]:
    """What a browser would send of the page's form as it stands, opened a minute ago."""
    sent: dict[str, list[str]] = {}
    for node in page.tree.css("main form [name]"):
        value = _value(node)
        if value is not None:
            sent.setdefault(node.attributes["name"] or "", []).append(value)
    then = database_now() - timedelta(minutes=1)
    return sent | {"stamp": [stamp("for-schools", then)]}


def _value(node: LexborNode) -> str | None:
    """None for what is not sent."""
    kind = node.attributes.get("type")
    if node.tag == "button" or (kind in {"checkbox", "radio"} and "checked" not in node.attributes):
        return None
    if node.tag == "textarea":
        return node.text().removeprefix("\n")
    if node.tag == "select":
        chosen = node.css_first("option[selected]") or node.css_first("option")
        return chosen.attributes.get("value") or ""
    return node.attributes.get("value") or ""


def send(client: Client, page: str, /, **changes: Any) -> Any:
    """Opens the form at an address, types what is changed, and sends it."""
    sent = controls(Page(client, page))
    return client.post(page, sent | {"address": ADDRESS} | changes)


def visiting(client: Client, address: str = ADDRESS) -> Mailbox:
    """The client's browser has the mailbox's private page open."""
    mailbox = mailbox_of(address)
    session = client.session
    session["for-schools"] = {
        "mailbox": mailbox.pk,
        "until": (database_now() + timedelta(hours=1)).timestamp(),
    }
    session.save()
    return mailbox


def problems(response: Any) -> list[str]:
    """What the form says is to be mended; each link leads to a control that is there."""
    page = Page.of(response)
    ids = {node.attributes["id"] for node in page.tree.css("[id]")}
    for node in page.tree.css(".faults a"):
        assert (node.attributes["href"] or "").removeprefix("#") in ids, node.html
    return page.texts(".faults li")
