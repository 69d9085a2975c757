"""Waivers of the lint's warnings, and how the texts that readers see stand."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.admin.providers import ReadOnlyAdmin
from content.lint.finding import Level
from content.lint.run import RULES
from content.models import TextCheck, Waiver

WARNINGS = sorted({rule.code for rule in RULES if rule.level == Level.WARNING})
MOST_DAYS = 366


class WaiverForm(forms.ModelForm[Waiver]):
    code = forms.ChoiceField(choices=[(code, code) for code in WARNINGS])

    class Meta:
        model = Waiver
        fields = ["article", "code", "text", "reason", "until"]

    def clean_until(self) -> Any:
        """A waiver is no licence for ever."""
        until = self.cleaned_data["until"]
        days = (until - timezone.localdate()).days
        if days < 0:
            raise forms.ValidationError("That day has passed. Choose the last day of the waiver.")
        if days > MOST_DAYS:
            raise forms.ValidationError("Choose a day within a year; the waiver can be given again then.")
        return until

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason.split()) < 2:
            raise forms.ValidationError("Say in a few words why the text is right as it is.")
        return reason


class ValidFilter(admin.SimpleListFilter):
    title = "last day"
    parameter_name = "day"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("to-come", "To come"), ("passed", "Passed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Waiver]) -> QuerySet[Waiver]:
        today = timezone.localdate()
        if self.value() == "passed":
            return queryset.filter(until__lt=today)
        return queryset.filter(until__gte=today) if self.value() == "to-come" else queryset


@admin.register(Waiver)
class WaiverAdmin(admin.ModelAdmin[Waiver]):
    form = WaiverForm
    list_display = ["article", "code", "text", "reason", "until", "created_by"]
    list_filter = [ValidFilter, "code"]
    list_select_related = ["article", "created_by"]
    search_fields = ["article__slug", "text", "reason"]
    autocomplete_fields = ["article"]

    def save_model(self, request: HttpRequest, obj: Waiver, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = cast(User, request.user)
        super().save_model(request, obj, form, change)


class FaultFilter(admin.SimpleListFilter):
    title = "faults"
    parameter_name = "faults"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("any", "Errors, or warnings without a waiver"), ("none", "None")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[TextCheck]) -> QuerySet[TextCheck]:
        if self.value() == "any":
            return queryset.filter(pk__in=TextCheck.objects.failing())
        return queryset.filter(errors=0, warnings=0) if self.value() == "none" else queryset


@admin.register(TextCheck)
class TextCheckAdmin(ReadOnlyAdmin[TextCheck]):
    """To read: the job writes it. The text is mended at its article."""

    list_display = ["article", "errors", "warnings", "infos", "checked_at", "text"]
    list_filter = [FaultFilter]
    list_select_related = ["revision__article"]
    search_fields = ["revision__article__slug", "revision__title"]
    fields = ["article", "text", "errors", "warnings", "infos", "checked_at"]

    @admin.display(description="Article", ordering="revision__article__slug")
    def article(self, check: TextCheck) -> str:
        return check.revision.article.slug

    @admin.display(description="Text")
    def text(self, check: TextCheck) -> SafeString:
        address = reverse("admin:content_revision_change", args=[check.revision_id])
        return format_html('<a href="{}#lint">What was found in it</a>', address)
