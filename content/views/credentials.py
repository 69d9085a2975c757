"""Credentials and specialties: what there is, what each asks for, what was written about it."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.views.generic import DetailView, ListView

from content.models import CertifyingBody, Credential, Requirement, Revision, RevisionQuerySet, Specialty
from content.reading import entries

SHOWN_ARTICLES = 10


class CredentialList(ListView[CertifyingBody]):
    """Every certifying body with its credentials."""

    template_name = "content/credential_list.html"
    context_object_name = "bodies"

    def get_queryset(self) -> QuerySet[CertifyingBody]:
        return (
            CertifyingBody.objects.filter(credentials__isnull=False)
            .distinct()
            .prefetch_related("credentials")
        )


class CredentialDetail(DetailView[Credential]):
    """What a credential is, and what its body asks for as reported by a source of a year."""

    queryset = Credential.objects.select_related("body", "became", "source").prefetch_related(
        Prefetch("requirements", Requirement.objects.select_related("source")), "was"
    )
    template_name = "content/credential_detail.html"
    context_object_name = "credential"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reported = list(self.object.requirements.all())
        return super().get_context_data(**kwargs) | {
            "asked": [
                (label, [requirement for requirement in reported if requirement.kind == kind])
                for kind, label in Requirement.Kind.choices
            ],
            "entries": entries(naming(credentials=self.object)),
        }


class SpecialtyList(ListView[Specialty]):
    queryset = Specialty.objects.all()
    template_name = "content/specialty_list.html"
    context_object_name = "specialties"


class SpecialtyDetail(DetailView[Specialty]):
    queryset = Specialty.objects.all()
    template_name = "content/specialty_detail.html"
    context_object_name = "specialty"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"entries": entries(naming(specialties=self.object))}


def naming(**what: Credential | Specialty) -> RevisionQuerySet:
    """The newest live articles that name it."""
    revisions = Revision.objects.live().articles().filter(**what).newest_first()
    return revisions.select_related("article__topic")[:SHOWN_ARTICLES]
