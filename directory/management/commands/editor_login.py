"""Prints a link that logs an editor in."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.once import link_for


class Command(BaseCommand):
    help = "Prints a link that logs an editor in: it works once, for ten minutes. Makes the first editor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", help="whose login; without it the first editor who may do everything")

    def handle(self, *, user: str | None, **options: Any) -> None:
        self.stdout.write(settings.SITE_URL + link_for(self.named(user) if user else self.first()))

    def named(self, name: str) -> User:
        found = get_user_model().objects.filter(username=name, is_active=True, is_staff=True).first()
        if found is None:
            raise CommandError(
                f"No active editor is called {name}. Without --user the first editor gets the link."
            )
        return found

    def first(self) -> User:
        """The oldest active superuser; where the site has no staff at all, a new one called "editor"."""
        users = get_user_model().objects
        found = users.filter(is_active=True, is_staff=True, is_superuser=True).order_by("pk").first()
        if found is not None:
            return found
        if users.filter(is_staff=True).exists():
            raise CommandError(
                "No active editor may do everything. Name one: manage.py editor_login --user NAME"
            )
        return users.create_superuser("editor", password=None)
