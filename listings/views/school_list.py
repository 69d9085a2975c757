"""The school list, and how it is ordered."""

from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from content.lib.pages import NumberedPagesMixin
from listings.beyond import beyond
from listings.controls import controls, remove_label
from listings.facets import facets
from listings.filters import SchoolFilter
from listings.models import SCHOOL_TEXT, Placement, School
from listings.ordering import CRITERIA
from listings.results import results
from listings.search import SchoolSearch
from listings.sentences import heading
from listings.state_map import schools_by_state, state_map
from listings.wanted import CHOICES, Wanted

ROOM: Final = 5


class SchoolList(NumberedPagesMixin, TemplateView):
    """Filtered, sorted, in numbered pages; one address for each set of choices."""

    template_name = "listings/school_list.html"

    @cached_property
    def schools(self) -> SchoolFilter:
        return SchoolFilter(self.request.GET)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.schools.has_empty_key():
            return HttpResponseRedirect(self.page_address(self.page_number))
        return super().get(request, *args, **kwargs)

    def page_query(self) -> str:
        return self._query

    @cached_property
    def _query(self) -> str:
        return self.schools.query()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.schools.wanted
        search = SchoolSearch(wanted)
        found = results(search, pages=self.pages, placement=Placement.SCHOOL_LIST)
        notes = self.schools.notes
        context = {
            "found": found,
            "wanted": wanted,
            "heading": heading(wanted),
            "notes": notes,
            "near_text": self.schools.near_text,
            "near_guesses": [
                {"label": str(guess), "address": replace(wanted, near=guess).address()}
                for guess in self.schools.near_guesses
            ],
            "beyond": beyond(search, listed=found.counts.listed, page=self.page_number),
            "chips": self._chips(wanted),
            **self.numbers(search),
            "canonical": _canonical(wanted, self.page_number),
            "noindex": bool(notes) or not found.counts.listed or not wanted.is_indexed(),
            # A crawler that an article led here turns no pages.
            "pager_rel": "" if wanted.is_indexed() else "nofollow",
        }
        if not found.counts.listed:
            context |= self._ways_on(search)
        return super().get_context_data(**context, **kwargs)

    def numbers(self, search: SchoolSearch) -> dict[str, Any]:
        """What shows how many schools each choice leads to; a circle around a place needs no map."""
        is_mapped = search.wanted.near is None
        return {
            "controls": controls(search.wanted, facets(search.answer, self.schools.credentials)),
            "state_map": is_mapped and state_map(schools_by_state(search.answer), search.wanted),
        }

    def _chips(self, wanted: Wanted) -> list[dict[str, Any]]:
        return [
            {
                "label": remove_label(key, value, CHOICES.get(key, self.schools.credentials)),
                "address": wanted.without(key, value).address(),
            }
            for key, value in wanted.filters()
        ]

    def _ways_on(self, search: SchoolSearch) -> dict[str, Any]:
        """For a page without schools: which choice to drop for how many, names spelt nearly like it."""
        wanted = search.wanted
        guesses = SCHOOL_TEXT.guesses(wanted.q, limit=ROOM) if wanted.q else []
        listed = School.objects.listed().filter(name__in=guesses) if guesses else School.objects.none()
        return {
            "loosened": [
                {
                    "labels": [chip["label"] for chip in self._chips(wanted.only(key))],
                    "schools": schools,
                    "address": wanted.without(key).address(),
                }
                for key, schools in search.loosened().items()
            ],
            "guesses": listed[:ROOM],
            "with_unsaid": wanted.without("include_unknown").address(),
        }


class HowOrdered(TemplateView):
    """Printed from the list of criteria that the code runs."""

    template_name = "listings/how_ordered.html"
    extra_context = {"criteria": CRITERIA}


def _canonical(wanted: Wanted, page: int) -> str:
    """A list of one whole state stands on the state's own page, in the same order and the same pages."""
    address = wanted.address()
    if wanted.state and wanted.is_indexed():
        address = reverse("state-detail", args=[wanted.state[0].lower()])
    return f"{address}{'&' if '?' in address else '?'}page={page}" if page > 1 else address
