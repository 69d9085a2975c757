"""What became of the calls to the providers that are asked over the network."""

from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

LONGEST_SAMPLE: Final = 1000


class ProviderStateQuerySet(models.QuerySet["ProviderState"]):
    def in_trouble(self) -> "ProviderStateQuerySet":
        """Those whose last look did not go well."""
        return self.exclude(trouble="")

    def of(self, name: str) -> "ProviderState":
        """The provider's row, made when it is first asked."""
        return self.get_or_create(name=name)[0]


class ProviderState(models.Model):
    """One provider: its calls of today, until when it is left alone, and what editors have to know.

    `trouble` is one sentence about the last look, empty where that went well; `sample` the beginning of an
    answer that could not be used; `refused` the figures that were not taken, each with its reason.
    """

    name = models.CharField(max_length=40, unique=True)
    day = models.DateField(
        null=True, blank=True, help_text="The day, in UTC, that the calls are counted for."
    )
    calls = models.PositiveIntegerField("calls of that day", default=0)
    failures = models.PositiveSmallIntegerField("failures in a row", default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField("last good answer", null=True, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    trouble_at = models.DateTimeField(null=True, blank=True)
    sample = models.TextField(blank=True)
    refused = models.JSONField(default=list, blank=True)

    objects = ProviderStateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trouble="", trouble_at=None) | (~Q(trouble="") & Q(trouble_at__isnull=False)),
                name="content_provider_state_trouble_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def take_call(self, most: int, *, on: date) -> bool:
        """Counts a call, unless the day's quota is used up; no process can forget or double the count."""
        mine = ProviderState.objects.filter(pk=self.pk)
        if mine.filter(Q(day=None) | Q(day__lt=on)).update(day=on, calls=1):
            return True
        return bool(mine.filter(calls__lt=most).update(calls=F("calls") + 1))

    def succeed(self, *, at: datetime, said: str = "", refused: list[Any] | None = None) -> None:
        """An answer was used; `said` is what editors should know of it all the same."""
        self._change(
            failures=0,
            rests_until=None,
            answered_at=at,
            trouble=said[:500],
            trouble_at=at if said else None,
            sample="",
            refused=refused or [],
        )

    def fail(self, said: str, *, at: datetime, until: datetime, sample: str = "") -> None:
        """A call brought nothing; the provider is left alone until then."""
        self._change(
            failures=F("failures") + 1,
            rests_until=until,
            trouble=said[:500],
            trouble_at=at,
            sample=sample[:LONGEST_SAMPLE],
            refused=[],
        )

    def rests(self, at: datetime | None = None) -> bool:
        return ProviderState.objects.filter(pk=self.pk, rests_until__gt=at or Now()).exists()

    def _change(self, **values: Any) -> None:
        ProviderState.objects.filter(pk=self.pk).update(**values)
        self.refresh_from_db()
