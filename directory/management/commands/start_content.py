"""Loads the content that a new site begins with."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.roles import make_roles
from directory.starter.loading import load


class Command(BaseCommand):
    help = (
        "Adds the starter content that is missing: certifying bodies, credentials, specialties, topics,"
        " national figures, articles, and the groups of editors. Changes nothing that stands."
    )

    def handle(self, **options: Any) -> None:
        make_roles()
        added = {kind: count for kind, count in load().items() if count}
        told = ", ".join(f"{kind} {count}" for kind, count in added.items())
        self.stdout.write(f"Added: {told}." if told else "Nothing was missing; nothing changed.")
