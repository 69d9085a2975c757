"""Articles, credentials and statistics in the API; what readers cannot see is not there."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from content.lib import api
from content.links.shown import Withheld
from content.models import (
    Attribution,
    Credential,
    CredentialSetting,
    Observation,
    Revision,
    RevisionQuerySet,
    Statistic,
)
from content.pictures import pictures_named
from content.reading import Entry, entries
from content.receipts import statistic_of
from content.rendering import render, statistics_named


class ArticleData(serializers.Serializer[Any]):
    """What readers see of an article now."""

    slug = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    api_url = serializers.CharField()
    topic = serializers.CharField(allow_null=True)
    summary = serializers.CharField()
    first_published_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)


class StatisticData(serializers.Serializer[Any]):
    """A named series with its newest value."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF takes the fields away
    url = serializers.CharField(help_text="The receipt.")
    api_url = serializers.CharField()
    subject = serializers.CharField()
    area = serializers.CharField()
    measure = serializers.CharField()
    publisher = serializers.CharField()
    current = api.Figure()
    retrieved_at = serializers.DateTimeField()


class ArticleDetailData(ArticleData):
    """An article with its text; `figures` are the statistics that the text names."""

    lead_html = serializers.CharField()
    body_html = serializers.CharField()
    figures = StatisticData(many=True)


class StatisticDetailData(StatisticData):
    """A series with its accepted values, the newest first."""

    break_reason = serializers.CharField(help_text="Why values before are another series; often empty.")
    observations = api.Figure(many=True)


class RequirementData(serializers.Serializer[Any]):
    kind = serializers.CharField()
    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes the fields away
    as_of = serializers.IntegerField(allow_null=True)


class CredentialData(serializers.Serializer[Any]):
    """What a certifying body grants."""

    slug = serializers.CharField()
    code = serializers.CharField(help_text="Empty where the body gives it none.")
    name = serializers.CharField()
    url = serializers.CharField()
    api_url = serializers.CharField()
    body = serializers.CharField()
    body_name = serializers.CharField()
    level = serializers.CharField()
    setting = serializers.CharField(help_text="Where it is used, in words; often empty.")
    entry = serializers.CharField(help_text="What has to be shown before the exam.")
    status = serializers.CharField()
    summary = serializers.CharField()
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # DRF takes the fields away
    as_of = serializers.IntegerField(allow_null=True)


class StatedData(serializers.Serializer[Any]):
    """One value with who reported it."""

    attribute = serializers.CharField()
    value = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes the fields away
    as_of = serializers.IntegerField(allow_null=True)


class CredentialDetailData(CredentialData):
    became = serializers.CharField(allow_null=True, help_text="Slug of what it turned into.")
    stated = StatedData(many=True)
    requirements = RequirementData(many=True)


class ArticlesData(api.Part):
    results = ArticleData(many=True)


class StatisticsData(api.Part):
    results = StatisticData(many=True)


class CredentialsData(api.Part):
    results = CredentialData(many=True)


LISTED: Final = [*api.PARAMETERS, api.UPDATED_SINCE]


def asked_of(request: Request) -> api.Asked:
    asked = api.Asked(request.query_params)
    asked.check()
    return asked


def window(asked: api.Asked) -> slice:
    start = (asked.page - 1) * asked.per_page
    return slice(start, start + asked.per_page)


class Articles(api.PublicView):
    """Articles, newest first."""

    @extend_schema(operation_id="articles", parameters=LISTED, responses=api.answers(ArticlesData))
    def get(self, request: Request) -> Response:
        asked = asked_of(request)
        live = changed_since(Revision.objects.live().articles(), asked.updated_since)
        read = live.select_related("article__topic")
        if asked.is_copy:
            keys = api.keys_after(live, asked, by="article_id")
            shown = read.filter(article__in=keys[: asked.per_page]).order_by("article_id")
            results = [article(entry) for entry in entries(shown)]
            return Response(api.part_of(asked, request.path, keys=keys, results=results))
        results = [article(entry) for entry in entries(read.newest_first()[window(asked)])]
        return Response(api.page_of(asked, request.path, total=live.count(), results=results))


class OneArticle(api.PublicView):
    """An article by its slug."""

    @extend_schema(operation_id="article", responses=api.answers(ArticleDetailData, of_list=False))
    def get(self, request: Request, slug: str) -> Response:
        live = Revision.objects.live().articles().select_related("article__topic")
        revision = live.filter(article__slug=slug).first()
        if revision is None:
            raise Http404
        [entry] = entries([revision])
        named = statistics_named(revision.lead, revision.body)
        pictures = pictures_named(revision.lead, revision.body)
        shown = [named[key] for key in sorted(named) if named[key].current]
        withheld = Withheld()
        texts = {
            "lead_html": render(revision.lead, named, pictures=pictures, withheld=withheld).html,
            "body_html": render(revision.body, named, pictures=pictures, withheld=withheld).html,
            "figures": [statistic(each) for each in shown],
        }
        return Response(article(entry) | texts)


class Credentials(api.PublicView):
    """Credentials by their code."""

    @extend_schema(
        operation_id="credentials", parameters=api.PARAMETERS, responses=api.answers(CredentialsData)
    )
    def get(self, request: Request) -> Response:
        asked = asked_of(request)
        found = Credential.objects.select_related("body", "source")
        if asked.is_copy:
            keys = api.keys_after(Credential.objects.all(), asked)
            shown = found.filter(pk__in=keys[: asked.per_page]).order_by("pk")
            results = [credential(each) for each in shown]
            return Response(api.part_of(asked, request.path, keys=keys, results=results))
        results = [credential(each) for each in found[window(asked)]]
        total = Credential.objects.count()
        return Response(api.page_of(asked, request.path, total=total, results=results))


