"""Words and acronyms of the trade, each in a plain sentence."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from content.models.article import Article
from content.models.credential import CertifyingBody, Credential
from content.models.source import Source


class Term(models.Model):
    """An entry of the glossary; without a source the definition is the editors' own."""

    slug = models.SlugField(unique=True, help_text="Its place on the page: /glossary/#term-slug.")
    name = models.CharField(max_length=120, help_text="Written out, such as Explanation of Benefits.")
    acronym = models.CharField(
        max_length=20,
        blank=True,
        help_text="Its letters, which articles then spell out where they first stand.",
    )
    definition = models.TextField(help_text="One or two plain sentences.")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    as_of = models.PositiveSmallIntegerField("as of year", null=True, blank=True)
    see_also = models.ManyToManyField("self", blank=True)
    credential = models.ForeignKey(
        Credential, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Where to read on."
    )
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Where to read on."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["acronym"], condition=~Q(acronym=""), name="content_term_acronym_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('glossary')}#term-{self.slug}"

    def clean(self) -> None:
        """Letters stand for one thing on the whole site. Raises ValidationError."""
        if not self.acronym:
            return
        names = [
            *Credential.objects.filter(code=self.acronym).values_list("name", flat=True),
            *CertifyingBody.objects.filter(acronym=self.acronym).values_list("name", flat=True),
        ]
        other = next((name for name in names if name.casefold() != self.name.casefold()), None)
        if other:
            raise ValidationError(
                {"acronym": f"{self.acronym} stands for “{other}” already. Leave the letters empty here."}
            )
