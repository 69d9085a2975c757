"""Data versions: what each would change, and the wish to switch readers to one."""

import csv
import json
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from listings import differences, versions
from listings.admin.federal import ReadOnlyAdmin
from listings.admin.schools import ReadOnlyInline
from listings.models import DataVersion, FederalFile
from listings.views.export import Line

SHOWN: Final = 200
SWITCH: Final = "listings.change_dataversion"
MADE: Final = ["difference", "what_it_changed"]


class FederalFileInline(ReadOnlyInline):
    model = FederalFile
    fields = ["kind", "release", "name", "rows", "sha256", "retrieved_at"]


@admin.register(DataVersion)
class DataVersionAdmin(ReadOnlyAdmin):
    list_display = ["number", "year", "is_current", "is_partial", "loaded_at", "switched_at", "difference"]
    list_filter = ["year", "is_current"]
    fields = ["number", "year", "is_current", "is_partial", "loaded_at", "switched_at", *MADE]
    readonly_fields = MADE
    inlines = [FederalFileInline]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:number>/difference/", view(self.show), name="listings_dataversion_difference"),
            path("<int:number>/difference.csv", view(self.download), name="listings_dataversion_csv"),
            path("<int:number>/switch/", view(require_POST(self.switch)), name="listings_dataversion_switch"),
            *super().get_urls(),
        ]

    @admin.display(description="What it changes")
    def difference(self, version: DataVersion) -> SafeString | str:
        if not version.loaded_at:
            return "not whole"
        address = reverse("admin:listings_dataversion_difference", args=[version.pk])
        return format_html('<a href="{}">Compare, switch</a>', address)

    @admin.display(description="Report")
    def what_it_changed(self, version: DataVersion) -> SafeString:
        return format_html('<pre class="raw-text">{}</pre>', json.dumps(version.report, indent=2))

    def show(self, request: HttpRequest, number: int) -> HttpResponse:
        """Counts, the first rows, and the button."""
        version = self._version(request, number)
        before = versions.compared_with(version)
        subject = request.GET.get("subject", "")
        known = [each.name for each in differences.SUBJECTS]
        rows = differences.changes(before, number, subject=subject if subject in known else "")
        counts = differences.count(before, number)
        context = {
            **self.admin_site.each_context(request),
            "title": f"What {version} changes",
            "version": version,
            "before": before,
            "subjects": [(name, counts.of(name), counts.fields_of(name)) for name in known],
            "statuses": counts.statuses.most_common(),
            "subject": subject if subject in known else "",
            "rows": list(islice(rows, SHOWN)),
            "has_more": next(rows, None) is not None,
            "may_switch": request.user.has_perm(SWITCH) and not version.is_current,
        }
        return TemplateResponse(request, "admin/listings/dataversion/difference.html", context)

    def download(self, request: HttpRequest, number: int) -> StreamingHttpResponse:
        """Every row."""
        version = self._version(request, number)
        before = versions.compared_with(version)

        def lines() -> Iterator[str]:
            table = csv.writer(Line())
            yield table.writerow(differences.COLUMNS)
            for change in differences.changes(before, number):
                yield table.writerow(change.cells())

        answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="version-{number}-beside-{before}.csv"'
        return answer

    def switch(self, request: HttpRequest, number: int) -> HttpResponse:
        """Writes the wish down; the job does it."""
        version = self._version(request, number)
        if not request.user.has_perm(SWITCH):
            raise PermissionDenied
        if version.is_current:
            self.message_user(request, f"{version} is what readers see already.", messages.WARNING)
        else:
            version.ask_switch(by=request.user)
            said = f"Readers see {version} within two minutes. Reload this page to see that it is done."
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:listings_dataversion_changelist"))

    def _version(self, request: HttpRequest, number: int) -> DataVersion:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(DataVersion.objects.whole(), pk=number)
