"""Once a year: is what is stated still correct? One press for each program, or one for all."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from listings.models import Mailbox, School
from listings.submissions.still_correct import confirm, to_confirm
from listings.views.for_schools.private import visiting

ALL = "all"


@visiting
def still_correct(request: HttpRequest, here: Mailbox, slug: str) -> HttpResponse:
    granted = here.claims.granted().values("school")
    school = School.objects.known().filter(slug=slug, pk__in=granted).first()
    if school is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        shown = dict(zip(request.POST.getlist("key"), request.POST.getlist("seen"), strict=False))
        try:
            confirm(school, shown if do == ALL else _one(shown, do), mailbox=here)
        except ValidationError as error:
            refused = error.messages[0]
        else:
            return HttpResponseRedirect(f"{request.path}?done=1")
    context = {
        "school": school,
        "rows": list(to_confirm(school).values()),
        "refused": refused,
        "is_done": "done" in request.GET and not refused,
    }
    return render(request, "listings/for_schools/still_correct.html", context)


def _one(shown: dict[str, str], do: str) -> dict[str, str]:
    """That of one button, whose value is `key-51.0713.21`, or `key-` for the school itself."""
    key = do.removeprefix("key-")
    return {key: shown[key]} if do.startswith("key-") and key in shown else {}
