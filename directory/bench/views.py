"""What the benchmark's server answers beside the site, for pages to be measured against."""

from typing import Any

from django.views.generic import TemplateView

from listings.models import ListingRow
from listings.search import SchoolSearch
from listings.views.school_list import SchoolList


class Floor(TemplateView):
    """One query of 20 rows and a plain template of 20 cards: the least that a page of the list could cost."""

    template_name = "bench/floor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = ListingRow.objects.select_related("school").only(
            "cip", "award", "awards", "awards_year", "tuition", "tuition_year", "months", "control", "group",
            "school__name", "school__slug", "school__city", "school__state",
        )  # fmt: skip
        return super().get_context_data(**kwargs) | {"rows": rows.order_by("rank_key")[:20]}


class WithoutNumbers(SchoolList):
    """The school list without its choices and their numbers of schools."""

    def numbers(self, search: SchoolSearch) -> dict[str, Any]:
        return {}
