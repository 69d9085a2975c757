"""The editors' side, as tests open and send it."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from listings.models import Submission
from tests.content.workflow.people import logged_in, make_editor
from tests.listings.submissions.sent import fields_of

QUEUE = "/admin/listings/submission/"


def reviewer(name: str = "ada") -> Client:
    return logged_in(make_editor("Reviewer", name))


def publisher(name: str = "pia") -> Client:
    return logged_in(make_editor("Publisher", name))


def page(sent: Submission) -> str:
    return reverse("admin:listings_submission_change", args=[sent.pk])


def choices(sent: Submission, *accept: str, version: int | None = None, **give_back: str) -> dict[str, Any]:
    """What the page sends: fields to accept by name, and others with the reason that returns them."""
    rows = fields_of(sent)
    sending: dict[str, Any] = {"version": version or sent.version, "do": "decide"}
    for name, row in rows.items():
        sending[f"do-{row.pk}"] = "accept" if name in accept else "return" if name in give_back else "leave"
        sending[f"why-{row.pk}"] = give_back.get(name, "")
    return sending


def who(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])
