"""An uploaded page beside what was read of it: lines are put back, texts mended, the draft made."""

import json
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from content import importing
from content.admin.access import NothingToSee, editor, said
from content.admin.previewing import FRAMING
from content.admin.providers import ReadOnlyAdmin
from content.lib.decode import NotText, decode
from content.lib.sanitise import sanitise
from content.models import Article, BatchPage, ImportedPage
from content.pipeline.left_out import PARTS, Reading

# What is shown of a page as it came may run nothing, load nothing and lead nowhere.
INERT: Final[dict[str, Any]] = {"default-src": [CSP.NONE], "sandbox": True, "frame-ancestors": [CSP.SELF]}
AS_IT_CAME: Final = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>As it came</title>'
    '<meta name="color-scheme" content="light dark"></head><body>{}</body></html>'
)


class MendForm(forms.ModelForm[BatchPage]):
    """`version` is what the editor opened, `back` the left-out line whose button was pressed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    back = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=200)

    class Meta:
        model = BatchPage
        fields = ["title", "lead", "body"]
        widgets = {"lead": forms.Textarea(attrs={"rows": 4}), "body": forms.Textarea(attrs={"rows": 24})}

    def texts(self) -> dict[str, str]:
        """As rows hold them: a browser ends lines with a carriage return too."""
        return {
            name: self.cleaned_data[name].replace("\r\n", "\n").strip() for name in self._meta.fields or ()
        }


class BatchFilter(admin.SimpleListFilter):
    title = "whose turn it is"
    parameter_name = "turn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("editor", "An editor mends it"), ("job", "A job works it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[BatchPage]) -> QuerySet[BatchPage]:
        chosen = {"editor": BatchPage.objects.to_mend(), "job": BatchPage.objects.unfinished()}
        rows = chosen.get(self.value() or "")
        return queryset if rows is None else queryset.filter(pk__in=rows.order_by().values("pk"))


@admin.register(BatchPage)
class BatchPageAdmin(NothingToSee, ReadOnlyAdmin[BatchPage]):
    list_display = ["name", "batch", "state", "sentence", "title"]
    list_filter = [BatchFilter, "state", "batch__created_at"]
    list_select_related = ["batch"]
    search_fields = ["name", "title", "=sha256"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BatchPage]:
        pages = super().get_queryset(request).defer("raw", "reading", "result", "lead", "body")
        mine = BatchPage.objects.seen_by(editor(request)).order_by().values("pk")
        return pages.filter(pk__in=mine)

    def get_urls(self) -> list[URLPattern]:
        def shown(view: Any) -> Any:
            return self.admin_site.admin_view(require_safe(view))

        return [
            path("<int:pk>/raw/", shown(self.raw), name="content_batchpage_raw"),
            path("<int:pk>/json/", shown(self.as_json), name="content_batchpage_json"),
            *super().get_urls(),
        ]

    def _page(self, request: HttpRequest, pk: int | str) -> BatchPage:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = BatchPage.objects.seen_by(editor(request)).select_related("batch", "article").defer("raw")
        return get_object_or_404(rows, pk=pk if str(pk).isdecimal() else 0)

    @method_decorator(csp_override(FRAMING))
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        page = self._page(request, object_id)
        if request.method != "POST":
            return self._shown(request, page, MendForm(instance=page, initial={"version": page.version}))
        if not self.may_mend(request):
            raise PermissionDenied
        form = MendForm(request.POST, instance=page)
        do = request.POST.get("do", "")
        if do in ("leave", "take-back"):
            return self._decided(request, page, do)
        if not form.is_valid():
            return self._shown(request, page, form)
        return self._mended(request, page, form, do)

    def may_mend(self, request: HttpRequest) -> bool:
        return editor(request).has_perms(["content.change_batchpage", "content.add_article"])

    def _decided(self, request: HttpRequest, page: BatchPage, do: str) -> HttpResponse:
        verb = importing.leave_out if do == "leave" else importing.take_back
        if verb(page.pk):
            text = "This page is left out." if do == "leave" else "This page is open again."
            messages.success(request, text)
        return HttpResponseRedirect(reverse("admin:content_batchpage_change", args=[page.pk]))

    def _mended(self, request: HttpRequest, page: BatchPage, form: MendForm, do: str) -> HttpResponse:
        given = form.cleaned_data
        own = reverse("admin:content_batchpage_change", args=[page.pk])
        try:
            importing.mend(page.pk, base=given["version"], texts=form.texts(), back=given["back"])
            if do == "draft":
                made = importing.make_draft(page.pk, by=editor(request))
                messages.success(request, made.sentence)
                return HttpResponseRedirect(_draft_of(request, made) or own)
        except importing.MendedMeanwhile as error:
            return self._meanwhile(request, page.pk, form, said(error))
        except ValidationError as error:
            messages.error(request, said(error))
            return HttpResponseRedirect(own)
        if given["back"] is None:
            messages.success(request, "Saved.")
            return HttpResponseRedirect(own)
        messages.success(request, "The line is back in the text.")
        return HttpResponseRedirect(f"{own}#line-{given['back']}")

    def _meanwhile(self, request: HttpRequest, pk: int, form: MendForm, error: str) -> HttpResponse:
        """The editor's own texts stay in the form; what the other one saved stands beside them."""
        stored = self._page(request, pk)
        again = MendForm({**form.data.dict(), "version": stored.version, "back": ""})  # type: ignore[attr-defined]
        again.add_error(None, f"{error} Your text is still here: compare the two, then save again.")
        return self._shown(request, stored, again, meanwhile=stored)

    def _shown(
        self, request: HttpRequest, page: BatchPage, form: MendForm, meanwhile: BatchPage | None = None
    ) -> HttpResponse:
        reading = Reading.from_json(page.reading)
        following = page.batch.pages.to_mend().filter(position__gt=page.position)
        context = {
            **self.admin_site.each_context(request),
            "title": page.name,
            "page": page,
            "form": form,
            "meanwhile": meanwhile,
            "is_open": page.state in importing.OPEN and self.may_mend(request),
            "may_take_back": page.state == BatchPage.State.LEFT and self.may_mend(request),
            "draft": _draft_of(request, page),
            "following": following.only("pk", "name").first(),
            "parts": [
                (part, [(text, number, reading.left_out[number or 0] if number is not None else None)
                        for text, number in reading.in_order(part)])
                for part in PARTS
            ],
        }  # fmt: skip
        return TemplateResponse(request, "admin/content/batchpage/mend.html", context)

    def raw(self, request: HttpRequest, pk: int) -> HttpResponse:
        return _as_it_came(request, self._page(request, pk))

    def as_json(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page in the form of the import samples, as the command writes it."""
        page = self._page(request, pk)
        text = json.dumps(page.result, ensure_ascii=False, indent=1) + "\n"
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="page-{page.pk}.json"'
        return answer


def _draft_of(request: HttpRequest, page: BatchPage) -> str:
    """The address of the draft that was made of the page, where this editor may see one."""
    article = Article.objects.seen_by(editor(request)).filter(pk=page.article_id or 0).first()
    newest = article.revisions.order_by("-number").first() if article else None
    return reverse("admin:content_revision_change", args=[newest.pk]) if newest else ""


@xframe_options_sameorigin
@csp_override(INERT)
def _as_it_came(request: HttpRequest, page: BatchPage) -> HttpResponse:
    """The page's own words, for a frame: as a browser would set them, or as they are written."""
    data = page.raw
    if data is None:
        data = ImportedPage.objects.filter(sha256=page.sha256).values_list("raw", flat=True).first()
    try:
        text = decode(bytes(data or b"")).text
    except NotText as error:
        text = str(error)
    # What was refused may be made to keep a parser busy, so only its text is shown.
    is_set = page.result.get("source", {}).get("format") == "html" and page.state != BatchPage.State.REFUSED
    if is_set and request.GET.get("as") != "text":
        return HttpResponse(format_html(AS_IT_CAME, mark_safe(sanitise(text))))  # noqa: S308  # nh3's output
    return HttpResponse(format_html(AS_IT_CAME, format_html("<pre>{}</pre>", text)))
