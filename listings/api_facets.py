"""Numbers of schools beside each choice, in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from content.lib import api
from listings.api import CHOICES_ASKED, asked_of
from listings.facets import Facet, facets
from listings.filters import credential_choices
from listings.search import SchoolSearch


class ChoiceData(serializers.Serializer[Any]):
    value = serializers.CharField()
    name = serializers.CharField()
    schools = serializers.IntegerField(
        help_text="With a program that states the choice and meets the other keys by what it states."
    )
    perhaps = serializers.IntegerField(
        help_text="More that state the choice and did not say what other keys ask for."
    )
    chosen = serializers.BooleanField()


class FacetData(serializers.Serializer[Any]):
    """A key with its choices; its own choice is left out of its numbers."""

    key = serializers.CharField()
    did_not_say = serializers.IntegerField(help_text="Schools that are meant only because they did not say.")
    choices = ChoiceData(many=True)


class FacetsData(serializers.Serializer[Any]):
    """Numbers of schools; of the whole list, and beside each choice."""

    schools = serializers.IntegerField()
    programs = serializers.IntegerField(help_text="Those that bring the schools into the list.")
    stated = serializers.IntegerField(help_text="Schools that match by what they state.")
    did_not_say = serializers.IntegerField(help_text="Schools that did not say.")
    facets = FacetData(many=True)


class Facets(api.PublicView):
    """How many schools there are beside each choice of the school list."""

    @extend_schema(operation_id="facets", parameters=CHOICES_ASKED, responses=api.answers(FacetsData))
    def get(self, request: Request) -> Response:
        answer = SchoolSearch(asked_of(request)[1]).answer
        found = facets(answer, dict(credential_choices()))
        counts = answer.counts
        return Response(
            {
                "schools": counts.listed,
                "programs": counts.programs,
                "stated": counts.stated,
                "did_not_say": counts.unsaid,
                "facets": [_facet(facet) for facet in found.values()],
            }
        )


def _facet(facet: Facet) -> dict[str, Any]:
    choices = [
        {
            "value": choice.value,
            "name": choice.name,
            "schools": choice.schools,
            "perhaps": choice.perhaps,
            "chosen": choice.is_chosen,
        }
        for choice in facet.choices
    ]
    return {"key": facet.key, "did_not_say": facet.unsaid, "choices": choices}
