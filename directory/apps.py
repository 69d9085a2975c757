"""The site's own app, and the admin that it brings."""

from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin import apps as admin_apps  # by module: its own AdminConfig would count as ours
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class DirectoryConfig(AppConfig):
    name = "directory"
    default = True

    def ready(self) -> None:
        import directory.checks  # noqa: F401, PLC0415  # registers the system checks


class SiteAdminConfig(admin_apps.SimpleAdminConfig):
    """The admin is imported with the addresses, by whoever answers requests or checks.

    Jobs and loads of federal files do without: it is half of the site's code, 50 MB and most of a start.
    """

    default = False
    default_site = "directory.admin.Site"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_admin, checks.Tags.admin)


def check_admin(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Django's own check, of all that is registered."""
    discover()
    return check_admin_app(app_configs, **kwargs)


def discover() -> None:
    """Registers every model's page in the admin; once done it does nothing more."""
    admin.autodiscover()
    from directory import people  # noqa: F401, PLC0415  # takes the place of Django's own pages of users
