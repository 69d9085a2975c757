"""Mailboxes without their addresses; who may see those says why each time, and that is written down."""

import csv
from collections.abc import Iterator
from typing import Final, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.lib.cells import safe
from listings.admin.federal import ReadOnlyAdmin
from listings.models import ContactLook, Letter, Mailbox, StoredAnswer
from listings.submissions import letters
from listings.views.export import Line

SEE: Final = "listings.see_contacts"
COLUMNS: Final = ("mailbox", "address", "name", "position")


class WhyForm(forms.Form):
    reason = forms.CharField(
        label="Why you need it", min_length=10, max_length=200, help_text="It is written down with your name."
    )


@admin.register(Mailbox)
class MailboxAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "domain", "created_at", "proven_at", "sent", "contact"]
    list_filter = ["proven_at", "created_at"]
    fields = ["domain", "created_at", "proven_at", "seen_at", "reminders_ended_at", "contact"]
    readonly_fields = ["domain", "contact"]
    actions = ["export_contacts"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mailbox]:
        rows: QuerySet[Mailbox] = super().get_queryset(request)
        return rows.order_by("-pk").annotate(sent_count=Count("submissions"))

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Who may not see an address does not find out by searching whether there is one."""
        return ["=address", "person"] if self.has_see_permission(request) else []

    def has_see_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE)

    def get_urls(self) -> list[URLPattern]:
        contact = self.admin_site.admin_view(self.contact_page)
        return [path("<int:pk>/contact/", contact, name="listings_mailbox_contact"), *super().get_urls()]

    @admin.display(description="Domain")
    def domain(self, mailbox: Mailbox) -> str:
        return mailbox.domain

    @admin.display(description="Sent", ordering="sent_count")
    def sent(self, mailbox: Mailbox) -> int:
        return mailbox.sent_count  # type: ignore[attr-defined, no-any-return]  # annotated above

    @admin.display(description="Name and address")
    def contact(self, mailbox: Mailbox) -> SafeString:
        address = reverse("admin:listings_mailbox_contact", args=[mailbox.pk])
        return format_html('<a href="{}">Show, with a reason</a>', address)

    def contact_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks why; then shows the address once and writes the look down."""
        if not self.has_see_permission(request):
            raise PermissionDenied
        mailbox = get_object_or_404(Mailbox, pk=pk)
        form = WhyForm(request.POST or None)
        is_shown = request.method == "POST" and form.is_valid()
        if is_shown:
            _write_down(request, str(mailbox), form, 1)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Contact of {str(mailbox).lower()}",
            "opts": self.opts,
            "mailbox": mailbox,
            "form": form,
            "is_shown": is_shown,
        }
        return TemplateResponse(request, "admin/listings/mailbox/contact.html", context)

    @admin.action(description="Export names and addresses", permissions=["see"])
    def export_contacts(
        self, request: HttpRequest, queryset: QuerySet[Mailbox]
    ) -> HttpResponse | StreamingHttpResponse:
        """Asks why; then sends the file in the answer itself, so no link to it can be guessed or kept."""
        chosen = Mailbox.objects.filter(pk__in=queryset.order_by().values("pk"))
        form = WhyForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": "Export names and addresses",
                "opts": self.opts,
                "form": form,
                "count": chosen.count(),
                "keys": request.POST.getlist(ACTION_CHECKBOX_NAME),
                "checkbox": ACTION_CHECKBOX_NAME,
                "across": request.POST.get("select_across", "0"),
            }
            return TemplateResponse(request, "admin/listings/mailbox/export.html", context)
        _write_down(request, "export of contacts", form, chosen.count())
        answer = StreamingHttpResponse(_lines(chosen), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="contacts.csv"'
        return answer


def _write_down(request: HttpRequest, of: str, form: WhyForm, rows: int) -> None:
    by = cast(User, request.user)
    ContactLook.objects.create(by=by, of=of, reason=form.cleaned_data["reason"], rows=rows)


def _lines(chosen: QuerySet[Mailbox]) -> Iterator[str]:
    table = csv.writer(Line())
    yield table.writerow(COLUMNS)
    for each in chosen.order_by("pk").iterator(chunk_size=500):
        yield table.writerow([each.pk, *map(safe, (each.address, each.person, each.position))])


@admin.register(ContactLook)
class ContactLookAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "of", "rows", "reason"]
    list_filter = ["at"]
    list_select_related = ["by"]
    search_fields = ["by__username", "of", "reason"]


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["written_at", "subject", "state", "attempts", "sent_at", "submission", "mailbox"]
    list_filter = ["state", "is_reminder", "written_at"]
    list_select_related = ["submission", "mailbox"]
    search_fields = ["subject", "=submission__reference"]
    fields = ["mailbox", "submission", "event", "subject", "text", "state", "attempts", "written_at"]
    fields += ["next_try_at", "handed_over_at", "sent_at", "error", "is_reminder"]
    actions = ["send_again"]

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("listings.change_submission")

    @admin.action(description="Send again, with a fresh link", permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        chosen = list(queryset.select_related("mailbox", "submission"))
        written = sum(letters.again(each) is not None for each in chosen)
        self.message_user(request, f"{written} of {len(chosen)} letters go out again within a minute.")
        if written < len(chosen):
            why = "The others wait to be sent, or went out three times again today."
            self.message_user(request, why, messages.WARNING)


@admin.register(StoredAnswer)
class StoredAnswerAdmin(admin.ModelAdmin[StoredAnswer]):
    list_display = ["title", "text"]
    search_fields = ["title", "text"]
