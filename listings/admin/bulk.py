"""Sponsorships and editors' statements as rows of bulk files."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.widgets import Widget

from content.lib.bulk.rows import Moment, Named, Rows, Whole
from content.models import Credential
from listings.models import Program, School, Sponsorship, Statement
from listings.statements import put, rebuild

DELIVERIES: Final = ("campus", "online", "hybrid")
LARGEST: Final = {"tuition": 500_000, "months": 120}


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
    """What is stated, by the row's field: `campus,online`, `cpc,ccs`, dollars with their year, months."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        given, field = str(value or "").strip(), (row or {}).get("field", "")
        if field in (Statement.Field.DELIVERY, Statement.Field.CREDENTIALS):
            return _several(field, given)
        if field not in LARGEST:
            return None
        number = Whole().clean(given)
        if number is None or not 0 <= number <= LARGEST[field] or (field == "months" and not number):
            raise ValueError(f"“{given}” is no {field} that can be. At most {LARGEST[field]:,}.")
        return {"amount": number, "year": _year(row)} if field == Statement.Field.TUITION else number

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        if isinstance(value, dict):
            return str(value["amount"])
        return ",".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _several(field: str, given: str) -> list[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    known = set(DELIVERIES) if field == "delivery" else set(
        Credential.objects.filter(slug__in=names).values_list("slug", flat=True)
    )  # fmt: skip
    if not names or (unknown := [name for name in names if name not in known]):
        raise ValueError(f"“{given if not names else unknown[0]}” is no {field}.")
    order = DELIVERIES if field == "delivery" else sorted(names)
    return [name for name in dict.fromkeys(order) if name in names]


def _year(row: Any) -> int:
    year = Whole().clean((row or {}).get("year"))
    if year is None or not 2000 <= year <= 2100:
        raise ValueError("Give the year that this tuition applies to, in the column “year”.")
    return year


class StatementRows(Rows):
    """What an editor states of a program, by program and field. A new value replaces the one that stands."""

    school = Field("school", "school", Named(School.objects.all(), "slug", "school"))
    program = Field("program", "program", ProgramWidget())
    value = Field("value", "value", ValueWidget())
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

    def year_of(self, statement: Statement) -> str:
        value: Any = statement.value
        return str(value["year"]) if isinstance(value, dict) else ""

    def get_queryset(self) -> Any:
        return Statement.objects.filter(replaced_at=None).exclude(program=None)

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
        if instance.program_id is None:
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
