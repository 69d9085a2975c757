"""Files of pictures, as this site drew them."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

from content.lib.verbs import read_only
from content.pictures import folder

POLICY: Final[dict[str, Any]] = {"default-src": [CSP.NONE], "frame-ancestors": [CSP.NONE]}
YEAR: Final = 365 * 24 * 3600


@read_only
@csp_override(POLICY)
def picture_file(request: HttpRequest, name: str) -> HttpResponse:
    """The address lets no other names through; behind each stand the same bytes for ever."""
    try:
        data = (folder() / name).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(data, content_type="image/webp")
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer
