"""Cited addresses: how they stand, what was seen of them, and what an editor decides."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from content.admin.access import editor, said
from content.admin.providers import ReadOnlyAdmin
from content.links.deciding import Replaced, replace
from content.models import CitedLink, LinkHost, LinkUse

SHOWN_CHECKS: Final = 60
LOOKS: Final = [
    ("unlinked", "Unlinked: the site drifted"),
    ("flagged", "Failed on three days"),
    ("failing", "Failed lately"),
    ("unsure", "Not checked: robots, logins"),
    ("new", "Not checked yet"),
    ("good", "Answers"),
    ("broke-down", "The check broke down"),
    ("unused", "Not cited any more"),
]


class LookFilter(admin.SimpleListFilter):
    title = "how it stands"
    parameter_name = "look"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return LOOKS

    def queryset(self, request: HttpRequest, queryset: QuerySet[CitedLink]) -> QuerySet[CitedLink]:
        if self.value() == "unused":
            return queryset.exclude(unused_since=None)
        if self.value() == "broke-down":
            return queryset.filter(unused_since=None, host__in=LinkHost.objects.parked())
        return queryset.filter(state=self.value(), unused_since=None) if self.value() else queryset


class ReplaceForm(forms.Form):
    new = forms.CharField(max_length=500, strip=True)


@admin.register(CitedLink)
class CitedLinkAdmin(ReadOnlyAdmin[CitedLink]):
    """Rows are written by the job; an editor decides with the buttons of a row's page."""

    list_display = ["address", "state", "said", "failed_days", "cited", "checked_at", "due_at"]
    list_filter = [LookFilter, "verdict", "checked_at"]
    search_fields = ["address", "title", "first_title"]
    actions = ["check_now"]
    show_full_result_count = False
    change_form_template = "admin/content/citedlink/change_form.html"
    fields = [
        *("address", "state", "said", "evidence_quoted", "cited_in", "first_title", "title", "leads_to"),
        *("failed_days", "failed_on", "checked_at", "due_at", "asked_at", "unlinked_at"),
        *("vouched_by", "vouched_at", "history"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CitedLink]:
        return super().get_queryset(request).annotate(places=Count("uses"))

    def get_urls(self) -> list[URLPattern]:
        def button(name: str, work: Any) -> URLPattern:
            view = self.admin_site.admin_view(require_POST(work))
            made: URLPattern = path(f"<int:pk>/{name}/", view, name=f"content_citedlink_{name}")
            return made

        mine = [button("check", self.look_now), button("fine", self.fine), button("replace", self.replace)]
        return [*mine, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        shown = {"may_decide": self._may_decide(request), "form": ReplaceForm(), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, shown)

    def _may_decide(self, request: HttpRequest) -> bool:
        return request.user.has_perm("content.change_citedlink")

    def _link(self, request: HttpRequest, pk: int) -> CitedLink:
        if not self._may_decide(request):
            raise PermissionDenied
        return get_object_or_404(CitedLink, pk=pk)

    def look_now(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for a look within the minute."""
        self._link(request, pk).ask_for_check()
        self._say_asked(request, 1)
        return _back(pk)

    def fine(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._link(request, pk).vouch(by=editor(request))
        messages.success(
            request, "Readers get the link. What is there now is what the next checks compare with."
        )
        return _back(pk)

    def replace(self, request: HttpRequest, pk: int) -> HttpResponse:
        link, form = self._link(request, pk), ReplaceForm(request.POST)
        try:
            if not form.is_valid():
                raise ValidationError("Write the new address, of at most 500 characters.")
            _say_replaced(request, replace(link, form.cleaned_data["new"], by=editor(request)))
        except ValidationError as error:
            messages.error(request, said(error))
        return _back(pk)

    @admin.action(description="Check now", permissions=["decide"])
    def check_now(self, request: HttpRequest, queryset: QuerySet[CitedLink]) -> None:
        rows = list(CitedLink.objects.filter(pk__in=queryset.values("pk")))
        for link in rows:
            link.ask_for_check()
        self._say_asked(request, len(rows))

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return self._may_decide(request)

    def _say_asked(self, request: HttpRequest, count: int) -> None:
        if settings.NETWORK:
            said = "one address is" if count == 1 else f"{count} addresses are"
            messages.success(request, f"Asked: {said} looked at within two minutes. Reload this page then.")
        else:
            messages.warning(request, "Noted, but this site asks nobody now: it runs with NETWORK=0.")

    @admin.display(description="Places", ordering="places")
    def cited(self, link: CitedLink) -> int:
        return link.places  # type: ignore[attr-defined, no-any-return]  # annotated above

    @admin.display(description="Evidence")
    def evidence_quoted(self, link: CitedLink) -> SafeString | str:
        return format_html('<pre class="raw-text">{}</pre>', link.evidence) if link.evidence else "None"

    @admin.display(description="Cited in")
    def cited_in(self, link: CitedLink) -> SafeString | str:
        uses = link.uses.select_related("source", "body", "revision__article")[:SHOWN_CHECKS]
        return (
            format_html_join("", '<p><a href="{}">{}</a></p>', (_place(use) for use in uses)) or "Nowhere now"
        )

    @admin.display(description="Checks")
    def history(self, link: CitedLink) -> SafeString | str:
        rows = (
            (
                f"{timezone.localtime(each.at):%Y-%m-%d %H:%M}",
                each.get_state_display(),
                each.said,
                each.by or "",
            )
            for each in link.checks.select_related("by")[:SHOWN_CHECKS]
        )
        return format_html_join("", "<p>{}: {}. {} {}</p>", rows) or "None yet"


def _back(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:content_citedlink_change", args=[pk]))


def _place(use: LinkUse) -> tuple[str, str]:
    """Where an editor changes it, and what that is called."""
    if use.page:
        return use.page, use.page
    place = use.source or use.body or use.revision
    name = place._meta.model_name if place else ""
    return reverse(f"admin:content_{name}_change", args=[place.pk if place else 0]), str(place)


def _say_replaced(request: HttpRequest, done: Replaced) -> None:
    if done.places:
        messages.success(
            request, f"The new address stands in {len(done.places)} places: {'; '.join(done.places)}"
        )
    for text in done.texts:
        page = reverse("admin:content_revision_change", args=[text.pk])
        words = "Readers see this text with the old address. Write the new one in a new draft of it: "
        messages.warning(request, format_html('{}<a href="{}">{}</a>', words, page, text.title))
    if not (done.places or done.texts):
        messages.warning(request, "No source or body has that address any more; nothing was changed.")
