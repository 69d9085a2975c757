"""Pictures of articles: what they show, whose they are, and where their files stand."""

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse


class Licence(models.TextChoices):
    OWN_WORK = "own-work", "Our own work"
    PUBLIC_DOMAIN = "public-domain", "Public domain"
    CC0 = "cc0-1.0", "CC0 1.0"
    CC_BY_4 = "cc-by-4.0", "CC BY 4.0"
    CC_BY_3 = "cc-by-3.0", "CC BY 3.0"
    CC_BY_2 = "cc-by-2.0", "CC BY 2.0"
    CC_BY_SA_4 = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY_SA_3 = "cc-by-sa-3.0", "CC BY-SA 3.0"
    PERMISSION = "permission", "Used by permission"


DEEDS: Final = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY_4: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_3: "https://creativecommons.org/licenses/by/3.0/",
    Licence.CC_BY_2: "https://creativecommons.org/licenses/by/2.0/",
    Licence.CC_BY_SA_4: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_SA_3: "https://creativecommons.org/licenses/by-sa/3.0/",
}
ASK_FOR_CREDIT: Final = (
    *(Licence.CC_BY_4, Licence.CC_BY_3, Licence.CC_BY_2, Licence.CC_BY_SA_4, Licence.CC_BY_SA_3),
    Licence.PERMISSION,
)
ASK_FOR_SOURCE: Final = tuple(each for each in ASK_FOR_CREDIT if each != Licence.PERMISSION)


class Picture(models.Model):
    """A picture that texts name as `picture:SLUG`.

    Its files are named by `stem`, which is new with every file in the place of another: an address
    always means the same bytes. `width` and `height` are the widest file's, in pixels; `widths` are those of
    all files, ascending; `size` is what they have together, in bytes.
    """

    slug = models.SlugField(
        max_length=80, unique=True, help_text="A text names it so: ![](picture:SLUG). It stays as it is."
    )
    name = models.CharField(max_length=120, help_text="For editors, to find it again.")
    alternative = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What it shows, for readers who do not see it. A text may say it in other words.",
    )
    is_decorative = models.BooleanField(
        "decorative",
        default=False,
        help_text="It says nothing that the text does not say: readers who do not see it are told nothing.",
    )
    licence = models.CharField(max_length=13, choices=Licence)
    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made it, as the licence wants to have it said."
    )
    source_url = models.URLField(
        "source address", max_length=500, blank=True, help_text="The page that it was taken from."
    )
    stem = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    widths = models.JSONField(editable=False)
    size = models.PositiveIntegerField(editable=False)
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True, alternative="")
                | (Q(is_decorative=False) & ~Q(alternative="")),
                name="content_picture_alternative_or_decorative",
                violation_error_message="Say what the picture shows or tick that it is decorative, not both.",
            ),
            models.CheckConstraint(
                condition=~Q(licence__in=ASK_FOR_CREDIT) | ~Q(credit=""), name="content_picture_credit"
            ),
            models.CheckConstraint(
                condition=~Q(licence__in=ASK_FOR_SOURCE) | ~Q(source_url=""), name="content_picture_source"
            ),
            models.CheckConstraint(
                condition=Q(source_url="")
                | Q(source_url__startswith="https://")
                | Q(source_url__startswith="http://"),
                name="content_picture_url_scheme",
                violation_error_message="The source's address begins with https:// or http://.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        missing: dict[str, Any] = {}
        named = self.get_licence_display() if self.licence else ""
        if self.licence in ASK_FOR_CREDIT and not self.credit:
            missing["credit"] = f"\u201c{named}\u201d asks for the name of who made it."
        if self.licence in ASK_FOR_SOURCE and not self.source_url:
            missing["source_url"] = f"\u201c{named}\u201d asks for the address of the page it was taken from."
        if missing:
            raise ValidationError(missing)

    @property
    def deed(self) -> str:
        """Where its licence can be read; empty where it needs no link."""
        return DEEDS.get(Licence(self.licence), "")

    def address(self, width: int | None = None) -> str:
        """Of the file of that width, else of the widest."""
        return reverse("picture-file", args=[file_name(self.stem, width or self.width)])


def file_name(stem: str, width: int) -> str:
    return f"{stem}-{width}.webp"
