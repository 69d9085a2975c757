"""Writes that touch an article and its revisions together: saving, moving, publishing, archiving."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Coalesce, Now

from content.lint import gate
from content.models import (
    Article,
    Credential,
    Fact,
    FactBox,
    FactSource,
    PreviewLink,
    Publication,
    Redirect,
    Revision,
    Source,
    Specialty,
    Statistic,
)
from content.models.workflow import MOVES, PUBLISH, STEPS_TO_APPROVAL, take
from content.related import take_along


@dataclass(frozen=True, kw_only=True)
class NewFact:
    """A line of a facts box before it is stored; `sources` pairs a source with its marker, perhaps empty."""

    label: str
    statistic: Statistic | None = None
    kind: str = Fact.Kind.TEXT
    text: str = ""
    value: Decimal | None = None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    per: str = ""
    period_from: int | None = None
    period_to: int | None = None
    qualifier: str = ""
    sources: tuple[tuple[Source, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewFactBox:
    """A facts box before it is stored."""

    title: str = ""
    facts: tuple[NewFact, ...] = ()


def save_revision(  # noqa: PLR0913  # one argument a column of the revision
    article: Article,
    *,
    title: str,
    summary: str = "",
    lead: str = "",
    body: str = "",
    disclosures: str = "",
    change_note: str = "",
    facts: Iterable[NewFactBox] = (),
    credentials: Iterable[Credential] = (),
    specialties: Iterable[Specialty] = (),
    by: User | None = None,
    begun_by: Iterable[User] = (),
) -> Revision:
    """The next numbered revision, a draft, with its fact boxes; readers see nothing of it yet.

    `begun_by` are those who wrote the unapproved text that it is made from.
    Raises ValidationError where a text is too long, a title is missing or a fact's range is upside down.
    """
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        newest = article.revisions.aggregate(newest=Max("number"))["newest"] or 0
        revision = Revision(
            article=article,
            number=newest + 1,
            title=title,
            summary=summary,
            lead=lead,
            body=body,
            disclosures=disclosures,
            change_note=change_note,
            created_by=by,
        )
        revision.full_clean()
        revision.save()
        revision.written_by.set({*begun_by, *([by] if by else [])})
        revision.credentials.set(credentials)
        revision.specialties.set(specialties)
        for position, box in enumerate(facts):
            save_box(revision, box, position)
    return revision


def save_box(revision: Revision, new: NewFactBox, position: int) -> None:
    """Stores a facts box of a revision. Raises ValidationError."""
    box = FactBox(revision=revision, title=new.title, position=position)
    box.full_clean()
    box.save()
    columns = [field.name for field in fields(NewFact) if field.name != "sources"]
    for place, line in enumerate(new.facts):
        fact = Fact(box=box, position=place, **{name: getattr(line, name) for name in columns})
        fact.full_clean()
        fact.save()
        markers = [FactSource(fact=fact, source=source, marker=marker) for source, marker in line.sources]
        FactSource.objects.bulk_create(markers)


def publish(revision: Revision, *, by: User | None, at: datetime | None = None) -> None:
    """Readers see this revision from now on; whatever was scheduled for its article is called off.

    Without a person it is the site's own content. A person takes every step that is left before, each as the
    table of moves allows it. Raises PermissionDenied, and ValidationError where the text may not go out.
    """
    with transaction.atomic():
        article, now = _lock(revision.article_id, at)
        _let_through("publish", revision, article, by=by, at=now)
        article.status = Article.Status.PUBLISHED
        article.published_revision = revision
        article.first_published_at = article.first_published_at or now
        article.last_published_at = now
        article.archived_to = ""
        _call_off(article)
        article.save()
        Publication.objects.create(article=article, revision=revision, since=now)
        _log(article, by, f"Published revision {revision.number}.")


def schedule(
    revision: Revision, *, publish_at: datetime, by: User | None, at: datetime | None = None
) -> None:
    """Readers see this revision from `publish_at` on, whether or not a job runs.

    Raises PermissionDenied, and ValidationError where the text may not go out, that moment has passed or the
    article is archived.
    """
    with transaction.atomic():
        article, now = _lock(revision.article_id, at)
        if publish_at <= now:
            raise ValidationError("That moment has passed. Choose a later one, or publish now.")
        if article.status == Article.Status.ARCHIVED:
            raise ValidationError("The article is archived. Publish it again before you schedule a change.")
        _let_through("schedule", revision, article, by=by, at=publish_at)
        article.next_revision = revision
        article.next_publish_at = publish_at
        article.save()
        said = publish_at.isoformat(timespec="minutes")
        _log(article, by, f"Scheduled revision {revision.number} for {said}.")


def call_off(revision: Revision, *, by: User, at: datetime | None = None) -> None:
    """A scheduled text stays unpublished. Raises ValidationError where it is not scheduled (any more)."""
    with transaction.atomic():
        article, _now = _lock(revision.article_id, at)
        _read_again(revision, article)
        if article.next_revision_id != revision.pk:
            raise ValidationError("This text is not scheduled.")
        take("call-off", revision, by=by)
        _call_off(article)
        article.save()
        _log(article, by, f"Called off the date of revision {revision.number}.")


def move(name: str, revision: Revision, *, by: User, number: int | None = None, note: str = "") -> None:
    """A step between editors: `submit`, `take-back`, `send-back`, `approve`, `put-aside`.

    `number` is the text that the editor looked at. Raises PermissionDenied and ValidationError.
    """
    with transaction.atomic():
        article, _now = _lock(revision.article_id, None)
        _read_again(revision, article)
        if number is not None and number != revision.number:
            raise ValidationError("Somebody saved this text after you opened it. Read it again.")
        if name == "send-back" and not note.strip():
            raise ValidationError("Say in a note what is to be changed.")
        take(name, revision, by=by, note=note.strip()[:500])
        _log(article, by, f"{MOVES[name].label}: revision {revision.number}.")


def archive(article: Article, *, by: User | None, to: str = "", at: datetime | None = None) -> None:
    """Takes an article away: its address answers 410, or sends readers on to `to`, a path of this site.

    Raises PermissionDenied, and ValidationError where `to` is not such a path.
    """
    if to and (not to.startswith("/") or to.startswith("//") or "\\" in to):
        raise ValidationError("Write an address of this site that begins with one slash, such as /articles/.")
    if to == article.get_absolute_url():
        raise ValidationError("An article cannot send readers on to itself.")
    with transaction.atomic():
        locked, now = _lock(article.pk, at)
        newest = locked.published_revision or locked.revisions.order_by("-number").first()
        if by is not None and not by.has_perm(PUBLISH):
            raise PermissionDenied
        if by is not None and newest is not None:
            newest.article = locked
            take("archive", newest, by=by)
        locked.status = Article.Status.ARCHIVED
        locked.archived_to = to
        _call_off(locked)
        take_along(locked)
        locked.full_clean()
        locked.save()
        Publication.objects.create(article=locked, revision=None, since=now)
        PreviewLink.objects.open(now).filter(revision__article=locked).update(revoked_at=now)
        _log(locked, by, f"Archived, readers go to {to}." if to else "Archived.")


def rename(article: Article, *, slug: str, by: User, at: datetime | None = None) -> None:
    """Moves an article to another address; readers of the old one are sent on in one hop.

    Raises PermissionDenied where readers know the old address and that person does not publish.
    """
    with transaction.atomic():
        locked, _now = _lock(article.pk, at)
        was_public = locked.first_published_at is not None
        if (was_public or locked.next_publish_at) and not by.has_perm(PUBLISH):
            raise PermissionDenied
        old = locked.get_absolute_url()
        locked.slug = slug
        locked.full_clean(exclude=["archived_to"])
        locked.save(update_fields=["slug"])
        Redirect.objects.filter(path=locked.get_absolute_url()).delete()
        if was_public:
            Redirect.objects.update_or_create(path=old, defaults={"article": locked, "to": ""})
            _log(locked, by, f"Moved from {old} to {locked.get_absolute_url()}.")
    article.slug = slug


def is_due(at: datetime | None = None) -> bool:
    """Whether `publish_due` would find work."""
    return _due(at).exists()


def publish_due(at: datetime | None = None) -> dict[str, int]:
    """Tidies up schedules whose moment has come; readers saw those revisions from that moment on already."""
    return {"published": _settle(_due(at)) if is_due(at) else 0}


def _due(at: datetime | None) -> models.QuerySet[Article]:
    return Article.objects.filter(next_publish_at__lte=at or Now()).exclude(status=Article.Status.ARCHIVED)


def _lock(article_id: int, at: datetime | None) -> tuple[Article, datetime]:
    """The article as readers see it at this moment, held until the transaction ends, and the moment."""
    moment = Value(at, models.DateTimeField()) if at else Now()
    held = Article.objects.select_for_update().annotate(moment=moment).get(pk=article_id)
    now: datetime = held.moment  # type: ignore[attr-defined]  # annotated
    if held.next_publish_at and held.next_publish_at <= now:
        _settle(Article.objects.filter(pk=article_id))
        held.refresh_from_db()
    return held, now


def _settle(articles: models.QuerySet[Article]) -> int:
    with transaction.atomic():
        columns = articles.select_for_update().values_list("pk", "next_revision", "next_publish_at")
        due = [
            Publication(article_id=pk, revision_id=revision, since=at) for pk, revision, at in columns if at
        ]
        Publication.objects.bulk_create(due)
        return Article.objects.filter(pk__in=[each.article_id for each in due]).update(
            status=Article.Status.PUBLISHED,
            published_revision=F("next_revision"),
            first_published_at=Coalesce("first_published_at", "next_publish_at"),
            last_published_at=F("next_publish_at"),
            next_revision=None,
            next_publish_at=None,
        )


def _call_off(article: Article) -> None:
    article.next_revision = None
    article.next_publish_at = None


def _let_through(name: str, revision: Revision, article: Article, *, by: User | None, at: datetime) -> None:
    """The one gate before readers: the table of moves, then what the lint has against it at that moment.

    Without a person it is the site's own content, which needs nobody's approval.
    """
    _read_again(revision, article)
    if by is None:
        Revision.objects.filter(pk=revision.pk).update(state=Revision.State.APPROVED)
        revision.state = Revision.State.APPROVED
    else:
        for step in (*STEPS_TO_APPROVAL[Revision.State(revision.state)], name):
            take(step, revision, by=by)
        if reasons := gate.refusals(revision, at=at):
            raise ValidationError(reasons)


def _read_again(revision: Revision, article: Article) -> None:
    """Under the article's lock: what an editor's page was built from may be old."""
    revision.refresh_from_db()
    revision.article = article


def _log(article: Article, by: User | None, message: str) -> None:
    """Who did it stands in the admin's history of the article; starter content has nobody."""
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [article], CHANGE, message, single_object=True)
