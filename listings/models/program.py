"""What a school teaches: CIP code and award level."""

from django.core.validators import RegexValidator
from django.db import models

from listings import fields
from listings.models.school import School

AWARD_LEVEL_CHOICES = [(level.code, level.name) for level in fields.AWARD_LEVELS.values()]


class Program(models.Model):
    """School x CIP code x award level; the CIP code is 7 characters of text, `51.0713`."""

    school = models.ForeignKey(School, models.CASCADE, related_name="programs")
    cip = models.CharField(
        "CIP code", max_length=7, validators=[RegexValidator(r"^\d{2}\.\d{4}\Z", "Such as 51.0713.")]
    )
    award_level = models.PositiveSmallIntegerField(choices=AWARD_LEVEL_CHOICES)

    class Meta:
        ordering = ["school", "cip", "award_level"]
        constraints = [
            models.UniqueConstraint(fields=["school", "cip", "award_level"], name="listings_program_once"),
        ]

    def __str__(self) -> str:
        return f"{fields.cip_title(self.cip)}, {self.get_award_level_display()}"

    @property
    def key(self) -> str:
        """What names it among the programs of its school: `51.0713.21`."""
        return f"{self.cip}.{self.award_level}"
