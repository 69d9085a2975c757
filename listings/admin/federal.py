"""Data versions and the federal rows they brought: for looking, not for changing."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from listings.admin.schools import ReadOnlyInline
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    EarningsRow,
    FederalFile,
    Place,
    ReportedRow,
)


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FederalFileInline(ReadOnlyInline):
    model = FederalFile
    fields = ["kind", "release", "name", "rows", "sha256", "retrieved_at"]


@admin.register(DataVersion)
class DataVersionAdmin(ReadOnlyAdmin):
    list_display = ["number", "year", "is_current", "loaded_at", "switched_at"]
    list_filter = ["year", "is_current"]
    fields = ["number", "year", "is_current", "loaded_at", "switched_at", "what_it_changed"]
    readonly_fields = ["what_it_changed"]
    inlines = [FederalFileInline]

    @admin.display(description="Report")
    def what_it_changed(self, version: DataVersion) -> SafeString:
        return format_html('<pre class="raw-text">{}</pre>', json.dumps(version.report, indent=2))


@admin.register(FederalFile)
class FederalFileAdmin(ReadOnlyAdmin):
    list_display = ["release", "kind", "year", "rows", "version", "retrieved_at"]
    list_filter = ["kind", "year"]
    list_select_related = ["version"]
    search_fields = ["name", "release", "sha256"]


@admin.register(DirectoryRow)
class DirectoryRowAdmin(ReadOnlyAdmin):
    list_display = ["name", "year", "city", "state", "control", "since", "until"]
    list_filter = ["year", "state", "control"]
    search_fields = ["name", "city", "=school__unitid"]


@admin.register(ReportedRow)
class ReportedRowAdmin(ReadOnlyAdmin):
    list_display = ["program", "since", "until"]
    list_filter = ["since", "until"]
    list_select_related = ["program__school"]
    search_fields = ["program__school__name", "program__cip", "=program__school__unitid"]


@admin.register(CompletionsRow)
class CompletionsRowAdmin(ReadOnlyAdmin):
    list_display = ["program", "year", "awards", "since", "until"]
    list_filter = ["year", "program__award_level"]
    list_select_related = ["program__school"]
    search_fields = ["program__school__name", "program__cip", "=program__school__unitid"]


@admin.register(EarningsRow)
class EarningsRowAdmin(ReadOnlyAdmin):
    list_display = ["school", "cip4", "credlev", "median_1yr", "median_4yr", "median_5yr", "since", "until"]
    list_filter = ["credlev"]
    list_select_related = ["school"]
    search_fields = ["school__name", "=school__unitid"]


@admin.register(Place)
class PlaceAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "institutions", "latitude", "longitude"]
    list_filter = ["state"]
    search_fields = ["name"]
