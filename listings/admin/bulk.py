"""Sponsorships and editors' statements as rows of bulk files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from import_export.fields import Field
from import_export.widgets import Widget

from content.lib.bulk.rows import Moment, Named, Rows
from listings import stating
from listings.models import Program, School, Sponsorship, Statement
from listings.statements import put, rebuild
from listings.stating import typed


class ProgramWidget(Widget):
    """A program of the row's school, as `51.0713.21`: CIP code and award level."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Program | None:
        if value in (None, ""):
            return None
        cip, _dot, level = str(value).rpartition(".")
        found = Program.objects.filter(
            school__slug=(row or {}).get("school", ""),
            cip=cip,
            award_level=int(level) if level.isdecimal() else -1,
        ).first()
        if found is None:
            raise ValueError(f"This school has no program “{value}”. Write it as 51.0713.21.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value.cip}.{value.award_level}" if value else ""


class SponsorshipRows(Rows):
    """A paid place by school, program, placement and first day. Approving it stays a decision of its own."""

    school = Field("school", "school", Named(School.objects.all(), "slug", "school"))
    program = Field("program", "program", ProgramWidget())
    starts_at = Field("starts_at", "starts_at", Moment())
    ends_at = Field("ends_at", "ends_at", Moment())
    is_approved = Field("is_approved", "is_approved", readonly=True)

    class Meta:
        model = Sponsorship
        fields = ("school", "program", "placement", "starts_at", "ends_at", "note", "is_approved")
        export_order = fields
        import_order = fields[:-1]
        import_id_fields = ("school", "program", "placement", "starts_at")
        clean_model_instances = True
        use_transactions = True
        skip_unchanged = True


class ValueWidget(Widget):
    """What is stated, as `typed` has it for the row's field; a tuition's year may stand in its own column."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        given, row = str(value or "").strip(), row or {}
        field = row.get("field", "")
        if field not in stating.FIELDS:
            return None
        if field == Statement.Field.TUITION and ";" not in given:
            given = f"{given}; {row.get('year') or ''}"
        try:
            return stating.FIELDS[field].parse(typed.read(field, given))
        except ValidationError as error:
            raise ValueError(error.messages[0]) from None


class StatementRows(Rows):
    """What an editor states of a program or a school, by field. A new value replaces the one that stands."""

    school = Field("school", "school", Named(School.objects.all(), "slug", "school"))
    program = Field("program", "program", ProgramWidget())
    value = Field("value", "value", ValueWidget(), dehydrate_method="value_of")
    year = Field(column_name="year", dehydrate_method="year_of")
    valid_until = Field("valid_until", "valid_until", Moment())

    class Meta:
        model = Statement
        fields = import_order = export_order = ("school", "program", "field", "value", "year", "valid_until")
        import_id_fields = ("school", "program", "field")
        clean_model_instances = True
        use_transactions = True
        skip_unchanged = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._changed: set[int] = set()

    def value_of(self, statement: Statement) -> str:
        if statement.value is None or statement.field not in stating.FIELDS:
            return ""
        text = typed.write(statement.field, statement.value)
        return text.partition(";")[0] if statement.field == Statement.Field.TUITION else text

    def year_of(self, statement: Statement) -> str:
        value: Any = statement.value
        return str(value["year"]) if statement.field == Statement.Field.TUITION else ""

    def get_queryset(self) -> Any:
        of_one = Q(program__isnull=False) | Q(field__in=stating.SCHOOL_FIELDS)
        return Statement.objects.filter(of_one, replaced_at=None)

    def import_field(
        self, field: Field, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any
    ) -> None:
        if field.column_name == "value" and row.get("value", "") in ("", "__CLEAR__"):
            raise ValueError("Give a value. A statement is withdrawn in its list, not by a file.")
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def validate_instance(
        self, instance: Statement, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """That the statement is there already is what a new one replaces."""
        errors = dict(import_validation_errors or {})
        of_school = instance.field in stating.SCHOOL_FIELDS
        if of_school and instance.program_id is not None:
            errors.setdefault("program", ValidationError("Leave it empty: this is stated of the school."))
        elif not of_school and instance.program_id is None:
            errors.setdefault("program", ValidationError("Name the program that this is stated of."))
        try:
            instance.full_clean({*errors, "stated_at"}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance: Statement, is_create: bool) -> None:
        stored = put(
            school=instance.school,
            program=instance.program,
            field=instance.field,
            value=instance.value,
            by=Statement.By.EDITOR,
            editor=self._editor,
            valid_until=instance.valid_until,
        )
        instance.pk = stored.pk
        self._changed.add(instance.school_id)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self._editor = kwargs.get("user")

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """The listing follows in the same transaction, all schools at once; a preview needs none of it."""
        if not kwargs.get("dry_run") and self._changed:
            rebuild(self._changed)
