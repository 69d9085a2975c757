"""One school's page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import DetailView

from listings.contact import address_lines, links, telephone
from listings.fields import year_name
from listings.models import School
from listings.models.school import SchoolQuerySet
from listings.places import STATES
from listings.profile import Profile, read_profile


class SchoolDetail(DetailView[School]):
    """What is known of a school; one that is gone keeps its page with a notice."""

    template_name = "listings/school_detail.html"
    context_object_name = "school"

    def get_queryset(self) -> SchoolQuerySet:
        return School.objects.known().select_related("successor")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        school = self.get_queryset().filter(slug=kwargs["slug"]).first()
        if school is None:
            words = kwargs["slug"].replace("-", " ").replace("_", " ")
            return render(request, "listings/no_such_school.html", {"words": words}, status=404)
        self.object = school
        return self.render_to_response(self.get_context_data(object=school))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        profile = read_profile(self.object)
        row, website = profile.directory, profile.own.get("website")
        own = links(row, "" if website is None or website.lapsed else website.text)
        return super().get_context_data(**kwargs) | {
            "profile": profile,
            "logo": profile.logo,
            "notice": notice(self.object),
            "state_name": STATES.get(self.object.state, ""),
            "address_lines": address_lines(row) if row else [],
            "telephone": telephone(row.phone) if row else "",
            "links": own,
            "correct": "" if self.object.is_sample else reverse("school-correct", args=[self.object.slug]),
            "structured": structured(profile, dict(own).get("Website", "")),
        }


def notice(school: School) -> str:
    """Why a school is not listed any more, in the words of what the files say; empty for a listed one."""
    of_year = f" of {school.status_year}" if school.status_year else ""
    match school.status:
        case School.Status.CLOSED:
            on = school.closed_on
            day = f" on {on:%B} {on.day}, {on.year}" if on else ""
            whose = f"the federal directory{of_year} says" if of_year else "stated to this site"
            return f"This school closed{day}, as {whose}."
        case School.Status.MERGED:
            return f"This school became part of another one, as the federal directory{of_year} says."
        case School.Status.ABSENT:
            return f"Not in the directory{of_year} any more. The federal files do not say why."
        case School.Status.NO_ROW if school.unitid is None and not school.is_sample:
            return "This school is not in IPEDS, and states no program in this field."
        case School.Status.NO_ROW:
            last = f" (last: {year_name(school.last_awards_year)})" if school.last_awards_year else ""
            still = f"The directory{of_year} still names the school."
            return f"No awards reported in this field any more{last}. {still}"
        case _:
            return ""


def structured(profile: Profile, website: str) -> dict[str, Any] | None:
    """The school in schema.org's words; an invented one is described to nobody."""
    school, row = profile.school, profile.directory
    if school.is_sample:
        return None
    place = {"addressLocality": school.city, "addressRegion": school.state, "addressCountry": "US"}
    own = {field: said.text for field, said in profile.own.items() if not said.lapsed}
    if row and "address" not in own:
        place |= {"streetAddress": row.address, "postalCode": row.zip}
    phone = own.get("phone") or (telephone(row.phone) if row else "")
    known: dict[str, Any] = {"telephone": phone} if phone else {}
    if website:
        known["sameAs"] = website
    if profile.logo:
        known["logo"] = f"{settings.SITE_URL}{profile.logo.source}"
    return {
        "@context": "https://schema.org",
        "@type": "EducationalOrganization",
        "name": school.name,
        "url": f"{settings.SITE_URL}{school.get_absolute_url()}",
        "address": {"@type": "PostalAddress"} | {key: value for key, value in place.items() if value},
    } | known
