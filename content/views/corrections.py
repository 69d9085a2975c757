"""Errors that readers report, and what became of them."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from content.lib.clients import client_address
from content.lib.pages import NumberedPagesMixin
from content.models import ErrorReport, Revision
from content.report_form import ErrorReportForm
from content.reporting import Subject, TooMany, send, subject
from content.views.texts import PageDetail, contact_address

NO_COOKIE: Final = (
    "Your browser did not send back the cookie that protects this form. Your text is still here: send it"
    " again. If that does not help, allow cookies for this page, or write to the address on the contact page."
)


class Corrections(NumberedPagesMixin, PageDetail):
    """What was reported and answered, under the editors' words; the list stands without them too."""

    per_page = 20
    template_name = "content/corrections.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return self.render_to_response(self.answers())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.answers()

    def answers(self) -> dict[str, Any]:
        rows = ErrorReport.objects.answered_in_public()
        pages = self.pages(rows.count())
        shown = list(rows[pages.start : pages.stop])
        live = Revision.objects.live().filter(article__in={row.article_id for row in shown})
        texts = {text.article_id: text for text in live.select_related("article")} if shown else {}
        return {"pages": pages, "answers": [(row, texts.get(row.article_id or 0)) for row in shown]}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends: the only page for readers that sets a cookie, which protects the form."""
    if request.method != "POST":
        found = subject(request.GET.get("about", ""))
        if request.GET.get("sent"):
            return render(request, "content/report_sent.html", {"subject": found})
        return _form(request, ErrorReportForm(initial={"about": found.about}), found)
    form = ErrorReportForm(request.POST)
    found = subject(request.POST.get("about", ""))
    if not form.is_valid():
        return _form(request, form, found)
    words = {name: form.cleaned_data[name] for name in ("text", "evidence", "email")}
    try:
        report = send(found, network=client_address(request), **words)
    except TooMany as refused:
        form.add_error(None, refused)
        return _form(request, form, found, status=429)
    return HttpResponseRedirect(
        f"{reverse('report-error')}?{urlencode({'sent': '1', 'about': report.about})}"
    )


def without_cookie(request: HttpRequest) -> HttpResponse:
    """What was sent without the form's token, shown again in a form that has one."""
    form = ErrorReportForm(request.POST)
    form.add_error(None, NO_COOKIE)
    return _form(request, form, subject(request.POST.get("about", "")), status=403)


def _form(request: HttpRequest, form: ErrorReportForm, found: Subject, status: int = 200) -> HttpResponse:
    context = {"form": form, "subject": found, "contact": contact_address()}
    return render(request, "content/report_error.html", context, status=status)
