"""Makes the groups of authors, reviewers and publishers."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.roles import ROLES, make_roles


class Command(BaseCommand):
    help = "Brings the groups Author, Reviewer and Publisher to the rights that this version gives them."

    def handle(self, **options: Any) -> None:
        made = make_roles()
        self.stdout.write(f"{', '.join(ROLES)}: {made} made, the others as this version has them.")
