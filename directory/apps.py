"""The site's own app, and the admin that it brings."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps  # by module: its own AdminConfig would count as ours


class DirectoryConfig(AppConfig):
    name = "directory"
    default = True

    def ready(self) -> None:
        from directory import checks  # noqa: F401, PLC0415  # registers the system checks


class SiteAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "directory.admin.Site"

    def ready(self) -> None:
        super().ready()
        from directory import people  # noqa: F401, PLC0415  # takes the place of Django's own pages of users
