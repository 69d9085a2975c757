"""Schools and programs: identities are kept, federal values are read only."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from listings.models import DirectoryRow, Program, School, Statement


class ReadOnlyInline(admin.TabularInline[Any, Any]):
    extra = 0
    can_delete = False
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DirectoryRowInline(ReadOnlyInline):
    model = DirectoryRow
    fields = ["year", "name", "city", "state", "control", "website", "closed_at", "since", "until"]
    ordering = ["-since"]


class ProgramInline(ReadOnlyInline):
    model = Program
    fields = ["cip", "award_level"]


class StatementInline(ReadOnlyInline):
    model = Statement
    fields = ["program", "field", "value", "by", "stated_at", "valid_until", "replaced_at"]
    ordering = ["-stated_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).select_related("program")


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin[School]):
    """What federal files say of a school is corrected at the agency, or by a statement beside it."""

    list_display = ["name", "city", "state", "status", "program_count", "unitid", "is_sample"]
    list_filter = ["status", "is_sample", "state", "last_awards_year"]
    search_fields = ["name", "aliases", "city", "=unitid", "slug"]
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = [
        "address",
        "name",
        "aliases",
        "city",
        "state",
        "unitid",
        "status",
        "status_year",
        "last_awards_year",
        "closed_on",
        "is_sample",
        "created_at",
        "changed_at",
    ]
    autocomplete_fields = ["successor"]
    inlines = [ProgramInline, StatementInline, DirectoryRowInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[School]:
        return super().get_queryset(request).annotate(program_count=Count("programs"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Schools come by a load of the federal files or by what they send in."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: School | None = None) -> bool:
        return False

    @admin.display(description="Programs", ordering="program_count")
    def program_count(self, school: School) -> int:
        return school.program_count  # type: ignore[attr-defined, no-any-return]  # annotated above

    @admin.display(description="Page")
    def address(self, school: School) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', school.get_absolute_url())


@admin.register(Program)
class ProgramAdmin(admin.ModelAdmin[Program]):
    list_display = ["school", "cip", "award_level"]
    list_filter = ["award_level", "cip"]
    list_select_related = ["school"]
    search_fields = ["school__name", "cip", "=school__unitid"]
    show_full_result_count = False
    inlines = [StatementInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Program]:
        return super().get_queryset(request).select_related("school")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Program | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Program | None = None) -> bool:
        return False
