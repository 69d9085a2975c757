"""Many programs in one spreadsheet: a template, an upload, lines mended here, one sending."""

import re
from collections import defaultdict
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from content.lib.tables import BadFile
from listings.models import Mailbox, School, Sheet, Submission
from listings.submissions.sending import TooMany
from listings.submissions.sheets import files, keeping, showing, template
from listings.submissions.sheets.columns import CLEAR, TEMPLATE
from listings.views.for_schools import visit
from listings.views.for_schools.private import visiting

INPUT: Final = re.compile(r"r([0-9]{1,18})-([a-z_]{1,30})")
NO_FILE: Final = "Choose the file that you filled in."
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@visiting
def upload(request: HttpRequest, here: Mailbox, slug: str) -> HttpResponse:
    """The mailbox's sheet for a school: none yet, or its lines that need mending, or all ready to be sent."""
    school = get_object_or_404(School.objects.known(), slug=slug)
    sheet = _own(here, school)
    do = request.POST.get("do", "")
    if request.method != "POST":
        return _shown(request, school, sheet)
    if do == "upload":
        return _uploaded(request, here, school, sheet)
    if do == "drop":
        here.sheets.filter(school=school).delete()
        return HttpResponseRedirect(request.path)
    return _sent(request, here, school, leave_out=do == "send-good")


def _own(here: Mailbox, school: School) -> Sheet | None:
    return here.sheets.select_related("school", "submission").filter(school=school).first()


@visiting
def upload_template(request: HttpRequest, here: Mailbox, slug: str, form: str) -> HttpResponse:
    """The school's programs with what is stated of them."""
    school = get_object_or_404(School.objects.known(), slug=slug)
    data = template.csv_of(school) if form == "csv" else template.xlsx_of(school)
    answer = HttpResponse(data, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="programs-{school.slug}.{form}"'
    return answer


def _uploaded(request: HttpRequest, here: Mailbox, school: School, sheet: Sheet | None) -> HttpResponse:
    given = request.FILES.get("file")
    if given is None:
        return _shown(request, school, sheet, file_error=NO_FILE)
    try:
        # One byte more than may be, so that a larger file is refused without being read.
        keeping.store(here, school, given.read(files.MOST_BYTES + 1), given.name or "")
    except (BadFile, ValidationError) as refused:
        said = refused.messages[0] if isinstance(refused, ValidationError) else str(refused)
        return _shown(request, school, sheet, file_error=said)
    return HttpResponseRedirect(request.path)


def _sent(request: HttpRequest, here: Mailbox, school: School, *, leave_out: bool) -> HttpResponse:
    """Keeps what was typed, then sends where all lines pass, or those that do."""
    sheet = _own(here, school)
    if sheet is None or not sheet.rows.exists():
        # Sent a moment ago, as by a second press of the button.
        return _left(request, sheet.submission if sheet else None)
    version = request.POST.get("version", "")
    typed = _typed(request)
    press = keeping.Press(
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        typed=typed,
        leave_out=leave_out,
        word=request.POST.get("word", ""),
    )
    try:
        return _left(request, keeping.mend_and_send(sheet, visit.sender(request), press))
    except keeping.ChangedMeanwhile as refused:
        kept = [text for cells in typed.values() for text in cells.values() if text.strip()]
        sheet = _own(here, school)
        if not kept and sheet and not sheet.rows.exists():
            return _left(request, sheet.submission)
        return _shown(request, school, sheet, said=refused.messages[0], typed=kept)
    except ValidationError as refused:
        status = 429 if isinstance(refused, TooMany) else 200
        return _shown(request, school, _own(here, school), said=refused.messages[0], status=status)


def _left(request: HttpRequest, submission: Submission | None) -> HttpResponse:
    where = reverse("school-sent", args=[submission.reference]) if submission else request.path
    return HttpResponseRedirect(where)


def _typed(request: HttpRequest) -> dict[int, dict[str, str]]:
    """What was typed into cells, by the ids of their rows."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for name in request.POST:
        if cell := INPUT.fullmatch(name):
            found[int(cell[1])][cell[2]] = request.POST[name]
    return found


def _shown(
    request: HttpRequest, school: School, sheet: Sheet | None, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"school": school, "sheet": sheet, "clear": CLEAR, "most_rows": files.MOST_ROWS}
    context |= {"most_megabytes": files.MOST_BYTES // 10**6, "columns": TEMPLATE}
    if sheet is None or not sheet.rows.exists():
        return render(request, "listings/for_schools/upload.html", context, status=status)
    found = keeping.review(sheet)
    shown = found.bad[: showing.LINES_A_PAGE]
    context |= {"review": found, "lines": list(showing.lines(shown)), "more": len(found.bad) - len(shown)}
    context |= {"changed": showing.changes(sheet, found.entries)}
    return render(request, "listings/for_schools/upload_review.html", context, status=status)
