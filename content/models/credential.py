"""What certifying bodies grant, and what they ask for."""

from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Value, When

from content.lib import addresses
from content.models.source import Source
from content.models.specialty import Specialty

# Addresses of the site beside those of credentials.
RESERVED: Final = frozenset({"which"})


def not_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError("This address is a page of the site; choose another slug.")


class CertifyingBody(models.Model):
    """AHIMA, AAPC, PAHCS and the like."""

    slug = models.SlugField(unique=True)
    acronym = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True, validators=[addresses.validate])
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["acronym"]
        verbose_name_plural = "certifying bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="content_body_url_scheme",
            ),
        ]

    def __str__(self) -> str:
        return self.acronym


class CredentialQuerySet(models.QuerySet["Credential"]):
    def current(self) -> "CredentialQuerySet":
        """Those that can still be earned, as far as is recorded."""
        return self.exclude(status=Credential.Status.RETIRED)

    def narrowed(self, chosen: Mapping[str, str]) -> "CredentialQuerySet":
        """Those that meet all that is chosen, and those of which some of it is not recorded.

        `is_stated` tells them apart. Keys: body and setting (slug and value), level, status.
        """
        settings = CredentialSetting.objects.filter(credential=OuterRef("pk"))
        stated = met = Q()
        for key, value in chosen.items():
            if key == "body":
                meets, unknown = Q(body__slug=value), Q()
            elif key == "setting":
                meets, unknown = Q(Exists(settings.filter(setting=value))), ~Q(Exists(settings))
            else:
                meets, unknown = Q(**{key: value}), Q(**{key: ""})
            stated &= meets
            met &= meets | unknown if unknown else meets
        is_stated = Case(When(stated, Value(True)), default=Value(False)) if stated else Value(True)
        return self.filter(met).annotate(is_stated=is_stated)

    def compared(self) -> "CredentialQuerySet":
        """With what a row of the comparison shows."""
        shown = (Requirement.Kind.EXAM, Requirement.Kind.RENEWAL)
        reported = Requirement.objects.filter(kind__in=shown).select_related("source")
        return self.select_related("body").prefetch_related(Prefetch("requirements", reported))


class Credential(models.Model):
    """CPC, CCS and the like. A school's own award is no credential."""

    class Level(models.TextChoices):
        ENTRY = "entry", "Entry"
        CORE = "core", "Core"
        ADVANCED = "advanced", "Advanced"
        SPECIALTY = "specialty", "Specialty"
        MANAGEMENT = "management", "Management"
        UNKNOWN = "", "Not recorded"

    class Status(models.TextChoices):
        GRANTED = "granted", "Granted"
        RETIRED = "retired", "Retired"
        UNKNOWN = "", "Not recorded"

    class Entry(models.TextChoices):
        """What has to be shown before the exam."""

        OPEN = "open", "No proof asked for"
        DIPLOMA = "diploma", "A high school diploma"
        TRAINING = "training", "Training or work in the field"
        STUDIES = "studies", "A finished course of study"
        UNKNOWN = "", "Not recorded"

    slug = models.SlugField(unique=True, validators=[not_reserved])
    code = models.CharField(max_length=20, blank=True, help_text="Empty where the body gives it none.")
    name = models.CharField(max_length=200)
    body = models.ForeignKey(CertifyingBody, models.PROTECT, related_name="credentials")
    level = models.CharField(max_length=12, choices=Level, blank=True)
    setting = models.CharField(max_length=200, blank=True, help_text="Where it is used, in words.")
    entry = models.CharField("before the exam", max_length=8, choices=Entry, blank=True)
    status = models.CharField(max_length=8, choices=Status, blank=True, default=Status.GRANTED)
    became = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="was",
        help_text="The credential it turned into.",
    )
    specialties = models.ManyToManyField(
        Specialty, blank=True, related_name="credentials", help_text="Fields of medicine that it names."
    )
    summary = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    as_of = models.PositiveSmallIntegerField("as of year", null=True, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ["code", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="content_credential_code_once"
            ),
            models.CheckConstraint(
                condition=Q(became=None) | ~Q(became=F("pk")), name="content_credential_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}" if self.code else self.name

    @property
    def label(self) -> str:
        """What it is called for short: its code, or its name where the body gives it none."""
        return self.code or self.name

    @property
    def exam(self) -> "Requirement | None":
        return self._first(Requirement.Kind.EXAM)

    @property
    def renewal(self) -> "Requirement | None":
        return self._first(Requirement.Kind.RENEWAL)

    def _first(self, kind: str) -> "Requirement | None":
        """The one that editors put first; asks nothing where the requirements were prefetched."""
        return next((each for each in self.requirements.all() if each.kind == kind), None)


class CredentialSetting(models.Model):
    """A place of work that a credential is for, as reported by its source in a year."""

    class Setting(models.TextChoices):
        OFFICE = "office", "Doctors' offices and clinics"
        OUTPATIENT = "outpatient", "Hospital outpatient care, surgery centers"
        INPATIENT = "inpatient", "Hospital stays"
        PAYER = "payer", "Insurers and other payers"
        BILLING = "billing", "Billing"

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="settings")
    setting = models.CharField(max_length=10, choices=Setting)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    as_of = models.PositiveSmallIntegerField("as of year", null=True, blank=True)

    class Meta:
        ordering = ["credential", "pk"]
        constraints = [models.UniqueConstraint(fields=["credential", "setting"], name="content_setting_once")]

    def __str__(self) -> str:
        return f"{self.credential.label}, {self.get_setting_display()}"


class Attribution(models.Model):
    """Who reported a value of a credential, and for which year."""

    class Attribute(models.TextChoices):
        LEVEL = "level", "Level"
        ENTRY = "entry", "Before the exam"
        STATUS = "status", "Still granted"
        BECAME = "became", "What it turned into"

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="attributions")
    attribute = models.CharField(max_length=8, choices=Attribute)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    as_of = models.PositiveSmallIntegerField("as of year", null=True, blank=True)

    class Meta:
        ordering = ["credential", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["credential", "attribute"], name="content_attribution_once")
        ]

    def __str__(self) -> str:
        return f"{self.credential.label}, {self.get_attribute_display()}"


class Requirement(models.Model):
    """One thing that a body asks for, as reported by its source in a year."""

    class Kind(models.TextChoices):
        ELIGIBILITY = "eligibility", "Before the exam"
        EXAM = "exam", "The exam"
        COST = "cost", "Cost"
        RENEWAL = "renewal", "Keeping it"

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="requirements")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="requirements")
    as_of = models.PositiveSmallIntegerField("as of year", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["credential", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.credential.label}, {self.get_kind_display()}"
