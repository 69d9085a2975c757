"""Statistics and their observations: editors decide, nobody overwrites."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content import statistics
from content.admin.deciding import change, decide, value_said
from content.models import Observation, Statistic


def shown(statistic: Statistic) -> str:
    """The value that readers see, with its period."""
    current = statistic.current
    return f"{value_said(current, statistic)} ({current.period})" if current else "no value yet"


class DateFilter(admin.SimpleListFilter):
    title = "date"
    parameter_name = "date"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("stale", "Past its date"),
            ("stale-directory", "Past its date, counted in the directory"),
            ("due", "Due for a look"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Statistic]) -> QuerySet[Statistic]:
        chosen = {
            "stale": Statistic.objects.of_publishers().stale(),
            "stale-directory": Statistic.objects.of_the_directory().stale(),
            "due": Statistic.objects.due(),
        }.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(pk__in=chosen.values("pk"))


class ObservationInline(admin.TabularInline[Observation, Statistic]):
    model = Observation
    extra = 0
    readonly_fields = [
        "period",
        "value",
        "missing",
        "release",
        "source",
        "retrieved_at",
        "status",
        "decided_why",
    ]
    exclude = ["period_start", "period_end", "decided_at", "decided_by"]
    ordering = ["-period_end", "-retrieved_at"]
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Statistic | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Observation]:
        return super().get_queryset(request).select_related("source")


@admin.register(Statistic)
class StatisticAdmin(admin.ModelAdmin[Statistic]):
    list_display = ["key", "in_text", "label", "current_value", "current_period", "provider", "stale_at"]
    list_filter = [DateFilter, "provider", "publisher", "area"]
    list_select_related = ["current"]
    search_fields = ["key", "label", "subject", "area"]
    autocomplete_fields = ["predecessor"]
    readonly_fields = ["refresh_at", "stale_at"]
    inlines = [ObservationInline]
    show_full_result_count = False

    @admin.display(description="In a text")
    def in_text(self, statistic: Statistic) -> str:
        return f"[[stat:{statistic.key}]]"

    @admin.display(description="Value")
    def current_value(self, statistic: Statistic) -> str:
        shown = statistic.current
        return "" if shown is None else shown.get_missing_display() if shown.missing else f"{shown.value:f}"

    @admin.display(description="Period")
    def current_period(self, statistic: Statistic) -> str:
        return statistic.current.period if statistic.current else ""


@admin.register(Observation)
class ObservationAdmin(admin.ModelAdmin[Observation]):
    list_display = [
        "statistic",
        "period",
        "old",
        "new",
        "change",
        "source",
        "release",
        "status",
        "decision",
        "decided_why",
        "retrieved_at",
    ]
    list_filter = ["status", "statistic__provider", "missing", "release"]
    list_select_related = ["statistic__current", "source"]
    search_fields = ["statistic__key", "statistic__label", "release"]
    autocomplete_fields = ["statistic", "source"]
    date_hierarchy = "retrieved_at"
    actions = ["accept", "refuse"]
    show_full_result_count = False
    exclude = ["status", "decided_at", "decided_by", "decided_why"]

    def get_urls(self) -> list[URLPattern]:
        def page(request: HttpRequest, pk: int) -> HttpResponse:
            return decide(request, pk, self.admin_site)

        view = self.admin_site.admin_view(page)
        return [path("<int:pk>/decide/", view, name="content_observation_decide"), *super().get_urls()]

    @admin.display(description="Readers see")
    def old(self, observation: Observation) -> str:
        return shown(observation.statistic)

    @admin.display(description="New", ordering="value")
    def new(self, observation: Observation) -> str:
        return value_said(observation, observation.statistic)

    @admin.display(description="Change")
    def change(self, observation: Observation) -> str:
        return change(observation)

    @admin.display(description="Decide")
    def decision(self, observation: Observation) -> SafeString | str:
        if observation.status != Observation.Status.PROPOSED:
            return ""
        address = reverse("admin:content_observation_decide", args=[observation.pk])
        return format_html('<a href="{}">Accept, refuse or correct</a>', address)

    def has_change_permission(self, request: HttpRequest, obj: Observation | None = None) -> bool:
        """A figure is never overwritten; the list stays reachable, for its decisions."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Observation | None = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"retrieved_at": timezone.now(), **super().get_changeform_initial_data(request)}

    @admin.action(description="Accept: show these values to readers", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Observation]) -> None:
        waiting = queryset.filter(status=Observation.Status.PROPOSED)
        for observation in waiting:
            statistics.accept(observation, by=cast(User, request.user), why="Accepted by an editor.")
        self.message_user(request, f"{len(waiting)} accepted. Every page shows them now.", messages.SUCCESS)

    @admin.action(description="Refuse: keep the values that readers see", permissions=["change"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Observation]) -> None:
        waiting = queryset.filter(status=Observation.Status.PROPOSED)
        for observation in waiting:
            statistics.refuse(observation, by=cast(User, request.user), why="Refused by an editor.")
        self.message_user(request, f"{len(waiting)} refused. The last good values stay.", messages.SUCCESS)
