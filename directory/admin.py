"""The admin site: its name, and a front page that says what needs attention."""

from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, resolve

from content.attention import attention as content_attention
from directory.kept import FIELD, after_login, log_in_first
from directory.lockout import remember_device
from listings.attention import attention as listings_attention
from tasks.attention import attention as tasks_attention


class Site(AdminSite):
    site_header = f"{settings.SITE_NAME}: editors"
    site_title = settings.SITE_NAME
    index_title = "What needs attention"
    index_template = "admin/attention.html"

    login_template = "admin/log_in.html"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Nothing behind the login is kept by a cache, not even the pages that Django lets it keep.

        What was sent after the login ran out is carried through the login page; a script is told to keep it.
        """
        inner = super().admin_view(view)

        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not self.has_permission(request) and not request.accepts("text/html"):
                return JsonResponse({"said": "Your login ran out."}, status=401)
            if request.method == "POST" and not self.has_permission(request):
                return log_in_first(request)
            return inner(request, *args, **kwargs)

        return asked

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        carried = {"kept": request.POST.get(FIELD, ""), **(extra_context or {})}
        answer = super().login(request, carried)
        if request.method == "POST" and answer.status_code == 302 and self.has_permission(request):
            answer = after_login(request) or answer
            remember_device(answer, request.user)
        return answer

    def get_urls(self) -> list[Any]:
        shown = self.admin_view(self.on_site)
        own = path("r/<path:content_type_id>/<path:object_id>/", shown, name="view_on_site")
        return [own, *super().get_urls()]

    def on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """Leads to the page of an object; the address of one that the editor may not see stays unknown."""
        kind = ContentType.objects.filter(pk=content_type_id if content_type_id.isdecimal() else 0).first()
        model_admin = self._registry.get(kind.model_class()) if kind else None  # type: ignore[arg-type]
        if model_admin is None or not model_admin.has_view_permission(request):
            raise Http404
        found = model_admin.get_object(request, object_id)
        if found is None or not hasattr(found, "get_absolute_url"):
            raise Http404
        return HttpResponseRedirect(found.get_absolute_url())

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        rows = [*content_attention(user=request.user), *listings_attention(), *tasks_attention()]
        shown = (row for row in rows if row.count and _may_open(row.address, request))
        waiting = sorted(shown, key=lambda row: not row.urgent)
        return super().index(request, {"attention": waiting, **(extra_context or {})})


def _may_open(address: str, request: HttpRequest) -> bool:
    """Whether the list behind a row of the front page is open to that editor."""
    model_admin = getattr(resolve(urlsplit(address).path).func, "model_admin", None)
    return model_admin is None or model_admin.has_view_permission(request)
