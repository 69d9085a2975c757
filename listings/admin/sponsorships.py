"""Paid places and the words that disclose them."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from content.lib.bulk.pages import BulkPages
from listings.admin.bulk import SponsorshipRows
from listings.attention import SOON
from listings.models import Disclosure, Sponsorship


class WhenFilter(admin.SimpleListFilter):
    title = "when"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("running", "Running now"),
            ("ending", f"Ends within {SOON // timedelta(days=1)} days"),
            ("waiting", "Waits for approval"),
            ("coming", "Approved, not begun"),
            ("over", "Over"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Sponsorship]) -> QuerySet[Sponsorship]:
        running = Q(is_approved=True, starts_at__lte=Now(), ends_at__gt=Now())
        chosen = {
            "running": running,
            "ending": running & Q(ends_at__lte=Now() + SOON),
            "waiting": Q(is_approved=False, ends_at__gt=Now()),
            "coming": Q(is_approved=True, starts_at__gt=Now()),
            "over": Q(ends_at__lte=Now()),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


@admin.register(Sponsorship)
class SponsorshipAdmin(BulkPages, SimpleHistoryAdmin):
    rows = SponsorshipRows
    list_display = ["school", "placement", "starts_at", "ends_at", "is_approved", "program"]
    list_filter = [WhenFilter, "placement", "is_approved"]
    list_select_related = ["school", "program"]
    search_fields = ["school__name", "note"]
    autocomplete_fields = ["school", "program"]
    date_hierarchy = "starts_at"
    actions = ["approve", "withdraw_approval"]
    history_list_display = ["starts_at", "ends_at", "is_approved"]

    @admin.action(description="Approve: shown to readers between its dates", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Sponsorship]) -> None:
        self._decide(request, queryset, approved=True)

    @admin.action(description="Withdraw the approval: readers see it no more", permissions=["change"])
    def withdraw_approval(self, request: HttpRequest, queryset: QuerySet[Sponsorship]) -> None:
        self._decide(request, queryset, approved=False)

    def _decide(self, request: HttpRequest, queryset: QuerySet[Sponsorship], *, approved: bool) -> None:
        """One save each: a bulk update would leave no history."""
        changed = queryset.exclude(is_approved=approved)
        for sponsorship in changed:
            sponsorship.is_approved = approved
            sponsorship.save(update_fields=["is_approved"])
        self.message_user(request, f"{len(changed)} changed. Pages follow at once.", messages.SUCCESS)


@admin.register(Disclosure)
class DisclosureAdmin(admin.ModelAdmin[Disclosure]):
    list_display = ["version", "since", "text"]

    def has_change_permission(self, request: HttpRequest, obj: Disclosure | None = None) -> bool:
        """What readers were told stays on record: a new text is a new version."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Disclosure | None = None) -> bool:
        return False
