"""Schools that a reader chose: side by side, and as a saved list that is nothing but an address."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView

from listings.cards import CardReader
from listings.chosen import Chosen, address, read_chosen
from listings.models import School
from listings.ordering import COMPLETENESS_FIELDS
from listings.sentences import joined
from listings.side_by_side import read
from listings.stating import PROGRAM_FIELDS

MOST_COMPARED: Final = 5
MOST_SAVED: Final = 25


class ChosenSchools(TemplateView):
    """A page about the schools that its address names; other spellings move to the one address."""

    page = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = read_chosen(request.GET)
        if not chosen.is_clean:
            return HttpResponseRedirect(chosen.address(self.page))
        return self.render_to_response(self.about(chosen))

    def about(self, chosen: Chosen) -> dict[str, Any]:
        raise NotImplementedError


class Compare(ChosenSchools):
    """Up to five schools side by side."""

    template_name = "listings/compare.html"
    page = "school-compare"

    def about(self, chosen: Chosen) -> dict[str, Any]:
        slugs = chosen.slugs
        names = dict(
            School.objects.known().filter(slug__in=slugs).order_by("slug").values_list("slug", "name")
        )
        shown = list(names)[:MOST_COMPARED]
        beside = read(shown, most=MOST_COMPARED)
        left = [names[slug] for slug in names if slug not in shown]
        notes = [chosen.unknown(names)]
        if left:
            notes.append(f"{MOST_COMPARED} schools fit side by side; left out: {joined(left)}.")
        return {
            "beside": beside,
            "columns": [(column, chosen.without(self.page, column.school.slug)) for column in beside.columns],
            "stated_rows": [
                (field.label, [column.stated.get(field.label, []) for column in beside.columns])
                for name, field in PROGRAM_FIELDS.items()
                if name in COMPLETENESS_FIELDS
                or any(field.label in column.stated for column in beside.columns)
            ],
            "notes": [note for note in notes if note],
            "saved_address": address("school-saved", shown),
            "has_samples": any(column.school.is_sample for column in beside.columns),
        }


class Saved(ChosenSchools):
    """The saved list: the browser keeps the slugs, the address carries them."""

    template_name = "listings/saved.html"
    page = "school-saved"

    def about(self, chosen: Chosen) -> dict[str, Any]:
        slugs = chosen.slugs
        known = School.objects.known().filter(slug__in=slugs).order_by("name_key", "slug")
        found = dict(known.values_list("slug", "pk"))
        shown = list(found.values())[:MOST_SAVED]
        notes = [chosen.unknown(found)]
        if len(found) > len(shown):
            notes.append(f"A list holds {MOST_SAVED} schools; the others are left out.")
        return {
            "cards": CardReader(shown).cards(shown),
            "notes": [note for note in notes if note],
            "address": chosen.address(self.page),
        }
