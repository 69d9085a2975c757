"""The admin site: its title, and the page that says what needs attention."""

from django.conf import settings
from django.contrib.admin import AdminSite


class Site(AdminSite):
    site_header = f"{settings.SITE_NAME}: editors"
    site_title = settings.SITE_NAME
    index_title = "What needs attention"
