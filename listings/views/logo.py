"""A school's logo, once an editor has accepted it."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

from content.lib.verbs import read_only
from listings import logos
from listings.models import Statement
from listings.stating import typed

POLICY: Final[dict[str, Any]] = {"default-src": [CSP.NONE], "frame-ancestors": [CSP.NONE]}
YEAR: Final = 365 * 24 * 3600


@read_only
@csp_override(POLICY)
def school_logo(request: HttpRequest, slug: str, mark: str) -> HttpResponse:
    """What stands of that very school and nothing else: a picture that waits or was taken back is not there.

    Behind one address stand the same bytes for ever.
    """
    field = Statement.Field.LOGO
    rows = Statement.objects.filter(school__slug=slug, program=None, field=field, replaced_at=None)
    value = rows.values_list("value", flat=True).first()
    if value is None or typed.write(field, value) != mark:
        raise Http404
    try:
        data = logos.path(value).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(data, content_type="image/webp")
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer
