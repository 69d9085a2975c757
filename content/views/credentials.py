"""Credentials and specialties: what there is, what each asks for, what was written about it."""

from typing import Any

from django.db.models import Prefetch
from django.views.generic import DetailView, ListView, TemplateView

from content.choosing import suggest
from content.models import CertifyingBody, Credential, Requirement, Revision, RevisionQuerySet, Specialty
from content.narrowing import ChoiceForm, CredentialForm
from content.reading import entries

SHOWN_ARTICLES = 10


class CredentialList(TemplateView):
    """The credentials beside each other, by certifying body; narrowed by what a reader chose."""

    template_name = "content/credential_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = list(CertifyingBody.objects.filter(credentials__isnull=False).distinct())
        form = CredentialForm(self.request.GET, bodies=bodies)
        found = list(Credential.objects.narrowed(form.chosen).compared())
        stated = [credential for credential in found if credential.is_stated]  # type: ignore[attr-defined]
        by_body = [(body, [each for each in stated if each.body_id == body.pk]) for body in bodies]
        return super().get_context_data(**kwargs) | {
            "form": form,
            "tables": [(body, credentials) for body, credentials in by_body if credentials],
            "stated": stated,
            "unsaid": [credential for credential in found if credential not in stated],
        }


class CredentialChoice(TemplateView):
    """Which one is for me: two questions, and what is on record for the answers."""

    template_name = "content/credential_choice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ChoiceForm(self.request.GET or None)
        if not form.is_bound:
            return super().get_context_data(**kwargs) | {"form": form}
        chosen = form.chosen
        found = suggest(chosen.get("setting", ""), chosen.get("shown", ""))
        return super().get_context_data(**kwargs) | {"form": form, "found": found}


class CredentialDetail(DetailView[Credential]):
    """What a credential is, and what its body asks for as reported by a source of a year."""

    queryset = Credential.objects.select_related("body", "became", "source").prefetch_related(
        Prefetch("requirements", Requirement.objects.select_related("source")),
        "was",
        "specialties",
        "settings__source",
        "attributions__source",
    )
    template_name = "content/credential_detail.html"
    context_object_name = "credential"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = list(self.object.requirements.all())
        return super().get_context_data(**kwargs) | {
            "asked": [
                (label, [requirement for requirement in asked if requirement.kind == kind])
                for kind, label in Requirement.Kind.choices
            ],
            "reported": {each.attribute: each for each in self.object.attributions.all()},
            "entries": entries(naming(credentials=self.object)),
        }


class SpecialtyList(ListView[Specialty]):
    queryset = Specialty.objects.all()
    template_name = "content/specialty_list.html"
    context_object_name = "specialties"


class SpecialtyDetail(DetailView[Specialty]):
    queryset = Specialty.objects.select_related("source").prefetch_related(
        Prefetch("credentials", Credential.objects.select_related("body", "source"))
    )
    template_name = "content/specialty_detail.html"
    context_object_name = "specialty"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"entries": entries(naming(specialties=self.object))}


def naming(**what: Credential | Specialty) -> RevisionQuerySet:
    """The newest live articles that name it."""
    revisions = Revision.objects.live().articles().filter(**what).newest_first()
    return revisions.select_related("article__topic")[:SHOWN_ARTICLES]
