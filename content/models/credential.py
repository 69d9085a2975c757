"""What certifying bodies grant, and what they ask for."""

from django.db import models
from django.db.models import F, Q

from content.lib import addresses
from content.models.source import Source


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

    slug = models.SlugField(unique=True)
    code = models.CharField(max_length=20, blank=True, help_text="Empty where the body gives it none.")
    name = models.CharField(max_length=200)
    body = models.ForeignKey(CertifyingBody, models.PROTECT, related_name="credentials")
    level = models.CharField(max_length=12, choices=Level, blank=True)
    setting = models.CharField(max_length=200, blank=True, help_text="Where it is used, such as hospitals.")
    status = models.CharField(max_length=8, choices=Status, blank=True, default=Status.GRANTED)
    became = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="was",
        help_text="The credential it turned into.",
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
