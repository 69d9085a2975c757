"""A value of a school is corrected: one alone, on the shortest page of the site."""

import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from listings.models import School
from listings.models.submission import PROMISED
from listings.stating import FIELDS, SCHOOL_FIELDS
from listings.submissions.filling import Filling, kept
from listings.views.for_schools import visit
from listings.views.for_schools.private import private
from listings.views.for_schools.send_form import SendForm, faults, form_for, sent

REFERENCE: Final = re.compile(r"SB-[2-9A-Z]{8}")


@private
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    school = School.objects.known().filter(slug=slug).first()
    if school is None:
        return render(request, "listings/no_such_school.html", {"words": slug.replace("-", " ")}, status=404)
    if "sent" in request.GET:
        return received(request, school)
    return one_value(request, school)


def one_value(request: HttpRequest, school: School) -> HttpResponse:
    field, program = request.GET.get("field", ""), request.GET.get("program", "")
    typed = kept(request.POST) if request.method == "POST" else None
    filling = Filling(school, typed, of_school=(field,), only=program, one_field=field)
    is_of_school = field in SCHOOL_FIELDS and not program
    is_known = field in FIELDS and (is_of_school or (field not in SCHOOL_FIELDS and bool(filling.parts)))
    if not is_known:
        return render(request, "listings/for_schools/no_such_value.html", {"school": school}, status=404)
    form = form_for(request)
    if form.is_bound and (answer := sent(request, filling, form)):
        return answer
    part = None if is_of_school else filling.parts[0]
    context = {"part": part, "slot": part.slots[0] if part else filling.slots[0]}
    return shown(request, "correct_one", filling, form, **context)


def shown(request: HttpRequest, page: str, filling: Filling, form: SendForm, **context: Any) -> HttpResponse:
    """A form as it is, with what is to be mended said first."""
    context |= {"school": filling.school, "filling": filling, "form": form, "faults": faults(filling, form)}
    context |= {"mailbox": visit.mailbox(request), "action": request.get_full_path()}
    status = 429 if form.is_too_much else 200
    return render(request, f"listings/for_schools/{page}.html", context, status=status)


def received(request: HttpRequest, school: School | None) -> HttpResponse:
    """What happens next: the same words whoever sent something, and whatever became of it."""
    reference = request.GET["sent"]
    context = {
        "school": school,
        "reference": reference if REFERENCE.fullmatch(reference) else "",
        "mailbox": visit.mailbox(request),
        "days": PROMISED.days,
    }
    return render(request, "listings/for_schools/received.html", context)
