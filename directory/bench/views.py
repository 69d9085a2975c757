"""What the benchmark's server answers beside the site: the floor that pages are measured against."""

from typing import Any

from django.views.generic import TemplateView

from listings.models import ListingRow


class Floor(TemplateView):
    """One query of 20 rows and a plain template of 20 cards: the least that a page of the list could cost."""

    template_name = "bench/floor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = ListingRow.objects.select_related("school").only(
            "cip", "award", "awards", "awards_year", "tuition", "tuition_year", "months", "control", "group",
            "school__name", "school__slug", "school__city", "school__state",
        )  # fmt: skip
        return super().get_context_data(**kwargs) | {"rows": rows.order_by("rank_key")[:20]}
