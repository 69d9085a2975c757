"""What is kept of a person, to take away, and to be forgotten."""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from listings.models import Mailbox
from listings.submissions import privacy
from listings.views.for_schools import visit
from listings.views.for_schools.private import visiting

NOT_SURE: Final = "Tick the box first: what is erased cannot be brought back."


@visiting
def own_data(request: HttpRequest, here: Mailbox) -> HttpResponse:
    """The copy and the erasure each by a button, the erasure with a tick."""
    do, is_sure = request.POST.get("do"), "sure" in request.POST
    if do == "copy":
        answer = JsonResponse(privacy.export(here), safe=False, json_dumps_params={"indent": 1})
        answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
        return answer
    if do == "erase" and is_sure:
        privacy.erase(here)
        visit.end(request)
        return render(request, "listings/for_schools/erased.html")
    kept = [each for each in privacy.export(here) if each["rows"]]
    context = {"kept": kept, "wrong": NOT_SURE if do == "erase" else ""}
    return render(request, "listings/for_schools/own_data.html", context, status=400 if do else 200)
