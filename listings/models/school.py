"""Whoever teaches billing and coding."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse


class Control(models.TextChoices):
    """IPEDS CONTROL 1, 2, 3."""

    PUBLIC = "public", "Public"
    NONPROFIT = "nonprofit", "Private, not for profit"
    FORPROFIT = "forprofit", "Private, for profit"
    UNKNOWN = "", "Not reported"


class SchoolQuerySet(models.QuerySet["School"]):
    def listed(self) -> "SchoolQuerySet":
        """Those that the school list may show."""
        return self.filter(status=School.Status.LISTED)

    def known(self) -> "SchoolQuerySet":
        """Those that have a page: all but schools of versions that are not current yet, or not any more."""
        return self.exclude(status=School.Status.UNSEEN)

    def samples(self) -> "SchoolQuerySet":
        return self.filter(is_sample=True)


class School(models.Model):
    """An identity: our slug, UNITID where IPEDS has one, and where it stands with the reason.

    Name, city, state, point and search text repeat the newest federal row; `listings.rebuilding` alone writes
    them.
    """

    class Status(models.TextChoices):
        LISTED = "listed", "Listed"
        NO_ROW = "no-row", "No awards reported in this field any more"
        ABSENT = "absent", "Not in the directory any more"
        CLOSED = "closed", "Closed"
        MERGED = "merged", "Merged"
        UNSEEN = "unseen", "Not yet in the data that readers see"

    slug = models.SlugField(max_length=120, unique=True)
    unitid = models.PositiveIntegerField("UNITID", null=True, blank=True, unique=True)
    name = models.CharField(max_length=200)
    aliases = models.TextField(blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True, blank=True, editable=False)
    longitude = models.FloatField(null=True, blank=True, editable=False)
    text = models.TextField(blank=True, editable=False, help_text="What search reads beside name and city.")
    status = models.CharField(max_length=6, choices=Status, default=Status.LISTED)
    status_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The federal year that the status was read in."
    )
    last_awards_year = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")
    is_sample = models.BooleanField("sample", default=False, editable=False)
    rank_key = models.BinaryField(max_length=160, default=b"", editable=False)
    name_key = models.BinaryField(max_length=160, default=b"", editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    listing_number = models.PositiveBigIntegerField(
        null=True, editable=False, help_text="Of the listing stamp, when its listing changed last."
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["status", "rank_key"], name="listings_school_rank"),
            models.Index(fields=["status", "state"], name="listings_school_state"),
            models.Index(fields=["latitude", "longitude"], name="listings_school_point"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=["in", "compare"]), name="listings_school_slug_free"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("pk")), name="listings_school_not_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("school-detail", args=[self.slug])

    @property
    def is_listed(self) -> bool:
        return self.status == self.Status.LISTED
