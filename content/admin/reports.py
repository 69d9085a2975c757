"""Errors that readers reported: read here, and answered on a page of their own."""

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from content.admin.access import editor
from content.admin.providers import ReadOnlyAdmin
from content.models import ErrorReport, Revision
from content.models.error_report import MOVES, Given

State = ErrorReport.State
PUBLISHED: Final = "Answered. Readers find the answer under corrections."
DONE: Final[dict[str, str]] = {
    State.NEW: "The report is open again, and its answer is gone from corrections.",
    State.CORRECTED: PUBLISHED,
    State.NOT_AN_ERROR: PUBLISHED,
    State.DUPLICATE: "Answered, as one that was reported before.",
    State.NO_REPORT: "Put away. Readers see nothing of it.",
}


class AnswerForm(forms.Form):
    """What became of a report; the moves that its state allows, and what each of them needs."""

    move = forms.ChoiceField(label="What became of it", widget=forms.RadioSelect)
    answer = forms.CharField(
        label="Answer for readers",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In plain words, what was wrong and what stands there now, or why it is no error.",
    )
    revision = forms.ModelChoiceField(
        Revision.objects.none(),
        label="Corrected in",
        required=False,
        help_text="A text that readers have seen. Publish the corrected one first.",
    )
    duplicate_of = forms.ModelChoiceField(
        ErrorReport.objects.none(), label="Reported before as", required=False
    )

    def __init__(self, report: ErrorReport, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        choices: Any = self.fields["move"]
        choices.choices = [(move.name, move.label) for move in MOVES.values() if report.state in move.starts]
        texts: Any = self.fields["revision"]
        public = Q(publications__isnull=False) | Q(pk__in=Revision.objects.live().order_by().values("pk"))
        seen = Revision.objects.filter(public, article=report.article_id).order_by().values("pk")
        texts.queryset = Revision.objects.filter(pk__in=seen).order_by("-number")
        others: Any = self.fields["duplicate_of"]
        first = ErrorReport.objects.exclude(pk=report.pk).exclude(state=State.DUPLICATE)
        others.queryset = first.filter(article=report.article_id, address=report.address)

    def save(self, request: HttpRequest) -> bool:
        """Makes the move; False where it may not be made, with the reason in the form."""
        given = dict(self.cleaned_data)
        try:
            self.report.move(given.pop("move"), Given(**given), by=editor(request))
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnlyAdmin[ErrorReport]):
    list_display = ["sent_at", "page", "said", "state", "answered_by", "to_answer"]
    list_filter = ["state", "sent_at"]
    list_select_related = ["answered_by"]
    search_fields = ["about", "address", "text", "answer"]
    fields = ["sent_at", "about", "page", "text", "evidence", "email", "state", "answer", "revision"]
    fields += ["duplicate_of", "answered_by", "answered_at", "to_answer"]
    actions = ["put_away"]

    def get_urls(self) -> list[URLPattern]:
        answer = self.admin_site.admin_view(self.answer_page)
        return [path("<int:pk>/answer/", answer, name="content_errorreport_answer"), *super().get_urls()]

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("content.change_errorreport")

    @admin.display(description="Page")
    def page(self, report: ErrorReport) -> SafeString | str:
        if not report.address:
            return report.about or "none named"
        return format_html('<a href="{0}">{0}</a>', report.address)

    @admin.display(description="What is wrong")
    def said(self, report: ErrorReport) -> str:
        return Truncator(report.text).chars(90)

    @admin.display(description="Answer")
    def to_answer(self, report: ErrorReport) -> SafeString:
        address = reverse("admin:content_errorreport_answer", args=[report.pk])
        words = "Answer" if report.state == State.NEW else "Open it again"
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.action(description="These report nothing (advertising, nonsense)", permissions=["answer"])
    def put_away(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        waiting = list(queryset.filter(state=State.NEW))
        for report in waiting:
            report.move("no-report", by=editor(request))
        self.message_user(request, f"{len(waiting)} put away.", messages.SUCCESS)

    def answer_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows a report whole, and takes the answer."""
        if not self.has_answer_permission(request):
            raise PermissionDenied
        rows = ErrorReport.objects.select_related("article", "revision", "answered_by", "duplicate_of")
        report = get_object_or_404(rows, pk=pk)
        form = AnswerForm(report, request.POST or None)
        if request.method == "POST" and form.is_valid() and form.save(request):
            self.log_change(request, report, f"{MOVES[form.cleaned_data['move']].label}.")
            messages.success(request, DONE[report.state])
            waiting = reverse("admin:content_errorreport_changelist") + "?state__exact=new"
            return HttpResponseRedirect(waiting)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Report: {report}",
            "report": report,
            "form": form,
        }
        return TemplateResponse(request, "admin/content/errorreport/answer.html", context)
