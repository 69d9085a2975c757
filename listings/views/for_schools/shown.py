"""Forms as they are shown, and what is said once they are sent or kept."""

import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from listings.models import School
from listings.models.submission import PROMISED
from listings.submissions.filling import Filling
from listings.views.for_schools import visit
from listings.views.for_schools.send_form import SendForm, faults

REFERENCE: Final = re.compile(r"SB-[2-9A-Z]{8}")


def shown(request: HttpRequest, page: str, filling: Filling, form: SendForm, **context: Any) -> HttpResponse:
    """A form as it is, with what is to be mended said first."""
    context |= {"school": filling.school, "filling": filling, "form": form, "faults": faults(filling, form)}
    context |= {"mailbox": visit.mailbox(request), "action": request.get_full_path()}
    status = 429 if form.is_too_much else 200
    return render(request, f"listings/for_schools/{page}.html", context, status=status)


def told(request: HttpRequest, school: School | None) -> HttpResponse | None:
    """What happens next, for an address that a form led to; None for another.

    The same words whoever sent something, and whatever became of it.
    """
    if "sent" not in request.GET and "saved" not in request.GET:
        return None
    reference = request.GET.get("sent", "")
    context = {
        "school": school,
        "is_saved": not reference,
        "reference": reference if REFERENCE.fullmatch(reference) else "",
        "days": PROMISED.days,
    }
    return render(request, "listings/for_schools/received.html", context)
