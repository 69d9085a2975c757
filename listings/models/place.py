"""Cities that a reader can measure distances from."""

from django.db import models


class Place(models.Model):
    """A city: the middle of all institutions of it in the loaded directory file, listed or not.

    `listings.cities` alone writes them, in the transaction that makes a data version current.
    """

    state = models.CharField(max_length=2)
    key = models.CharField(max_length=200, help_text="The name as it is looked up.")
    name = models.CharField(max_length=100)
    latitude = models.FloatField()
    longitude = models.FloatField()
    institutions = models.PositiveIntegerField()

    class Meta:
        ordering = ["state", "key"]
        constraints = [models.UniqueConstraint(fields=["state", "key"], name="listings_place_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"
