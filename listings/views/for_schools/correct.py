"""What a school's page says is corrected: one value alone, on the shortest page of the site, or all of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from listings.models import School
from listings.stating import FIELDS, SCHOOL_FIELDS
from listings.submissions.filling import Filling
from listings.views.for_schools.private import private
from listings.views.for_schools.received import received
from listings.views.for_schools.send_form import form_for, sent
from listings.views.for_schools.shown import shown, told
from listings.views.for_schools.whole import whole


@private
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    school = School.objects.known().filter(slug=slug).first()
    if school is None:
        return render(request, "listings/no_such_school.html", {"words": slug.replace("-", " ")}, status=404)
    if request.method != "POST" and (answer := told(request, school)):
        return answer
    return one_value(request, school) if "field" in request.GET else whole(request, school)


def one_value(request: HttpRequest, school: School) -> HttpResponse:
    field, program = request.GET.get("field", ""), request.GET.get("program", "")
    typed, refused = received(request) if request.method == "POST" else (None, {})
    filling = Filling(school, typed, of_school=(field,), only=program, one_field=field, refused=refused)
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
