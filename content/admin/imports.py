"""Uploads of pages: the form that takes them, how far each upload is, and its pages by result."""

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from content import importing
from content.admin.access import NothingToSee, editor
from content.admin.providers import ReadOnlyAdmin
from content.models import Article, BatchPage, ImportBatch
from content.uploads import MOST_PAGES, MOST_UPLOADED, BadUpload, Uploads, look_at

PAGES_SHOWN: Final = 100


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field; what they hold is looked at when all of them came."""

    widget = ManyFiles(attrs={"accept": ".html,.htm,.xhtml,.md,.markdown,.txt,.zip"})

    def clean(self, data: Any, initial: Any = None) -> Uploads:
        files: list[UploadedFile[Any]] = [
            super(ManyFilesField, self).clean(each, initial) for each in data or [None]
        ]
        try:
            return look_at(files)
        except BadUpload as error:
            raise forms.ValidationError(str(error)) from None


class UploadForm(forms.Form):
    pages = ManyFilesField(
        allow_empty_file=True,
        help_text=f"Several .html, .md or .txt files, or a .zip of them: at most {MOST_PAGES:,} pages and"
        f" {MOST_UPLOADED // 10**6} MB at once.",
    )
    wants_draft = forms.BooleanField(
        required=False,
        label="Make a draft of every page that can be read",
        help_text="Otherwise you look at each page first, beside what was read, and mend it.",
    )


@admin.register(ImportBatch)
class ImportBatchAdmin(NothingToSee, ReadOnlyAdmin[ImportBatch]):
    """An upload is made once and purged by a job; its pages are worked one by one."""

    list_display = ["__str__", "created_at", "by", "size", "read", "made", "not_read"]
    list_filter = ["created_at"]
    list_select_related = ["by"]
    search_fields = ["pages__name", "by__username"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        mine = super().get_queryset(request).filter(pk__in=self._mine(request).order_by().values("pk"))
        state = BatchPage.State
        return mine.annotate(
            to_mend=Count("pages", filter=Q(pages__state=state.READ)),
            drafts=Count("pages", filter=Q(pages__state=state.MADE)),
            refused=Count("pages", filter=Q(pages__state__in=(state.REFUSED, state.EMPTY))),
        )

    def _mine(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        return ImportBatch.objects.seen_by(editor(request))

    def get_urls(self) -> list[URLPattern]:
        drafts = self.admin_site.admin_view(require_POST(self.make_drafts))
        return [path("<int:pk>/drafts/", drafts, name="content_importbatch_drafts"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perms(["content.add_importbatch", "content.add_article"])

    @admin.display(description="To mend", ordering="to_mend")
    def read(self, batch: ImportBatch) -> int:
        return batch.to_mend  # type: ignore[attr-defined, no-any-return]  # annotated above

    @admin.display(description="Drafts made", ordering="drafts")
    def made(self, batch: ImportBatch) -> int:
        return batch.drafts  # type: ignore[attr-defined, no-any-return]  # annotated above

    @admin.display(description="Not read", ordering="refused")
    def not_read(self, batch: ImportBatch) -> int:
        return batch.refused  # type: ignore[attr-defined, no-any-return]  # annotated above

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Rows first: what the form takes is stored, and a job does the rest."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        given = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*given)
        if request.method == "POST" and form.is_valid():
            wanted = form.cleaned_data
            batch = importing.take_in(wanted["pages"], by=editor(request), wants_draft=wanted["wants_draft"])
            messages.success(request, f"Stored, to be read one by one: {batch.size}. Results follow below.")
            return HttpResponseRedirect(reverse("admin:content_importbatch_change", args=[batch.pk]))
        context = {**self.admin_site.each_context(request), "title": "Upload pages", "form": form}
        return TemplateResponse(request, "admin/content/importbatch/upload.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """How far the upload is, and its pages; nothing is changed here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        batch = get_object_or_404(self._mine(request), pk=object_id if object_id.isdecimal() else 0)
        if request.method == "POST":
            raise PermissionDenied
        state = request.GET.get("state", "")
        pages = batch.pages.defer("raw", "reading", "result", "lead", "body").select_related("article")
        shown = pages.filter(state=state) if state in BatchPage.State else pages
        context = {
            **self.admin_site.each_context(request),
            "title": str(batch),
            "batch": batch,
            "progress": importing.progress(batch),
            "state": state,
            "page": Paginator(shown, PAGES_SHOWN).get_page(request.GET.get("page")),
            "seen_articles": set(
                Article.objects.seen_by(editor(request))
                .filter(pk__in=shown.exclude(article=None).values("article"))
                .values_list("pk", flat=True)
            ),
            "to_mend": batch.pages.all().to_mend().count(),
            "may_make": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/content/importbatch/progress.html", context)

    def make_drafts(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for drafts of all pages that were read; the job makes them."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        batch = get_object_or_404(self._mine(request), pk=pk)
        asked = importing.want_drafts(batch)
        messages.success(request, f"Drafts of {asked} pages are being made.")
        return HttpResponseRedirect(reverse("admin:content_importbatch_change", args=[batch.pk]))
