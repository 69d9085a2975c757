"""The admin site: its name, and a front page that says what needs attention."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from content.attention import attention as content_attention
from listings.attention import attention as listings_attention
from tasks.attention import attention as tasks_attention


class Site(AdminSite):
    site_header = f"{settings.SITE_NAME}: editors"
    site_title = settings.SITE_NAME
    index_title = "What needs attention"
    index_template = "admin/attention.html"

    def admin_view[View: Callable[..., HttpResponseBase]](self, view: View, cacheable: bool = False) -> View:
        """Nothing behind the login is kept by a cache, not even the pages that Django lets it keep."""
        return super().admin_view(view)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        rows = [*content_attention(), *listings_attention(), *tasks_attention()]
        waiting = sorted((row for row in rows if row.count), key=lambda row: not row.urgent)
        return super().index(request, {"attention": waiting, **(extra_context or {})})
