"""What was sent without the form's token, given back in a form that has one."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from listings.views.for_schools.private import private

# Where people type; to press a button again on the others, their page is opened again.
TYPED: Final = {
    *("school-link", "school-correct", "school-new", "school-draft"),
    *("school-sent", "school-person", "school-claim", "school-upload"),
}
NOT_TYPED: Final = {"csrfmiddlewaretoken", "stamp", "do", "version", "to"}


def is_typed(request: HttpRequest) -> bool:
    """Whether the page is one whose forms hold words."""
    return request.resolver_match is not None and request.resolver_match.url_name in TYPED


@private
def send_again(request: HttpRequest) -> HttpResponse:
    """Everything in hidden fields under one button; words are shown too, so that nothing depends on it."""
    given = [(name, text) for name, texts in request.POST.lists() for text in texts]
    context = {
        "to": request.get_full_path(),
        "pairs": [pair for pair in given if pair[0] != "csrfmiddlewaretoken"],
        "typed": [text for name, text in given if name not in NOT_TYPED and text.strip()],
    }
    return render(request, "listings/for_schools/again.html", context, status=403)
