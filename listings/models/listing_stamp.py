"""How far the listings have come: what holds a copy of them in memory asks here whether it is still true."""

from functools import cache
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F

from content.lib.compiled import Statement, compiled, fetch

ONE = 1


class ListingStampQuerySet(models.QuerySet["ListingStamp"]):
    def advance(self) -> int:
        """One step on, in the transaction of a change; the next change waits until that one has ended.

        So numbers become visible in their order, and whoever sees one sees all changes up to it.
        """
        stamp = self.filter(pk=ONE)
        if not stamp.update(number=F("number") + 1):
            self.bulk_create([ListingStamp(pk=ONE, number=0)], ignore_conflicts=True)
            stamp.update(number=F("number") + 1)
        return stamp.values_list("number", flat=True).get()

    def hold(self) -> None:
        """Waits for those who change listings, and makes others wait until the transaction ends.

        Before any other row of a change is written: all take it first, so that no two wait for each other.
        """
        if self.select_for_update().filter(pk=ONE).first() is None:
            self.advance()

    def begin_anew(self) -> None:
        """For changes that no school tells of, such as its removal: copies are made again as a whole."""
        if not self.filter(pk=ONE).update(number=F("number") + 1, epoch=uuid4()):
            self.advance()

    def read(self) -> tuple[UUID, int] | None:
        """Epoch and number; None where nothing was listed yet. Every page asks."""
        found = fetch(_one())
        return (UUID(str(found[0][0])), found[0][1]) if found else None


@cache
def _one() -> Statement:
    return compiled(ListingStamp.objects.filter(pk=ONE).values_list("epoch", "number"))


class ListingStamp(models.Model):
    """One row; `School.listing_number` says at which number a school's listing changed last."""

    number = models.PositiveBigIntegerField()
    epoch = models.UUIDField(default=uuid4)

    objects = ListingStampQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=ONE), name="listings_stamp_one")]

    def __str__(self) -> str:
        return f"Number {self.number}"
