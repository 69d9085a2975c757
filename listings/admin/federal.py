"""The federal rows that data versions brought: for looking, not for changing."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from listings.models import (
    CompletionsRow,
    DirectoryRow,
    EarningsRow,
    FederalFile,
    InstitutionRow,
    Place,
    ReportedRow,
    TuitionRow,
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


@admin.register(InstitutionRow)
class InstitutionRowAdmin(ReadOnlyAdmin):
    list_display = ["school", "accreditor", "tuition_in_state", "median_10yr", "since", "until"]
    list_filter = ["accreditor"]
    list_select_related = ["school"]
    search_fields = ["school__name", "=school__unitid", "accreditor"]


@admin.register(TuitionRow)
class TuitionRowAdmin(ReadOnlyAdmin):
    list_display = ["school", "cip", "year", "tuition", "supplies", "months", "since", "until"]
    list_filter = ["year"]
    list_select_related = ["school"]
    search_fields = ["school__name", "cip", "=school__unitid"]


@admin.register(Place)
class PlaceAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "institutions", "latitude", "longitude"]
    list_filter = ["state"]
    search_fields = ["name"]
