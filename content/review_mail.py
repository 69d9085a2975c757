"""The one mail a week that tells editors which articles are past their review date."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from content.models import Article, EditorsMail
from content.stale_mail import monday

KIND: Final = "review-dates"
MOST_NAMED: Final = 30


def is_due(at: datetime | None = None) -> bool:
    """Whether a review date has come and this week's mail is not written yet."""
    written = EditorsMail.objects.filter(kind=KIND, week=monday(at)).exists()
    return not written and Article.objects.review_due(at).exists()


def write(at: datetime | None = None) -> dict[str, int]:
    """Writes this week's mail, if there is anything to say."""
    if not is_due(at):
        return {"written": 0}
    due = Article.objects.review_due(at).select_related("published_revision").order_by("review_at", "slug")
    count = due.count()
    noun = "article is" if count == 1 else "articles are"
    lines = [f"{count} {noun} to be reviewed again:", ""]
    lines += [_line(article) for article in due[:MOST_NAMED]]
    lines += [f"and {count - MOST_NAMED} more."] if count > MOST_NAMED else []
    lines += ["", f"All of them: {settings.SITE_URL}{reverse('admin:content_article_changelist')}?review=due"]
    lines += ["Mark each as reviewed in that list once it is. There is one such mail a week."]
    values = {"subject": f"{settings.SITE_NAME}: {count} {noun} to be reviewed", "text": "\n".join(lines)}
    _mail, is_new = EditorsMail.objects.get_or_create(kind=KIND, week=monday(at), defaults=values)
    return {"written": int(is_new)}


def _line(article: Article) -> str:
    title = article.published_revision.title if article.published_revision else article.slug
    return f"- {title} ({article.review_at:%Y-%m-%d}): {settings.SITE_URL}{article.get_absolute_url()}"
