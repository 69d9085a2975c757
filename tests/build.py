"""Plain builders of rows for tests."""

from datetime import datetime
from typing import Any

from content.models import Article, CertifyingBody, Credential, Revision, Source, Topic
from content.publishing import publish, save_revision


def make_source(title: str = "Occupational employment and wages", **columns: Any) -> Source:
    columns = {"publisher": "U.S. Bureau of Labor Statistics", "url": "https://www.bls.gov/oes/"} | columns
    return Source.objects.get_or_create(title=title, **columns)[0]


def make_topic(slug: str = "certification", **columns: Any) -> Topic:
    columns = {"name": slug.replace("-", " ").capitalize(), "school_filter": "field=billing-coding"} | columns
    return Topic.objects.get_or_create(slug=slug, defaults=columns)[0]


def make_credential(code: str = "CPC", **columns: Any) -> Credential:
    """A credential of AAPC, unless another body is given."""
    if "body" not in columns:
        body = {"acronym": "AAPC", "name": "American Academy of Professional Coders"}
        columns["body"] = CertifyingBody.objects.get_or_create(slug="aapc", defaults=body)[0]
    return Credential.objects.create(
        code=code, **{"slug": code.lower(), "name": f"Certified {code}"} | columns
    )


def make_revision(article: Article, **texts: Any) -> Revision:
    """A saved draft; nobody but editors sees it until it is published."""
    return save_revision(article, **{"title": f"About {article.slug}", "lead": "What it is."} | texts)


def make_article(
    slug: str = "coding-certification", *, published: datetime | bool = True, **texts: Any
) -> Article:
    """An article with one revision; `published` says since when, False leaves a draft."""
    columns = {name: texts.pop(name) for name in ("topic", "kind") if name in texts}
    article = Article.objects.create(slug=slug, **columns)
    revision = make_revision(article, **texts)
    if published:
        publish(revision, by=None, at=None if published is True else published)
    article.refresh_from_db()
    return article
