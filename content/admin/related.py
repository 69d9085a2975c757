"""Links between articles that editors pin or veto."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from content.models import Article, RelatedLink


class RelatedLinkForm(forms.ModelForm[RelatedLink]):
    class Meta:
        model = RelatedLink
        fields = ["target", "origin", "position", "reason"]

    def clean_origin(self) -> str:
        """A computed link that an editor touches becomes the editor's, or the next rebuild would undo it."""
        origin: str = self.cleaned_data["origin"]
        if self.has_changed() and origin == RelatedLink.Origin.COMPUTED:
            raise ValidationError("Choose pinned or vetoed: computed links are the machine's to change.")
        return origin


class RelatedLinkInline(admin.TabularInline[RelatedLink, Article]):
    model = RelatedLink
    form = RelatedLinkForm
    fk_name = "article"
    extra = 0
    autocomplete_fields = ["target"]


@admin.register(RelatedLink)
class RelatedLinkAdmin(admin.ModelAdmin[RelatedLink]):
    form = RelatedLinkForm
    list_display = ["article", "target", "origin", "position", "score", "reason", "made_at"]
    list_filter = ["origin", "made_at"]
    list_select_related = ["article", "target"]
    search_fields = ["article__slug", "target__slug"]
    autocomplete_fields = ["article", "target"]
    fields = ["article", "target", "origin", "position", "reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedLink]:
        """Without the generations that readers do not see."""
        computed = Q(origin=RelatedLink.Origin.COMPUTED)
        return super().get_queryset(request).filter(~computed | Q(generation__is_current=True))
