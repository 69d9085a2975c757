"""Who one is, and leaving."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from listings.models import Mailbox
from listings.views.for_schools import visit
from listings.views.for_schools.forms import PersonForm
from listings.views.for_schools.private import private, visiting


@visiting
def person(request: HttpRequest, here: Mailbox) -> HttpResponse:
    """Name and position, which editors alone see."""
    known = {"person": here.person, "position": here.position}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=known)
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "listings/for_schools/person.html", {"form": form}, status=status)
    Mailbox.objects.filter(pk=here.pk).update(**form.cleaned_data)
    return HttpResponseRedirect(reverse("school-my"))


@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Closes the page in this browser."""
    visit.end(request)
    return HttpResponseRedirect(reverse("for-schools"))
