"""Imported pages, as they came and as they were read."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.models import ImportedPage


class ResultFilter(admin.SimpleListFilter):
    title = "result"
    parameter_name = "result"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("read", "Made a draft"), ("unread", "Could not be read")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ImportedPage]) -> QuerySet[ImportedPage]:
        read = Q(status=ImportedPage.Status.OK)
        return {"read": queryset.filter(read), "unread": queryset.exclude(read)}.get(
            self.value() or "", queryset
        )


@admin.register(ImportedPage)
class ImportedPageAdmin(admin.ModelAdmin[ImportedPage]):
    list_display = ["name", "status", "reason", "article", "encoding", "imported_at"]
    list_filter = [ResultFilter, "encoding", "imported_at"]
    list_select_related = ["article"]
    search_fields = ["name", "sha256", "article__slug"]
    readonly_fields = [
        "name",
        "status",
        "reason",
        "article",
        "encoding",
        "sha256",
        "imported_at",
        "dropped",
        "as_read",
        "as_it_came",
    ]
    exclude = ["raw", "result"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportedPage]:
        pages = super().get_queryset(request)
        match = request.resolver_match
        return (
            pages.defer("raw", "result")
            if match and match.url_name == "content_importedpage_changelist"
            else pages
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="Left out of the draft")
    def dropped(self, page: ImportedPage) -> SafeString | str:
        lines = [f"{row.get('kind', '')}: {row.get('text', '')}" for row in page.result.get("dropped", [])]
        return format_html('<pre class="raw-text">{}</pre>', "\n".join(lines)) if lines else "Nothing"

    @admin.display(description="As it was read")
    def as_read(self, page: ImportedPage) -> SafeString:
        shown = json.dumps(page.result, ensure_ascii=False, indent=2)
        return format_html('<pre class="raw-text">{}</pre>', shown)

    @admin.display(description="As it came")
    def as_it_came(self, page: ImportedPage) -> SafeString:
        text = bytes(page.raw).decode(page.encoding or "utf-8", errors="replace")
        return format_html('<pre class="raw-text">{}</pre>', text)
