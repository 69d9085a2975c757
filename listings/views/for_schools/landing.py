"""What schools can do here, and the way to theirs."""

from typing import Any, Final

from django.db.models import Case, When
from django.views.generic import TemplateView

from content.lib.fulltext import MAX_CHARACTERS, words
from listings.models import SCHOOL_TEXT, School

MOST: Final = 10


class ForSchools(TemplateView):
    """Sets no cookie; `q` finds schools by words, `school` names one by its slug."""

    template_name = "listings/for_schools/landing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = " ".join(self.request.GET.get("q", "")[: 4 * MAX_CHARACTERS].split())[:MAX_CHARACTERS]
        slug = self.request.GET.get("school", "")
        return super().get_context_data(**kwargs) | {
            "q": query,
            "asked": bool(query or slug),
            "schools": _named(slug) if slug else _found(query),
        }


def _named(slug: str) -> list[School]:
    return list(School.objects.known().filter(slug=slug)) if slug.isascii() and slug.isprintable() else []


def _found(query: str) -> list[School]:
    """Listed ones first; closed ones too, as who was closed by mistake wants to say so."""
    sought = words(query)
    if not sought:
        return []
    known = School.objects.known()
    found = known.filter(SCHOOL_TEXT.holds(sought, known.db))
    order = SCHOOL_TEXT.relevance(sought, known.db)
    listed_first = Case(When(status=School.Status.LISTED, then=0), default=1)
    return list(found.order_by(listed_first, order, "rank_key").defer("text")[:MOST])
