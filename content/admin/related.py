"""Links between articles that editors pin or veto."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from content.coverage import coverage
from content.models import RelatedLink


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


@admin.register(RelatedLink)
class RelatedLinkAdmin(admin.ModelAdmin[RelatedLink]):
    form = RelatedLinkForm
    list_display = ["article", "target", "origin", "position", "score", "reason", "made_at"]
    list_filter = ["origin", "made_at"]
    list_select_related = ["article", "target"]
    search_fields = ["article__slug", "target__slug"]
    autocomplete_fields = ["article", "target"]
    fields = ["article", "target", "origin", "position", "reason"]

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.coverage)
        return [path("coverage/", page, name="content_relatedlink_coverage"), *super().get_urls()]

    def coverage(self, request: HttpRequest) -> HttpResponse:
        """Who has few links, who gets none, who gets most."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = coverage()
        context = {
            **self.admin_site.each_context(request),
            "title": "How related links are spread",
            "coverage": found,
            "popular": [(row, found.share(row)) for row in found.popular],
        }
        return TemplateResponse(request, "admin/content/relatedlink/coverage.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedLink]:
        """Without the generations that readers do not see."""
        computed = Q(origin=RelatedLink.Origin.COMPUTED)
        return super().get_queryset(request).filter(~computed | Q(generation__is_current=True))
