"""What schools and editors stated; a correction is a new statement, never an edit."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.lib.bulk.pages import BulkPages
from content.models import Credential
from listings import stating
from listings.admin.bulk import StatementRows
from listings.fields import DELIVERIES
from listings.models import Statement
from listings.statements import state, withdraw
from listings.stating import typed

STORED = ["school", "program", "field", "value", "by", "editor", "stated_at", "valid_until", "replaced_at"]
# Fields with an input of their own in the form.
OWN_INPUT = {
    Statement.Field.DELIVERY,
    Statement.Field.CREDENTIALS,
    Statement.Field.TUITION,
    Statement.Field.MONTHS,
}


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


def _how() -> SafeString:
    """How each value is typed, a line a field."""
    lines = ((field.label, typed.HOW[field]) for field in Statement.Field if field not in OWN_INPUT)
    return format_html("Of the other fields. {}", format_html_join("", "<br>{}: {}", lines))


class StatementForm(forms.ModelForm[Statement]):
    """One field stated; the input that belongs to the chosen field is the one that counts."""

    delivery = forms.MultipleChoiceField(
        choices=[(way.slug, way.name) for way in DELIVERIES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    credentials = forms.ModelMultipleChoiceField(
        Credential.objects.all(), required=False, label="Prepares for", help_text="Credentials."
    )
    tuition = forms.IntegerField(required=False, help_text="Dollars, in all.")
    tuition_year = forms.IntegerField(required=False, help_text="It applies to.")
    months = forms.IntegerField(required=False, label="Length in months")
    text = forms.CharField(required=False, label="Value", help_text=_how(), widget=forms.Textarea)

    class Meta:
        model = Statement
        fields = ["school", "program", "field", "valid_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "school" in self.fields:
            self.fields["school"].required = False
            self.fields["school"].help_text = "For what is stated of a school as a whole; else the program."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field, program = cleaned.get("field"), cleaned.get("program")
        if not field:
            return cleaned
        if field in stating.SCHOOL_FIELDS:
            if not cleaned.get("school"):
                self.add_error("school", "Choose the school that this is stated of.")
            if program:
                self.add_error("program", "Leave the program out: this is stated of the whole school.")
        elif program:
            cleaned["school"] = program.school
        else:
            self.add_error("program", "Choose the program that this is stated of.")
        try:
            cleaned["value"] = stating.FIELDS[field].parse(self.value_of(field, cleaned))
        except ValidationError as error:
            self.add_error(field if field in OWN_INPUT else "text", error)
        return cleaned

    def value_of(self, field: str, cleaned: dict[str, Any]) -> Any:
        given = cleaned.get(field if field in OWN_INPUT else "text")
        if not given and given != 0:
            raise ValidationError("Fill this in, since it is the field that you state.")
        if field not in OWN_INPUT:
            return typed.read(field, given)
        if field == Statement.Field.CREDENTIALS:
            return [credential.slug for credential in given]
        if field == Statement.Field.TUITION:
            return {"amount": given, "year": cleaned.get("tuition_year")}
        return given


@admin.register(Statement)
class StatementAdmin(BulkPages, admin.ModelAdmin[Statement]):
    rows = StatementRows
    form = StatementForm
    list_display = ["school", "program", "field", "value", "by", "stated_at", "valid_until", "replaced_at"]
    list_filter = [ValidityFilter, "field", "by", "stated_at"]
    list_select_related = ["school", "program"]
    search_fields = ["school__name", "=school__unitid"]
    autocomplete_fields = ["school", "program"]
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
            "field",
            "program",
            "school",
            "delivery",
            "credentials",
            "tuition",
            "tuition_year",
            "months",
            "text",
            "valid_until",
        ]

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        given = form.cleaned_data
        stored = state(
            school=given["school"],
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
