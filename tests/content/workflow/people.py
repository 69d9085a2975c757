"""Editors of each role, and the forms that they send."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from content.models import Revision
from directory.roles import make_roles


def make_editor(role: str, name: str = "") -> User:
    """Somebody of that role, which is `Author`, `Reviewer`, `Publisher` or `superuser`."""
    name = name or role.lower()
    if role == "superuser":
        return User.objects.create_superuser(name, password=None)
    if not Group.objects.filter(name=role).exists():
        make_roles()
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(revision: Revision) -> str:
    return reverse("admin:content_revision_change", args=[revision.pk])


def form(revision: Revision, **changes: str) -> dict[str, Any]:
    """What the form of a revision sends when it was opened now."""
    kept = {name: getattr(revision, name) for name in ("title", "summary", "lead", "body", "disclosures")}
    boxes = {f"fact_boxes-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    base = {"base": str(revision.number), "change_note": revision.change_note}
    return kept | boxes | base | {"publish_at_0": "", "publish_at_1": ""} | changes


def press(client: Client, revision: Revision, move: str, **sent: str) -> Any:
    """Presses the button of a move."""
    address = reverse("admin:content_revision_move", args=[revision.pk, move])
    return client.post(address, {"number": revision.number, **sent})
