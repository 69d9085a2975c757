"""Asking to speak for a school."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from listings.models import Mailbox, School
from listings.submissions import claims, domains
from listings.views.for_schools.forms import ClaimForm
from listings.views.for_schools.private import visiting


@visiting
def claim(request: HttpRequest, here: Mailbox, slug: str) -> HttpResponse:
    """One button where the address is of the school's own domain, else a note or a letter for the editors."""
    school = get_object_or_404(School.objects.known(), slug=slug)
    form = ClaimForm(request.POST, request.FILES) if request.method == "POST" else ClaimForm()
    if form.is_valid():
        try:
            claims.claim(
                school, mailbox=here, note=form.cleaned_data["note"], letter=form.cleaned_data["letter"]
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return HttpResponseRedirect(f"{reverse('school-my')}#schools")
    context = {
        "school": school,
        "form": form,
        "is_own_domain": claims.is_granted_at_once(here, school),
        "is_of_domain": domains.speaks_for(here.domain, school),
        "domain": here.domain,
        "claim": here.claims.filter(school=school).first(),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "listings/for_schools/claim.html", context, status=status)
