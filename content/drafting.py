"""Begins new texts from saved ones, and keeps what stood in a draft before it is saved over."""

from dataclasses import fields

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from content.models import Article, Revision
from content.publishing import NewFact, NewFactBox, save_box, save_revision

COPIED = [field.name for field in fields(NewFact) if field.name not in ("sources", "statistic")]
FINISHED = (Revision.State.APPROVED,)


class SavedMeanwhile(ValidationError):
    """Somebody else saved the draft after this editor opened it."""


def copy_to_draft(revision: Revision, *, by: User | None) -> Revision:
    """The article's next revision, a draft with this one's texts, facts and marks; texts are restored so.

    Raises PermissionDenied where that person may not see the text.
    """
    if by is not None and not Revision.objects.seen_by(by).filter(pk=revision.pk).exists():
        raise PermissionDenied
    return save_revision(
        revision.article,
        title=revision.title,
        summary=revision.summary,
        lead=revision.lead,
        body=revision.body,
        disclosures=revision.disclosures,
        facts=boxes_in(revision),
        credentials=revision.credentials.all(),
        specialties=revision.specialties.all(),
        by=by,
        begun_by=() if revision.state in FINISHED else revision.written_by.all(),
    )


def boxes_in(revision: Revision) -> list[NewFactBox]:
    return [
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


def hold(revision_pk: int) -> Revision | None:
    """The revision as it is stored, held with its article until the transaction ends."""
    found = Revision.objects.filter(pk=revision_pk).values_list("article", flat=True).first()
    if found is None:
        return None
    article = Article.objects.select_for_update().get(pk=found)
    revision = Revision.objects.get(pk=revision_pk)
    revision.article = article
    return revision


def keep(revision_pk: int, *, base: int, by: User) -> int:
    """Called before a draft is saved over: its text so far becomes an earlier save, with its number and name.

    `base` is the number that the editor began from; the draft's next number is returned. Raises
    SavedMeanwhile, PermissionDenied, and ValidationError where the text is no draft any more.
    """
    with transaction.atomic():
        stored = hold(revision_pk)
        if stored is None or not stored.is_open_to(by):
            raise PermissionDenied
        if not stored.is_open():
            raise ValidationError("This text is no draft any more. Start a new draft from it.")
        if stored.number != base:
            raise SavedMeanwhile("Somebody saved this draft after you opened it.")
        newest = stored.article.revisions.aggregate(newest=Max("number"))["newest"]
        Revision.objects.filter(pk=revision_pk).update(number=newest + 1, created_by=by, created_at=Now())
        _store_earlier(stored)
        stored.written_by.add(by)
    return int(newest) + 1


def _store_earlier(stored: Revision) -> None:
    """A row of its own for the text as it is stored, with its number, date and writers."""
    earlier = Revision.objects.get(pk=stored.pk)
    earlier.pk, earlier._state.adding = None, True
    earlier.number, earlier.state = stored.number, Revision.State.KEPT
    earlier.created_by, earlier.created_at = stored.created_by, stored.created_at
    earlier.save()
    for name in ("credentials", "specialties", "written_by"):
        getattr(earlier, name).set(getattr(stored, name).all())
    for position, box in enumerate(boxes_in(stored)):
        save_box(earlier, box, position)
