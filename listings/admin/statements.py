"""What schools and editors stated; a correction is a new statement, never an edit."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from content.lib.bulk.pages import BulkPages
from content.models import Credential
from listings.admin.bulk import StatementRows
from listings.models import Statement
from listings.statements import state, withdraw

STORED = ["school", "program", "field", "value", "by", "editor", "stated_at", "valid_until", "replaced_at"]
DELIVERIES = [("campus", "On campus"), ("online", "Online"), ("hybrid", "Hybrid")]


class ValidityFilter(admin.SimpleListFilter):
    title = "validity"
    parameter_name = "validity"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("current", "Counts now"), ("past", "Past its last day"), ("replaced", "Replaced")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Statement]) -> QuerySet[Statement]:
        past = Q(replaced_at=None, valid_until__lte=Now())
        chosen = {
            "current": Q(replaced_at=None) & ~past,
            "past": past,
            "replaced": Q(replaced_at__isnull=False),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


class StatementForm(forms.ModelForm[Statement]):
    """One field stated for one program; the input that belongs to the chosen field is the one that counts."""

    delivery = forms.MultipleChoiceField(
        choices=DELIVERIES, required=False, widget=forms.CheckboxSelectMultiple
    )
    credentials = forms.ModelMultipleChoiceField(
        Credential.objects.all(), required=False, label="Prepares for", help_text="Credentials."
    )
    tuition = forms.IntegerField(required=False, min_value=0, max_value=500_000, help_text="Dollars, in all.")
    tuition_year = forms.IntegerField(
        required=False, min_value=2000, max_value=2100, help_text="It applies to."
    )
    months = forms.IntegerField(required=False, min_value=1, max_value=120, label="Length in months")

    class Meta:
        model = Statement
        fields = ["program", "field", "valid_until"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("program"):
            self.add_error("program", "Choose the program that this is stated of.")
        field = cleaned.get("field")
        if field:
            try:
                cleaned["value"] = self.value_of(field, cleaned)
            except ValidationError as error:
                self.add_error(field, error)
        return cleaned

    def value_of(self, field: str, cleaned: dict[str, Any]) -> Any:
        given = cleaned.get(field)
        if not given and given != 0:
            raise ValidationError("Fill this in, since it is the field that you state.")
        if field == Statement.Field.CREDENTIALS:
            return sorted(credential.slug for credential in given)
        if field == Statement.Field.TUITION:
            if not cleaned.get("tuition_year"):
                raise ValidationError("Give the year that this tuition applies to as well.")
            return {"amount": given, "year": cleaned["tuition_year"]}
        return given


@admin.register(Statement)
class StatementAdmin(BulkPages, admin.ModelAdmin[Statement]):
    rows = StatementRows
    form = StatementForm
    list_display = ["school", "program", "field", "value", "by", "stated_at", "valid_until", "replaced_at"]
    list_filter = [ValidityFilter, "field", "by", "stated_at"]
    list_select_related = ["school", "program"]
    search_fields = ["school__name", "=school__unitid"]
    autocomplete_fields = ["program"]
    date_hierarchy = "stated_at"
    actions = ["withdraw"]
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Statement | None = None) -> Any:
        return STORED if obj else []

    def get_fields(self, request: HttpRequest, obj: Statement | None = None) -> Any:
        if obj:
            return STORED
        return [
            "program",
            "field",
            "delivery",
            "credentials",
            "tuition",
            "tuition_year",
            "months",
            "valid_until",
        ]

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        given = form.cleaned_data
        stored = state(
            school=given["program"].school,
            program=given["program"],
            field=given["field"],
            value=given["value"],
            by=Statement.By.EDITOR,
            editor=request.user,
            valid_until=given["valid_until"],
        )
        obj.pk = stored.pk
        obj.refresh_from_db()

    @admin.action(description="Withdraw: not collected again", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Statement]) -> None:
        for statement in queryset.filter(replaced_at=None):
            withdraw(statement)
        self.message_user(request, "Withdrawn. The listing follows at once.", messages.SUCCESS)
