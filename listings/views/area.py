"""Pages of a state, and of one field in a state: their own figures above their part of the school list."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import TemplateView

from content.lib.pages import NumberedPagesMixin
from content.models import Statistic
from listings.areas import awards_by_year, fields_taught, is_field, short_title
from listings.fields import cip_title
from listings.models import Placement
from listings.places import STATES
from listings.results import Results, results
from listings.search import SchoolSearch
from listings.wanted import Wanted

PAY: Final = "oews.29-2072.{state}.median-annual"


class AreaPage(NumberedPagesMixin, TemplateView):
    """What both have in common; `state` is the code in capitals, `cip` is empty for all fields."""

    template_name = "listings/area.html"
    state = ""
    cip = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked, self.cip = kwargs["state"], kwargs.get("field", "")
        self.state = asked.upper()
        if self.state not in STATES or (self.cip and not is_field(self.cip)) or not asked.isascii():
            state = self.state if self.state in STATES else ""
            context = {"asked": asked, "cip": self.cip, "state_name": STATES.get(state, ""), "state": state}
            return render(request, "listings/no_such_area.html", context, status=404)
        if asked != asked.lower():
            return HttpResponsePermanentRedirect(self._own_address())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = Wanted(state=(self.state,), field=(self.cip,) if self.cip else ())
        found = results(SchoolSearch(wanted), pages=self.pages, placement=Placement.SCHOOL_LIST)
        name = STATES[self.state]
        shown = [*found.stated, *found.unsaid]
        context = {
            "found": found,
            "state": self.state,
            "state_name": name,
            "cip": self.cip,
            "cip_title": cip_title(self.cip) if self.cip else "",
            "heading": self._heading(name),
            "title": short_title(self.cip, self.state, name)
            if self.cip
            else f"Medical coding schools in {name}",
            "noindex": all(card.school.is_sample for card in shown),
            "canonical": self.page_address(self.page_number),
        }
        if self.page_number == 1:
            context |= self._figures(found)
        return super().get_context_data(**kwargs) | context

    def _figures(self, found: Results) -> dict[str, Any]:
        """Four queries: fields, version, awards, pay."""
        fields = fields_taught(self.state)
        own = [field for field in fields if not self.cip or field.cip == self.cip]
        return {
            "fields": fields,
            "schools": found.counts.listed,
            "programs": sum(field.programs for field in own),
            "awards": awards_by_year(self.state, self.cip),
            "pay": Statistic.objects.with_current().filter(key=PAY.format(state=self.state.lower())).first(),
        }

    def _heading(self, name: str) -> str:
        return (
            f"{cip_title(self.cip)} in {name}"
            if self.cip
            else f"Medical billing and coding schools in {name}"
        )

    def _own_address(self) -> str:
        if self.cip:
            return reverse("field-state", args=[self.cip, self.state.lower()])
        return reverse("state-detail", args=[self.state.lower()])
