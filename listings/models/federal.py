"""What the federal files said, one row for one school or program, by data version.

A row's values never change; it holds for the versions `since <= v < until`, without `until` to this day.
"""

from django.db import models
from django.db.models import F, Q

from listings.fields import year_name
from listings.models.program import Program
from listings.models.school import Control, School
from listings.models.version import FederalFile

# Columns of a directory row that readers follow.
ADDRESSES = ("website", "admissions_url", "aid_url", "application_url", "net_price_url")


class FederalRowQuerySet[Row: models.Model](models.QuerySet[Row]):
    def at_version(self, number: int) -> "FederalRowQuerySet[Row]":
        return self.filter(Q(until=None) | Q(until__gt=number), since__lte=number)

    def open(self) -> "FederalRowQuerySet[Row]":
        """Those that no later load has ended."""
        return self.filter(until=None)


class FederalRow(models.Model):
    """What all federal rows carry: the file, the versions they hold for, and why a value is missing."""

    file = models.ForeignKey(FederalFile, models.PROTECT, related_name="+")
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True, blank=True)
    missing = models.JSONField(default=dict, blank=True, help_text="Field name to the kind of missing value.")

    class Meta:
        abstract = True


class DirectoryRow(FederalRow):
    """A school's row of a directory file (HDyyyy); names of officials and tax numbers are not kept.

    At every version a known school has one: the newest that named it, with the year that no longer did.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="directory_rows")
    year = models.PositiveSmallIntegerField()
    absent_from = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Year of the directory file that does not name it any more."
    )
    name = models.CharField(max_length=200)
    aliases = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip = models.CharField("ZIP", max_length=10, blank=True)
    county = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    control = models.CharField(max_length=9, choices=Control, blank=True)
    sector = models.SmallIntegerField(null=True, blank=True)
    level = models.SmallIntegerField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(max_length=500, blank=True)
    admissions_url = models.URLField(max_length=500, blank=True)
    aid_url = models.URLField(max_length=500, blank=True)
    application_url = models.URLField(max_length=500, blank=True)
    net_price_url = models.URLField(max_length=500, blank=True)
    closed_at = models.CharField("CLOSEDAT as reported", max_length=20, blank=True)
    active = models.SmallIntegerField("CYACTIVE", null=True, blank=True)
    new_unitid = models.PositiveIntegerField("NEWID", null=True, blank=True)

    objects = FederalRowQuerySet["DirectoryRow"].as_manager()

    class Meta:
        ordering = ["school", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(until=None), name="listings_directory_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="listings_directory_span"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{column: ""})
                    | Q(**{f"{column}__startswith": "http://"})
                    | Q(**{f"{column}__startswith": "https://"}),
                    name=f"listings_directory_{column}",
                )
                for column in ADDRESSES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"


class Bystander(models.Model):
    """An institution of a directory file that taught none of our fields when the file was loaded.

    An older completions file may show that it once did; then this is its newest directory row.
    """

    file = models.ForeignKey(FederalFile, models.CASCADE, related_name="bystanders")
    unitid = models.PositiveIntegerField("UNITID")
    record = models.JSONField(help_text="Values by the names of DirectoryRow.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "unitid"], name="listings_bystander_once"),
        ]

    def __str__(self) -> str:
        return f"UNITID {self.unitid}"


class ReportedRow(FederalRow):
    """That the newest completions file of a version names the program; 0 awards count."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="reported")

    objects = FederalRowQuerySet["ReportedRow"].as_manager()

    class Meta:
        ordering = ["program", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["program"], condition=Q(until=None), name="listings_reported_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="listings_reported_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program}, reported since version {self.since}"


class CompletionsRow(FederalRow):
    """First-major awards of one program in one academic year; 2023 is 2022-23."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="completions")
    year = models.PositiveSmallIntegerField()
    awards = models.PositiveIntegerField(null=True, blank=True)

    objects = FederalRowQuerySet["CompletionsRow"].as_manager()

    class Meta:
        ordering = ["program", "-year", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "year"], condition=Q(until=None), name="listings_completions_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="listings_completions_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} ({year_name(self.year)}): {self.awards}"


class EarningsRow(FederalRow):
    """College Scorecard medians, dollars a year, of a school's 4-digit CIP and credential level.

    One- and two-year medians and four- and five-year medians are different measures: there is no growth
    between them.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="earnings")
    cip4 = models.CharField("4-digit CIP", max_length=5)
    credlev = models.PositiveSmallIntegerField("CREDLEV")
    median_1yr = models.PositiveIntegerField(null=True, blank=True)
    median_2yr = models.PositiveIntegerField(null=True, blank=True)
    median_4yr = models.PositiveIntegerField(null=True, blank=True)
    median_5yr = models.PositiveIntegerField(null=True, blank=True)

    objects = FederalRowQuerySet["EarningsRow"].as_manager()

    class Meta:
        ordering = ["school", "cip4", "credlev", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "cip4", "credlev"],
                condition=Q(until=None),
                name="listings_earnings_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="listings_earnings_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.cip4}, level {self.credlev}"


class InstitutionRow(FederalRow):
    """What College Scorecard's institution file says of a whole school.

    Tuition and fees are dollars an academic year of full-time undergraduates; of which year the file does not
    say.
    Earnings are dollars a year, six and ten years after students of all fields began.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="institution_rows")
    accreditor = models.CharField(max_length=300, blank=True)
    tuition_in_state = models.PositiveIntegerField(null=True, blank=True)
    tuition_out_of_state = models.PositiveIntegerField(null=True, blank=True)
    median_6yr = models.PositiveIntegerField(null=True, blank=True)
    median_10yr = models.PositiveIntegerField(null=True, blank=True)

    objects = FederalRowQuerySet["InstitutionRow"].as_manager()

    class Meta:
        ordering = ["school", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(until=None), name="listings_institution_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="listings_institution_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, accredited by {self.accreditor or 'nobody known'}"


class TuitionRow(FederalRow):
    """What one of a school's six largest programs costs; the file tells its CIP code, not its award level.

    Dollars for the whole program that begins in the autumn of `year`. `size_rank` 1 is the largest program.
    """

    class Measure(models.IntegerChoices):
        """IPEDS PRGMSR."""

        CONTACT_HOURS = 1, "contact hours"
        CREDIT_HOURS = 2, "credit hours"

    school = models.ForeignKey(School, models.CASCADE, related_name="tuition_rows")
    cip = models.CharField("CIP code", max_length=7)
    size_rank = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    tuition = models.PositiveIntegerField("tuition and fees", null=True, blank=True)
    supplies = models.PositiveIntegerField("books and supplies", null=True, blank=True)
    length = models.PositiveIntegerField(null=True, blank=True)
    measure = models.PositiveSmallIntegerField(null=True, blank=True, choices=Measure)
    months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of a full-time student.")

    objects = FederalRowQuerySet["TuitionRow"].as_manager()

    class Meta:
        ordering = ["school", "-year", "size_rank", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "cip", "size_rank", "year"],
                condition=Q(until=None),
                name="listings_tuition_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="listings_tuition_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.cip} ({year_name(self.year + 1)}): {self.tuition}"
