"""What is kept for the record: providers' answers, mails to editors, publications. To read, not to change."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.models import EditorsMail, ProviderState, Publication


class TroubleFilter(admin.SimpleListFilter):
    title = "last look"
    parameter_name = "look"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("trouble", "Did not go well"), ("good", "Went well")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ProviderState]) -> QuerySet[ProviderState]:
        if self.value() == "trouble":
            return queryset.exclude(trouble="")
        return queryset.filter(trouble="") if self.value() == "good" else queryset


class ReadOnlyAdmin[Row: Model](admin.ModelAdmin[Row]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


@admin.register(ProviderState)
class ProviderStateAdmin(ReadOnlyAdmin[ProviderState]):
    list_display = ["name", "trouble", "trouble_at", "answered_at", "rests_until", "calls"]
    list_filter = [TroubleFilter]
    fields = [
        "name",
        "trouble",
        "trouble_at",
        "answered_at",
        "failures",
        "rests_until",
        "day",
        "calls",
        "not_taken",
        "answer",
    ]

    @admin.display(description="Figures that were refused")
    def not_taken(self, state: ProviderState) -> SafeString | str:
        return format_html_join("", "<p>{}</p>", ((each,) for each in state.refused)) or "None"

    @admin.display(description="Beginning of the answer that could not be used")
    def answer(self, state: ProviderState) -> SafeString | str:
        return format_html('<pre class="raw-text">{}</pre>', state.sample) if state.sample else "None"


@admin.register(EditorsMail)
class EditorsMailAdmin(ReadOnlyAdmin[EditorsMail]):
    list_display = ["subject", "week", "written_at", "sent_at"]
    fields = ["subject", "text", "week", "written_at", "sent_at"]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin[Publication]):
    list_display = ["article", "revision", "since"]
    list_filter = ["since"]
    list_select_related = ["article", "revision"]
    search_fields = ["article__slug", "revision__title"]
    fields = ["article", "revision", "since"]
