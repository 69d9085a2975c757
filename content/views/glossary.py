"""The glossary: words and acronyms of the trade, and the letters of credentials and their bodies."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.views.generic import ListView

from content.models import CertifyingBody, Credential, Revision, Term


@dataclass(frozen=True)
class Entry:
    """A term, and the live text to read on in."""

    term: Term
    article: Revision | None


class Glossary(ListView[Term]):
    """Every term at a place of its own on one page."""

    template_name = "content/glossary.html"
    context_object_name = "terms"

    def get_queryset(self) -> QuerySet[Term]:
        return Term.objects.select_related("source", "credential").prefetch_related("see_also")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        terms = list(context["terms"])
        return context | {
            "groups": by_letter(terms),
            "credentials": Credential.objects.exclude(code="").select_related("body").order_by("code"),
            "bodies": CertifyingBody.objects.all(),
            "structured": structured(terms),
        }


def by_letter(terms: list[Term]) -> list[tuple[str, list[Entry]]]:
    """The terms under the first letters of their names, in their order."""
    live = live_articles(terms)
    groups: dict[str, list[Entry]] = {}
    for term in sorted(terms, key=lambda each: each.name.casefold()):
        entry = Entry(term, live.get(term.article_id or 0))
        groups.setdefault(term.name[:1].upper(), []).append(entry)
    return list(groups.items())


def live_articles(terms: list[Term]) -> dict[int, Revision]:
    """Of the articles to read on in, those that readers can see, by the article's key."""
    wanted = {term.article_id for term in terms if term.article_id}
    if not wanted:
        return {}
    live = Revision.objects.live().articles().filter(article__in=wanted).select_related("article")
    return {revision.article_id: revision for revision in live}


def structured(terms: list[Term]) -> dict[str, Any]:
    """The glossary in schema.org's words; what each entry means stands in the page at its place."""
    address = f"{settings.SITE_URL}{reverse('glossary')}"
    entries = [
        {
            "@type": "DefinedTerm",
            "url": f"#term-{term.slug}",
            "name": term.name,
            **({"termCode": term.acronym} if term.acronym else {}),
        }
        for term in terms
    ]
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": address,
        "name": "Glossary of medical billing and coding",
        "hasDefinedTerm": entries,
    }
