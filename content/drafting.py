"""Begins new texts: an article's first revision, and a draft from any saved one."""

from dataclasses import fields

from django.contrib.auth.models import User

from content.models import Revision
from content.publishing import NewFact, NewFactBox, save_revision

COPIED = [field.name for field in fields(NewFact) if field.name not in ("sources", "statistic")]


def copy_to_draft(revision: Revision, *, by: User | None) -> Revision:
    """The article's next revision, a draft with this one's texts, facts and marks."""
    boxes = [
        NewFactBox(
            title=box.title,
            facts=tuple(
                NewFact(
                    statistic=fact.statistic,
                    sources=tuple((marker.source, marker.marker) for marker in fact.markers.all()),
                    **{name: getattr(fact, name) for name in COPIED},
                )
                for fact in box.facts.all()
            ),
        )
        for box in revision.fact_boxes.prefetch_related("facts__statistic", "facts__markers__source")
    ]
    return save_revision(
        revision.article,
        title=revision.title,
        summary=revision.summary,
        lead=revision.lead,
        body=revision.body,
        disclosures=revision.disclosures,
        facts=boxes,
        credentials=revision.credentials.all(),
        specialties=revision.specialties.all(),
        by=by,
    )
