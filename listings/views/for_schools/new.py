"""A school that is new to us: the same form, with the schools beside it that it may be."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.lib.clock import database_now
from listings.submissions.filling.alike import alike_of
from listings.views.for_schools import visit
from listings.views.for_schools.private import private
from listings.views.for_schools.shown import told
from listings.views.for_schools.whole import whole

# So often one network may look while it types, in a minute.
MOST_LOOKS: Final = 60


@private
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and (answered := told(request, None)):
        return answered
    return whole(request, None)


@never_cache
@require_safe
def alike_now(request: HttpRequest) -> HttpResponse:
    """The schools that what is typed may mean, as a part of the page; nothing for who asks very often."""
    minute = int(database_now().timestamp() // 60)
    key = f"alike:{visit.network(request)}:{minute}"
    cache.add(key, 0, timeout=90)
    try:
        looks = cache.incr(key)
    except ValueError:  # a full cache let it go in between
        looks = 1
    found = alike_of(dict(request.GET.lists())) if looks <= MOST_LOOKS else []
    response = render(request, "listings/for_schools/_alike.html", {"alike": found})
    response["X-Robots-Tag"] = "noindex"
    return response