class OneCredential(api.PublicView):
    """A credential by its slug, with what its body asks for."""

    @extend_schema(operation_id="credential", responses=api.answers(CredentialDetailData, of_list=False))
    def get(self, request: Request, slug: str) -> Response:
        found = Credential.objects.select_related("body", "source", "became").filter(slug=slug).first()
        if found is None:
            raise Http404
        requirements = [
            {"kind": each.kind, "text": each.text, "source": str(each.source), "as_of": each.as_of}
            for each in found.requirements.select_related("source")
        ]
        became = found.became.slug if found.became else None
        return Response(
            credential(found) | {"became": became, "stated": stated(found), "requirements": requirements}
        )


class Statistics(api.PublicView):
    """Statistics with a value, by their keys."""

    @extend_schema(operation_id="statistics", parameters=LISTED, responses=api.answers(StatisticsData))
    def get(self, request: Request) -> Response:
        asked = asked_of(request)
        found = Statistic.objects.exclude(current=None)
        if asked.updated_since is not None:
            changed = Coalesce("current__accepted_at", "current__decided_at", "current__retrieved_at")
            found = found.alias(changed=changed).filter(changed__gte=asked.updated_since)
        read = found.select_related("current__source")
        if asked.is_copy:
            keys = api.keys_after(found, asked)
            shown = read.filter(pk__in=keys[: asked.per_page]).order_by("pk")
            results = [statistic(each) for each in shown]
            return Response(api.part_of(asked, request.path, keys=keys, results=results))
        results = [statistic(each) for each in read[window(asked)]]
        return Response(api.page_of(asked, request.path, total=found.count(), results=results))


class OneStatistic(api.PublicView):
    """A statistic by its key, with its history."""

    @extend_schema(operation_id="statistic", responses=api.answers(StatisticDetailData, of_list=False))
    def get(self, request: Request, key: str) -> Response:
        found = statistic_of(key)
        if found is None or found.current is None:
            raise Http404
        history = found.observations.accepted().newest_first().select_related("source")
        more = {
            "break_reason": found.break_reason,
            "observations": [figure(found, each) for each in history],
        }
        return Response(statistic(found) | more)


def changed_since(live: RevisionQuerySet, moment: datetime | None) -> RevisionQuerySet:
    """Those whose text readers first saw at the moment or later."""
    if moment is None:
        return live
    fresh = Q(article__next_revision=F("pk"), article__next_publish_at__gte=moment)
    return live.filter(fresh | Q(article__last_published_at__gte=moment))


def article(entry: Entry) -> dict[str, Any]:
    revision = entry.revision
    slug = revision.article.slug
    return {
        "slug": slug,
        "title": revision.title,
        "url": f"{settings.SITE_URL}{revision.get_absolute_url()}",
        "api_url": f"{settings.SITE_URL}{reverse('api-article', args=[slug])}",
        "topic": revision.article.topic.slug if revision.article.topic else None,
        "summary": entry.summary,
        "first_published_at": revision.first_published_at,
        "published_at": revision.published_at,
    }


def credential(found: Credential) -> dict[str, Any]:
    return {
        "slug": found.slug,
        "code": found.code,
        "name": found.name,
        "url": f"{settings.SITE_URL}{reverse('credential-detail', args=[found.slug])}",
        "api_url": f"{settings.SITE_URL}{reverse('api-credential', args=[found.slug])}",
        "body": found.body.acronym,
        "body_name": found.body.name,
        "level": found.get_level_display(),
        "setting": found.setting,
        "entry": found.get_entry_display(),
        "status": found.get_status_display(),
        "summary": found.summary,
        "source": str(found.source) if found.source else None,
        "as_of": found.as_of,
    }


def stated(found: Credential) -> list[dict[str, Any]]:
    """Its values that somebody is named for, places of work included."""
    values = {
        Attribution.Attribute.LEVEL: found.get_level_display(),
        Attribution.Attribute.ENTRY: found.get_entry_display(),
        Attribution.Attribute.STATUS: found.get_status_display(),
        Attribution.Attribute.BECAME: found.became.slug if found.became else "",
    }
    places = found.settings.select_related("source")
    named = found.attributions.select_related("source")
    rows: list[tuple[str, str, Attribution | CredentialSetting]] = [
        *((each.attribute, values[Attribution.Attribute(each.attribute)], each) for each in named),
        *(("setting", each.get_setting_display(), each) for each in places),
    ]
    return [
        {"attribute": attribute, "value": value, "source": str(by.source), "as_of": by.as_of}
        for attribute, value, by in rows
    ]


def statistic(found: Statistic) -> dict[str, Any]:
    """A statistic that has a value, accepted or missing for a reason."""
    current = found.current
    if current is None:
        raise Http404
    return {
        "key": found.key,
        "label": found.label,
        "url": f"{settings.SITE_URL}{reverse('statistic-detail', args=[found.key])}",
        "api_url": f"{settings.SITE_URL}{reverse('api-statistic', args=[found.key])}",
        "subject": found.subject,
        "area": found.area,
        "measure": found.measure,
        "publisher": found.publisher,
        "current": figure(found, current),
        "retrieved_at": current.retrieved_at,
    }


def figure(of: Statistic, observation: Observation) -> dict[str, Any]:
    value = observation.value
    return {
        "value": None if value is None else float(value),
        "missing": observation.get_missing_display() if value is None else None,
        "unit": f"{of.unit} a {of.per}" if of.per else of.unit,
        "period": observation.period,
        "source": str(observation.source),
        "release": observation.release,
    }
