"""Asking for a link to one's own page: one answer, whoever exists."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from listings.submissions import limits
from listings.submissions.letters import ask_for_link
from listings.submissions.mailboxes import mailbox_of
from listings.views.for_schools import visit
from listings.views.for_schools.forms import LinkForm
from listings.views.for_schools.private import private

TOO_MANY = (
    "Your network asked for many links today. Use one that you were sent, or come back tomorrow: what you"
    " sent is safe."
)


@private
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends."""
    if request.method != "POST":
        if request.GET.get("sent"):
            return render(request, "listings/for_schools/link_sent.html")
        return _form(request, LinkForm(initial={"to": request.GET.get("to", "")[: visit.LONGEST_PATH]}))
    form = LinkForm(request.POST)
    if form.is_trapped:
        return _sent()
    if not form.is_valid():
        return _form(request, form, 400)
    if not limits.take(limits.Kind.MAIL, visit.network(request)):
        form.add_error(None, TOO_MANY)
        return _form(request, form, 429)
    ask_for_link(mailbox_of(form.cleaned_data["address"]))
    visit.go_on_to(request, form.cleaned_data["to"])
    return _sent()


def _sent() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('school-link')}?sent=1")


def _form(request: HttpRequest, form: LinkForm, status: int = 200) -> HttpResponse:
    return render(request, "listings/for_schools/link.html", {"form": form}, status=status)
