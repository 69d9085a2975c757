"""A school's page as readers would see it, were everything accepted."""

from collections.abc import Iterable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from listings.fields import AWARD_LEVELS
from listings.logos import Logo, inline
from listings.models import Program, School, Statement
from listings.opening import open_program, open_school
from listings.statements import put, rebuild, take_back
from listings.submissions.filling import Filling
from listings.submissions.sending import Entry
from listings.views.for_schools import visit
from listings.views.for_schools.send_form import SendForm
from listings.views.school import SchoolDetail


def preview(
    request: HttpRequest, filling: Filling, entries: tuple[Entry, ...], form: SendForm
) -> HttpResponse:
    """The page's own templates over rows that are taken back before the answer: nothing of it is stored."""
    with transaction.atomic():
        school = _written(filling.school, entries)
        page = SchoolDetail()
        page.setup(request, slug=school.slug)
        page.object = school
        context = page.get_context_data(object=school)
        # Links that correct a value would lead away from what is typed.
        context["correct"] = ""
        # Nobody can ask for a picture that is not accepted yet: it comes with the page.
        context["logo"] = _logo(school)
        context |= {"filling": filling, "form": form, "action": request.get_full_path()}
        context |= {"mailbox": visit.mailbox(request), "version": request.POST.get("version", "")}
        response = render(request, "listings/for_schools/preview.html", context)
        transaction.set_rollback(True)
    return response


def _logo(school: School) -> Logo | None:
    stated = school.statements.valid().filter(field=Statement.Field.LOGO).first()
    return inline(stated.value) if stated else None


def _written(known: School | None, entries: Iterable[Entry]) -> School:
    said = {entry.field: entry.value for entry in entries if not entry.program_key}
    school = known or open_school(name=said["name"], address=said["address"])
    programs = {program.key: program for program in school.programs.all()}
    for entry in entries:
        program = programs.get(entry.program_key)
        if entry.program_key and program is None:
            program = programs[entry.program_key] = _opened(school, entry.program_key)
        if entry.value is None:
            take_back(school=school, program=program, field=entry.field)
        else:
            put(
                school=school,
                program=program,
                field=entry.field,
                value=entry.value,
                by=Statement.By.SCHOOL,
            )
    rebuild([school.pk])
    return School.objects.get(pk=school.pk)


def _opened(school: School, key: str) -> Program:
    cip, _, level = key.rpartition(".")
    return open_program(school, cip, AWARD_LEVELS[int(level)].code)
