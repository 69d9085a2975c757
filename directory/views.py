"""Pages that show both halves of the site, and the site's own."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.generic import TemplateView

from content.lib.pages import NumberedPagesMixin
from content.lib.verbs import read_only
from content.models import Credential, Revision, Statistic
from content.pay import PLACES
from content.reading import entries, topics_read
from content.views.articles import ArticleDetail
from content.views.credentials import CredentialDetail
from content.views.texts import PageDetail
from listings.cards import CardReader
from listings.degrees import degree_options
from listings.models import Disclosure
from listings.places import STATES
from listings.results import panel
from listings.search import SchoolSearch
from listings.sponsored import DISCLOSURE
from listings.state_map import schools_by_state, state_map
from listings.submissions.register import GROUPS
from listings.topics import filters_met
from listings.views.school import SchoolDetail
from listings.wanted import Wanted

PAY: Final = "oews.29-2072.us.median-annual"
NEWEST_ARTICLES: Final = 4
NAMED_CREDENTIALS: Final = 12
SHOWN_SCHOOLS: Final = 4


class HomePage(TemplateView):
    """What this is, where to begin, what it pays, which credentials there are, what is new."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = Revision.objects.live().articles().newest_first().select_related("article__topic")
        credentials = Credential.objects.current().exclude(code="").select_related("body")
        return super().get_context_data(**kwargs) | {
            "states": STATES,
            "state_map": state_map(schools_by_state(SchoolSearch(Wanted()).answer), Wanted()),
            "pay_states": PLACES,
            "pay": Statistic.objects.with_current().filter(key=PAY).first(),
            "credentials": credentials[:NAMED_CREDENTIALS],
            "entries": entries(newest[:NEWEST_ARTICLES]),
        }


class ArticlePage(NumberedPagesMixin, ArticleDetail):
    """An article with the schools of its topic, in numbered pages."""

    per_page = 6
    page_anchor = "schools"

    def paid_words(self, moment: datetime) -> str:
        words = Disclosure.objects.filter(since__lte=moment).order_by("-version").first()
        return words.text if words else DISCLOSURE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        topic = self.object.article.topic
        if topic is None or not topic.school_filter:
            self.pages(0)
            return context
        found = panel(topic.school_filter, pages=self.pages)
        degrees = degree_options(found) if found.counts.listed else []
        return context | {"found": found, "degrees": degrees}


class CredentialPage(CredentialDetail):
    """A credential with the schools that state they prepare for it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = Wanted(credential=(self.object.slug,), include_unknown=False)
        search = SchoolSearch(wanted)
        keys = search.keys(0, SHOWN_SCHOOLS) if search.counts.stated else []
        return super().get_context_data(**kwargs) | {
            "preparing": search.counts.stated,
            "did_not_say": search.counts.unsaid,
            "cards": CardReader(keys, answer=search.answer).cards(keys),
            "preparing_address": wanted.address(),
        }


class SchoolPage(SchoolDetail):
    """A school with the newest articles of the topics whose filter it meets."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        topics = topics_read()
        met = filters_met(self.object, [topic.school_filter for topic in topics])
        about = [topic.pk for topic in topics if topic.school_filter in met]
        newest = Revision.objects.live().articles().newest_first().filter(article__topic__in=about)
        shown = newest.select_related("article__topic")[:NEWEST_ARTICLES] if about else []
        return super().get_context_data(**kwargs) | {"entries": entries(shown)}


class PrivacyPage(PageDetail):
    """What editors write on privacy, and the register of what is stored."""

    template_name = "privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"register": GROUPS}


class HowPaid(TemplateView):
    template_name = "how_paid.html"


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing is blocked: a page that is not to be indexed says so itself, which a blocked page could not."""
    lines = ["User-agent: *", "Disallow:", "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@read_only
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address unasked."""
    return HttpResponsePermanentRedirect(static("img/favicon.ico"))
