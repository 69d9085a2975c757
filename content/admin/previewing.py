"""A text as readers will see it, at three widths, and links that show it to somebody without a login."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from content.admin.access import NothingToSee, editor
from content.models import PreviewLink, Revision
from content.models.preview_link import LONGEST
from content.previewing import make_link

WIDTHS: Final = ((360, "Telephone"), (768, "Tablet"), (1280, "Desk"))
FRAMING: Final[dict[str, Any]] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


class LinkForm(forms.Form):
    days = forms.IntegerField(min_value=1, max_value=LONGEST.days, initial=3, label="Days it lasts")


@csp_override(FRAMING)
def frames(request: HttpRequest, revision: Revision, site: AdminSite, *, address: str = "") -> HttpResponse:
    """Three frames, each the page of a reader, and the links that are open; `address` is a link just made."""
    context = {
        **site.each_context(request),
        "title": f"Preview: {revision.title}",
        "revision": revision,
        "widths": WIDTHS,
        "links": revision.preview_links.open().select_related("made_by"),
        "form": LinkForm(),
        "may_link": request.user.has_perm("content.change_revision") and revision.is_open_to(editor(request)),
        "address": address,
    }
    return TemplateResponse(request, "admin/content/revision/preview.html", context)


def make(request: HttpRequest, revision: Revision, site: AdminSite) -> HttpResponse:
    """Makes a link; its address is shown in this answer, and never again."""
    form = LinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"Write how many days the link is to last, 1 to {LONGEST.days}.")
        return HttpResponseRedirect(reverse("admin:content_revision_preview", args=[revision.pk]))
    _link, token = make_link(revision, days=form.cleaned_data["days"], by=editor(request))
    address = settings.SITE_URL + reverse("preview", args=[token])
    answer: HttpResponse = frames(request, revision, site, address=address)
    return answer


class OpenFilter(admin.SimpleListFilter):
    title = "whether it works"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", "Open"), ("no", "Ended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PreviewLink]) -> QuerySet[PreviewLink]:
        ended = queryset.exclude(pk__in=PreviewLink.objects.open().values("pk"))
        return {"yes": queryset.filter(pk__in=PreviewLink.objects.open().values("pk")), "no": ended}.get(
            self.value() or "", queryset
        )


@admin.register(PreviewLink)
class PreviewLinkAdmin(NothingToSee, admin.ModelAdmin[PreviewLink]):
    """Who showed which text to somebody outside, and until when."""

    list_display = ["revision", "made_by", "made_at", "expires_at", "revoked_at"]
    list_filter = [OpenFilter]
    list_select_related = ["revision", "made_by"]
    search_fields = ["revision__title", "revision__article__slug"]
    exclude = ["token_hash"]
    actions = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PreviewLink]:
        mine = Revision.objects.seen_by(editor(request)).order_by().values("pk")
        return super().get_queryset(request).filter(revision__in=mine)

    def get_urls(self) -> list[URLPattern]:
        end = self.admin_site.admin_view(require_POST(self.end))
        return [path("<int:pk>/revoke/", end, name="content_previewlink_revoke"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PreviewLink | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PreviewLink | None = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm("content.change_previewlink")

    @admin.action(description="Revoke: the link shows nothing any more", permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[PreviewLink]) -> None:
        ended = sum(link.revoke() for link in queryset if link.revision.is_open_to(editor(request)))
        self.message_user(request, f"{ended} revoked.", messages.SUCCESS)

    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_revoke_permission(request):
            raise PermissionDenied
        link = get_object_or_404(self.get_queryset(request), pk=pk)
        if not link.revision.is_open_to(editor(request)):
            raise PermissionDenied
        link.revoke(at=timezone.now())
        messages.success(request, "The link is revoked.")
        return HttpResponseRedirect(reverse("admin:content_revision_preview", args=[link.revision_id]))
